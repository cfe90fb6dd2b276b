"""The samples of every signing library, run as its README shows them, against a live server."""

import json

import pytest

from harness.echo import Echo
from harness.identity import Pair
from harness.libraries import credentials, programs
from harness.management import fresh, http_api
from harness.sessions import temporary_key


@pytest.fixture(scope="module")
def shop():
    with Echo() as backend:
        yield backend


@pytest.mark.parametrize("sample", programs("sign_get"), ids=str)
def test_the_sample_of_a_get_is_answered(sample, identity):
    code, said = sample.run({**credentials(identity.admin_pair), "url": f"{identity.url}/v5/caller-identity"})
    assert code == 0 and "200" in said and identity.domain_id in said, said


@pytest.mark.parametrize("sample", programs("sign_get"), ids=str)
def test_a_sample_that_is_refused_says_so_and_fails(sample, identity):
    wrong = Pair(identity.admin_pair.access, "not-the-secret")
    code, said = sample.run({**credentials(wrong), "url": f"{identity.url}/v5/caller-identity"})
    assert code == 1 and "401" in said and "not-the-secret" not in said, said


@pytest.fixture(scope="module")
def orders(management, gateway, shop, settle) -> str:
    """URL of an API for users of the account, at the gateway's bare address."""
    path = f"/{fresh('orders')}"
    api = management.api(http_api(management.default_group().id, path, shop.address, auth_type="IAM"))
    management.publish(api.id)
    settle()
    return f"http://{gateway.address}{path}"


@pytest.mark.parametrize("sample", programs("post_json"), ids=str)
def test_the_sample_of_a_post_brings_its_json(sample, identity, orders, shop):
    shop.requests.clear()
    code, said = sample.run({**credentials(identity.admin_pair), "url": orders})
    assert code == 0 and "200" in said and '"echo"' in said, said
    (received,) = shop.requests
    assert received.method == "POST" and json.loads(received.body)


@pytest.mark.parametrize("sample", programs("temporary_credentials"), ids=str)
def test_the_sample_of_temporary_credentials_acts_in_its_project(sample, identity, session):
    environment = credentials(session.pair, session.token, identity.project_id)
    code, said = sample.run({**environment, "url": f"{identity.url}/v3/projects/{identity.project_id}"})
    assert code == 0 and "200" in said and identity.project_name in said, said


@pytest.fixture(scope="module")
def session(identity):
    return temporary_key(identity)


@pytest.mark.parametrize("sample", programs("call_gateway"), ids=str)
def test_the_sample_of_a_gateway_calls_as_an_app_by_the_groups_domain(sample, gateway, guarded):
    host, app = guarded
    environment = {**credentials(Pair(app.app_key, app.app_secret)), "host": host}
    code, said = sample.run({**environment, "url": f"http://{gateway.address}/tea?size=2"})
    assert code == 0 and "200" in said and "/tea?size=2" in said, said


@pytest.fixture(scope="module")
def guarded(management, gateway, shop, settle) -> tuple:
    """Host of an API that apps may call, and an app that may."""
    group, app = management.group(), management.app()
    api = management.api(http_api(group.id, "/tea", shop.address, auth_type="APP"))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    return gateway.host(group.sl_domain), app
