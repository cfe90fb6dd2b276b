"""A second backend, Python's http.server: it keeps every request whole, header lines included."""

import dataclasses
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclasses.dataclass
class Request:
    """One request as the backend got it."""

    method: str
    target: str
    headers: list
    body: bytes


class Echo:
    """Serves until the `with` block ends; `requests` holds what came, `status_of` says what to answer each with. The
    body of an answer tells what came, unless there is a fixed one."""

    def __init__(self, status_of=lambda request: 200, body: bytes | None = None):
        self.requests, self._status_of, self._body = [], status_of, body
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        requests, status_of, fixed = self.requests, self._status_of, self._body

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                request = Request(self.command, self.path, list(self.headers.items()), body)
                requests.append(request)
                echo = {"backend": "echo", "method": self.command, "target": self.path}
                answer = json.dumps(echo).encode() if fixed is None else fixed
                self.send_response(status_of(request))
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = answer

            def log_message(self, *_):
                pass

        return Handler
