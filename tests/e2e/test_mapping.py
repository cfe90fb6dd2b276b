"""Routing precedence and what the gateway puts into the request to the backend."""

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.echo import Echo
from harness.gateway import assert_refused
from harness.management import fresh, http_api, mock_api, path_parameter


def test_exact_beats_prefix_and_the_longest_prefix_wins(management, gateway, settle):
    group = management.group()
    host = gateway.host(group.sl_domain)
    for uri, mode in [("/a", "SWA"), ("/a/b", "SWA"), ("/a/b/c", "NORMAL"), ("/a/{x}/d", "NORMAL")]:
        fields = {"match_mode": mode}
        if "{x}" in uri:
            fields["req_params"] = [path_parameter("x")[0]]
        management.publish(management.api(mock_api(group.id, uri, f"{mode} {uri}", **fields)).id)
    settle()
    expected = {
        "/a": "SWA /a",
        "/a/z": "SWA /a",
        "/a/b": "SWA /a/b",
        "/a/b/z": "SWA /a/b",
        "/a/b/c": "NORMAL /a/b/c",
        "/a/b/c/z": "SWA /a/b",
        "/a/y/d": "NORMAL /a/{x}/d",
    }
    assert {path: gateway.plain(host, path).body.decode() for path in expected} == expected
    assert gateway.plain(host, "/ab").status == 404


def test_the_rest_of_a_prefix_is_appended_to_the_backend_path(management, gateway, nginx, settle):
    group = management.group()
    definition = http_api(group.id, "/in", nginx.address, backend_uri="/out", match_mode="SWA", auth_type="NONE")
    management.publish(management.api(definition).id)
    settle()
    host = gateway.host(group.sl_domain)
    assert gateway.plain(host, "/in/x/y%20z?q=1").json["target"] == "/out/x/y%20z?q=1"


def test_constants_and_system_parameters_reach_the_backend(management, gateway, nginx, settle):
    group, app, mark = management.group(), management.app(), fresh("mapped")

    def parameter(origin, name, location, value):
        return m.BackendParamBase(origin=origin, name=name, location=location, value=value)

    definition = http_api(
        group.id,
        "/mapped",
        nginx.address,
        req_params=[m.ReqParamBase(name="from", type="STRING", location="QUERY", required=2)],
        backend_params=[
            parameter("CONSTANT", "X-Constant", "HEADER", "fixed"),
            parameter("SYSTEM", "X-Api", "HEADER", "$context.apiId"),
            parameter("SYSTEM", "X-App", "HEADER", "$context.appId"),
            parameter("REQUEST", "to", "QUERY", "from"),
        ],
    )
    api = management.api(definition)
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    # What the client says about itself under a mapped name is never what the backend gets.
    headers = {"X-Caller": mark, "X-App": "forged", "X-Constant": "forged"}
    credentials = app.app_key, app.app_secret
    answer = gateway.call(
        credentials, gateway.host(group.sl_domain), "/mapped", query=[("from", "here")], headers=headers
    )
    assert answer.status == 200, answer
    record = nginx.record(mark)
    assert (record["x_constant"], record["x_api"], record["x_app"]) == ("fixed", api.id, app.id)
    assert "to=here" in record["target"]
    assert record["x_request_id"] == answer.header("X-Request-Id")


@pytest.mark.parametrize("value,status", [("5", 200), ("11", 400), ("x", 400), (None, 400)])
def test_a_declared_parameter_is_checked(value, status, management, gateway, settle):
    group = management.group()
    parameter = m.ReqParamBase(
        name="n", type="NUMBER", location="QUERY", required=1, valid_enable=1, min_num=1, max_num=10
    )
    management.publish(management.api(mock_api(group.id, "/n", "fine", req_params=[parameter])).id)
    settle()
    answer = gateway.plain(gateway.host(group.sl_domain), "/n" + (f"?n={value}" if value else ""))
    assert answer.status == status, answer
    if status == 400:
        assert_refused(answer, 400, "APIG.0201", "API request error…")


def test_hop_by_hop_headers_stop_at_the_gateway(management, gateway, settle):
    with Echo() as echo:
        group = management.group()
        management.publish(management.api(http_api(group.id, "/hop", echo.address, auth_type="NONE")).id)
        settle()
        headers = [
            ("Connection", "keep-alive, X-Secret-Hop"),
            ("X-Secret-Hop", "1"),
            ("Keep-Alive", "timeout=5"),
            ("TE", "trailers"),
            ("Proxy-Authorization", "Basic eA=="),
            ("X-End-To-End", "kept"),
        ]
        assert gateway.plain(gateway.host(group.sl_domain), "/hop", headers=headers).status == 200
        got = {name.lower(): value for name, value in echo.requests[0].headers}
    assert got["x-end-to-end"] == "kept"
    assert not {"x-secret-hop", "keep-alive", "te", "proxy-authorization"} & set(got), got
