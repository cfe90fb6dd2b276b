"""The verifiers of every signing library: each guards a backend behind the gateway, and refuses tampered requests."""

import json

import pytest

from harness.echo import Echo
from harness.identity import Pair
from harness.libraries import Backend, programs
from harness.signature_keys import Signed, hmac
from harness.tampering import body, replay, tamperings

PAIR = Pair("library_key", "library-secret_!1")
BODY_BYTES_MAX = 12 * 1024 * 1024
JSON = ("Content-Type", "application/json")
LARGE = bytes(range(256)) * 16_384

REQUESTS = {
    "plain": {},
    "path": {"target": "/a%20b/%E4%BD%A0%E5%A5%BD/~x;y=z/"},
    "query": {"target": "/q?b=2&a=10&a=9&empty=&%E4%BD%A0=%E5%A5%BD%20x&slash=a/b"},
    "json": {"method": "POST", "headers": [JSON], "body": '{"name": "你好 é"}'.encode()},
    "large": {"method": "PUT", "headers": [("Content-Type", "application/octet-stream")], "body": LARGE},
    "untyped": {"method": "DELETE", "body": b"{}"},
}
TAMPERINGS = tamperings(PAIR)


@pytest.fixture(scope="module", params=programs("verifiers"), ids=str)
def backend(request, tmp_path_factory):
    backend = Backend(request.param, PAIR, tmp_path_factory.mktemp("verifier") / "errors")
    yield backend
    backend.stop()


def signing(management, gateway, settle, address: str) -> Signed:
    """An API that the gateway signs for, in front of the address."""
    signed = Signed(management, gateway, address)
    signed.bind(signed.key(**hmac(PAIR.access, PAIR.secret)))
    settle()
    return signed


@pytest.fixture(scope="module")
def signed(management, gateway, settle, backend):
    return signing(management, gateway, settle, backend.address)


@pytest.fixture(scope="module")
def genuine(management, gateway, settle):
    """A request as the gateway signed it."""
    with Echo() as echo:
        api = signing(management, gateway, settle, echo.address)
        assert api.call("/orders?limit=20&sort=name", "POST", [JSON], b'{"amount": 1}').status == 200
        return echo.requests[-1]


@pytest.mark.parametrize("case", REQUESTS)
def test_what_the_gateway_signs_reaches_the_backend(case, signed):
    answer = signed.call(**REQUESTS[case])
    assert answer.status == 200, answer
    assert answer.json == {"access_key": PAIR.access, "body_bytes": len(REQUESTS[case].get("body", b""))}


def test_a_genuine_request_is_accepted_when_it_comes_directly(genuine, backend):
    answer = replay(backend.address, genuine)
    assert (answer.status, answer.json["access_key"]) == (200, PAIR.access), answer


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_request_that_was_tampered_with_is_refused(name, genuine, backend):
    change, error = TAMPERINGS[name]
    answer = replay(backend.address, change(genuine))
    assert (answer.status, answer.json["error_code"]) == (401, error), answer
    assert answer.json["error_msg"] and PAIR.secret not in answer.json["error_msg"]
    assert answer.header("Content-Type").split(";")[0] == "application/json"


def test_a_body_beyond_the_bound_is_refused(genuine, backend):
    answer = replay(backend.address, body(lambda _: bytes(BODY_BYTES_MAX + 1))(genuine))
    assert (answer.status, answer.json["error_code"]) == (413, "BodyTooLong"), json.loads(answer.body)
