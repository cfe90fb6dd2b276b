"""The candidates: one worker each, in front of the same backend."""

import shutil
import socket
from pathlib import Path

import policies
from harness.beacon import Beacon
from harness.gateway import Gateway
from harness.management import Management, fresh, http_api
from harness.nginx import binary, reserved_port
from harness.places import ROOT
from harness.process import Process
from harness.server import Server
from harness.waiting import eventually

RELEASE_BINARY = ROOT / "target" / "release" / "countersign"
NGINX = """
daemon off; master_process off; pid {directory}/nginx.pid; error_log {directory}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off; default_type application/json; keepalive_requests 100000000;
    client_body_temp_path {directory}/t1; proxy_temp_path {directory}/t2; fastcgi_temp_path {directory}/t3;
    uwsgi_temp_path {directory}/t4; scgi_temp_path {directory}/t5;
    {body}
}}
"""
ANSWER = '{{"message":"{}"}}'.format("x" * 186)
BACKEND = "server {{ listen {address} reuseport; location / {{ return 200 '{answer}'; }} }}"
PLAIN = """
    upstream backend {{ server {backend}; keepalive 128; keepalive_requests 100000000; }}
    server {{
        listen {address} reuseport;
        location / {{ proxy_pass http://backend; proxy_http_version 1.1; proxy_set_header Connection ""; }}
    }}
"""
HAPROXY = """
global
    nbthread 1
    maxconn 4096
defaults
    mode http
    option http-keep-alive
    http-reuse always
    timeout connect 5s
    timeout client 60s
    timeout server 60s
frontend in
    bind {address}
    default_backend out
backend out
    server one {backend}
"""
COUNTERSIGN = """
[gateway]
workers = 1
access_log = {{ file = "{directory}/access.log" }}
subdomain_calls_per_day = 4294967295
"""


class Proxy:
    """A running program that answers on `address`."""

    def __init__(self, name: str, process: Process, address: str, port: socket.socket | None = None):
        self.name, self.process, self.address, self._port = name, process, address, port
        eventually(self._accepts, 15, f"{name} accepts connections")

    @property
    def pid(self) -> int:
        return self.process.pid

    def _accepts(self) -> bool:
        self.process.require_running()
        host, port = self.address.split(":")
        with socket.socket() as probe:
            return probe.connect_ex((host, int(port))) == 0

    def stop(self):
        self.process.stop()
        if self._port:
            self._port.close()


def _configured(name: str, directory: Path, config: str, command, **values) -> Proxy:
    directory.mkdir(parents=True)
    port = reserved_port()
    address = f"127.0.0.1:{port.getsockname()[1]}"
    file = directory / f"{name}.conf"
    file.write_text(config.format(directory=directory, address=address, **values))
    return Proxy(name, Process(name, [*command, file], directory), address, port)


def nginx(name: str, directory: Path, body: str, **values) -> Proxy:
    config = NGINX.replace("{body}", body)
    return _configured(name, directory, config, [binary(), "-p", directory, "-c"], **values)


def backend(directory: Path) -> Proxy:
    return nginx("backend", directory, BACKEND, answer=ANSWER)


def plain_nginx(directory: Path, backend: str) -> Proxy:
    return nginx("nginx", directory, PLAIN, backend=backend)


def plain_haproxy(directory: Path, backend: str) -> Proxy:
    program = shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    return _configured("haproxy", directory, HAPROXY, [program, "-db", "-f"], backend=backend)


class Countersign(Proxy):
    """The gateway: `/open/orders` asks callers for nothing, the APIs of `policies.BOUND` for an app's signature."""

    def __init__(self, directory: Path, backend: str):
        directory.mkdir(parents=True)
        settings = COUNTERSIGN.format(directory=directory)
        self._server = Server(directory / "server", settings=settings, binary=RELEASE_BINARY)
        super().__init__("countersign", self._server.process, self._server.gateway)
        management = Management(self._server.ready)
        policies.raise_default(management)
        # Reached by address: subdomains are for debugging, and count their calls.
        group, app = management.default_group(), management.app()

        def publish(uri: str, auth_type: str):
            fields = {"req_method": "GET", "auth_type": auth_type, "name": fresh("bench")}
            api = management.api(http_api(group.id, uri, backend, **fields))
            return api.id, management.publish(api.id).publish_id

        publish("/open/orders", "NONE")
        for uri, bound in policies.BOUND.items():
            api, publication = publish(uri, "APP")
            management.authorize(app.id, api)
            for bind in bound:
                bind(management, publication)
        Beacon(management, Gateway(self.address)).settle()
        self.host = self.address
        self.credentials = app.app_key, app.app_secret
