"""The verifier: what it accepts, and by which error it refuses."""

from datetime import timedelta

import pytest

import countersign
from countersign import UNSIGNED, Request, Signer, Verifier

LINES = [("Host", "example.com"), ("Content-Type", "application/json")]
POST = Request("POST", "/orders?limit=2", LINES, b"{}")
FORGED = "SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=host;x-sdk-date, Signature=" + "0" * 64


def refusal(verifier, request, now) -> str:
    with pytest.raises(countersign.VerificationError) as caught:
        verifier.verify(request, now)
    return caught.value.name


def with_header(request: Request, name: str, value) -> Request:
    """`value` is a text, or what becomes of the present one."""
    alter = value if callable(value) else lambda _: value
    lines = [(own, alter(old) if own.lower() == name else old) for own, old in request.headers]
    return request._replace(headers=lines)


def without(request: Request, name: str) -> Request:
    return request._replace(headers=[line for line in request.headers if line[0].lower() != name])


def beside(request: Request, *lines) -> Request:
    return request._replace(headers=[*request.headers, *lines])


def test_a_signed_request_is_accepted_with_its_access_key(verifier, received, now):
    assert verifier.verify(received(POST), now) == "AccessKey"


def test_keys_may_come_from_a_function(received, now):
    asked = []
    verifier = Verifier(lambda access_key: asked.append(access_key) or "SecretKey")
    assert verifier.verify(received(POST), now) == "AccessKey"
    assert asked == ["AccessKey"]


@pytest.mark.parametrize("secret", [None, ""])
def test_a_key_without_a_secret_is_unknown(secret, received, now):
    assert refusal(Verifier(lambda _: secret), received(POST), now) == "UnknownKey"


def test_blanks_around_values_and_commas_do_not_count(verifier, received, now):
    request = with_header(received(POST), "content-type", lambda value: f" {value}\t")
    request = with_header(request, "authorization", lambda value: value.replace(", ", "\t,").replace(" A", "   A"))
    assert verifier.verify(request, now) == "AccessKey"


@pytest.mark.parametrize("seconds", [-900, 900])
def test_fifteen_minutes_are_in_time(seconds, verifier, received, now):
    assert verifier.verify(received(POST), now + timedelta(seconds=seconds)) == "AccessKey"


@pytest.mark.parametrize("seconds", [-901, 901])
def test_a_second_more_is_expired_and_both_times_are_told(seconds, verifier, received, now):
    clock = now + timedelta(seconds=seconds)
    with pytest.raises(countersign.Expired, match=f"20250102T030405Z.*{clock:%Y%m%dT%H%M%SZ}"):
        verifier.verify(received(POST), clock)


def scoped(credential: str) -> str:
    return FORGED.replace("SDK-HMAC-SHA256 Access=AccessKey", f"V11-HMAC-SHA256 Credential={credential}")


AUTHORIZATIONS = {
    "Basic eDp5": "MissingAuthorization",
    "": "MissingAuthorization",
    "SDK-HMAC-SHA256": "MissingAccessKey",
    "SDK-HMAC-SHA256 SignedHeaders=x-sdk-date, Access=AccessKey": "MissingAccessKey",
    "SDK-HMAC-MD5 Access=AccessKey": "UnsupportedAlgorithm",
    "sdk-hmac-sha256 Access=AccessKey": "UnsupportedAlgorithm",
    "SDK-HMAC-SHA256 Access=AccessKey": "MalformedAuthorization",
    FORGED.replace("AccessKey", ""): "MissingAccessKey",
    FORGED.replace("AccessKey", "Acc\xe9ss"): "MalformedAuthorization",
    FORGED.replace("AccessKey", "Access Key"): "MalformedAuthorization",
    FORGED.replace("host;", "Host;"): "MalformedAuthorization",
    FORGED.replace("host;", ";"): "MalformedAuthorization",
    FORGED.replace("host;", "host;host;"): "MalformedAuthorization",
    FORGED.replace("host;", "authorization;"): "MalformedAuthorization",
    FORGED.replace("host;x-sdk-date", "host"): "MalformedAuthorization",
    FORGED.replace("host;", "".join(f"x{number};" for number in range(100))): "MalformedAuthorization",
    FORGED + "0": "MalformedAuthorization",
    FORGED[:-1]: "MalformedAuthorization",
    FORGED[:-1] + "A": "MalformedAuthorization",
    FORGED[:-1] + "\u00b2": "MalformedAuthorization",
    FORGED + ", Extra=1": "MalformedAuthorization",
    FORGED.replace("SHA256 Access=", "SM3 Access="): "UnsupportedAlgorithm",
    FORGED.replace(
        "SDK-HMAC-SHA256 Access=AccessKey", "V11-HMAC-SHA256 Credential=AccessKey"
    ): "MalformedAuthorization",
    scoped("AccessKey"): "MalformedAuthorization",
    scoped("AccessKey/20250102/r"): "MalformedAuthorization",
    scoped("AccessKey/20250102/r/s/t"): "MalformedAuthorization",
    scoped("AccessKey/20250103/r/s"): "MalformedAuthorization",
    scoped("/20250102/r/s"): "MissingAccessKey",
    scoped("OtherKey/20250102/r/s"): "UnknownKey",
    scoped("AccessKey/20250102/r/s"): "UnsupportedAlgorithm",
    FORGED.replace("AccessKey", "OtherKey"): "UnknownKey",
    FORGED: "Mismatch",
}


