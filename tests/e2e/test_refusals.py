"""Every refusal of the gateway has the published status, code and message."""

import re
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from harness.gateway import assert_refused
from harness.management import http_api
from harness.raw import sign

NOT_PUBLISHED = "The API does not exist or has not been published in the environment."
APP_FAILED = "Incorrect app authentication information: "
IAM_FAILED = "Incorrect IAM authentication information: "
TIME = r"\d{8}T\d{6}Z"


class Target:
    """A published API of a group of its own, and credentials that may call it."""

    def __init__(self, management, gateway, settle, backend, app=None, **fields):
        group = management.group()
        self.api = management.api(http_api(group.id, "/thing", backend, **fields))
        management.publish(self.api.id)
        if app is not None:
            management.authorize(app.id, self.api.id)
        settle()
        self.host = gateway.host(group.sl_domain)


@pytest.fixture(scope="module")
def app(management):
    return management.app()


@pytest.fixture(scope="module")
def credentials(app):
    return app.app_key, app.app_secret


@pytest.fixture(scope="module")
def app_target(management, gateway, settle, nginx, app):
    return Target(management, gateway, settle, nginx.address, app, req_method="GET")


@pytest.fixture(scope="module")
def iam_target(management, gateway, settle, nginx):
    return Target(management, gateway, settle, nginx.address, auth_type="IAM")


def at(minutes: int) -> dict:
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    return {"X-Sdk-Date": moment.strftime("%Y%m%dT%H%M%SZ")}


def test_the_fixture_itself_is_accepted(gateway, app_target, credentials):
    assert gateway.call(credentials, app_target.host, "/thing").status == 200


def test_a_signature_that_differs_is_answered_with_the_canonical_request(gateway, app_target, credentials):
    key, _ = credentials
    query = [("b", "2"), ("a", "x y")]
    target, lines = sign(key, "wrong-secret", "GET", app_target.host, "/thing", query)
    answer = gateway.send("GET", target, lines)
    headers = dict(lines)
    signed = re.search("SignedHeaders=([^,]+)", headers["Authorization"])[1].split(";")
    request = SdkRequest(
        method="GET",
        schema="http",
        host=app_target.host,
        resource_path="/thing",
        query_params=query,
        header_params={name: value for name, value in headers.items() if name != "Authorization"},
        body=b"",
    )
    canonical = official_canonical_request(request, signed).replace("\n", "|")
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}verify signature fail, canonicalRequest:{canonical}")


def official_canonical_request(request, signed) -> str:
    """What the official signer itself calls the canonical request."""

    class Nobody:
        ak, sk = "ak", "sk"

    return Signer(Nobody)._process_canonical_request(request, signed)


def test_an_unknown_app_key_is_named(gateway, app_target):
    answer = gateway.call(("nobodys0key", "secret"), app_target.host, "/thing")
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}app not found, appkey nobodys0key")


@pytest.mark.parametrize("minutes", [-16, 16])
def test_a_date_too_far_from_now_is_refused_with_both_times(minutes, gateway, app_target, credentials):
    answer = gateway.call(credentials, app_target.host, "/thing", headers=at(minutes))
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}signature expired, signature time:…")
    assert re.search(f"signature time:{TIME},server time:{TIME}$", answer.json["error_msg"]), answer.body


def test_a_date_fourteen_minutes_off_is_accepted(gateway, app_target, credentials):
    assert gateway.call(credentials, app_target.host, "/thing", headers=at(-14)).status == 200


def test_a_request_without_authorization_is_refused(gateway, app_target):
    assert_refused(gateway.plain(app_target.host, "/thing"), 401, "APIG.0303", APP_FAILED[:-2] + "…")


def test_a_changed_query_is_refused(gateway, app_target, credentials):
    target, lines = sign(*credentials, "GET", app_target.host, "/thing", [("limit", "1")])
    answer = gateway.send("GET", target.replace("limit=1", "limit=2"), lines)
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}verify signature fail, canonicalRequest:…")


def test_an_added_query_is_refused(gateway, app_target, credentials):
    target, lines = sign(*credentials, "GET", app_target.host, "/thing")
    answer = gateway.send("GET", f"{target}?admin=1", lines)
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}verify signature fail, canonicalRequest:…")


def test_an_app_without_authorization_is_refused(gateway, app_target, management, settle):
    stranger = management.app()
    settle()
    answer = gateway.call((stranger.app_key, stranger.app_secret), app_target.host, "/thing")
    assert_refused(answer, 403, "APIG.0304", "The app is not authorized to access the API.")


def test_an_iam_key_does_not_open_an_app_api(gateway, app_target, server):
    credentials = server.ready["access_key"], server.ready["secret_key"]
    answer = gateway.call(credentials, app_target.host, "/thing")
    assert_refused(answer, 401, "APIG.0303", f"{APP_FAILED}app not found, appkey {credentials[0]}")


