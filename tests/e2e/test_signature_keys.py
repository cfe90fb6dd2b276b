"""Signature keys on the data plane: backends verify by the official signer's own code what the gateway signed."""

import contextlib
import dataclasses
from base64 import b64encode

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.echo import Echo
from harness.management import fresh, path_parameter
from harness.raw import exchange, head
from harness.signature_keys import Signed, hmac
from harness.signed import is_signed, lines_of, verifying

KEY, SECRET = "backend_key", "backend-secret_!1"
OTHER, OTHER_SECRET = "another_key", "another-secret_#2"


LARGE = bytes(range(256)) * 16_384

REQUESTS = {
    "plain": {},
    "path": {"target": "/a%20b/%E4%BD%A0%E5%A5%BD/~x;y=z/"},
    "query": {"target": "/q?b=2&a=10&a=9&empty=&%E4%BD%A0=%E5%A5%BD%20x&slash=a/b"},
    "json": {
        "method": "POST",
        "body": '{"name": "\u4f60\u597d é"}'.encode(),
        "headers": [("Content-Type", "application/json")],
    },
    "form": {"method": "PUT", "body": b"a=1&b=%20", "headers": [("Content-Type", "application/x-www-form-urlencoded")]},
    "large": {"method": "PATCH", "body": LARGE, "headers": [("Content-Type", "application/octet-stream")]},
    "untyped": {"method": "DELETE", "body": b"{}"},
    "forged": {
        "headers": [
            ("Authorization", "Bearer x"),
            ("X-Sdk-Date", "20200101T000000Z"),
            ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"),
        ]
    },
}


@pytest.fixture(scope="module")
def keys():
    """What backends know."""
    return {KEY: SECRET}


@pytest.fixture(scope="module")
def backend(keys):
    with verifying(keys) as backend:
        yield backend


@pytest.fixture(scope="module")
def signed(management, gateway, settle, backend):
    signed = Signed(management, gateway, backend.address)
    signed.bind(signed.key(**hmac(KEY, SECRET)))
    settle()
    return signed


@pytest.mark.parametrize("case", REQUESTS)
def test_the_official_signer_finds_the_signature_of_what_the_backend_received(case, signed, backend):
    answer = signed.call(**REQUESTS[case])
    assert answer.status == 200, backend.requests[-1]
    received = backend.requests[-1]
    assert received.body == REQUESTS[case].get("body", b"")
    assert lines_of(received)["host"] == backend.address


def test_a_tampered_request_is_refused_by_the_backend(signed, backend):
    answer = signed.call("/orders?limit=20", "POST", [("Content-Type", "application/json")], b'{"amount": 1}')
    assert answer.status == 200
    received = backend.requests[-1]
    assert send_again(backend, received) == 200
    for change in (
        {"target": received.target.replace("limit=20", "limit=21")},
        {"target": "/base/other?limit=20"},
        {"method": "PUT"},
        {"body": b'{"amount": 9}'},
        {"headers": altered(received.headers, "content-type", "text/json")},
        {"headers": altered(received.headers, "x-sdk-date", "20260101T000000Z")},
        {"headers": altered(received.headers, "authorization", "Basic eDp5")},
    ):
        assert send_again(backend, dataclasses.replace(received, **change)) == 401, change


def send_again(backend: Echo, request) -> int:
    return exchange(backend.address, head(request.method, request.target, request.headers) + request.body).status


def altered(headers: list, name: str, value: str) -> list:
    assert name in [own for own, _ in headers]
    return [(own, value if own == name else old) for own, old in headers]


def test_the_request_is_signed_after_mapping(management, gateway, settle, backend):
    def parameter(origin, name, location, value):
        return m.BackendParamBase(origin=origin, name=name, location=location, value=value)

    request_id, mapped_id = path_parameter("id")
    signed = Signed(
        management,
        gateway,
        backend.address,
        uri="/in/{id}",
        match_mode="NORMAL",
        backend_uri="/out/{id}/x",
        backend_method="PUT",
        req_params=[request_id, m.ReqParamBase(name="from", type="STRING", location="QUERY", required=2)],
        backend_params=[
            mapped_id,
            parameter("REQUEST", "to", "QUERY", "from"),
            parameter("REQUEST", "X-Id", "HEADER", "id"),
            parameter("CONSTANT", "X-Constant", "HEADER", "fixed"),
            parameter("SYSTEM", "X-Stage-Name", "HEADER", "$context.stage"),
        ],
    )
    signed.bind(signed.key(**hmac(KEY, SECRET)))
    settle()
    assert signed.call("/in/a%20b?from=x/y&kept=1", "POST", body=b"body").status == 200
    received = backend.requests[-1]
    assert (received.method, received.target) == ("PUT", "/out/a%20b/x?kept=1&to=x%2Fy")
    lines = lines_of(received)
    assert (lines["x-id"], lines["x-constant"], lines["x-stage-name"]) == ("a b", "fixed", "RELEASE")
    assert "SignedHeaders=host;x-constant;x-id;x-sdk-date;x-stage-name," in lines["authorization"]


