"""A web application behind keystonemiddleware, like a service of OpenStack: it answers with what it learns."""

import json
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

from keystonemiddleware.auth_token import filter_factory

from .identity import Identity, Person

PREFIX = "HTTP_X_"


def tell(environ: dict, start_response):
    """Every header `X-…`, by its name in lower case without the X."""
    told = {name[len(PREFIX) :].lower(): value for name, value in environ.items() if name.startswith(PREFIX)}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]


class _Quiet(WSGIRequestHandler):
    """Does not log."""

    def log_message(self, *_):
        pass


class Guarded:
    """The application served on loopback; its service user asks the identity API about every token."""

    def __init__(self, identity: Identity, service: Person, **options):
        settings = {
            "auth_type": "password",
            "auth_url": identity.url,
            "www_authenticate_uri": f"{identity.url}/v3",
            "username": service.name,
            "password": service.password,
            "user_domain_id": identity.domain_id,
            "project_id": identity.project_id,
            "region_name": identity.region,
            # Nothing is remembered, so that every answer is that of the identity API.
            "token_cache_time": "-1",
            **options,
        }
        application = filter_factory(settings)(tell)
        self._server = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
