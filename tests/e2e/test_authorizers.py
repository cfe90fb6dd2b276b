"""Custom authorizers: who passes, what backends learn, and what a broken function means."""

import base64
import json

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.echo import Echo
from harness.functions import BACKSTOP, GONE, GUARD, verdict
from harness.gateway import assert_refused
from harness.management import fresh, http_api, mock_api

DENIED = (500, "APIG.0305", "Incorrect authentication information.")
BROKEN = (500, "APIG.0601", "Internal server error: custom authorizer")


def authorizer(management, urn: str = GUARD, **fields):
    """Creates one; `fields` are members of its body."""
    smallest = {"name": fresh("guard"), "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": urn}
    body = m.AuthorizerCreate(**{**smallest, **fields})
    return management.sdk.create_custom_authorizer_v2(m.CreateCustomAuthorizerV2Request(management.instance, body=body))


def token_header(**fields) -> list:
    return [m.Identity(name="X-Token", location="HEADER", **fields)]


def guarded(authorizer_id: str) -> dict:
    """Fields of an API for whom only the authorizer decides."""
    return {"auth_type": "AUTHORIZER", "authorizer_id": authorizer_id}


def context(side: str, name: str) -> "m.BackendParamBase":
    value = f"$context.authorizer.{side}.{name}"
    return m.BackendParamBase(origin="SYSTEM", name=f"X-{side}", location="HEADER", value=value)


def by_token(event: dict) -> bytes:
    """Lets `good` pass, and tells who it is."""
    token = event["headers"].get("x-token")
    return verdict("allow" if token == "good" else "deny", {"user": f"user of {token}"})


@pytest.fixture
def house(management, gateway):
    """A group and the host that selects it."""
    group = management.group()
    return group.id, gateway.host(group.sl_domain)


def publish(management, definition) -> str:
    api = management.api(definition)
    management.publish(api.id)
    return api.id


def test_the_function_decides_and_its_context_reaches_the_backend(management, gateway, functions, house, settle):
    group, host = house
    functions.answer(GUARD, by_token)
    guard = authorizer(management, user_data="from us")
    with Echo() as backend:
        fields = {**guarded(guard.id), "backend_params": [context("frontend", "user")]}
        publish(management, http_api(group, "/a", backend.address, **fields))
        settle()
        answer = gateway.plain(host, "/a?q=%20x", headers=[("X-Token", "good"), ("Authorization", "Basic eA==")])
        assert answer.status == 200, answer
        assert_refused(gateway.plain(host, "/a", headers=[("X-Token", "bad")]), *DENIED)
        assert_refused(gateway.plain(host, "/a"), *DENIED)
        assert len(backend.requests) == 1
        headers = {name.lower(): value for name, value in backend.requests[0].headers}
        assert headers["x-frontend"] == "user of good"
    event = functions.events[GUARD][0]
    assert (event["headers"]["authorization"], event["queryStringParameters"]) == ("Basic eA==", {"q": " x"})
    assert event["user_data"] == "from us" and "body" not in event


def test_what_the_function_tells_chooses_the_backend(management, gateway, functions, house, settle):
    group, host = house
    told = m.ApiConditionBase(
        condition_origin="frontend_authorizer",
        condition_type="exact",
        condition_value="user of good",
        frontend_authorizer_param_name="$context.authorizer.frontend.user",
    )
    policy = m.ApiPolicyMockCreate(
        result_content="for them", effect_mode="ALL", name=fresh("policy"), conditions=[told]
    )
    functions.answer(GUARD, lambda event: verdict("allow", {"user": f"user of {event['headers'].get('x-token')}"}))
    guard = authorizer(management)
    publish(management, mock_api(group, "/a", "for others", policy_mocks=[policy], **guarded(guard.id)))
    settle()
    said = {token: gateway.plain(host, "/a", headers=[("X-Token", token)]).body for token in ("good", "other")}
    assert said == {"good": b"for them", "other": b"for others"}


def test_verdicts_hold_for_their_time_and_a_changed_authorizer_forgets_them(
    management, gateway, functions, house, settle
):
    group, host = house
    functions.answer(GUARD, by_token)
    guard = authorizer(management, identities=token_header(validation="[a-z]+"), ttl=3600)
    publish(management, mock_api(group, "/a", "hello", **guarded(guard.id)))
    settle()

    def statuses(token: str) -> list:
        # Each worker remembers for itself, so that each may ask once.
        return [gateway.plain(host, "/a", headers=[("X-Token", token)]).status for _ in range(20)]

    assert statuses("good") == [200] * 20 and statuses("bad") == [500] * 20
    asked = len(functions.events[GUARD])
    assert asked < 40, "every call asked"
    functions.answer(GUARD, verdict("deny"))
    body = m.AuthorizerCreate(guard.name, "FRONTEND", "FUNC", GUARD, identities=token_header(), ttl=3600)
    request = m.UpdateCustomAuthorizerV2Request(management.instance, guard.id, body=body)
    management.sdk.update_custom_authorizer_v2(request)
    settle()
    assert statuses("good") == [500] * 20


