"""The official core: what it looks up by itself, where it takes credentials from, and sessions of agencies."""

from datetime import UTC, datetime

import pytest
from huaweicloudsdkapig.v2 import ApigClient, ListApiGroupsV2Request
from huaweicloudsdkcore.auth.credentials import BasicCredentials, GlobalCredentials
from huaweicloudsdkcore.auth.provider import CredentialProviderChain, EnvCredentialProvider, ProfileCredentialProvider
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException, SdkException
from huaweicloudsdkiam.v3 import IamClient, KeystoneListProjectsRequest, KeystoneListUsersRequest
from huaweicloudsdksts.v1 import (
    AssumeAgencyReqBody,
    AssumeAgencyRequest,
    DecodeAuthorizationMessageReq,
    DecodeAuthorizationMessageRequest,
    GetCallerIdentityRequest,
)

from harness.huaweicloud import for_account, for_region, iam, region, sts
from harness.identity import Agency, Identity
from harness.management import fresh


@pytest.fixture(autouse=True)
def endpoints(identity, monkeypatch):
    """The documented way to lead the core to another installation."""
    monkeypatch.setenv("HUAWEICLOUD_SDK_IAM_ENDPOINT", identity.url)
    monkeypatch.setenv("HUAWEICLOUD_SDK_STS_ENDPOINT", identity.url)


def users(client: IamClient) -> set:
    return {user.name for user in client.keystone_list_users(KeystoneListUsersRequest()).users}


def projects(client: IamClient) -> set:
    return {project.id for project in client.keystone_list_projects(KeystoneListProjectsRequest()).projects}


def assume(identity: Identity, credentials: BasicCredentials, agency: Agency, **fields):
    body = AssumeAgencyReqBody(
        agency_urn=f"iam::{identity.domain_id}:agency:{agency.name}", agency_session_name="night", **fields
    )
    return sts(identity, credentials).assume_agency(AssumeAgencyRequest(body=body))


def session_of(credentials) -> BasicCredentials:
    """Credentials of an answer of the STS service."""
    basic = BasicCredentials(credentials.access_key_id, credentials.secret_access_key)
    return basic.with_security_token(credentials.security_token)


# What the core looks up


def test_the_core_finds_the_project_of_the_region(identity):
    credentials = for_region(identity.pair(identity.user("member")))
    assert projects(iam(identity, credentials)) == {identity.project_id}
    assert credentials.project_id == identity.project_id


def test_parts_of_the_region_do_not_confuse_the_core(identity):
    fields = {"name": fresh(f"{identity.region}_part"), "parent_id": identity.project_id}
    identity.call("POST", "/v3/projects", {"project": fields})
    credentials = for_region(identity.pair(identity.account_user("iam_read_only_access")))
    iam(identity, credentials)
    assert credentials.project_id == identity.project_id


def test_the_core_is_told_when_there_is_no_project_of_the_region(identity):
    class Elsewhere(Identity):
        region = "elsewhere-1"

        def __init__(self):
            self.url = identity.url

    with pytest.raises(SdkException, match="Failed to get project id of region 'elsewhere-1'"):
        iam(Elsewhere(), for_region(identity.pair(identity.user("member"))))


def test_the_core_finds_the_account(identity):
    pair = identity.pair(identity.account_user("iam_read_only_access"))
    credentials = GlobalCredentials(pair.access, pair.secret)
    assert identity.admin_name in users(iam(identity, credentials))
    assert credentials.domain_id == identity.domain_id


def test_a_wrong_secret_is_told_as_such(identity):
    pair = identity.pair(identity.user("member"))
    with pytest.raises(ClientRequestException) as refused:
        users(iam(identity, GlobalCredentials(pair.access, "0" * 40, identity.domain_id)))
    assert (refused.value.status_code, len(refused.value.request_id)) == (401, 32)
    assert refused.value.error_msg.startswith("verify aksk signature fail")


# Where it takes credentials from


def test_the_core_takes_credentials_from_the_environment(identity, monkeypatch):
    pair = identity.pair(identity.account_user("iam_read_only_access"))
    monkeypatch.setenv("HUAWEICLOUD_SDK_AK", pair.access)
    monkeypatch.setenv("HUAWEICLOUD_SDK_SK", pair.secret)
    assert identity.admin_name in users(iam(identity, EnvCredentialProvider.get_global().get_credentials()))
    client = IamClient.new_builder().with_region(region(identity)).build()
    assert identity.admin_name in users(client)


def test_the_core_takes_credentials_from_a_profile(identity, monkeypatch, tmp_path):
    monkeypatch.delenv("HUAWEICLOUD_SDK_IAM_ENDPOINT")
    pair = identity.pair(identity.account_user("iam_read_only_access"))
    profile = tmp_path / "credentials"
    lines = [f"ak = {pair.access}", f"sk = {pair.secret}", f"iam_endpoint = {identity.url}"]
    profile.write_text("\n".join(["[global]", *lines, "[basic]", *lines]))
    monkeypatch.setenv("HUAWEICLOUD_SDK_CREDENTIALS_FILE", str(profile))
    client = iam(identity, ProfileCredentialProvider.get_global().get_credentials())
    assert identity.admin_name in users(client)
    basic = CredentialProviderChain.get_basic().get_credentials()
    iam(identity, basic)
    assert basic.project_id == identity.project_id


