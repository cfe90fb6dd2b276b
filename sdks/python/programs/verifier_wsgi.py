"""A WSGI backend behind the guard, on the server of the standard library."""

import json
import os
import sys
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from countersign import Verifier
from countersign.wsgi import Guard


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    answer = json.dumps({"access_key": environ["countersign.access_key"], "body_bytes": len(body)}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """Does not log."""

    def log_message(self, *_):
        pass


verifier = Verifier({os.environ["COUNTERSIGN_ACCESS_KEY"]: os.environ["COUNTERSIGN_SECRET_KEY"]})
server = make_server("127.0.0.1", 0, Guard(application, verifier), server_class=Server, handler_class=Quiet)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()
