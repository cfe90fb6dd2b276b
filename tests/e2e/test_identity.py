"""The identity API beside the management API: who logs in, and what the official core finds by itself."""

import pytest
import requests
from huaweicloudsdkapig.v2 import ApigClient, ListApiGroupsV2Request
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.region.region import Region


def login(server, password: str) -> requests.Response:
    """Asks for a token of the built-in project."""
    ready = server.ready
    user = {"name": ready["user_name"], "password": password, "domain": {"name": ready["domain_name"]}}
    scope = {"project": {"id": ready["project_id"]}}
    auth = {"identity": {"methods": ["password"], "password": {"user": user}}, "scope": scope}
    return requests.post(f"{ready['api']}/v3/auth/tokens", json={"auth": auth}, timeout=30)


@pytest.fixture
def token(server) -> str:
    answer = login(server, server.ready["password"])
    assert answer.status_code == 201, answer.text
    return answer.headers["X-Subject-Token"]


def list_groups(server, access_key: str, secret_key: str, project_id: str | None):
    credentials = BasicCredentials(access_key, secret_key, project_id)
    region = Region(server.ready["region"], server.ready["api"])
    client = ApigClient.new_builder().with_credentials(credentials).with_region(region).build()
    return client.list_api_groups_v2(ListApiGroupsV2Request(server.ready["instance_id"]))


def test_the_administrator_logs_in_with_a_password(server, token):
    headers = {"X-Auth-Token": token, "X-Subject-Token": token}
    shown = requests.get(f"{server.ready['api']}/v3/auth/tokens", headers=headers, timeout=30)
    assert shown.status_code == 200
    assert shown.json()["token"]["project"]["id"] == server.ready["project_id"]


def test_a_wrong_password_is_refused_like_an_unknown_user(server):
    wrong = login(server, "not the password")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (401, 401)


def test_the_official_core_finds_its_project_by_the_region(server, monkeypatch):
    monkeypatch.setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", server.ready["api"])
    groups = list_groups(server, server.ready["access_key"], server.ready["secret_key"], None).groups
    assert any(group.is_default == 1 for group in groups)