def test_a_request_without_its_identity_is_refused_and_the_function_not_asked(
    management, gateway, functions, house, settle
):
    group, host = house
    functions.answer(GUARD, verdict("allow"))
    guard = authorizer(management, identities=token_header(validation="[a-z]+"))
    publish(management, mock_api(group, "/a", "hello", **guarded(guard.id)))
    settle()
    for headers, fault in [
        ([], "missing"),
        ([("X-Token", "")], "missing"),
        ([("X-Token", "1")], "not valid"),
    ]:
        message = f"Incorrect authentication information: the identity X-Token is {fault}"
        assert_refused(gateway.plain(host, "/a", headers=headers), 401, "APIG.0305", message)
    assert functions.events[GUARD] == []
    assert gateway.plain(host, "/a", headers=[("X-Token", "a")]).body == b"hello"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"", 200),
        (b"allow", 200),
        (json.dumps({"status": "allow"}).encode(), 200),
        (verdict("allow").replace(b"200", b"500"), 200),
        (verdict("allow"), 500),
        (verdict("perhaps"), 200),
        (verdict("allow", {"user": 7}), 200),
        (verdict("allow", {"user": "x" * 1024 * 1024}), 200),
    ],
)
def test_what_is_no_clear_yes_never_lets_a_call_pass(management, gateway, functions, house, settle, answer, status):
    group, host = house
    functions.answer(GUARD, answer, status)
    publish(management, mock_api(group, "/a", "hello", **guarded(authorizer(management).id)))
    settle()
    assert_refused(gateway.plain(host, "/a"), *BROKEN)


def test_a_function_that_nobody_can_reach_never_lets_a_call_pass(management, gateway, house, settle):
    group, host = house
    publish(management, mock_api(group, "/a", "hello", **guarded(authorizer(management, GONE).id)))
    settle()
    assert_refused(gateway.plain(host, "/a"), *BROKEN)


def test_with_two_factors_both_must_hold(management, gateway, functions, house, settle):
    group, host = house
    functions.answer(GUARD, by_token)
    guard, app = authorizer(management), management.app()
    definition = mock_api(group, "/a", "hello", auth_type="APP", authorizer_id=guard.id)
    management.authorize(app.id, publish(management, definition))
    settle()
    key = (app.app_key, app.app_secret)
    unsigned = gateway.plain(host, "/a", headers=[("X-Token", "good")])
    assert_refused(unsigned, 401, "APIG.0303", "Incorrect app authentication information: Authorization not found")
    assert functions.events[GUARD] == []
    assert_refused(gateway.call(key, host, "/a", headers={"X-Token": "bad"}), *DENIED)
    assert gateway.call(key, host, "/a", headers={"X-Token": "good"}).body == b"hello"
    assert all("authorization" not in event["headers"] for event in functions.events[GUARD])


def test_the_body_goes_to_the_function_that_wants_it_and_on_to_the_backend(
    management, gateway, functions, house, settle
):
    group, host = house
    functions.answer(GUARD, verdict("allow"))
    guard, body = authorizer(management, need_body=True), bytes(range(256)) * 64
    with Echo() as backend:
        publish(management, http_api(group, "/a", backend.address, **guarded(guard.id)))
        settle()
        assert gateway.send("POST", "/a", [("Host", host)], body).status == 200
        assert backend.requests[0].body == body
    event = functions.events[GUARD][0]
    assert event["isBase64Encoded"] is True and base64.b64decode(event["body"]) == body


def test_a_backends_authorizer_decides_before_the_backend_and_tells_it(management, gateway, functions, house, settle):
    group, host = house
    backstop = authorizer(management, BACKSTOP, type="BACKEND")
    with Echo() as backend:
        definition = http_api(
            group, "/a", backend.address, auth_type="NONE", backend_params=[context("backend", "ticket")]
        )
        definition.backend_api.authorizer_id = backstop.id
        publish(management, definition)
        settle()
        functions.answer(BACKSTOP, verdict("deny"))
        assert_refused(gateway.plain(host, "/a"), *DENIED)
        assert backend.requests == []
        functions.answer(BACKSTOP, verdict("allow", {"ticket": "4711"}))
        assert gateway.plain(host, "/a").status == 200
        headers = {name.lower(): value for name, value in backend.requests[0].headers}
        assert headers["x-backend"] == "4711"


def test_what_the_function_says_chooses_the_backend(management, gateway, functions, house, settle):
    group, host = house
    functions.answer(GUARD, lambda event: verdict("allow", {"tier": event["headers"].get("x-tier", "none")}))
    gold = m.ApiPolicyMockCreate(
        name="gold",
        effect_mode="ALL",
        result_content="gold",
        conditions=[
            m.ApiConditionBase(
                condition_origin="frontend_authorizer",
                frontend_authorizer_param_name="$context.authorizer.frontend.tier",
                condition_type="exact",
                condition_value="gold",
            )
        ],
    )
    fields = {**guarded(authorizer(management).id), "policy_mocks": [gold]}
    publish(management, mock_api(group, "/a", "plain", **fields))
    settle()
    assert gateway.plain(host, "/a", headers=[("X-Tier", "gold")]).body == b"gold"
    assert gateway.plain(host, "/a").body == b"plain"
