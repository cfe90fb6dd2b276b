"""Backends under conditions: which of them a request reaches, and with what."""

import pytest
from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from harness.echo import Echo
from harness.management import RELEASE, fresh, http_api, mock_api


def condition(origin, value, comparison="exact", **name):
    comparison = None if origin == "source" else comparison
    return m.ApiConditionBase(condition_origin=origin, condition_type=comparison, condition_value=value, **name)


def mock_policy(answer, *conditions, effect="ALL"):
    return m.ApiPolicyMockCreate(
        result_content=answer, effect_mode=effect, name=fresh("policy"), conditions=list(conditions)
    )


def http_policy(backend, *conditions, **fields):
    values = {"req_protocol": "HTTP", "req_method": "ANY", "req_uri": "/policy", "timeout": 5000, **fields}
    return m.ApiPolicyHttpCreate(
        url_domain=backend, effect_mode="ALL", name=fresh("policy"), conditions=list(conditions), **values
    )


def query(name, **fields):
    return m.ReqParamBase(name=name, type="STRING", location="QUERY", required=2, **fields)


@pytest.fixture
def mocks(management, gateway, settle):
    """Publishes a mock API with these policies; gives what answers a request."""

    def publish(*policies, **fields):
        group = management.group()
        definition = mock_api(group.id, "/", "default", match_mode="SWA", policy_mocks=list(policies), **fields)
        management.publish(management.api(definition).id)
        settle()
        host = gateway.host(group.sl_domain)

        def ask(target="/", method="GET", headers=()):
            answer = gateway.plain(host, target, method, headers)
            assert answer.status == 200, answer
            return answer.body.decode()

        return ask

    return publish


def test_the_first_policy_whose_conditions_hold_answers(mocks):
    ask = mocks(
        mock_policy("both", condition("param", "a", req_param_name="x"), condition("param", "b", req_param_name="y")),
        mock_policy(
            "either",
            condition("param", "a, c", "enum", req_param_name="x"),
            condition("param", "[0-5]", "pattern", req_param_name="y"),
            effect="ANY",
        ),
        req_params=[query("x"), query("y", default_value="none")],
    )
    said = {
        target: ask(target) for target in ("/?x=a&y=b", "/?x=a", "/?x=c", "/?y=3", "/?y=13", "/?x=b", "/", "/?x=a%2Cc")
    }
    assert said == {
        "/?x=a&y=b": "both",
        "/?x=a": "either",
        "/?x=c": "either",
        "/?y=3": "either",
        "/?y=13": "default",
        "/?x=b": "default",
        "/": "default",
        "/?x=a%2Cc": "default",
    }


def test_path_and_method_are_looked_at_under_their_old_names_too(mocks):
    ask = mocks(
        mock_policy("path", condition("system", "/a b/[0-9]+", "pattern", sys_param_name="req_path")),
        mock_policy("old path", condition("system", "/old", sys_param_name="reqPath")),
        mock_policy("method", condition("system", "PUT,PATCH", "enum", sys_param_name="req_method")),
        mock_policy("old method", condition("system", "DELETE", sys_param_name="reqMethod")),
    )
    assert ask("/a%20b/12") == "path"
    assert ask("/old") == "old path"
    assert [ask("/", method) for method in ("PATCH", "DELETE", "POST")] == ["method", "old method", "default"]


def test_the_source_is_the_address_that_connects(mocks):
    ask = mocks(
        mock_policy("elsewhere", condition("source", "10.0.0.0/8,192.0.2.1")),
        mock_policy("here", condition("source", "::1, 127.0.0.1")),
    )
    assert ask("/", headers=[("X-Forwarded-For", "10.0.0.1")]) == "here"


def test_cookies_are_looked_at_when_the_feature_is_on(mocks, management):
    policy = mock_policy("beta", condition("cookie", "beta", cookie_param_name="track"))
    feature(management, "policy_cookie_param", False)
    with pytest.raises(ClientRequestException) as refused:
        management.api(mock_api(management.group().id, "/", "default", policy_mocks=[policy]))
    assert (refused.value.status_code, refused.value.error_code) == (400, "APIG.2011")
    feature(management, "policy_cookie_param", True)
    ask = mocks(policy)
    assert ask("/", headers=[("Cookie", "session=1; track=beta")]) == "beta"
    assert ask("/", headers=[("Cookie", "tracks=beta; Track=beta")]) == "default"


