"""Bodies: byte-exact to the backend, held until the signature is checked, and capped."""

import hashlib

import pytest

from harness.gateway import assert_refused
from harness.management import fresh, http_api
from harness.nginx import body_of, sha256_of
from harness.raw import Connection, head, sign

BODY_BYTES_MAX = 12_582_912
TOO_LARGE = (413, "APIG.0201", "Request entity too large.")


@pytest.fixture(scope="module")
def target(management, gateway, nginx, settle):
    group, app = management.group(), management.app()
    api = management.api(http_api(group.id, "/upload", nginx.address))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    return gateway.host(group.sl_domain), (app.app_key, app.app_secret)


@pytest.fixture(scope="module")
def largest():
    """Bytes of every value, not a repetition of one."""
    block = b"".join(hashlib.sha256(bytes([number])).digest() for number in range(256))
    return (block * (BODY_BYTES_MAX // len(block) + 1))[:BODY_BYTES_MAX]


def chunked(body: bytes, size: int = 65_536) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def send_chunked(gateway, target, body, mark="chunked"):
    host, credentials = target
    path, lines = sign(*credentials, "POST", host, "/upload", headers={"X-Caller": mark}, body=body)
    message = head("POST", path, [*lines, ("Transfer-Encoding", "chunked")]) + chunked(body)
    with Connection(gateway.address) as connection:
        try:
            connection.send(message)
        except (BrokenPipeError, ConnectionResetError):
            pass  # refused before everything was sent
        return connection.answer()


def test_the_largest_body_passes_byte_by_byte(gateway, target, nginx, largest):
    (host, credentials), mark = target, fresh("largest")
    answer = gateway.call(credentials, host, "/upload", "POST", headers={"X-Caller": mark}, body=largest)
    assert answer.status == 200, answer
    assert sha256_of(body_of(nginx.record(mark))) == sha256_of(largest)


def test_one_byte_more_is_refused(gateway, target, nginx, largest):
    (host, credentials), mark = target, fresh("over")
    answer = gateway.call(credentials, host, "/upload", "POST", headers={"X-Caller": mark}, body=largest + b"x")
    assert_refused(answer, *TOO_LARGE)
    assert nginx.records_with(mark) == []


def test_the_largest_body_passes_in_chunks(gateway, target, nginx, largest):
    mark = fresh("largest_chunked")
    assert send_chunked(gateway, target, largest, mark).status == 200
    assert sha256_of(body_of(nginx.record(mark))) == sha256_of(largest)


def test_one_byte_more_in_chunks_is_refused(gateway, target, largest):
    assert_refused(send_chunked(gateway, target, largest + b"x"), *TOO_LARGE)


def test_a_declared_length_over_the_cap_is_refused_before_the_body_is_sent(gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "POST", host, "/upload", body=b"x")
    with Connection(gateway.address) as connection:
        connection.send(head("POST", path, [*lines, ("Content-Length", str(BODY_BYTES_MAX + 1))]))
        assert_refused(connection.answer(), *TOO_LARGE)


def test_an_unknown_key_is_refused_before_the_body_is_sent(gateway, target):
    host, _ = target
    path, lines = sign("nobodys0key", "secret", "POST", host, "/upload", body=b"x")
    with Connection(gateway.address) as connection:
        connection.send(head("POST", path, [*lines, ("Content-Length", str(BODY_BYTES_MAX))]))
        assert_refused(
            connection.answer(), 401, "APIG.0303", "Incorrect app authentication information: app not found…"
        )


def test_a_changed_body_never_reaches_the_backend(gateway, target, nginx):
    (host, credentials), mark = target, fresh("changed")
    answer = gateway.call(
        credentials,
        host,
        "/upload",
        "POST",
        headers={"X-Caller": mark},
        body=b'{"sum":1}',
        sent_body=b'{"sum":9}',
    )
    assert_refused(answer, 401, "APIG.0303", "Incorrect app authentication information: verify signature fail…")
    assert nginx.records_with(mark) == []


def test_a_declared_digest_that_is_not_the_bodys_is_refused(gateway, target, nginx):
    (host, credentials), mark = target, fresh("lie")
    headers = {"X-Caller": mark, "X-Sdk-Content-Sha256": sha256_of(b"something else")}
    answer = gateway.call(credentials, host, "/upload", "POST", headers=headers, body=b"this")
    assert (answer.status, answer.json["error_code"]) == (401, "APIG.0303"), answer
    assert nginx.records_with(mark) == []


def test_an_unsigned_payload_is_passed_on_when_it_says_so(gateway, target, nginx):
    (host, credentials), mark = target, fresh("unsigned")
    headers = {"X-Caller": mark, "Content-Type": "application/octet-stream"}
    answer = gateway.call(credentials, host, "/upload", "POST", headers=headers, body=b"signed", sent_body=b"anything")
    assert answer.status == 200, answer
    assert body_of(nginx.record(mark)) == b"anything"


def test_a_body_that_ends_early_never_reaches_the_backend(gateway, target, nginx):
    (host, credentials), mark = target, fresh("truncated")
    path, lines = sign(*credentials, "POST", host, "/upload", headers={"X-Caller": mark}, body=b"0123456789")
    with Connection(gateway.address) as connection:
        connection.send(head("POST", path, [*lines, ("Content-Length", "10")]) + b"01234")
        connection.half_close()
        try:
            assert connection.answer().status in (400, 408)
        except ConnectionError:
            pass  # closing without an answer is as good: there is nobody left to read it
    assert gateway.call(credentials, host, "/upload").status == 200
    assert nginx.records_with(mark) == []


def test_a_keep_alive_connection_serves_many_bodies(gateway, target, nginx):
    (host, credentials), mark = target, fresh("many")
    with Connection(gateway.address) as connection:
        for number in range(20):
            body = b"%d" % number * (number * 97)
            headers = {"X-Caller": f"{mark}-{number:02}"}
            path, lines = sign(*credentials, "POST", host, "/upload", headers=headers, body=body)
            connection.send(head("POST", path, [*lines, ("Content-Length", str(len(body)))]) + body)
            assert connection.answer().status == 200
            assert body_of(nginx.record(f"{mark}-{number:02}")) == body
