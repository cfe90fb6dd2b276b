"""The adapters of every signing library: what the usual HTTP clients send through them is accepted by the gateway."""

import json
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from harness.echo import Echo
from harness.libraries import Job, credentials, programs, send
from harness.management import fresh, http_api
from harness.sessions import temporary_key
from harness.signed import lines_of

HOUR_SECONDS = 3600
JSON = ("Content-Type", "application/json")
BINARY = bytes(range(256)) * 64

pytestmark = pytest.mark.parametrize("adapter", programs("adapters"), ids=str)


@pytest.fixture(scope="module")
def backend():
    with Echo() as backend:
        yield backend


@pytest.fixture(scope="module")
def url(management, gateway, backend, settle) -> str:
    """An API for users of the account, at the gateway's bare address."""
    path = f"/{fresh('adapters')}"
    definition = http_api(management.default_group().id, path, backend.address, auth_type="IAM", match_mode="SWA")
    management.publish(management.api(definition).id)
    settle()
    return f"http://{gateway.address}{path}"


@pytest.fixture
def call(adapter, identity, backend):
    """Sends a job as the administrator: what the backend got, in an answer of 200."""

    def call(environment=None, **fields):
        backend.requests.clear()
        environment = environment or credentials(identity.admin_pair)
        status, body = send(adapter, environment, Job(**fields))
        assert status == 200, body
        assert json.loads(body)["backend"] == "echo"
        (received,) = backend.requests
        return received

    return call


def test_a_get_with_query_and_unicode_path_is_accepted(call, url):
    received = call(url=f"{url}/%E8%B7%AF%E5%BE%84/a%20b;c=d?b=2&a=%C3%BC%20x&a=1&plus=%2B&empty=")
    target = urlsplit(received.target)
    assert unquote(target.path).endswith("/路径/a b;c=d")
    sent = [("a", "1"), ("a", "ü x"), ("b", "2"), ("empty", ""), ("plus", "+")]
    assert sorted(parse_qsl(target.query, keep_blank_values=True)) == sent


def test_a_post_of_json_is_accepted(call, url):
    order = {"name": "路径é", "count": 2}
    received = call(url=url, method="POST", headers=(JSON,), body=json.dumps(order, ensure_ascii=False).encode())
    assert json.loads(received.body) == order
    assert lines_of(received)["content-type"] == "application/json"


def test_a_binary_body_is_accepted(call, url):
    headers = (("Content-Type", "application/octet-stream"),)
    received = call(url=f"{url}/blob", method="PUT", headers=headers, body=BINARY)
    assert (received.method, received.body) == ("PUT", BINARY)


def test_a_header_with_blanks_in_and_behind_its_value_is_accepted(call, url):
    received = call(url=url, headers=(("X-Padded", "two  words  "),))
    assert lines_of(received)["x-padded"].strip() == "two  words"


@pytest.fixture(scope="module")
def session(identity, settle):
    session = temporary_key(identity)
    settle()
    return session


def test_temporary_credentials_are_accepted(call, url, session, identity):
    received = call(credentials(session.pair, session.token, identity.project_id), url=f"{url}?temporary=1")
    assert received.target.endswith("?temporary=1")


def test_a_clock_that_is_wrong_is_refused(adapter, identity, url, backend):
    backend.requests.clear()
    job = Job(url, clock_offset_seconds=HOUR_SECONDS)
    status, body = send(adapter, credentials(identity.admin_pair), job)
    assert (status, backend.requests) == (401, []), body
    assert "expired" in json.loads(body)["error_msg"]


@pytest.mark.parametrize("offset", [HOUR_SECONDS, -HOUR_SECONDS])
def test_a_clock_that_is_wrong_is_corrected_on_request(call, url, offset):
    wrong = {"clock_offset_seconds": offset, "correct_clock": True}
    received = call(url=url, method="POST", headers=(JSON,), body=b'{"sent": "twice"}', **wrong)
    assert received.body == b'{"sent": "twice"}'
