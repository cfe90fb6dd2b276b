"""Refused signatures get a name where an API or an app asks for it: the official signer, used wrongly."""

import itertools
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from harness.gateway import Gateway, assert_refused
from harness.management import http_api
from harness.raw import sign

FAILED = "Incorrect app authentication information: verify signature fail, "
JSON = {"Content-Type": "application/json"}
BODY = b'{"size":2,"name":"one"}'
# Every case calls from an address of its own, because each source is given few diagnoses a second.
_sources = itertools.count(1)


class Site:
    """An API that diagnoses refusals, one that does not, and an app that may call both."""

    def __init__(self, server, management, settle, nginx):
        self.server, self.management, self.settle = server, management, settle
        self.app = management.app()
        group = management.group()
        self.host = f"{group.sl_domain}:{server.gateway.rsplit(':', 1)[1]}"
        self.asking = self._api(group, "/asking", nginx)
        self.silent = self._api(group, "/silent", nginx)
        assert self.switch("apis", self.asking.id, True) == {"enabled": True}
        settle()

    def _api(self, group, path, nginx):
        api = self.management.api(http_api(group.id, path, nginx.address, match_mode="SWA"))
        self.management.publish(api.id)
        self.management.authorize(self.app.id, api.id)
        return api

    def manage(self, method: str, rest: str, body: bytes = b""):
        """Calls the management API on the gateway of the tests."""
        ready = self.server.ready
        address = ready["api"].split("://")[1]
        path = f"/v2/{ready['project_id']}/apigw/instances/{ready['instance_id']}{rest}"
        credentials = ready["access_key"], ready["secret_key"]
        return Gateway(address).call(credentials, address, path, method, headers=JSON, body=body)

    def switch(self, kind: str, id: str, enabled: bool) -> dict:
        return self.manage("PUT", f"/{kind}/{id}/diagnosis", json.dumps({"enabled": enabled}).encode()).json

    def gateway(self) -> Gateway:
        return Gateway(self.server.gateway, f"127.0.1.{next(_sources)}")

    @property
    def pair(self) -> tuple:
        return self.app.app_key, self.app.app_secret


@pytest.fixture(scope="module")
def site(server, management, settle, nginx):
    return Site(server, management, settle, nginx)


def resend(site, signed: tuple, method="GET", body=b"", change_target=str, **changed):
    """Sends what was signed with other header lines, or to another target."""
    target, lines = signed
    lines = [(name, changed.get(name.replace("-", "_"), value)) for name, value in lines]
    return site.gateway().send(method, change_target(target), lines, body)


def a_secret_with_a_line_break(site):
    key, secret = site.pair
    return site.gateway().call((key, secret + "\n"), site.host, "/asking")


def a_key_signed_by_itself(site):
    key, _ = site.pair
    return site.gateway().call((key, key), site.host, "/asking")


def the_host_without_its_port(site):
    signed = sign(*site.pair, "GET", site.host.split(":")[0], "/asking")
    return resend(site, signed, Host=site.host)


def a_query_added_after_signing(site):
    signed = sign(*site.pair, "GET", site.host, "/asking")
    return resend(site, signed, change_target=lambda target: target + "?page=2")


def a_prefix_added_on_the_way(site):
    signed = sign(*site.pair, "GET", site.host, "/orders")
    return resend(site, signed, change_target=lambda target: "/asking" + target)


def another_method(site):
    signed = sign(*site.pair, "POST", site.host, "/asking")
    return resend(site, signed, method="GET")


def json_serialized_again(site):
    spaced = json.dumps(json.loads(BODY)).encode()
    call = site.gateway().call
    return call(site.pair, site.host, "/asking", "POST", headers=JSON, body=spaced, sent_body=BODY)


def a_body_that_was_not_signed(site):
    signed = sign(*site.pair, "POST", site.host, "/asking", headers=JSON)
    return resend(site, signed, method="POST", body=BODY)


def a_charset_added_after_signing(site):
    signed = sign(*site.pair, "POST", site.host, "/asking", headers=JSON, body=BODY)
    return resend(site, signed, "POST", BODY, Content_Type="application/json; charset=utf-8")


def two_mistakes(site):
    signed = sign(*site.pair, "GET", site.host.split(":")[0], "/asking")
    return resend(site, signed, change_target=lambda target: target + "?page=2", Host=site.host)