def test_the_signature_of_the_client_is_replaced(management, gateway, settle, backend):
    app = management.app()
    signed = Signed(management, gateway, backend.address, auth_type="APP")
    management.authorize(app.id, signed.api.id)
    signed.bind(signed.key(**hmac(KEY, SECRET)))
    settle()
    credentials = app.app_key, app.app_secret
    answer = gateway.call(
        credentials, signed.host, "/x", "POST", headers={"Content-Type": "text/plain"}, body=b"a body"
    )
    assert answer.status == 200, answer
    lines = lines_of(backend.requests[-1])
    assert lines["authorization"].startswith(f"SDK-HMAC-SHA256 Access={KEY}, ")
    assert "x-sdk-content-sha256" not in lines


def test_basic_credentials_reach_the_backend(management, gateway, settle):
    with Echo() as echo:
        signed = Signed(management, gateway, echo.address)
        signed.bind(signed.key(sign_type="basic", sign_key="user", sign_secret="pass_word!"))
        settle()
        assert signed.call(headers=[("Authorization", "Bearer x")]).status == 200
        expected = "Basic " + b64encode(b"user:pass_word!").decode()
        assert lines_of(echo.requests[-1])["authorization"] == expected


def test_a_rotated_key_acts_at_once(management, gateway, settle):
    keys = {KEY: SECRET}
    with verifying(keys) as backend:
        signed = Signed(management, gateway, backend.address)
        key = signed.key(**hmac(KEY, SECRET))
        signed.bind(key)
        settle()
        assert signed.call().status == 200
        body = m.BaseSignature(name=fresh("key"), sign_key=OTHER, sign_secret=OTHER_SECRET)
        management.sdk.update_signature_key_v2(m.UpdateSignatureKeyV2Request(management.instance, key, body=body))
        settle()
        assert signed.call().status == 401, "the backend does not know the new key yet"
        keys[OTHER] = OTHER_SECRET
        assert signed.call().status == 200
        assert is_signed(backend.requests[-1], {OTHER: OTHER_SECRET})


def test_binding_another_key_or_none_acts_at_once(management, gateway, settle):
    with verifying({OTHER: OTHER_SECRET}) as backend:
        signed = Signed(management, gateway, backend.address)
        signed.bind(signed.key(**hmac(KEY, SECRET)))
        settle()
        assert signed.call().status == 401
        binding = signed.bind(signed.key(**hmac(OTHER, OTHER_SECRET)))
        settle()
        assert signed.call().status == 200
        signed.unbind(binding)
        settle()
        assert signed.call().status == 401
        assert not {"authorization", "x-sdk-date"} & set(lines_of(backend.requests[-1]))


def test_a_binding_outlives_taking_the_api_offline(management, settle, signed):
    management.offline(signed.api.id)
    settle()
    assert signed.call().status == 404
    management.publish(signed.api.id)
    settle()
    assert signed.call().status == 200


@contextlib.contextmanager
def sign_header(management, name: str):
    def set_feature(enable: bool):
        config = f'{{"app_auth_header":"","backend_sign_header":"{name}"}}'
        body = m.FeatureToggle(name="custom_auth_header", enable=enable, config=config)
        management.sdk.create_feature_v2(m.CreateFeatureV2Request(management.instance, body=body))

    set_feature(True)
    yield
    set_feature(False)


def test_another_header_carries_the_signature_where_the_gateway_says_so(management, gateway, settle, keys):
    with verifying(keys, "x-backend-signature") as backend, sign_header(management, "X-Backend-Signature"):
        signed = Signed(management, gateway, backend.address)
        signed.bind(signed.key(**hmac(KEY, SECRET)))
        settle()
        assert signed.call(headers=[("Authorization", "Bearer x"), ("X-Backend-Signature", "forged")]).status == 200
        assert lines_of(backend.requests[-1])["authorization"] == "Bearer x"


def test_the_secret_is_neither_on_disk_nor_in_what_the_server_says(management, server, gateway, settle):
    secret = "never-shown-anywhere-0815"
    with Echo() as echo:
        signed = Signed(management, gateway, echo.address)
        signed.bind(signed.key(**hmac(KEY, secret)))
        settle()
        assert signed.call().status == 200
    files = [path for path in server.directory.rglob("*") if path.is_file()]
    assert len(files) > 2, files
    assert [path for path in files if secret.encode() in path.read_bytes()] == []
    assert secret not in server.output
