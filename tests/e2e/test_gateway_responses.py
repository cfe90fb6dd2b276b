"""What callers are told when the gateway refuses, in the words of the API's owner."""

import json

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.gateway import assert_refused
from harness.management import fresh, http_api, mock_api

TOLD = {
    "type": "$context.error.type",
    "code": "$context.error.code",
    "message": "$context.error.message",
    "request": "$context.requestId",
    "api": "$context.apiId",
    "name": "$context.apiName",
    "app": "$context.appName",
    "stage": "$context.stage",
    "ip": "$context.sourceIp",
    "path": "$context.reqPath",
    "uri": "$context.reqUri",
    "method": "$context.reqMethod",
}
NOT_FOUND = "The API does not exist or has not been published in the environment."


class Words:
    """A group with an API of app authentication and gateway responses."""

    def __init__(self, management, gateway, nginx):
        self.management, self.gateway = management, gateway
        self.group = management.group()
        self.host = gateway.host(self.group.sl_domain)
        self.app = management.app()
        self.definition = http_api(self.group.id, "/app", nginx.address)
        self.api = management.api(self.definition)
        management.publish(self.api.id)

    @property
    def default(self) -> str:
        request = m.ListGatewayResponsesV2Request(self.management.instance, self.group.id)
        return self.management.sdk.list_gateway_responses_v2(request).responses[0].id

    def create(self, **answers) -> str:
        body = m.ResponsesCreate(name=fresh("set"), responses=answers)
        request = m.CreateGatewayResponseV2Request(self.management.instance, self.group.id, body=body)
        return self.management.sdk.create_gateway_response_v2(request).id

    def write(self, set_id: str, kind: str, answer: m.ResponseInfo):
        request = m.UpdateGatewayResponseTypeV2Request(
            self.management.instance, self.group.id, set_id, kind, body=answer
        )
        self.management.sdk.update_gateway_response_type_v2(request)

    def restore(self, set_id: str, kind: str):
        request = m.DeleteGatewayResponseTypeV2Request(self.management.instance, self.group.id, set_id, kind)
        self.management.sdk.delete_gateway_response_type_v2(request)

    def signed(self, path="/app"):
        return self.gateway.call((self.app.app_key, self.app.app_secret), self.host, path)

    def plain(self, target="/app", **options):
        return self.gateway.plain(self.host, target, **options)


@pytest.fixture
def words(management, gateway, nginx):
    words = Words(management, gateway, nginx)
    yield words
    # A gateway has room for a few dozen apps.
    management.delete_app(words.app.id)


def answer(status=None, body="{}", **headers) -> m.ResponseInfo:
    lines = [m.ResponseInfoHeader(key=key.replace("_", "-"), value=value) for key, value in headers.items()]
    return m.ResponseInfo(status=status, body=body, headers=lines)


def test_untouched_types_keep_the_built_in_answers(words, settle):
    settle()
    assert_refused(words.plain("/nowhere"), 404, "APIG.0101", NOT_FOUND)
    assert_refused(words.signed(), 403, "APIG.0304", "The app is not authorized to access the API.")


def test_a_template_is_filled_in_with_what_is_known(words, settle):
    words.write(words.default, "UNAUTHORIZED", answer(body=json.dumps(TOLD)))
    settle()
    refused = words.signed()
    told = refused.json
    # Without a status of its own the answer has the published one of its type.
    assert refused.status == 401
    assert told == {
        "type": "UNAUTHORIZED",
        "code": "APIG.0304",
        "message": "The app is not authorized to access the API.",
        "request": refused.header("X-Request-Id"),
        "api": words.api.id,
        "name": words.api.name,
        "app": words.app.name,
        "stage": "RELEASE",
        "ip": "127.0.0.1",
        "path": "/app",
        "uri": "/app",
        "method": "GET",
    }
    assert refused.header("Content-Type") == "application/json"


def test_restoring_a_type_acts_on_callers(words, settle):
    words.write(
        words.default, "NOT_FOUND", answer(410, "gone", Content_Type="text/plain", X_Code="$context.error.code")
    )
    settle()
    gone = words.plain("/nowhere")
    assert (gone.status, gone.body, gone.header("X-Code")) == (410, b"gone", "APIG.0101")
    assert gone.header("Content-Type") == "text/plain"
    words.restore(words.default, "NOT_FOUND")
    settle()
    assert_refused(words.plain("/nowhere"), 404, "APIG.0101", NOT_FOUND)


def test_an_api_chooses_its_set(words, management, settle):
    own = words.create(AUTH_HEADER_MISSING=answer(419, '"own"'))
    words.write(words.default, "AUTH_HEADER_MISSING", answer(418, '"default"'))
    settle()
    assert (words.plain().status, words.plain().json) == (418, "default")
    words.definition.response_id = own
    management.update_api(words.api.id, words.definition)
    management.publish(words.api.id)
    settle()
    assert (words.plain().status, words.plain().json) == (419, "own")
    request = m.DeleteGatewayResponseV2Request(management.instance, words.group.id, own)
    management.sdk.delete_gateway_response_v2(request)
    settle()
    assert (words.plain().status, words.plain().json) == (418, "default")


def test_a_backend_that_is_down_has_a_type(words, management, settle):
    down = http_api(words.group.id, "/down", "127.0.0.1:1", auth_type="NONE")
    management.publish(management.api(down).id)
    words.write(words.default, "BACKEND_UNAVAILABLE", answer(503, '{"retry":true}', Retry_After="1"))
    settle()
    refused = words.plain("/down")
    assert (refused.status, refused.json, refused.header("Retry-After")) == (503, {"retry": True}, "1")


def test_access_control_has_a_type(words, management, settle):
    published = management.publish(management.api(mock_api(words.group.id, "/shut", "in")).id)
    words.write(words.default, "ACCESS_DENIED", answer(451, '"$context.sourceIp"'))
    with management.denied(published.publish_id, "127.0.0.1"):
        settle()
        assert (words.plain("/shut").status, words.plain("/shut").json) == (451, "127.0.0.1")


def test_throttling_has_a_type(words, management, settle):
    published = management.publish(management.api(mock_api(words.group.id, "/calm", "in")).id)
    management.bind_throttle(management.throttle(1).id, published.publish_id)
    words.write(words.default, "THROTTLED", answer(503, '"$context.error.type"', Retry_After="60"))
    settle()
    assert words.plain("/calm").status == 200
    refused = words.plain("/calm")
    assert (refused.status, refused.json, refused.header("Retry-After")) == (503, "THROTTLED", "60")


def test_what_callers_send_stays_a_value(words, settle):
    words.write(
        words.default, "NOT_FOUND", answer(body='{"uri":"$context.reqUri","safe":true}', X_Uri="$context.reqUri")
    )
    settle()
    for target in ("/x?a='b'&c=\\u0022", "/x?%22,%22safe%22:false", "/x?%0d%0aSet-Cookie:a=b", "/x?{}\\"):
        refused = words.plain(target)
        assert refused.json == {"uri": target, "safe": True}
        assert refused.header("X-Uri") == target
        assert refused.header("Set-Cookie") is None


def test_a_good_call_is_not_touched(words, management, settle):
    for kind in ("DEFAULT_4XX", "DEFAULT_5XX", "NOT_FOUND"):
        words.write(words.default, kind, answer(599))
    management.publish(management.api(mock_api(words.group.id, "/open", "open")).id)
    settle()
    assert (words.plain("/open").status, words.plain("/open").body) == (200, b"open")
