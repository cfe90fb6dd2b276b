"""Bad input to the management API: each a clear error of the contract, and the store stays as it was."""

import json

import pytest

from harness.management import RELEASE, fresh, mock_api
from harness.raw import Connection, exchange, head, sign


class Api:
    """The management API called by hand; paths are relative to the gateway's resources."""

    def __init__(self, server):
        ready = server.ready
        self.address = server.api
        self.credentials = ready["access_key"], ready["secret_key"]
        self.project = {"X-Project-Id": ready["project_id"]}
        self.base = f"/v2/{ready['project_id']}/apigw/instances/{ready['instance_id']}"

    def call(self, method, path, body=None, query=(), raw=None, credentials=None, headers=None):
        data = raw if raw is not None else b"" if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", **self.project, **(headers or {})}
        full = path if path.startswith("/v2/") else self.base + path
        target, lines = sign(*(credentials or self.credentials), method, self.address, full, query, headers, data)
        if data:
            lines.append(("Content-Length", str(len(data))))
        return exchange(self.address, head(method, target, lines) + data, method)


@pytest.fixture(scope="module")
def api(server):
    return Api(server)


def assert_error(answer, status, *codes):
    assert answer.status == status, answer
    assert answer.json["error_code"] in codes, answer.body
    assert answer.json["error_msg"], answer.body
    assert answer.header("X-Request-Id"), answer


def test_a_valid_request_is_accepted(api):
    assert api.call("POST", "/api-groups", {"name": fresh("valid")}).status == 201


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b'{"name":',
        b"[" * 100_000,
        b'{"name":"a","name":"b"',
    ],
)
def test_a_body_that_is_no_object_is_refused(raw, api):
    assert_error(api.call("POST", "/api-groups", raw=raw), 400, "APIG.2000", "APIG.2001")


@pytest.mark.parametrize("value", [1, None, True, [], {}, "", "ab", "a b", "x" * 256, "a\u0000b"])
def test_a_name_of_the_wrong_type_or_form_is_refused(value, api):
    answer = api.call("POST", "/api-groups", {"name": value})
    assert answer.status == 400, answer
    assert answer.json["error_code"].startswith("APIG.2"), answer.body


def test_an_unknown_field_is_no_way_to_anything(api):
    name = fresh("unknown")
    answer = api.call("POST", "/api-groups", {"name": name, "is_default": 1, "id": "x", "nonsense": {"a": 1}})
    assert answer.status in (201, 400), answer
    if answer.status == 201:
        assert answer.json["is_default"] == 2 and answer.json["id"] != "x"


@pytest.mark.parametrize(
    "path,code",
    [
        (f"/api-groups/{'0' * 32}", "APIG.3001"),
        (f"/apis/{'0' * 32}", "APIG.3002"),
        (f"/apps/{'0' * 32}", "APIG.3004"),
        (f"/env-variables/{'0' * 32}", "APIG.3011"),
    ],
)
def test_an_id_nobody_has_is_not_found(path, code, api):
    assert_error(api.call("GET", path), 404, code)


@pytest.mark.parametrize("bad", ["x", "..%2f..", "%00", "a" * 5000, "%27;drop%20table%20objects;--"])
def test_an_id_that_is_none_is_refused(bad, api):
    answer = api.call("GET", f"/api-groups/{bad}")
    assert answer.status in (400, 404), answer
    assert answer.json["error_code"].startswith("APIG."), answer.body


@pytest.mark.parametrize("path", ["/api-groups", "/apis", "/apps", "/envs", "/env-variables"])
def test_an_offset_past_the_end_gives_an_empty_page(path, api):
    answer = api.call("GET", path, query=[("offset", "1000000")])
    assert answer.status == 200, answer
    page = answer.json
    lists = [value for value in page.values() if isinstance(value, list)]
    assert lists == [[]] and page["size"] == 0, page


@pytest.mark.parametrize("query", [("limit", "-1"), ("limit", "0"), ("offset", "-5"), ("limit", "100000")])
def test_a_page_out_of_range_is_moved_into_range(query, api):
    assert api.call("GET", "/api-groups", query=[query]).status == 200


@pytest.mark.parametrize("query", [("limit", "many"), ("offset", "9" * 40)])
def test_a_page_that_is_no_number_is_refused(query, api):
    assert api.call("GET", "/api-groups", query=[query]).status in (200, 400)


def test_an_unknown_path_is_answered_in_the_contracts_shape(api):
    answer = api.call("GET", "/no-such-thing")
    assert answer.status == 404, answer
    assert answer.json["error_code"] and answer.json["error_msg"]


def test_an_unknown_method_is_answered_in_the_contracts_shape(api):
    answer = api.call("PATCH", "/api-groups")
    assert answer.status in (404, 405), answer
    assert answer.json["error_code"] and answer.json["error_msg"]


@pytest.mark.parametrize("path", ["/plugins", "/orchestrations", "/custom-ingress-ports"])
def test_an_operation_that_is_not_built_says_so(path, api):
    answer = api.call("GET", path)
    assert answer.status == 501, answer
    assert answer.json["error_code"] and answer.json["error_msg"]


def test_another_project_is_refused(api):
    path = f"/v2/{'0' * 32}/apigw/instances"
    answer = api.call("GET", path)
    assert answer.status in (401, 403, 404), answer


def test_an_unknown_instance_is_not_found(api, server):
    path = f"/v2/{server.ready['project_id']}/apigw/instances/00000000-0000-0000-0000-000000000000/api-groups"
    assert_error(api.call("GET", path), 404, "APIG.3030", "APIC.7302")


def test_a_request_nobody_signed_is_refused(server, api):
    data = head("GET", f"{api.base}/api-groups", [("Host", server.api)])
    answer = exchange(server.api, data)
    assert answer.status == 401, answer
    assert answer.json["error_code"].startswith("APIG."), answer.body


def test_a_wrong_secret_is_refused(api):
    answer = api.call("GET", "/api-groups", credentials=(api.credentials[0], "wrong"))
    assert answer.status == 401, answer


def test_an_app_may_not_manage(api, management):
    app = management.app()
    answer = api.call("GET", "/api-groups", credentials=(app.app_key, app.app_secret))
    assert answer.status == 401, answer


def test_a_document_over_the_limit_is_refused(api):
    answer = api.call("POST", "/api-groups", raw=b'{"name":"' + b"a" * 5_000_000 + b'"}')
    assert answer.status in (400, 413), answer


def test_a_name_can_be_taken_once(api):
    name = fresh("once")
    assert api.call("POST", "/api-groups", {"name": name}).status == 201
    assert_error(api.call("POST", "/api-groups", {"name": name}), 400, "APIG.3201")


def test_the_built_in_environment_cannot_be_deleted(api):
    answer = api.call("DELETE", f"/envs/{RELEASE}")
    assert 400 <= answer.status < 500, answer
    assert api.call("GET", "/envs").json["total"] >= 1


def test_a_group_with_apis_cannot_be_deleted(api, management):
    group = management.group()
    management.api(mock_api(group.id, "/x", "x"))
    assert_error(api.call("DELETE", f"/api-groups/{group.id}"), 403, "APIG.3415")


def test_a_published_api_cannot_be_deleted(api, management):
    group = management.group()
    published = management.api(mock_api(group.id, "/x", "x"))
    management.publish(published.id)
    assert_error(api.call("DELETE", f"/apis/{published.id}"), 403, "APIG.3416")


def test_a_slow_head_does_not_stop_others(server, api):
    with Connection(server.api) as slow:
        slow.send(b"GET /v2")
        assert api.call("GET", "/envs").status == 200
