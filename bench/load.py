"""Load on a server: wrk with requests that were made beforehand, or a list of requests one after the other."""

import dataclasses
import http.client
import itertools
import json
import os
import subprocess
import time
from pathlib import Path

from harness.raw import head

CONNECTIONS = 64
READ_SECONDS = 30
SCRIPT = """
local requests, next = dofile("{requests}"), 0
request = function()
    next = next % #requests + 1
    return requests[next]
end
done = function(summary, latency)
    local e = summary.errors
    io.write(string.format('RESULT {{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}}\\n',
        summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
        latency:percentile(50), latency:percentile(99)))
end
"""


@dataclasses.dataclass
class Request:
    """A request; `headers` are (name, value)."""

    method: str
    target: str
    headers: list
    body: bytes = b""

    @property
    def wire(self) -> bytes:
        return head(self.method, self.target, self.headers) + self.body


@dataclasses.dataclass
class Load:
    """What wrk counted."""

    requests: int
    microseconds: int
    failed: int
    p50: int
    p99: int


class Wrk:
    """One thread, 64 keep-alive connections; the requests can be renewed, for signatures grow old."""

    def __init__(self, directory: Path):
        directory.mkdir(parents=True, exist_ok=True)
        self._requests, self._script = directory / "requests.lua", directory / "load.lua"
        self._script.write_text(SCRIPT.format(requests=self._requests))

    def take(self, requests: list):
        """The requests that are sent in turn."""
        texts = ",\n".join(lua_string(request.wire) for request in requests)
        self._requests.write_text(f"return {{\n{texts}\n}}\n")

    def run(self, address: str, seconds: float) -> Load:
        threads = ["--threads", "1", "--connections", str(CONNECTIONS)]
        command = [
            "wrk",
            *threads,
            "--duration",
            f"{seconds}s",
            "--script",
            self._script,
            f"http://{address}/",
        ]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=True, env=os.environ
        )
        line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
        load = Load(**json.loads(line.removeprefix("RESULT ")))
        if load.failed or not load.requests:
            raise SystemExit(
                f"bench: {load.failed} of {load.requests} requests to {address} failed: no figure from this"
            )
        return load


class Queue:
    """Requests one after the other, each counted: for servers that take long for one or close after each."""

    def __init__(self, address: str, keeps_connections: bool):
        self._address, self._keeps_connections = address, keeps_connections

    def send(self, requests) -> int:
        """Sends every request and returns how many that were."""
        connection = http.client.HTTPConnection(self._address, timeout=READ_SECONDS)
        count = 0
        for request in requests:
            connection.request(request.method, request.target, request.body, dict(request.headers))
            answer = connection.getresponse()
            answer.read()
            if answer.status >= 400:
                raise SystemExit(f"bench: {self._address} answers {answer.status}: no figure from this")
            if not self._keeps_connections:
                connection.close()
            count += 1
        connection.close()
        return count


def repeated(requests: list, seconds: float):
    """The requests over and over, as long as there is time."""
    end = time.monotonic() + seconds
    yield from itertools.takewhile(lambda _: time.monotonic() < end, itertools.cycle(requests))


def lua_string(data: bytes) -> str:
    return '"' + "".join(f"\\{byte:03}" for byte in data) + '"'
