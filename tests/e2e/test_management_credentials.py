"""The management API by every credential: keys, temporary keys and tokens, and what each of them may do."""

import pytest
import requests
from huaweicloudsdkapig.v2 import (
    ApigClient,
    CreateEnvironmentV2Request,
    EnvCreate,
    ListEnvironmentsV2Request,
)
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

from harness.management import fresh

SECONDS = 30


def in_project(project_id: str) -> dict:
    """The scope of a token for a project."""
    return {"project": {"id": project_id}}


@pytest.fixture
def token(identity) -> str:
    """The administrator's, for the built-in project."""
    return identity.login(identity.admin_name, identity.admin_password, in_project(identity.project_id))


@pytest.fixture
def environments(server) -> str:
    """Address of the environments of the built-in gateway."""
    ready = server.ready
    return f"{ready['api']}/v2/{ready['project_id']}/apigw/instances/{ready['instance_id']}/envs"


def listed(environments: str, token: str) -> requests.Response:
    return requests.get(environments, headers={"X-Auth-Token": token}, timeout=SECONDS)


def refusal(answer: requests.Response) -> tuple:
    return answer.status_code, answer.json()["error_code"]


def sdk(identity, credentials: BasicCredentials) -> ApigClient:
    return ApigClient.new_builder().with_credentials(credentials).with_endpoint(identity.url).build()


def temporary(identity, token: str) -> BasicCredentials:
    """What the official client needs of a temporary key."""
    proof = {"methods": ["token"], "token": {"id": token, "duration_seconds": 900}}
    url = f"{identity.url}/v3.0/OS-CREDENTIAL/securitytokens"
    made = requests.post(url, json={"auth": {"identity": proof}}, timeout=SECONDS)
    assert made.status_code == 201, made.text
    pair = made.json()["credential"]
    credentials = BasicCredentials(pair["access"], pair["secret"], identity.project_id)
    return credentials.with_security_token(pair["securitytoken"])


def revoke(identity, token: str):
    headers = {"X-Auth-Token": token, "X-Subject-Token": token}
    assert requests.delete(f"{identity.url}/v3/auth/tokens", headers=headers, timeout=SECONDS).status_code == 204


def test_the_official_client_manages_with_a_temporary_key(identity, management, token):
    client = sdk(identity, temporary(identity, token))
    name = fresh("stage")
    made = client.create_environment_v2(CreateEnvironmentV2Request(management.instance, EnvCreate(name)))
    found = client.list_environments_v2(ListEnvironmentsV2Request(management.instance, name=name)).envs
    assert [environment.id for environment in found] == [made.id]


def test_a_temporary_key_without_its_security_token_is_refused(identity, management, token):
    client = sdk(identity, temporary(identity, token).with_security_token(None))
    with pytest.raises(ClientRequestException) as refused:
        client.list_environments_v2(ListEnvironmentsV2Request(management.instance))
    assert (refused.value.status_code, refused.value.error_code) == (401, "APIG.1002")


def test_a_token_alone_reads_and_writes(environments, token):
    body, headers = {"name": fresh("stage")}, {"X-Auth-Token": token}
    assert requests.post(environments, json=body, headers=headers, timeout=SECONDS).status_code == 201
    assert listed(environments, token).status_code == 200


def test_a_token_and_a_signature_at_once_are_refused(identity, management, token):
    key = BasicCredentials(identity.admin_pair.access, identity.admin_pair.secret, identity.project_id)
    request = ListEnvironmentsV2Request(management.instance)
    invoker = sdk(identity, key).list_environments_v2_invoker(request)
    with pytest.raises(ClientRequestException) as refused:
        invoker.add_header("X-Auth-Token", token).invoke()
    assert (refused.value.status_code, refused.value.error_code) == (401, "APIG.1002")


def test_a_token_for_another_project_sees_nothing_of_this_one(identity, environments):
    body = {"project": {"name": f"{identity.region}_{fresh('other')}", "domain_id": identity.domain_id}}
    other = identity.call("POST", "/v3/projects", body)["project"]["id"]
    elsewhere = identity.login(identity.admin_name, identity.admin_password, in_project(other))
    assert refusal(listed(environments, elsewhere)) == (403, "APIG.1005")
    of_its_own = requests.get(
        f"{identity.url}/v2/{other}/apigw/instances", headers={"X-Auth-Token": elsewhere}, timeout=SECONDS
    )
    assert (of_its_own.status_code, of_its_own.json()["total"]) == (200, 0)


def test_a_token_for_the_account_names_no_project(identity, environments):
    account = identity.login(identity.admin_name, identity.admin_password)
    assert refusal(listed(environments, account)) == (401, "APIG.1003")


def test_a_user_who_only_reads_does_not_write(identity, environments):
    reader = identity.user("apig_read_only_access")
    token = identity.login(reader.name, reader.password, in_project(identity.project_id))
    assert listed(environments, token).status_code == 200
    headers = {"X-Auth-Token": token}
    refused = requests.post(environments, json={"name": fresh("stage")}, headers=headers, timeout=SECONDS)
    assert refusal(refused) == (403, "APIG.1005")


def test_a_key_of_a_user_without_a_role_manages_nothing(identity, management):
    pair = identity.pair(identity.user())
    client = sdk(identity, BasicCredentials(pair.access, pair.secret, identity.project_id))
    with pytest.raises(ClientRequestException) as refused:
        client.list_environments_v2(ListEnvironmentsV2Request(management.instance))
    assert (refused.value.status_code, refused.value.error_code) == (403, "APIG.1005")


def test_a_revoked_token_and_the_keys_made_with_it_are_refused_at_once(identity, management, environments, token):
    client = sdk(identity, temporary(identity, token))
    request = ListEnvironmentsV2Request(management.instance)
    assert client.list_environments_v2(request).total > 0
    assert listed(environments, token).status_code == 200
    revoke(identity, token)
    assert refusal(listed(environments, token)) == (401, "APIG.1002")
    with pytest.raises(ClientRequestException) as refused:
        client.list_environments_v2(request)
    assert (refused.value.status_code, refused.value.error_code) == (401, "APIG.1002")
    assert "The token must be updated" in refused.value.error_msg
