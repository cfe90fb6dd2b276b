"""wrk with requests that were signed beforehand."""

import dataclasses
import json
import os
import subprocess
from pathlib import Path

from harness.raw import head

CONNECTIONS = 64
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
        """`requests`: (method, target, header lines), sent in turn."""
        texts = ",\n".join(lua_string(head(*request)) for request in requests)
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


def lua_string(data: bytes) -> str:
    return '"' + "".join(f"\\{byte:03}" for byte in data) + '"'
