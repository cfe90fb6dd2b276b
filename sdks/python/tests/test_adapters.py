"""Adapters against a real server on loopback that verifies by this library, with a clock of its own."""

import asyncio
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import aiohttp
import httpx
import pytest
import requests

import countersign.aiohttp
import countersign.httpx
import countersign.requests
from countersign import Error, Request, Signer, Verifier
from countersign.clock import basic, parse_basic

BODY = bytes(range(256))


class Service:
    """Verifies what it gets; `requests` holds all of it, `refusals` the names of the errors."""

    def __init__(self, clock_offset_seconds: int = 0):
        self.requests, self.refusals, self._offset = [], [], clock_offset_seconds
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def take(self, request: Request) -> int:
        now = datetime.fromtimestamp(time.time() + self._offset, timezone.utc)
        self.requests.append(request)
        try:
            Verifier({"AccessKey": "SecretKey"}).verify(request, now)
        except Error as error:
            self.refusals.append(error.name)
            return 401
        return 200

    def _handler(self):
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status = service.take(Request(self.command, self.path, list(self.headers.items()), body))
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            do_GET = do_POST = answer

            def date_time_string(self, timestamp=None):
                return super().date_time_string(time.time() + service._offset)

            def log_message(self, *_):
                pass

        return Handler


def by_requests(method, url, headers=None, body=None, **options) -> int:
    auth = countersign.requests.Auth(**options)
    with requests.Session() as session:
        return session.request(method, url, headers=headers, data=body, auth=auth).status_code


def by_httpx(method, url, headers=None, body=None, **options) -> int:
    with httpx.Client(auth=countersign.httpx.Auth(**options)) as client:
        return client.request(method, url, headers=headers, content=body).status_code


def by_async_httpx(method, url, headers=None, body=None, **options) -> int:
    async def call() -> int:
        async with httpx.AsyncClient(auth=countersign.httpx.Auth(**options)) as client:
            return (await client.request(method, url, headers=headers, content=body)).status_code

    return asyncio.run(call())


def by_aiohttp(method, url, headers=None, body=None, **options) -> int:
    async def call() -> int:
        async with aiohttp.ClientSession(middlewares=[countersign.aiohttp.Middleware(**options)]) as session:
            async with session.request(method, url, headers=headers, data=body) as answer:
                return answer.status

    return asyncio.run(call())


CLIENTS = [by_requests, by_httpx, by_async_httpx, by_aiohttp]
pytestmark = pytest.mark.parametrize("send", CLIENTS)


def test_a_get_is_signed_as_it_is_sent(send, signer):
    with Service() as service:
        assert send("GET", f"{service.url}/路/a%20b?b=2&a=ü&a=1&c", {"X-Padded": "a  b "}, signer=signer) == 200
        assert "x-padded" in dict(service.requests[0].headers)["Authorization"]


def test_a_body_is_signed(send, signer):
    with Service() as service:
        assert send("POST", f"{service.url}/", {"Content-Type": "text/plain"}, BODY, signer=signer) == 200
        assert service.requests[0].payload == BODY


def test_a_text_is_signed_as_utf_8(send, signer):
    with Service() as service:
        assert send("POST", service.url, body="路é", signer=signer) == 200
        assert service.requests[0].payload == "路é".encode()


def test_a_host_of_the_callers_own_is_signed(send, signer):
    with Service() as service:
        assert send("GET", service.url, {"Host": "group.example.com"}, signer=signer) == 200
        assert [value for name, value in service.requests[0].headers if name.lower() == "host"] == ["group.example.com"]


def test_temporary_credentials_are_sent(send):
    with Service() as service:
        signer = Signer("AccessKey", "SecretKey", "token", project_id="p")
        assert send("GET", service.url, signer=signer) == 200
        headers = {name.lower(): value for name, value in service.requests[0].headers}
        assert (headers["x-security-token"], headers["x-project-id"]) == ("token", "p")


def test_a_body_is_left_out_on_request(send, signer):
    with Service() as service:
        assert send("POST", service.url, body=BODY, signer=signer, unsigned_payload=True) == 200
        assert dict(service.requests[0].headers)["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD"


@pytest.mark.parametrize("offset", [-3600, 3600])
def test_a_wrong_clock_is_corrected_once_and_stays_so(send, signer, offset):
    with Service(clock_offset_seconds=offset) as service:
        assert send("POST", service.url, {"A": "1"}, BODY, signer=signer, correct_clock=True) == 200
        assert service.refusals == ["Expired"]
        first, second = service.requests
        assert (first.method, first.target, first.payload) == (second.method, second.target, second.payload)
        moved = [parse_basic(dict(request.headers)["X-Sdk-Date"]) for request in service.requests]
        assert abs(moved[1] - moved[0] - offset) <= 2, list(map(basic, moved))


def test_a_wrong_clock_stays_wrong_unless_asked_for(send, signer):
    with Service(clock_offset_seconds=3600) as service:
        assert send("GET", service.url, signer=signer) == 401
        assert service.refusals == ["Expired"]


def test_another_refusal_is_not_tried_again(send):
    with Service() as service:
        assert send("GET", service.url, signer=Signer("AccessKey", "another"), correct_clock=True) == 401
        assert service.refusals == ["Mismatch"]


def test_a_header_of_the_signers_is_refused_before_anything_is_sent(send, signer):
    with Service() as service:
        with pytest.raises(Error):
            send("GET", service.url, {"X-Sdk-Date": "20250102T030405Z"}, signer=signer)
        assert service.requests == []