# Sessions of agencies


def test_a_session_of_an_agency_has_the_rights_of_the_agency(identity):
    pair = identity.pair(identity.account_user("te_agency"))
    agency = identity.agency("iam_read_only_access")
    with pytest.raises(ClientRequestException) as refused:
        users(iam(identity, for_account(identity, pair)))
    message = "Policy doesn't allow iam:users:listUsers to be performed."
    assert (refused.value.status_code, refused.value.error_msg) == (403, message)

    answer = assume(identity, for_region(pair), agency, duration_seconds=3600)
    assert answer.assumed_agency.urn == f"sts::{identity.domain_id}:assumed-agency:{agency.name}/night"
    assert answer.assumed_agency.id == f"{agency.id}:night"
    session = session_of(answer.credentials)
    assert answer.credentials.access_key_id.startswith("HSTA")
    who = sts(identity, session).get_caller_identity(GetCallerIdentityRequest())
    assert (who.account_id, who.principal_urn) == (identity.domain_id, answer.assumed_agency.urn)

    account = GlobalCredentials(session.ak, session.sk).with_security_token(session.security_token)
    assert identity.admin_name in users(iam(identity, account))
    assert account.domain_id == identity.domain_id


def test_the_core_finds_the_project_with_temporary_credentials(identity):
    pair, agency = identity.pair(identity.account_user("te_agency")), identity.agency("readonly")
    session = session_of(assume(identity, for_region(pair), agency, duration_seconds=3600).credentials)
    assert identity.project_id in projects(iam(identity, session))
    assert session.project_id == identity.project_id


def test_the_management_api_takes_a_session_until_the_agency_is_gone(identity, server):
    pair, agency = identity.pair(identity.account_user("te_agency")), identity.agency("te_admin")
    session = session_of(assume(identity, for_region(pair), agency, duration_seconds=3600).credentials)
    client = ApigClient.new_builder().with_credentials(session).with_region(region(identity)).build()
    request = ListApiGroupsV2Request(server.ready["instance_id"])
    assert any(group.is_default == 1 for group in client.list_api_groups_v2(request).groups)
    identity.call("DELETE", f"/v3.0/OS-AGENCY/agencies/{agency.id}")
    with pytest.raises(ClientRequestException) as refused:
        client.list_api_groups_v2(request)
    assert refused.value.status_code == 401


def test_a_session_ends_when_it_was_told_to(identity):
    pair, agency = identity.pair(identity.account_user("te_agency")), identity.agency()
    for seconds in (900, 43_200):
        credentials = assume(identity, for_region(pair), agency, duration_seconds=seconds).credentials
        left = (credentials.expiration - datetime.now(UTC)).total_seconds()
        assert seconds - 60 < left <= seconds
    with pytest.raises(ClientRequestException, match="duration_seconds"):
        assume(identity, for_region(pair), agency, duration_seconds=43_201)


def test_a_temporary_key_without_its_security_token_or_with_another_is_refused(identity):
    pair, agency = identity.pair(identity.account_user("te_agency")), identity.agency("iam_read_only_access")
    sessions = [assume(identity, for_region(pair), agency).credentials for _ in range(2)]
    key, other = sessions[0], sessions[1]
    for token in (None, other.security_token, key.security_token[:-1]):
        account = GlobalCredentials(key.access_key_id, key.secret_access_key, identity.domain_id)
        with pytest.raises(ClientRequestException) as refused:
            users(iam(identity, account.with_security_token(token)))
        assert refused.value.status_code == 401


def test_sessions_end_with_the_agency(identity):
    pair, agency = identity.pair(identity.account_user("te_agency")), identity.agency("iam_read_only_access")
    session = assume(identity, for_region(pair), agency).credentials
    account = GlobalCredentials(session.access_key_id, session.secret_access_key, identity.domain_id)
    client = iam(identity, account.with_security_token(session.security_token))
    assert identity.admin_name in users(client)
    identity.call("DELETE", f"/v3.0/OS-AGENCY/agencies/{agency.id}")
    with pytest.raises(ClientRequestException) as refused:
        users(client)
    assert refused.value.status_code == 401


def test_a_user_without_the_right_assumes_no_agency_and_an_administrator_reads_why(identity):
    with pytest.raises(ClientRequestException) as refused:
        assume(identity, for_region(identity.pair(identity.user("member"))), identity.agency("te_admin"))
    assert refused.value.status_code == 403
    request = DecodeAuthorizationMessageRequest()
    request.body = DecodeAuthorizationMessageReq(refused.value.encoded_auth_msg)
    decoded = sts(identity, for_region(identity.admin_pair)).decode_authorization_message(request).decoded_message
    assert '"action":"iam:tokens:assume"' in decoded, decoded
