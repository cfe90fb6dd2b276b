"""Further attempts at backends that hang up, refuse or keep silent."""

import socket
import threading

import pytest

from harness.gateway import assert_refused
from harness.management import fresh, http_api

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Moody:
    """Accepts, reads one request a connection and hangs up; answers from the given connection on."""

    def __init__(self, hang_ups):
        self.bodies, self._hang_ups = [], hang_ups
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self):
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        # Wakes the thread out of its waiting.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _serve(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as lines:
                self.bodies.append(read(lines))
                if len(self.bodies) > self._hang_ups:
                    connection.sendall(OK)


def read(lines) -> bytes:
    """The body of a request with its length."""
    length = 0
    while (line := lines.readline().strip()) != b"":
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    return lines.read(length)


@pytest.fixture
def calls(management, gateway, settle):
    """Publishes an API in front of the backend; gives what calls it."""

    def publish(address, retry_count, **fields):
        group = management.group()
        definition = http_api(group.id, "/", address, auth_type="NONE", **fields)
        definition.backend_api.retry_count = retry_count
        management.publish(management.api(definition).id)
        settle()
        host = gateway.host(group.sl_domain)

        def call(method="GET", body=b"", mark=""):
            lines = [("Host", host), ("Content-Length", str(len(body))), ("X-Caller", mark)]
            return gateway.send(method, "/", lines, body)

        return call

    return publish


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("retry_count", ["-1", None])
def test_an_idempotent_request_is_repeated_once_by_default(method, retry_count, calls):
    with Moody(hang_ups=1) as backend:
        answer = calls(backend.address, retry_count)(method, b"again")
        assert (answer.status, backend.bodies) == (200, [b"again"] * 2)
    with Moody(hang_ups=2) as backend:
        assert_refused(calls(backend.address, retry_count)(method), 502, "APIG.0201", "Backend unavailable.")
        assert len(backend.bodies) == 2


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_a_post_or_patch_is_not_repeated_by_default(method, calls):
    with Moody(hang_ups=1) as backend:
        assert_refused(calls(backend.address, "-1")(method), 502, "APIG.0201", "Backend unavailable.")
        assert len(backend.bodies) == 1


def test_an_explicit_count_repeats_every_method_with_its_body(calls):
    with Moody(hang_ups=4) as backend:
        answer = calls(backend.address, "4")("POST", b"the body")
        assert (answer.status, answer.body, backend.bodies) == (200, b"ok", [b"the body"] * 5)


def test_no_count_repeats_nothing(calls):
    with Moody(hang_ups=1) as backend:
        assert calls(backend.address, "0")().status == 502
        assert len(backend.bodies) == 1


def test_an_answer_is_never_repeated_whatever_it_says(calls, nginx):
    mark = fresh("answered")
    assert calls(nginx.address, "5", backend_uri="/status/503")(mark=mark).status == 503
    assert nginx.record(mark)["target"] == "/status/503"


def test_a_backend_that_keeps_silent_has_its_time_once(calls):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        call = calls(f"127.0.0.1:{silent.getsockname()[1]}", "10", timeout=100)
        assert_refused(call(), 504, "APIG.0201", "Backend timeout.")
        silent.accept()[0].close()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()
