"""Web hooks that stand in for functions: what custom authorizers ask, Python's http.server on loopback."""

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PREFIX = "urn:fss:local-1:project:function:default:"
# Answers what a test tells it to.
GUARD = f"{_PREFIX}guard"
# The same for a second one.
BACKSTOP = f"{_PREFIX}backstop"
# Nobody listens at its address.
GONE = f"{_PREFIX}gone"
# No address is known for it.
UNKNOWN = f"{_PREFIX}unknown"


def verdict(status: str, context: dict | None = None) -> bytes:
    """A function's whole answer."""
    body = {"status": status, "context": context or {}}
    return json.dumps({"statusCode": 200, "body": json.dumps(body)}).encode()


class Functions:
    """Serves until it is stopped. A test sets what a function answers, and reads the events that it got."""

    def __init__(self):
        self._answers, self.events = {}, {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def answer(self, urn: str, answer, status: int = 200):
        """From now on the function answers with the bytes, or with what `answer` makes of an event."""
        self._answers[urn] = (answer if callable(answer) else lambda _: answer, status)
        self.events[urn] = []

    def settings(self) -> str:
        """The table of all functions, as a server's configuration file has it."""
        base = f"http://127.0.0.1:{self._server.server_address[1]}/"
        table = {urn: base + urn for urn in (GUARD, BACKSTOP)} | {GONE: f"http://127.0.0.1:{_closed_port()}/"}
        lines = ["[functions]", *(f"{json.dumps(urn)} = {json.dumps(url)}" for urn, url in table.items())]
        return "\n".join(lines)

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        answers, events = self._answers, self.events

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                urn = self.path.removeprefix("/")
                events[urn].append(event)
                make, status = answers[urn]
                body = make(event)
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        return Handler


def _closed_port() -> int:
    """A port that was free a moment ago, and that nobody is likely to take."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