@pytest.mark.parametrize("value", AUTHORIZATIONS)
def test_the_header_with_the_signature_follows_the_grammar(value, verifier, received, now):
    request = with_header(received(POST), "authorization", value)
    assert refusal(verifier, request, now) == AUTHORIZATIONS[value]


def test_a_request_without_a_signature_has_none(verifier, now):
    assert refusal(verifier, POST, now) == "MissingAuthorization"


@pytest.mark.parametrize(
    "name",
    ["Authorization", "X-Sdk-Date", "HOST", "X-Sdk-Content-Sha256", "X-Security-Token", "X-Project-Id", "X-Domain-Id"],
)
def test_single_headers_stand_once(name, verifier, received, now):
    line = (name, dict(received(POST).headers).get(name, "same"))
    assert refusal(verifier, beside(received(POST), line, line), now) == "DuplicateHeader"


@pytest.mark.parametrize("date", ["", "20250102", "2025-01-02T03:04:05Z", "20250230T000000Z", "20250102T030460Z"])
def test_a_date_is_a_real_one_in_its_form(date, verifier, received, now):
    assert refusal(verifier, with_header(received(POST), "x-sdk-date", date), now) == "BadDate"


def test_errors_come_in_the_order_of_the_protocol(now, received, verifier):
    """Each step mends what the one before it refused."""
    doubled = ("X-Project-Id", "p")
    request = beside(with_header(received(POST), "authorization", "SDK-HMAC-SHA256"), doubled, doubled)
    assert refusal(verifier, beside(request, ("Authorization", "x")), now) == "DuplicateHeader"
    assert refusal(verifier, request, now) == "MissingAccessKey"
    request = with_header(request, "authorization", FORGED.replace("AccessKey", "OtherKey"))
    assert refusal(verifier, request, now) == "DuplicateHeader"
    request = without(request, "x-project-id")
    assert refusal(verifier, without(request, "x-sdk-date"), now) == "MissingDate"
    assert refusal(verifier, request, now + timedelta(hours=1)) == "Expired"
    request = beside(request, ("X-Sdk-Content-Sha256", "none"))
    assert refusal(verifier, request, now) == "UnknownKey"
    request = with_header(request, "authorization", FORGED)
    assert refusal(Verifier({"AccessKey": "SecretKey"}, algorithms=[]), request, now) == "UnsupportedAlgorithm"
    assert refusal(verifier, request, now) == "BadContentHash"
    assert refusal(verifier, without(request, "x-sdk-content-sha256"), now) == "Mismatch"


TAMPERINGS = {
    "method": lambda request: request._replace(method="PUT"),
    "path": lambda request: request._replace(target="/order?limit=2"),
    "query": lambda request: request._replace(target="/orders?limit=20"),
    "query added": lambda request: request._replace(target="/orders?limit=2&a"),
    "host": lambda request: with_header(request, "host", "other.example.com"),
    "type": lambda request: with_header(request, "content-type", "text/plain"),
    "type dropped": lambda request: without(request, "content-type"),
    "type doubled": lambda request: beside(request, ("Content-Type", "application/json")),
    "body": lambda request: request._replace(payload=b"[]"),
    "no body": lambda request: request._replace(payload=b""),
}


