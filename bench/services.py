"""The identity services that are compared: where they answer, which processes work, how a token is asked for."""

import dataclasses
import http.client
import json
from pathlib import Path

import processes
from harness import keystone
from harness.server import Server
from load import READ_SECONDS, Request
from proxies import RELEASE_BINARY

TOKENS = "/v3/auth/tokens"
CONFIG = '[gateway]\nworkers = 1\naccess_log = "off"\n'


@dataclasses.dataclass
class Service:
    """A running identity service and its administrator."""

    name: str
    address: str
    pids: list
    user: dict
    project: dict
    stop: callable
    keeps_connections: bool

    def cpu_nanoseconds(self) -> int:
        return sum(processes.cpu_nanoseconds(pid) for pid in self.pids)

    def login(self) -> Request:
        """A token of the administrator's project for a password."""
        return self._ask({"methods": ["password"], "password": {"user": self.user}})

    def exchange(self, token: str) -> Request:
        """Another token of the same project for a token."""
        return self._ask({"methods": ["token"], "token": {"id": token}})

    def validation(self, token: str, subject: str) -> Request:
        """What does `subject` say? asks the bearer of `token`."""
        headers = [("X-Auth-Token", token), ("X-Subject-Token", subject)]
        return Request("GET", TOKENS, [*self._common(), *headers])

    def token(self, request: Request) -> str:
        connection = http.client.HTTPConnection(self.address, timeout=READ_SECONDS)
        connection.request(request.method, request.target, request.body, dict(request.headers))
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 201:
            raise SystemExit(f"bench: {self.name} gives no token: {answer.status} {body.decode()}")
        return answer.headers["X-Subject-Token"]

    def _ask(self, identity: dict) -> Request:
        body = json.dumps({"auth": {"identity": identity, "scope": {"project": self.project}}}).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        return Request("POST", TOKENS, [*self._common(), *headers], body)

    def _common(self) -> list:
        return [("Host", self.address), ("Accept", "application/json")]


def countersign(directory: Path) -> Service:
    directory.mkdir(parents=True)
    server = Server(directory / "server", settings=CONFIG, binary=RELEASE_BINARY)
    ready = server.ready
    user = {"name": ready["user_name"], "password": ready["password"], "domain": {"name": ready["domain_name"]}}
    pids = [server.process.pid]
    return Service("countersign", server.api, pids, user, {"id": ready["project_id"]}, server.stop, True)


def real_keystone(name: str, directory: Path, cache: str) -> Service:
    """One worker process with one thread; passwords are hashed as in a fresh installation.

    The worker closes each connection after its answer, without saying so.
    """
    server = keystone.Keystone(directory, keystone.Settings(cache=cache, password_hash_rounds=12))
    domain = {"id": "default"}
    user = {"name": keystone.ADMIN, "password": keystone.PASSWORD, "domain": domain}
    project = {"name": keystone.ADMIN, "domain": domain}
    address = server.url.removeprefix("http://")
    return Service(name, address, server.workers, user, project, server.stop, False)
