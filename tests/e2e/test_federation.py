"""People of an identity provider: unmodified clients exchange its tokens for ours and for temporary keys."""

import json

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkcore.auth.provider import EnvCredentialProvider, OidcStsCredentialProvider
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkiam.v3 import model as m
from huaweicloudsdksts.v1 import GetCallerIdentityRequest
from keystoneauth1.identity import v3
from keystoneauth1.session import Session

from harness.callers import COMMANDS, Call, call
from harness.huaweicloud import for_account, iam, sts
from harness.management import fresh
from harness.provider import PROTOCOL, Provider


@pytest.fixture(autouse=True)
def endpoints(identity, monkeypatch):
    """The documented way to lead the core to another installation."""
    monkeypatch.setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", identity.url)
    monkeypatch.setenv("HUAWEICLOUD_SDK_STS_ENDPOINT", identity.url)


@pytest.fixture(scope="module")
def provider(identity) -> Provider:
    return Provider(identity)


@pytest.fixture(scope="module")
def group(identity) -> str:
    """A group whose members read the account and its projects, and act as agencies."""
    name = fresh("staff")
    made = identity.call("POST", "/v3/groups", {"group": {"name": name, "domain_id": identity.domain_id}})
    for role in ("iam_read_only_access", "te_agency"):
        given = f"groups/{made['group']['id']}/roles/{identity.role(role)}"
        identity.call("PUT", f"/v3/domains/{identity.domain_id}/{given}")
    given = f"groups/{made['group']['id']}/roles/{identity.role('readonly')}"
    identity.call("PUT", f"/v3/projects/{identity.project_id}/{given}")
    return name


def test_the_iam_sdk_exchanges_a_token_of_the_provider(identity, provider, group):
    admin, name = iam(identity, for_account(identity, identity.admin_pair)), fresh("ada")
    proof = m.GetIdTokenIdTokenBody(id=provider.token(name, group))
    scope = m.GetIdTokenIdScopeBody(project=m.GetIdTokenScopeDomainOrProjectBody(id=identity.project_id))
    body = m.GetIdTokenRequestBody(auth=m.GetIdTokenAuthParams(id_token=proof, scope=scope))
    made = admin.create_token_with_id_token(m.CreateTokenWithIdTokenRequest(x_idp_id=provider.id, body=body))
    shown = admin.keystone_validate_token(m.KeystoneValidateTokenRequest(made.x_subject_token))
    assert (shown.token.user.name, shown.token.project.id) == (name, identity.project_id)


def test_the_core_logs_in_with_a_file_and_finds_the_account(identity, provider, group, tmp_path):
    file = provider.token_file(tmp_path, fresh("ada"), group)
    credentials = GlobalCredentials().with_idp_id(provider.id).with_id_token_file(str(file))
    users = iam(identity, credentials).keystone_list_users(m.KeystoneListUsersRequest()).users
    assert identity.admin_name in {user.name for user in users}
    assert (credentials.domain_id, credentials.ak[:4]) == (identity.domain_id, "HSTA")


def test_the_core_logs_in_with_what_the_environment_names(identity, provider, group, tmp_path, monkeypatch):
    monkeypatch.setenv("HUAWEICLOUD_SDK_IDP_ID", provider.id)
    monkeypatch.setenv("HUAWEICLOUD_SDK_ID_TOKEN_FILE", str(provider.token_file(tmp_path, fresh("ada"), group)))
    credentials = EnvCredentialProvider.get_basic().get_credentials()
    iam(identity, credentials)
    assert credentials.project_id == identity.project_id


def test_a_token_of_another_provider_opens_nothing(identity, provider, group, tmp_path):
    other = Provider(identity)
    file = other.token_file(tmp_path, fresh("ada"), group)
    credentials = GlobalCredentials(domain_id=identity.domain_id).with_idp_id(provider.id).with_id_token_file(str(file))
    with pytest.raises(ClientRequestException) as refused:
        iam(identity, credentials).keystone_list_users(m.KeystoneListUsersRequest())
    assert (refused.value.status_code, refused.value.error_code) == (401, "IAM.0067")


def test_the_core_takes_on_an_agency_with_a_token_of_the_provider(identity, provider, group):
    agency = identity.agency("readonly")
    source = OidcStsCredentialProvider(
        "basic",
        provider_urn=provider.urn,
        agency_urn=f"iam::{identity.domain_id}:agency:{agency.name}",
        id_token=provider.token(fresh("ada"), group),
        agency_session_name="build",
    )
    who = sts(identity, source.get_credentials()).get_caller_identity(GetCallerIdentityRequest())
    assert who.principal_urn == f"sts::{identity.domain_id}:assumed-agency:{agency.name}/build"


@pytest.mark.parametrize("language", COMMANDS)
def test_the_cores_of_four_languages_log_in_with_a_file(identity, provider, group, tmp_path, language):
    result = call(
        language,
        Call(
            identity.url.removeprefix("http://"),
            idp_id=provider.id,
            id_token_file=str(provider.token_file(tmp_path, fresh("ada"), group)),
            path="/v3/projects/{project_id}",
            region=identity.region,
        ),
    )
    assert (result.status, json.loads(result.body)["project"]["id"]) == (200, identity.project_id)


def test_a_keystone_session_logs_in_with_a_token_of_the_provider(identity, provider, group):
    name = fresh("ada")
    plugin = v3.OidcAccessToken(
        f"{identity.url}/v3",
        identity_provider=provider.id,
        protocol=PROTOCOL,
        access_token=provider.token(name, group),
        project_id=identity.project_id,
    )
    access = plugin.get_access(Session())
    assert (access.username, access.project_id, access.role_names) == (name, identity.project_id, ["readonly"])


def test_disabling_the_provider_ends_what_its_people_have(identity, group, tmp_path):
    provider = Provider(identity)
    file = provider.token_file(tmp_path, fresh("ada"), group)
    credentials = BasicCredentials().with_idp_id(provider.id).with_id_token_file(str(file))
    client = iam(identity, credentials)
    assert client.keystone_list_auth_domains(m.KeystoneListAuthDomainsRequest()).domains
    path = f"/v3/OS-FEDERATION/identity_providers/{provider.id}"
    identity.call("PATCH", path, {"identity_provider": {"enabled": False}})
    with pytest.raises(ClientRequestException) as refused:
        client.keystone_list_auth_domains(m.KeystoneListAuthDomainsRequest())
    assert refused.value.status_code == 401