@pytest.mark.parametrize("case", TAMPERINGS)
def test_any_change_is_a_mismatch(case, verifier, received, now):
    assert refusal(verifier, TAMPERINGS[case](received(POST)), now) == "Mismatch"


def test_a_mismatch_carries_the_canonical_request_and_no_signature(verifier, signer, received, now):
    request = received(POST)._replace(payload=b"[]")
    with pytest.raises(countersign.Mismatch) as caught:
        verifier.verify(request, now)
    assert caught.value.canonical_request == signer.explain(POST._replace(payload=b"[]"), now).canonical_request
    right = signer.sign(POST._replace(payload=b"[]"), now)["Authorization"][-64:]
    assert right not in caught.value.canonical_request + str(caught.value)


def test_a_line_break_in_a_signed_header_is_refused(verifier, received, now):
    request = with_header(received(POST), "content-type", "application/json\nhost:other")
    assert refusal(verifier, request, now) == "MalformedAuthorization"


def test_an_unsigned_payload_covers_any_body_unless_it_is_not_accepted(verifier, received, now):
    request = received(POST._replace(payload=UNSIGNED))
    assert verifier.verify(request._replace(payload=b"another"), now) == "AccessKey"
    strict = Verifier({"AccessKey": "SecretKey"}, accept_unsigned_payload=False)
    assert refusal(strict, request, now) == "UnsignedPayload"


def test_a_declared_hash_is_held_against_the_body(verifier, signer, received, now):
    request = received(POST)
    declared = signer.explain(POST, now).canonical_request[-64:]
    assert verifier.verify(beside(request, ("X-Sdk-Content-Sha256", declared)), now) == "AccessKey"
    other = beside(request._replace(payload=b"[]"), ("X-Sdk-Content-Sha256", declared))
    assert refusal(verifier, other, now) == "ContentHashMismatch"


def test_what_is_declared_unsigned_but_signed_as_empty_is_empty(verifier, received, now):
    request = beside(received(POST._replace(payload=b"")), ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"))
    for own in (verifier, Verifier({"AccessKey": "SecretKey"}, accept_unsigned_payload=False)):
        assert own.verify(request, now) == "AccessKey"
        assert refusal(own, request._replace(payload=b"more"), now) == "ContentHashMismatch"


def test_a_signed_header_that_is_absent_counts_as_empty(signer, verifier, now):
    explained = signer.explain(Request("GET", "/", LINES), now)
    assert "content-type:application/json" in explained.canonical_request
    request = Request("GET", "/", [LINES[0], *explained.headers.items()])
    with pytest.raises(countersign.Mismatch) as caught:
        verifier.verify(request, now)
    assert "\ncontent-type:\n" in caught.value.canonical_request


def test_another_header_may_carry_the_signature(received, now):
    carried = Verifier({"AccessKey": "SecretKey"}, header="X-Backend-Signature")
    request = received(POST)
    assert refusal(carried, request, now) == "MissingAuthorization"
    signature = dict(request.headers)["Authorization"]
    request = beside(with_header(request, "authorization", "Bearer x"), ("x-backend-signature", signature))
    assert carried.verify(request, now) == "AccessKey"


def test_scoped_signatures_are_accepted_where_they_are_wanted(received, now):
    signer = Signer("AccessKey", "SecretKey", algorithm="V11-HMAC-SHA256", region="r", service="s")
    request = received(POST, signer)
    wanted = Verifier({"AccessKey": "SecretKey"}, algorithms=["V11-HMAC-SHA256"])
    assert wanted.verify(request, now) == "AccessKey"
    other = with_header(request, "authorization", lambda value: value.replace("/r/s", "/r/t"))
    assert refusal(wanted, other, now) == "Mismatch"


def test_no_byte_crashes_the_verifier(verifier, received, now):
    for byte in map(chr, range(256)):
        for name in ("authorization", "x-sdk-date", "content-type"):
            for alter in (lambda value, byte=byte: value[:20] + byte + value[21:], lambda value, byte=byte: byte):
                request = with_header(received(POST), name, alter)
                refused = beside(request._replace(target=f"/{byte}%{byte}?{byte}"), (f"a{byte}", byte))
                assert refusal(verifier, refused, now)