def feature(management, name, enable):
    body = m.FeatureToggle(name=name, enable=enable, config="on" if enable else "off")
    management.sdk.create_feature_v2(m.CreateFeatureV2Request(management.instance, body=body))


def test_a_policy_has_its_own_backend_path_method_and_mappings(management, gateway, nginx, settle):
    def constant(value):
        return m.BackendParamBase(origin="CONSTANT", name="X-Constant", location="HEADER", value=value)

    with Echo() as echo:
        group, mark = management.group(), fresh("default")
        policy = http_policy(
            echo.address,
            condition("param", "beta", req_param_name="track"),
            req_method="PUT",
            req_uri="/beta/{to}",
            backend_params=[
                constant("of the policy"),
                m.BackendParamBase(origin="REQUEST", name="to", location="PATH", value="track"),
            ],
        )
        definition = http_api(
            group.id,
            "/in",
            nginx.address,
            auth_type="NONE",
            req_params=[query("track")],
            backend_params=[constant("of the API")],
            policy_https=[policy],
        )
        management.publish(management.api(definition).id)
        settle()
        host = gateway.host(group.sl_domain)
        assert gateway.plain(host, "/in?track=stable", headers=[("X-Caller", mark)]).json["backend"] == "nginx"
        assert nginx.record(mark)["x_constant"] == "of the API"
        answer = gateway.plain(host, "/in?track=beta&rest=1").json
        assert answer == {"backend": "echo", "method": "PUT", "target": "/beta/beta?rest=1"}
        assert ("x-constant", "of the policy") in [(name.lower(), value) for name, value in echo.requests[0].headers]


def test_variables_of_policies_are_substituted_and_must_be_defined(management, gateway, nginx, settle):
    group = management.group()
    policy = http_policy("#host#", condition("system", "GET", sys_param_name="req_method"), req_uri="/#base#/x")
    api = management.api(http_api(group.id, "/in", "default.invalid", auth_type="NONE", policy_https=[policy]))
    management.variable(group.id, RELEASE, "host", nginx.address)
    with pytest.raises(ClientRequestException) as refused:
        management.publish(api.id)
    assert (refused.value.status_code, refused.value.error_code) == (404, "APIG.3011")
    management.variable(group.id, RELEASE, "base", "v1")
    management.publish(api.id)
    settle()
    answer = gateway.plain(gateway.host(group.sl_domain), "/in")
    assert (answer.status, answer.json["target"]) == (200, "/v1/x")


def test_what_is_read_back_is_what_was_written(management):
    policy = http_policy(
        "example.com:8080",
        condition("param", "a,b", "enum", req_param_name="x"),
        condition("source", "10.0.0.0/8"),
        retry_count="3",
        timeout=700,
    )
    definition = http_api(management.group().id, "/", "example.com", req_params=[query("x")], policy_https=[policy])
    api = management.api(definition)
    read = management.sdk.show_details_of_api_v2(m.ShowDetailsOfApiV2Request(management.instance, api.id))
    (kept,) = read.policy_https
    for name in ("name", "effect_mode", "url_domain", "req_method", "req_uri", "timeout", "retry_count"):
        assert getattr(kept, name) == getattr(policy, name), name
    assert [
        (one.condition_origin, one.condition_type, one.condition_value, one.req_param_name) for one in kept.conditions
    ] == [("param", "enum", "a,b", "x"), ("source", None, "10.0.0.0/8", None)]


@pytest.mark.parametrize(
    "bad,code",
    [
        (condition("param", "x", req_param_name="undeclared"), "APIG.2028"),
        (condition("param", "x"), "APIG.2001"),
        (condition("param", "(", "pattern", req_param_name="x"), "APIG.2011"),
        (condition("param", "x{1000}{1000}", "pattern", req_param_name="x"), "APIG.2011"),
        (condition("source", "10.0.0.1/99"), "APIG.2011"),
        (condition("system", "GET", "pattern", sys_param_name="req_method"), "APIG.2011"),
        (
            condition("frontend_authorizer", "x", frontend_authorizer_param_name="$context.authorizer.frontend.user"),
            "APIG.2011",
        ),
    ],
)
def test_conditions_that_cannot_hold_are_refused(bad, code, management):
    definition = mock_api(
        management.group().id, "/", "default", req_params=[query("x")], policy_mocks=[mock_policy("never", bad)]
    )
    with pytest.raises(ClientRequestException) as refused:
        management.api(definition)
    assert (refused.value.status_code, refused.value.error_code) == (400, code), refused.value.error_msg
