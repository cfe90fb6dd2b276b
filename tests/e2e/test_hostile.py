"""Bytes no decent client sends. Each gets a clear refusal or a closed connection, and the next client is served."""

import pytest

from harness.gateway import assert_refused
from harness.management import http_api
from harness.raw import Connection, exchange, head, sign
from harness.waiting import eventually

CLOSED = "closed"


@pytest.fixture(scope="module")
def target(management, gateway, nginx, settle):
    group, app = management.group(), management.app()
    api = management.api(http_api(group.id, "/thing", nginx.address))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    return gateway.host(group.sl_domain), (app.app_key, app.app_secret)


@pytest.fixture(autouse=True)
def the_next_client_is_served(gateway, target):
    yield
    host, credentials = target
    assert gateway.call(credentials, host, "/thing").status == 200


def outcome(address: str, data: bytes):
    """Status of the answer, or that the connection was closed without one."""
    with Connection(address) as connection:
        try:
            connection.send(data)
            connection.half_close()
            return connection.answer().status
        except OSError:
            return CLOSED


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nNo colon here\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n folded: line\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nA: \x00\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(64),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\xff" * 64,
        b"\xff" * 4096,
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_malformed_head_is_refused(data, gateway):
    assert outcome(gateway.address, data) in (400, 404, 505, CLOSED)


@pytest.mark.parametrize(
    "framing",
    [
        [("Content-Length", "5"), ("Content-Length", "6")],
        [("Content-Length", "5, 6")],
        [("Content-Length", "-1")],
        [("Content-Length", "+5")],
        [("Content-Length", "0x5")],
        [("Content-Length", "99999999999999999999999")],
        [("Content-Length", "5"), ("Transfer-Encoding", "chunked")],
        [("Transfer-Encoding", "chunked, gzip")],
        [("Transfer-Encoding", "xchunked")],
    ],
    ids=str,
)
def test_a_length_with_two_readings_is_refused(framing, gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "POST", host, "/thing", body=b"hello")
    smuggled = b"helloGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    with Connection(gateway.address) as connection:
        connection.send(head("POST", path, [*lines, *framing]) + smuggled)
        connection.half_close()
        try:
            assert connection.answer().status in (400, 401, 411, 413, 501)
            assert connection.closed_by_peer(), "a second request was read out of the first"
        except ConnectionError:
            pass  # closing at once is as good


@pytest.mark.parametrize(
    "chunk",
    [b"zz\r\nhello\r\n", b"5\r\nhelloXX", b"-1\r\n", b"ffffffffffffffffff\r\nx", b"5;" + b"a" * 70_000],
)
def test_broken_chunks_are_refused(chunk, gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "POST", host, "/thing", body=b"hello")
    data = head("POST", path, [*lines, ("Transfer-Encoding", "chunked")]) + chunk
    assert outcome(gateway.address, data) in (400, 401, 413, CLOSED)


@pytest.mark.parametrize("name", ["Authorization", "X-Sdk-Date", "Host"])
def test_a_duplicated_critical_header_is_refused(name, gateway, target, nginx):
    host, credentials = target
    path, lines = sign(*credentials, "GET", host, "/thing")
    value = next(value for key, value in lines if key == name)
    answer = gateway.send("GET", path, [*lines, (name, value)])
    assert answer.status in (400, 401), answer
    assert answer.json["error_code"].startswith("APIG.")


def test_a_duplicated_digest_is_refused(gateway, target):
    host, credentials = target
    digest = ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD")
    path, lines = sign(*credentials, "POST", host, "/thing", headers=dict([digest]), body=b"x")
    answer = gateway.send("POST", path, [*lines, digest], b"x")
    assert answer.status in (400, 401), answer


@pytest.mark.parametrize(
    "value",
    [
        "",
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SHA256 Access=, SignedHeaders=, Signature=",
        "SDK-HMAC-SHA256 Access=x",
        "SDK-HMAC-SHA256 Access=x, SignedHeaders=host, Signature=zz",
        "SDK-HMAC-MD5 Access=x, SignedHeaders=host;x-sdk-date, Signature=" + "0" * 64,
        "Basic eDp4",
        "SDK-HMAC-SHA256 Access=x, SignedHeaders=" + ";".join(["a"] * 5000) + ", Signature=" + "0" * 64,
        "SDK-HMAC-SHA256 " * 1000,
    ],
    ids=lambda value: value[:40],
)
def test_a_malformed_authorization_is_refused(value, gateway, target):
    host, _ = target
    lines = [("Host", host), ("X-Sdk-Date", "20261121T000000Z"), ("Authorization", value)]
    assert_refused(gateway.send("GET", "/thing", lines), 401, "APIG.0303", "Incorrect app authentication information…")


@pytest.mark.parametrize(
    "date", ["", "now", "20261321T000000Z", "20261121T250000Z", "2026-11-21T00:00:00Z", "9" * 5000]
)
def test_a_malformed_date_is_refused(date, gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "GET", host, "/thing")
    lines = [(name, date if name == "X-Sdk-Date" else value) for name, value in lines]
    answer = gateway.send("GET", path, lines)
    assert_refused(answer, 401, "APIG.0303", "Incorrect app authentication information…")


def test_a_target_over_the_limit_is_refused(gateway, target):
    host, _ = target
    assert_refused(gateway.plain(host, "/" + "a" * 33_000), 414, "APIG.0201", "Request URI too large.")


def test_a_header_over_the_limit_is_refused(gateway, target):
    host, _ = target
    answer = gateway.plain(host, "/thing", headers=[("X-Long", "a" * 33_000)])
    assert_refused(answer, 494, "APIG.0201", "Request headers too large.")


def test_headers_over_the_limit_together_are_refused(gateway, target):
    host, _ = target
    answer = gateway.plain(host, "/thing", headers=[(f"X-{number}", "a" * 30_000) for number in range(5)])
    assert_refused(answer, 494, "APIG.0201", "Request headers too large.")


def test_too_many_headers_are_refused(gateway, target):
    host, _ = target
    answer = gateway.plain(host, "/thing", headers=[(f"X-{number}", "a") for number in range(150)])
    assert_refused(answer, 494, "APIG.0201", "Request headers too large.")


def test_the_management_listener_survives_the_same_bytes(server):
    for data in [
        b"\r\n\r\n",
        b"\xff" * 4096,
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
    ]:
        assert outcome(server.api, data) in (400, 401, 404, 505, CLOSED)
    assert exchange(server.api, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200


def test_a_hundred_connections_that_say_nothing_do_not_stop_anyone(gateway, target):
    host, credentials = target
    idle = [Connection(gateway.address) for _ in range(100)]
    for connection in idle:
        connection.send(b"GET /thing HT")
    assert gateway.call(credentials, host, "/thing").status == 200
    for connection in idle:
        connection.__exit__()
    eventually(lambda: gateway.call(credentials, host, "/thing").status == 200, 5, "served after they left")
