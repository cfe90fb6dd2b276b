"""The program under test: `countersign serve` on loopback ports of its own choice."""

import json
from pathlib import Path
from urllib.parse import urlsplit

from .places import BINARY
from .process import Process
from .waiting import eventually

START_SECONDS = 60
# An address with a port of its own choice.
LOOPBACK = "127.0.0.1:0"

# Tests call by default subdomains more often than people who debug.
SETTINGS = "[gateway]\nsubdomain_calls_per_day = 1000000\n"


class Server:
    """One running server.

    `data` may be an earlier server's directory; `settings` is its configuration file; the gateway is at `listen`.
    """

    def __init__(
        self,
        directory: Path,
        data: Path | None = None,
        settings: str = SETTINGS,
        arguments: tuple = (),
        binary: Path = BINARY,
        listen: str = LOOPBACK,
    ):
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "countersign.toml").write_text(settings)
        arguments = ("--config", directory / "countersign.toml", *arguments)
        self.directory = directory
        self.data = data or directory / "data"
        self.ready_file = directory / "ready.json"
        self.ready_file.unlink(missing_ok=True)
        self.process = Process("countersign", serve(binary, self.data, self.ready_file, arguments, listen), directory)
        try:
            self.ready = eventually(self._read_ready, START_SECONDS, "ready file of the server")
        except AssertionError:
            self.process.kill()
            raise

    def _read_ready(self) -> dict | None:
        self.process.require_running()
        text = self.ready_file.read_text() if self.ready_file.exists() else ""
        return json.loads(text) if text.endswith("}\n") or text.endswith("}") else None

    @property
    def gateway(self) -> str:
        """`host:port` of the data plane."""
        return urlsplit(self.ready["gateway"]).netloc

    @property
    def api(self) -> str:
        """`host:port` of the management API."""
        return urlsplit(self.ready["api"]).netloc

    @property
    def output(self) -> str:
        """All it has said so far."""
        return self.process.stdout + self.process.stderr

    def stop(self) -> int:
        return self.process.stop()

    def kill(self):
        self.process.kill()


def serve(binary: Path, data: Path, ready_file: Path, arguments: tuple = (), listen: str = LOOPBACK) -> list:
    """The command line of a server on ports of its own choice."""
    listeners = ["--gateway", listen, "--api", LOOPBACK]
    return [binary, "serve", "--data", data, *listeners, "--ready-file", ready_file, *arguments]