CASES = [
    (a_secret_with_a_line_break, "secret-with-blank"),
    (a_key_signed_by_itself, "access-key-as-secret"),
    (the_host_without_its_port, "host-without-port"),
    (a_query_added_after_signing, "query-left-out"),
    (a_prefix_added_on_the_way, "path-prefix-added"),
    (another_method, "method-changed"),
    (json_serialized_again, "json-spaced"),
    (a_body_that_was_not_signed, "body-hash-of-empty"),
    (a_charset_added_after_signing, "content-type-charset"),
    (two_mistakes, "query-left-out+host-without-port"),
]


@pytest.mark.parametrize("mistake, code", CASES, ids=[code for _, code in CASES])
def test_the_caller_is_told_the_mistake_and_nothing_that_helps_to_sign(site, mistake, code):
    answer = mistake(site)
    assert answer.header("X-Countersign-Diagnosis") == code, answer
    assert_refused(answer, 401, "APIG.0303", FAILED + f"diagnosis:{code}: …")
    # The canonical request stays where clients look for it: at the end.
    told, _, canonical = answer.json["error_msg"].partition(", canonicalRequest:")
    assert canonical.count("|") >= 6 and "canonicalRequest" not in told, answer
    assert site.app.app_secret not in str(answer.headers) + answer.body.decode()


def test_the_operator_finds_the_detail_under_the_request_id(site):
    answer = the_host_without_its_port(site)
    found = site.manage("GET", f"/diagnosis/{answer.json['request_id']}").json
    assert (found["code"], found["api_id"]) == ("host-without-port", site.asking.id), found
    assert found["access_key"] == site.app.app_key
    assert f"\nhost:{site.host}\n" in found["canonical_request"]
    assert f"\nhost:{site.host.split(':')[0]}\n" in found["signed_canonical_request"]
    assert found["mistakes"][0]["remedy"]
    assert site.app.app_secret not in json.dumps(found)
    unknown = site.manage("GET", f"/diagnosis/{'0' * 32}")
    assert (unknown.status, unknown.json["error_code"]) == (404, "COUNTERSIGN.0404")


def test_a_wrong_secret_has_no_name(site):
    answer = site.gateway().call((site.app.app_key, "another secret"), site.host, "/asking")
    assert answer.header("X-Countersign-Diagnosis") == "unknown", answer


def test_a_key_of_a_user_is_named_only_to_who_has_its_secret(site):
    ready = site.server.ready
    call = site.gateway().call
    answer = call((ready["access_key"], ready["secret_key"]), site.host, "/asking")
    assert answer.header("X-Countersign-Diagnosis") == "iam-key-on-app-api", answer
    answer = call((ready["access_key"], "guessed"), site.host, "/asking")
    assert answer.header("X-Countersign-Diagnosis") == "unknown", answer


def test_a_clock_that_is_off_is_named_beside_the_documented_words(site):
    late = {"X-Sdk-Date": (datetime.now(UTC) - timedelta(minutes=40)).strftime("%Y%m%dT%H%M%SZ")}
    answer = site.gateway().call(site.pair, site.host, "/asking", headers=late)
    assert answer.header("X-Countersign-Diagnosis") == "clock-off", answer
    message = answer.json["error_msg"]
    time = r"\d{8}T\d{6}Z"
    expected = f"signature expired, signature time:{time},server time:{time}, diagnosis:clock-off: "
    assert re.search(expected, message), message


def test_where_nobody_asks_nothing_changes(site):
    call = site.gateway().call
    answer = call((site.app.app_key, site.app.app_secret + "\n"), site.host, "/silent")
    assert answer.header("X-Countersign-Diagnosis") is None
    assert_refused(answer, 401, "APIG.0303", FAILED + "canonicalRequest:GET|/silent/|…")
    assert site.manage("GET", f"/diagnosis/{answer.json['request_id']}").status == 404
    assert call(site.pair, site.host, "/asking").status == 200


def test_an_app_may_ask_for_all_that_it_calls(site):
    pair = site.app.app_key, site.app.app_secret + "\n"
    site.switch("apps", site.app.id, True)
    site.settle()
    answer = site.gateway().call(pair, site.host, "/silent")
    assert answer.header("X-Countersign-Diagnosis") == "secret-with-blank", answer
    site.switch("apps", site.app.id, False)
    site.settle()
    answer = site.gateway().call(pair, site.host, "/silent")
    assert answer.header("X-Countersign-Diagnosis") is None, answer
