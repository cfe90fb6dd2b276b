"""A real nginx as backend. It answers JSON and writes down what it got: one record a request, bodies as files."""

import hashlib
import json
import os
import shutil
import socket
from pathlib import Path

from .process import Process
from .waiting import eventually

# The first server reads the whole body (it forwards to the second), so that the body lands in a file.
CONFIG = """
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log {directory}/error.log notice;
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_max_body_size 0;
    client_body_temp_path {directory}/bodies;
    proxy_temp_path {directory}/proxy;
    fastcgi_temp_path {directory}/fastcgi;
    uwsgi_temp_path {directory}/uwsgi;
    scgi_temp_path {directory}/scgi;
    log_format record escape=json '{{"method":"$request_method","target":"$request_uri","host":"$http_host",'
        '"protocol":"$server_protocol","connection_number":$connection,"length":"$content_length",'
        '"authorization":"$http_authorization","x_sdk_date":"$http_x_sdk_date","x_stage":"$http_x_stage",'
        '"x_caller":"$http_x_caller","x_constant":"$http_x_constant","x_api":"$http_x_api","x_app":"$http_x_app",'
        '"x_request_id":"$http_x_request_id","body_file":"$request_body_file"}}';
    server {{
        listen {address} reuseport;
        access_log {directory}/records.log record;
        client_body_in_file_only on;
        keepalive_requests 1000000;
        location / {{ proxy_pass http://unix:{directory}/answer.sock; }}
    }}
    server {{
        listen unix:{directory}/answer.sock;
        default_type application/json;
        location / {{ return 200 '{{"backend":"nginx","method":"$request_method","target":"$request_uri"}}'; }}
        location /status/503 {{ return 503 '{{"backend":"nginx","status":503}}'; }}
    }}
}}
"""


class Nginx:
    """Runs until `stop`. `address` is `127.0.0.1:<port>`."""

    def __init__(self, directory: Path):
        directory.mkdir(parents=True)
        self._records = directory / "records.log"
        self._port = reserved_port()
        self.address = f"127.0.0.1:{self._port.getsockname()[1]}"
        config = directory / "nginx.conf"
        config.write_text(CONFIG.format(directory=directory, address=self.address))
        self._process = Process("nginx", [binary(), "-c", config, "-p", directory], directory)
        eventually(self._accepts, 10, "nginx accepts connections")

    def _accepts(self) -> bool:
        self._process.require_running()
        host, port = self.address.split(":")
        with socket.socket() as probe:
            return probe.connect_ex((host, int(port))) == 0

    def records(self) -> list:
        if not self._records.exists():
            return []
        lines = self._records.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def record(self, mark: str) -> dict:
        """The one record whose target or `x-caller` header holds `mark`; nginx writes it after it has answered."""
        found = eventually(lambda: self.records_with(mark), 10, f"nginx writes down {mark}")
        assert len(found) == 1, found
        return found[0]

    def records_with(self, mark: str) -> list:
        return [record for record in self.records() if mark in record["target"] or mark in record["x_caller"]]

    def stop(self):
        self._process.stop()
        self._port.close()


def body_of(record: dict) -> bytes:
    return Path(record["body_file"]).read_bytes() if record["body_file"] else b""


def sha256_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def reserved_port() -> socket.socket:
    """A bound socket that never listens: who else asks for the port must share it (`reuseport`), so no race."""
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    holder.bind(("127.0.0.1", 0))
    return holder


def binary() -> str:
    """nginx lies in a directory that is not on every user's path."""
    return shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin:/sbin")
