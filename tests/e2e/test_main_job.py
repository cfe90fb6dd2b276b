"""The main job: an unmodified management SDK configures, unmodified cores of four languages call, nginx answers."""

import dataclasses
import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from harness.callers import COMMANDS, Call, call
from harness.management import fresh, http_api, path_parameter
from harness.nginx import body_of

LANGUAGES = list(COMMANDS)
BODY_BYTES_MAX = 12 * 1024 * 1024


@dataclasses.dataclass
class Shop:
    """A group with a published API behind an environment, and an app that may call it."""

    host: str
    stage: str
    app: object
    stranger: object


@pytest.fixture(scope="module")
def shop(management, gateway, nginx, settle):
    group, environment = management.group(), management.environment()
    management.variable(group.id, environment.id, "backend", nginx.address)
    management.variable(group.id, environment.id, "root", "shop")
    request, backend = path_parameter("name")
    definition = http_api(
        group.id,
        "/orders/{name}",
        "#backend#",
        backend_uri="/#root#/orders/{name}",
        req_params=[request],
        backend_params=[backend],
    )
    api = management.api(definition)
    management.publish(api.id, environment.id)
    app, stranger = management.app(), management.app()
    management.authorize(app.id, api.id, environment.id)
    settle()
    return Shop(gateway.host(group.sl_domain), environment.name, app, stranger)


def job(gateway, shop, mark, **fields) -> Call:
    headers = {"X-Stage": shop.stage, "X-Caller": mark}
    return Call(gateway.address, shop.app.app_key, shop.app.app_secret, shop.host, headers=headers, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_get_with_query_and_unicode_path_reaches_nginx(language, gateway, shop, nginx):
    mark = fresh("get")
    query = {"page": ["2"], "tag": ["b c", "ü"], "empty": [""]}
    params = {"name": "路径é"}
    result = call(language, job(gateway, shop, mark, path="/orders/{name}", path_params=params, query=query))
    assert result.status == 200, result
    assert json.loads(result.body)["backend"] == "nginx"
    assert len(result.request_id) == 32
    record = nginx.record(mark)
    target = urlsplit(record["target"])
    assert (record["method"], target.path) == ("GET", "/shop/orders/%E8%B7%AF%E5%BE%84%C3%A9")
    sent = sorted((name, value) for name, values in query.items() for value in values)
    assert sorted(parse_qsl(target.query, keep_blank_values=True)) == sent
    assert record["host"] == nginx.address


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_post_reaches_nginx(language, gateway, shop, nginx, tmp_path):
    mark, order = fresh("post"), {"name": "路径", "count": 2, "tags": ["a", "<&>"]}
    body = tmp_path / "order.json"
    body.write_text(json.dumps(order))
    result = call(language, job(gateway, shop, mark, method="POST", path="/orders/new", body_file=str(body)))
    assert result.status == 200, result
    record = nginx.record(mark)
    assert record["method"] == "POST"
    assert json.loads(body_of(record)) == order


@pytest.mark.parametrize("language", LANGUAGES)
def test_body_of_twelve_mebibytes_reaches_nginx_unchanged(language, gateway, shop, nginx, tmp_path):
    # The cores add up to two bytes of white space; the cap itself is tested byte by byte in test_bodies.py.
    mark, order = fresh("large"), {"blob": "x" * (BODY_BYTES_MAX - 64)}
    body = tmp_path / "large.json"
    body.write_text(json.dumps(order))
    result = call(language, job(gateway, shop, mark, method="POST", path="/orders/new", body_file=str(body)))
    assert result.status == 200, result
    assert json.loads(body_of(nginx.record(mark))) == order


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_default_group_is_reached_by_the_bare_address(language, gateway, management, nginx, settle):
    path, mark = f"/{fresh('default')}", fresh("bare")
    api = management.api(http_api(management.default_group().id, path, nginx.address, auth_type="APP"))
    management.publish(api.id)
    app = management.app()
    management.authorize(app.id, api.id)
    settle()
    result = call(language, Call(gateway.address, app.app_key, app.app_secret, path=path, headers={"X-Caller": mark}))
    assert result.status == 200, result
    assert nginx.record(mark)["target"] == path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_secret_is_refused_in_words_the_core_understands(language, gateway, shop):
    wrong = dataclasses.replace(job(gateway, shop, "never", path="/orders/1"), secret="not-the-secret")
    result = call(language, wrong)
    assert (result.status, result.error_code) == (401, "APIG.0303"), result
    assert result.error_msg.startswith("Incorrect app authentication information: verify signature fail"), result
    assert len(result.request_id) == 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_app_without_authorization_is_refused_in_words_the_core_understands(language, gateway, shop):
    stranger = dataclasses.replace(
        job(gateway, shop, "never", path="/orders/1"),
        key=shop.stranger.app_key,
        secret=shop.stranger.app_secret,
    )
    result = call(language, stranger)
    assert (result.status, result.error_code) == (403, "APIG.0304"), result
    assert result.error_msg == "The app is not authorized to access the API."


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_iam_api_takes_the_administrators_key_pair(language, gateway, management, server, nginx, settle):
    group, mark = management.group(), fresh("iam")
    api = management.api(http_api(group.id, "/account", nginx.address, auth_type="IAM"))
    management.publish(api.id)
    settle()
    result = call(
        language,
        Call(
            gateway.address,
            server.ready["access_key"],
            server.ready["secret_key"],
            gateway.host(group.sl_domain),
            path="/account",
            headers={"X-Caller": mark},
        ),
    )
    assert result.status == 200, result
    assert nginx.record(mark)["target"] == "/account"
