"""Debugging through the unmodified SDK: drafts and published APIs on the real line, seen by the debugger alone."""

import json

import pytest
from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from harness.echo import Echo
from harness.management import http_api, mock_api

KEPT_BYTES_MAX = 2 * 1024 * 1024
MARK = "[TRUNCATED]"


class Debugger:
    """Debugs one API."""

    def __init__(self, management, definition):
        self.management = management
        self.api = management.api(definition)

    def call(self, mode="DEVELOPER", scheme="HTTP", method="GET", path="/", **members):
        body = m.ApiDebugInfo(mode=mode, scheme=scheme, method=method, path=path, **members)
        return self.management.sdk.debug_api_v2(m.DebugApiV2Request(self.management.instance, self.api.id, body=body))

    def status(self, **members) -> int:
        return int(self.call(**members).response.split(" ")[1])

    def refused(self, **members) -> tuple:
        with pytest.raises(ClientRequestException) as refusal:
            self.call(**members)
        return refusal.value.status_code, refusal.value.error_code


def test_a_draft_is_called_and_no_client_reaches_it(management, gateway, settle):
    group = management.group()
    debugger = Debugger(management, mock_api(group.id, "/draft", "a draft"))
    settle()
    transcript = debugger.call(path="/draft")
    assert transcript.response.startswith("HTTP/1.1 200 OK\n") and transcript.response.endswith("\n\na draft")
    assert transcript.log == ""
    assert 0 <= transcript.latency < 60_000
    assert gateway.plain(gateway.host(group.sl_domain), "/draft").status == 404
    headers = [("X-Apig-Mode", "debug"), ("User-Agent", "APIGatewayDebugClient/1.0")]
    assert gateway.plain(gateway.host(group.sl_domain), "/draft", headers=headers).status == 404


def test_the_request_is_what_the_debugger_says_it_is(management):
    group = management.group()
    with Echo() as backend:
        debugger = Debugger(management, http_api(group.id, "/echo/{rest+}", backend.address, **open_path()))
        transcript = debugger.call(
            method="POST",
            path="/echo/a b",
            query={"q": ["1&2", ""]},
            header={"x-MY-hEaDer": ["one", "two"]},
            body="hello",
        )
        (got,) = backend.requests
    head, body = transcript.request.split("\n\n")
    assert head.split("\n")[0] == "POST /echo/a%20b?q=1%262&q= HTTP/1.1"
    assert f"\nHost: {group.sl_domain}\n" in head
    assert "\nUser-Agent: APIGatewayDebugClient/1.0\nX-Apig-Mode: debug\n" in head
    assert "\nX-My-Header: one\nX-My-Header: two" in head
    assert (body, got.body, got.method) == ("hello", b"hello", "POST")
    assert "X-Apig-Latency: " in transcript.response or "x-apig-latency: " in transcript.response


def open_path() -> dict:
    """Members of an API that hands the rest of its path on, to anyone."""
    return {
        "auth_type": "NONE",
        "backend_uri": "/echo/{rest}",
        "req_params": [m.ReqParamBase(name="rest", type="STRING", location="PATH", required=1)],
        "backend_params": [m.BackendParamBase(origin="REQUEST", name="rest", location="PATH", value="rest")],
    }


def test_an_https_api_is_called_over_https(management):
    debugger = Debugger(management, mock_api(management.group().id, "/", "secure", req_protocol="HTTPS"))
    assert debugger.status(scheme="HTTPS") == 200
    assert debugger.status(scheme="HTTP") == 400


def test_a_draft_takes_every_app_of_the_gateway_that_signs(management, nginx, settle):
    debugger = Debugger(management, http_api(management.group().id, "/", nginx.address))
    app = management.app()
    settle()
    assert debugger.status() == 401
    assert debugger.status(app_key=app.app_key, app_secret="wrong") == 401
    assert debugger.status(app_key=app.app_key, app_secret=app.app_secret) == 200


def test_in_an_environment_the_published_version_answers_and_only_to_authorized_apps(management, nginx, settle):
    stage, app = management.environment(), management.app()
    group = management.group()
    debugger = Debugger(management, http_api(group.id, "/", nginx.address))
    credentials = {"app_key": app.app_key, "app_secret": app.app_secret}
    settle()
    assert debugger.status(mode="CONSUMER", stage=stage.name, **credentials) == 404
    management.publish(debugger.api.id, stage.id)
    assert debugger.status(mode="CONSUMER", stage=stage.name, **credentials) == 403
    management.authorize(app.id, debugger.api.id, stage.id)
    assert debugger.status(mode="CONSUMER", stage=stage.name, **credentials) == 200
    # RELEASE is the default, and nothing is published there.
    assert debugger.status(mode="CONSUMER", **credentials) == 404


def test_edits_are_seen_in_the_draft_and_not_in_the_environment(management):
    group = management.group()
    debugger = Debugger(management, mock_api(group.id, "/", "first"))
    management.publish(debugger.api.id)
    management.update_api(debugger.api.id, mock_api(group.id, "/", "second", name=debugger.api.name))
    assert debugger.call(mode="CONSUMER").response.endswith("\n\nfirst")
    assert debugger.call(mode="DEVELOPER").response.endswith("\n\nsecond")


def test_a_body_has_at_most_two_mebibytes(management):
    with Echo() as backend:
        debugger = Debugger(management, http_api(management.group().id, "/", backend.address, auth_type="NONE"))
        body = "x" * KEPT_BYTES_MAX
        assert debugger.call(method="POST", body=body).request.endswith("\n\n" + body)
        assert len(backend.requests[0].body) == KEPT_BYTES_MAX
        assert debugger.refused(method="POST", body=body + "x") == (400, "APIG.2011")


@pytest.mark.parametrize("more", [0, 1])
def test_what_the_backend_says_is_cut_at_two_mebibytes(more, management):
    with Echo(body=b"y" * (KEPT_BYTES_MAX + more)) as backend:
        debugger = Debugger(management, http_api(management.group().id, "/", backend.address, auth_type="NONE"))
        kept = debugger.call().response.split("\n\n", 1)[1]
    assert kept == "y" * KEPT_BYTES_MAX + (MARK if more else "")


def test_a_backend_that_is_down_is_told_as_callers_are(management):
    debugger = Debugger(management, http_api(management.group().id, "/", "127.0.0.1:1", auth_type="NONE"))
    response = debugger.call().response
    assert response.startswith("HTTP/1.1 502 Bad Gateway\n")
    assert json.loads(response.split("\n\n")[1])["error_code"] == "APIG.0201"


def test_a_draft_with_variables_cannot_be_debugged(management, nginx):
    group = management.group()
    definition = http_api(group.id, "/", nginx.address, backend_uri="/#root#/x", auth_type="NONE")
    debugger = Debugger(management, definition)
    assert debugger.refused() == (400, "APIG.2030")


def test_policies_that_are_bound_to_the_api_do_not_act(management, gateway, settle):
    group = management.group()
    debugger = Debugger(management, mock_api(group.id, "/", "in"))
    with management.denied(management.publish(debugger.api.id).publish_id, "127.0.0.0/8"):
        settle()
        assert gateway.plain(gateway.host(group.sl_domain), "/").status == 403
        assert debugger.status(mode="CONSUMER") == 200
