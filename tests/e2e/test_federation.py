"""People of an identity provider, by way of the official core: it has an ID token in a file and nothing else."""

import pytest
from huaweicloudsdkapig.v2 import ApigClient, ListApiGroupsV2Request
from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkcore.auth.provider import EnvCredentialProvider, OidcStsCredentialProvider
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkiam.v3 import KeystoneListUsersRequest
from huaweicloudsdksts.v1 import (
    DecodeAuthorizationMessageReq,
    DecodeAuthorizationMessageRequest,
    GetCallerIdentityRequest,
)

from harness.huaweicloud import for_region, iam, region, sts
from harness.identity import Identity
from harness.management import fresh
from harness.provider import Provider, ec_key, rsa_key


@pytest.fixture(autouse=True)
def endpoints(identity, monkeypatch):
    """The documented way to lead the core to another installation."""
    monkeypatch.setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", identity.url)
    monkeypatch.setenv("HUAWEICLOUD_SDK_STS_ENDPOINT", identity.url)


@pytest.fixture(scope="module", params=[rsa_key, ec_key], ids=["rsa", "ec"])
def provider(identity, request) -> Provider:
    return Provider(identity, request.param())


@pytest.fixture(scope="module")
def group(identity) -> str:
    """Name of a group whose members manage gateways in the region, read the account and act for others."""
    name = fresh("group")
    body = {"group": {"name": name, "domain_id": identity.domain_id}}
    group = identity.call("POST", "/v3/groups", body)["group"]["id"]
    project, account = f"/v3/projects/{identity.project_id}", f"/v3/domains/{identity.domain_id}"
    identity.call("PUT", f"{project}/groups/{group}/roles/{identity.role('apig_adm')}")
    for role in ["iam_read_only_access", "te_agency"]:
        identity.call("PUT", f"{account}/groups/{group}/roles/{identity.role(role)}")
    return name


@pytest.fixture
def token_file(tmp_path):
    """Writes a token to the file that the core reads."""
    path = tmp_path / "id-token"

    def write(token: str) -> str:
        path.write_text(token)
        return str(path)

    return write


def by_file(credentials, provider: Provider, path: str):
    return credentials.with_idp_id(provider.id).with_id_token_file(path)


def list_groups(identity: Identity, server, credentials):
    client = ApigClient.new_builder().with_credentials(credentials).with_region(region(identity)).build()
    return client.list_api_groups_v2(ListApiGroupsV2Request(server.ready["instance_id"])).groups


def test_the_core_logs_in_and_manages_a_gateway(identity, server, provider, group, token_file):
    path = token_file(provider.token(fresh("ada"), group))
    credentials = by_file(BasicCredentials(), provider, path)
    assert any(one.is_default == 1 for one in list_groups(identity, server, credentials))
    assert credentials.project_id == identity.project_id
    assert credentials.ak.startswith("HSTA")


def test_the_core_finds_the_account_of_the_provider(identity, provider, group, token_file):
    name = fresh("ada")
    credentials = by_file(GlobalCredentials(), provider, token_file(provider.token(name, group)))
    users = iam(identity, credentials).keystone_list_users(KeystoneListUsersRequest()).users
    assert credentials.domain_id == identity.domain_id
    assert name in {user.name for user in users}


def test_the_core_takes_provider_and_file_from_the_environment(
    identity, server, provider, group, token_file, monkeypatch
):
    monkeypatch.setenv("HUAWEICLOUD_SDK_IDP_ID", provider.id)
    monkeypatch.setenv("HUAWEICLOUD_SDK_ID_TOKEN_FILE", token_file(provider.token(fresh("ada"), group)))
    assert list_groups(identity, server, EnvCredentialProvider.get_basic().get_credentials())


def test_a_person_without_a_group_manages_nothing(identity, server, provider, token_file):
    credentials = by_file(
        BasicCredentials(project_id=identity.project_id),
        provider,
        token_file(provider.token(fresh("eve"), "elsewhere")),
    )
    with pytest.raises(ClientRequestException) as refused:
        list_groups(identity, server, credentials)
    assert refused.value.status_code == 403


@pytest.mark.parametrize("claims", [{"aud": "other"}, {"iss": "https://evil.example.com"}, {"iat": 1, "exp": 2}])
def test_a_token_that_does_not_hold_is_refused(identity, server, provider, group, token_file, claims):
    path = token_file(provider.token(fresh("eve"), group, **claims))
    with pytest.raises(ClientRequestException) as refused:
        list_groups(identity, server, by_file(BasicCredentials(), provider, path))
    assert refused.value.status_code == 401
    assert refused.value.error_code in {"IAM.0066", "IAM.0067"}


def test_disabling_the_provider_ends_what_its_people_have(identity, server, group, token_file):
    provider = Provider(identity, ec_key())
    credentials = by_file(BasicCredentials(), provider, token_file(provider.token(fresh("ada"), group)))
    assert list_groups(identity, server, credentials)
    provider.disable()
    with pytest.raises(ClientRequestException) as refused:
        list_groups(identity, server, credentials)
    assert refused.value.status_code == 401


def test_the_core_takes_on_an_agency_with_the_token(identity, provider, group, monkeypatch):
    agency = identity.agency("readonly")
    monkeypatch.setenv("HUAWEICLOUD_OIDC_PROVIDER_URN", provider.urn)
    monkeypatch.setenv("HUAWEICLOUD_OIDC_AGENCY_URN", f"iam::{identity.domain_id}:agency:{agency.name}")
    monkeypatch.setenv("HUAWEICLOUD_OIDC_ID_TOKEN", provider.token(fresh("ada"), group))
    credentials = OidcStsCredentialProvider.get_basic().get_credentials()
    shown = sts(identity, credentials).get_caller_identity(GetCallerIdentityRequest())
    assert shown.principal_urn == f"sts::{identity.domain_id}:assumed-agency:{agency.name}/oidc-sts-session"


def test_an_administrator_decodes_a_denial(identity):
    client = sts(identity, for_region(identity.pair(identity.user("member"))))
    request = DecodeAuthorizationMessageRequest(body=DecodeAuthorizationMessageReq("x"))
    with pytest.raises(ClientRequestException) as denied:
        client.decode_authorization_message(request)
    assert (denied.value.status_code, denied.value.error_code) == (403, "PAP5.0001")
    message = denied.value.encoded_auth_msg
    request = DecodeAuthorizationMessageRequest(body=DecodeAuthorizationMessageReq(message))
    decoded = sts(identity, for_region(identity.admin_pair)).decode_authorization_message(request).decoded_message
    assert '"allowed":false' in decoded and "sts:messages:decodeAuthorizationMessage" in decoded