def test_an_app_key_does_not_open_an_iam_api(gateway, iam_target, credentials):
    answer = gateway.call(credentials, iam_target.host, "/thing")
    assert_refused(answer, 401, "APIG.0301", f"{IAM_FAILED}Get secretKey failed,ak:{credentials[0]},err:ak not exist")


def test_a_wrong_iam_secret_is_refused(gateway, iam_target, server):
    answer = gateway.call((server.ready["access_key"], "wrong"), iam_target.host, "/thing")
    assert_refused(answer, 401, "APIG.0301", f"{IAM_FAILED}verify aksk signature fail…")


def test_an_old_iam_signature_is_refused_with_both_times(gateway, iam_target, server):
    credentials = server.ready["access_key"], server.ready["secret_key"]
    answer = gateway.call(credentials, iam_target.host, "/thing", headers=at(-16))
    assert_refused(
        answer, 401, "APIG.0301", f"{IAM_FAILED}calc aksk signature fail:signature expired, signature time:…"
    )
    assert re.search(f"signature time:{TIME},server time:{TIME}$", answer.json["error_msg"]), answer.body


def test_an_unknown_path_is_not_found(gateway, app_target, credentials):
    assert_refused(gateway.call(credentials, app_target.host, "/other"), 404, "APIG.0101", NOT_PUBLISHED)


def test_a_trailing_slash_is_another_path(gateway, app_target, credentials):
    assert_refused(gateway.call(credentials, app_target.host, "/thing/"), 404, "APIG.0101", NOT_PUBLISHED)


def test_an_unknown_method_of_a_known_path_is_not_found_in_other_words(gateway, app_target, credentials):
    answer = gateway.call(credentials, app_target.host, "/thing", method="DELETE")
    assert_refused(answer, 404, "APIG.0101", "The API does not exist.")


def test_an_unknown_stage_is_not_found(gateway, app_target, credentials):
    answer = gateway.call(credentials, app_target.host, "/thing", headers={"X-Stage": "nowhere"})
    assert_refused(answer, 404, "APIG.0101", NOT_PUBLISHED)


def test_an_unpublished_api_is_not_found(gateway, management, nginx, credentials):
    group = management.group()
    management.api(http_api(group.id, "/draft", nginx.address))
    answer = gateway.call(credentials, gateway.host(group.sl_domain), "/draft")
    assert_refused(answer, 404, "APIG.0101", NOT_PUBLISHED)


def test_an_unknown_host_is_not_found(gateway, credentials):
    answer = gateway.call(credentials, gateway.host("nobody.example.com"), "/thing")
    assert_refused(answer, 404, "APIG.0101", NOT_PUBLISHED)


@pytest.mark.parametrize("path", ["/a/../thing", "/./thing", "/thing%2fother", "/thing/%2e%2e/x", "//thing", "/%ff"])
def test_an_ambiguous_path_is_never_routed(path, gateway, app_target, credentials):
    assert gateway.call(credentials, app_target.host, path).status in (400, 401, 404)


def test_a_backend_that_refuses_connections_is_unavailable(gateway, management, settle):
    with socket.socket() as holder:  # bound and not listening: connecting is refused
        holder.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{holder.getsockname()[1]}"
        target = Target(management, gateway, settle, address, auth_type="NONE")
        assert_refused(gateway.plain(target.host, "/thing"), 502, "APIG.0201", "Backend unavailable.")


def test_a_backend_that_does_not_answer_in_time_is_a_timeout(gateway, management, settle):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(20)
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        target = Target(management, gateway, settle, address, auth_type="NONE", timeout=300)
        assert_refused(gateway.plain(target.host, "/thing"), 504, "APIG.0201", "Backend timeout.")


def test_a_backend_that_breaks_off_is_unavailable(gateway, management, settle):
    with socket.create_server(("127.0.0.1", 0)) as rude:
        rude.settimeout(20)
        address = f"127.0.0.1:{rude.getsockname()[1]}"
        target = Target(management, gateway, settle, address, auth_type="NONE")
        answer = []
        caller = threading.Thread(target=lambda: answer.append(gateway.plain(target.host, "/thing")))
        caller.start()
        connection, _ = rude.accept()
        connection.recv(1 << 16)
        connection.close()
        caller.join(20)
    assert_refused(answer[0], 502, "APIG.0201", "Backend unavailable.")


def test_an_answer_of_the_backend_is_passed_on_whatever_its_status(gateway, management, settle, nginx):
    target = Target(management, gateway, settle, nginx.address, auth_type="NONE", backend_uri="/status/503")
    answer = gateway.plain(target.host, "/thing")
    assert (answer.status, answer.json) == (503, {"backend": "nginx", "status": 503})
    assert len(answer.header("X-Request-Id")) == 32
