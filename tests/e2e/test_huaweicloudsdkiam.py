"""The official IAM SDK: tokens, access keys, temporary keys, agencies."""

from datetime import UTC, datetime

import pytest
import requests
from huaweicloudsdkcore.auth.credentials import GlobalCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkiam.v3 import IamClient
from huaweicloudsdkiam.v3 import model as m

from harness.huaweicloud import for_account, iam
from harness.identity import Agency, Identity, Pair, Person
from harness.management import fresh

# As the Python core reads times; the Java core takes the six digits for milliseconds unless the last three are zero.
EXPIRY = "%Y-%m-%dT%H:%M:%S.%fZ"


@pytest.fixture(scope="module")
def admin(identity) -> IamClient:
    return iam(identity, for_account(identity, identity.admin_pair))


def client(identity: Identity, person: Person) -> IamClient:
    """Signs with a new access key of the user."""
    return iam(identity, for_account(identity, identity.pair(person)))


def refused(call, *arguments) -> tuple:
    with pytest.raises(ClientRequestException) as error:
        call(*arguments)
    return error.value.status_code, error.value.error_code, error.value.error_msg


def seconds_left(text: str) -> float:
    assert text.endswith("000Z"), text
    return (datetime.strptime(text, EXPIRY).replace(tzinfo=UTC) - datetime.now(UTC)).total_seconds()


# Access keys


def create_key(admin: IamClient, user_id: str, description: str = ""):
    option = m.CreateCredentialOption(user_id=user_id, description=description)
    body = m.CreatePermanentAccessKeyRequestBody(credential=option)
    return admin.create_permanent_access_key(m.CreatePermanentAccessKeyRequest(body=body)).credential


def update_key(admin: IamClient, access: str, **fields):
    body = m.UpdatePermanentAccessKeyRequestBody(credential=m.UpdateCredentialOption(**fields))
    return admin.update_permanent_access_key(m.UpdatePermanentAccessKeyRequest(access, body)).credential


def test_an_access_key_is_created_listed_shown_and_deleted(identity, admin):
    person = identity.user("member")
    made = create_key(admin, person.id, "first")
    assert (len(made.access), len(made.secret), made.status) == (20, 40, "active")
    assert (made.user_id, made.description, made.create_time[-4:]) == (person.id, "first", "000Z")

    listed = admin.list_permanent_access_keys(m.ListPermanentAccessKeysRequest(person.id)).credentials
    assert [(key.access, key.description) for key in listed] == [(made.access, "first")]
    shown = admin.show_permanent_access_key(m.ShowPermanentAccessKeyRequest(made.access)).credential
    assert (shown.access, shown.user_id, hasattr(shown, "secret")) == (made.access, person.id, False)

    admin.delete_permanent_access_key(m.DeletePermanentAccessKeyRequest(made.access))
    assert admin.list_permanent_access_keys(m.ListPermanentAccessKeysRequest(person.id)).credentials == []


def test_a_switched_off_key_opens_nothing(identity, admin):
    person = identity.account_user("iam_read_only_access")
    made = create_key(admin, person.id)
    own = iam(identity, for_account(identity, Pair(made.access, made.secret)))
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users
    assert update_key(admin, made.access, status="inactive", description="second").status == "inactive"
    assert refused(own.keystone_list_users, m.KeystoneListUsersRequest())[0] == 401
    assert update_key(admin, made.access, status="active").description == "second"
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users


def test_a_third_access_key_is_refused(identity, admin):
    person = identity.user()
    for _ in range(2):
        create_key(admin, person.id)
    assert refused(create_key, admin, person.id) == (400, 400, "akSkNumExceed")


def test_a_user_manages_its_own_keys_and_nobody_elses(identity, admin):
    person, other = identity.user("member"), identity.user("member")
    own = client(identity, person)
    made = create_key(own, person.id)
    listed = own.list_permanent_access_keys(m.ListPermanentAccessKeysRequest()).credentials
    assert made.access in {key.access for key in listed}
    assert refused(create_key, own, other.id)[:2] == (403, "IAM.0003")
    theirs = create_key(admin, other.id).access
    assert refused(own.delete_permanent_access_key, m.DeletePermanentAccessKeyRequest(theirs))[0] in (403, 404)


# Tokens


def by_password(identity: Identity, person: Person, scope: m.AuthScope) -> m.KeystoneCreateUserTokenByPasswordRequest:
    account = m.PwdPasswordUserDomain(name=identity.domain_name)
    user = m.PwdPasswordUser(domain=account, name=person.name, password=person.password)
    proof = m.PwdIdentity(methods=["password"], password=m.PwdPassword(user=user))
    body = m.KeystoneCreateUserTokenByPasswordRequestBody(auth=m.PwdAuth(identity=proof, scope=scope))
    return m.KeystoneCreateUserTokenByPasswordRequest(body=body)


def project_scope(identity: Identity) -> m.AuthScope:
    return m.AuthScope(project=m.AuthScopeProject(name=identity.project_name))


def test_a_token_by_password_is_validated(identity, admin):
    person = identity.user("member", "reader")
    request = by_password(identity, person, project_scope(identity))
    made = admin.keystone_create_user_token_by_password(request)
    assert made.token.project.id == identity.project_id
    shown = admin.keystone_validate_token(m.KeystoneValidateTokenRequest(made.x_subject_token))
    assert (shown.token.user.id, shown.token.user.name) == (person.id, person.name)
    assert {role.name for role in shown.token.roles} == {"member", "reader"}
    assert {service.type for service in shown.token.catalog} == {"identity", "iam", "apig"}
    assert shown.x_subject_token == made.x_subject_token
    assert 86_400 - 60 < seconds_left(shown.token.expires_at) <= 86_400


def test_a_token_comes_without_a_catalog_when_asked_to(identity, admin):
    request = by_password(identity, identity.user("member"), project_scope(identity))
    request.nocatalog = "true"
    assert admin.keystone_create_user_token_by_password(request).token.catalog == []


def test_a_bad_token_is_not_found(admin):
    request = m.KeystoneValidateTokenRequest("nonsense")
    assert refused(admin.keystone_validate_token, request) == (404, 404, "X-Subject-Token is invalid in the request")


def test_a_wrong_password_is_told_as_such(identity, admin):
    request = by_password(identity, Person("", "nobody"), project_scope(identity))
    told = refused(admin.keystone_create_user_token_by_password, request)
    assert told == (401, 401, "The username or password is wrong.")


def test_a_user_changes_its_password(identity, admin):
    person, scope = identity.user("member"), project_scope(identity)
    changed = Person(person.id, person.name, "Yw7$Lv2#qM9k")
    option = m.KeystoneUpdatePasswordOption(original_password=person.password, password=changed.password)
    body = m.KeystoneUpdateUserPasswordRequestBody(user=option)
    client(identity, person).keystone_update_user_password(m.KeystoneUpdateUserPasswordRequest(person.id, body))
    assert refused(admin.keystone_create_user_token_by_password, by_password(identity, person, scope))[0] == 401
    assert admin.keystone_create_user_token_by_password(by_password(identity, changed, scope)).x_subject_token


def test_a_token_of_an_agency_says_who_assumed_it(identity):
    person, agency = identity.account_user("te_agency"), identity.agency("readonly")
    assumed = m.AgencyTokenAssumerole(domain_name=identity.domain_name, agency_name=agency.name)
    proof = m.AgencyTokenIdentity(methods=["assume_role"], assume_role=assumed)
    scope = m.AgencyTokenScope(project=m.AgencyTokenScopeProject(name=identity.project_name))
    body = m.KeystoneCreateAgencyTokenRequestBody(auth=m.AgencyTokenAuth(identity=proof, scope=scope))
    own = client(identity, person)
    made = own.keystone_create_agency_token(m.KeystoneCreateAgencyTokenRequest(body=body))
    assert (made.token.user.id, made.token.user.name) == (agency.id, f"{identity.domain_name}/{agency.name}")
    assert (made.token.assumed_by.user.id, made.token.project.id) == (person.id, identity.project_id)


# Temporary keys


def by_token(
    token: str, seconds: int, policy: m.ServicePolicy | None = None
) -> m.CreateTemporaryAccessKeyByTokenRequest:
    proof = m.IdentityToken(id=token, duration_seconds=seconds)
    identity = m.TokenAuthIdentity(methods=["token"], token=proof, policy=policy)
    body = m.CreateTemporaryAccessKeyByTokenRequestBody(auth=m.TokenAuth(identity=identity))
    return m.CreateTemporaryAccessKeyByTokenRequest(body=body)


def by_agency(identity: Identity, agency: Agency) -> m.CreateTemporaryAccessKeyByAgencyRequest:
    assumed = m.IdentityAssumerole(
        agency_name=agency.name,
        domain_id=identity.domain_id,
        duration_seconds=86_400,
        session_user=m.AssumeroleSessionuser(name="night"),
    )
    proof = m.AgencyAuthIdentity(methods=["assume_role"], assume_role=assumed)
    body = m.CreateTemporaryAccessKeyByAgencyRequestBody(auth=m.AgencyAuth(identity=proof))
    return m.CreateTemporaryAccessKeyByAgencyRequest(body=body)


def temporary(identity: Identity, credential: m.Credential) -> IamClient:
    credentials = GlobalCredentials(credential.access, credential.secret, identity.domain_id)
    return iam(identity, credentials.with_security_token(credential.securitytoken))


def test_a_temporary_key_by_token_has_the_rights_of_its_user(identity, admin):
    person = identity.account_user("iam_read_only_access")
    token = identity.login(person.name, person.password)
    made = admin.create_temporary_access_key_by_token(by_token(token, 3600)).credential
    assert 3600 - 60 < seconds_left(made.expires_at) <= 3600
    own = temporary(identity, made)
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users
    assert refused(create_key, own, person.id)[:2] == (403, "IAM.0002")


def test_a_temporary_key_is_narrowed_by_the_policy_it_was_asked_for_with(identity, admin):
    person = identity.account_user("iam_read_only_access")
    narrow = m.ServicePolicy("1.1", [m.ServiceStatement(action=["iam:users:*"], effect="Allow")])
    request = by_token(identity.login(person.name, person.password), 900, narrow)
    own = temporary(identity, admin.create_temporary_access_key_by_token(request).credential)
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users
    assert refused(own.keystone_list_groups, m.KeystoneListGroupsRequest())[:2] == (403, 403)


def test_a_temporary_key_ends_with_the_token_it_came_from(identity, admin):
    person = identity.account_user("iam_read_only_access")
    token = identity.login(person.name, person.password)
    own = temporary(identity, admin.create_temporary_access_key_by_token(by_token(token, 900)).credential)
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users
    headers = {"X-Auth-Token": token, "X-Subject-Token": token}
    assert requests.delete(f"{identity.url}/v3/auth/tokens", headers=headers, timeout=30).status_code == 204
    assert refused(own.keystone_list_users, m.KeystoneListUsersRequest())[0] == 401


@pytest.mark.parametrize("seconds", [899, 86_401])
def test_a_temporary_key_lives_from_a_quarter_of_an_hour_to_a_day(identity, admin, seconds):
    person = identity.account_user("reader")
    token = identity.login(person.name, person.password)
    status, code, message = refused(admin.create_temporary_access_key_by_token, by_token(token, seconds))
    assert (status, code, "duration_seconds" in message) == (400, "IAM.0007", True)


def test_a_temporary_key_by_agency_has_the_rights_of_the_agency(identity):
    person, agency = identity.account_user("te_agency"), identity.agency("iam_read_only_access")
    made = client(identity, person).create_temporary_access_key_by_agency(by_agency(identity, agency)).credential
    assert 86_400 - 60 < seconds_left(made.expires_at) <= 86_400
    assert temporary(identity, made).keystone_list_users(m.KeystoneListUsersRequest()).users


# Agencies


def test_an_agency_is_created_changed_and_deleted(identity, admin):
    name, account = fresh("agency"), identity.domain_id
    option = m.CreateAgencyOption(
        name=name, domain_id=account, trust_domain_name=identity.domain_name, description="first", duration="FOREVER"
    )
    body = m.CreateAgencyRequestBody(agency=option)
    made = admin.create_agency(m.CreateAgencyRequest(body=body)).agency
    assert (made.name, made.domain_id, made.trust_domain_id, made.duration) == (name, account, account, "FOREVER")

    listed = admin.list_agencies(m.ListAgenciesRequest(domain_id=account, name=name)).agencies
    assert [(agency.id, agency.trust_domain_name) for agency in listed] == [(made.id, identity.domain_name)]
    update = m.UpdateAgencyRequestBody(agency=m.UpdateAgencyOption(description="second", duration="2"))
    changed = admin.update_agency(m.UpdateAgencyRequest(made.id, update)).agency
    assert (changed.description, changed.duration) == ("second", "48")
    shown = admin.show_agency(m.ShowAgencyRequest(made.id)).agency
    assert (shown.description, shown.expire_time is not None) == ("second", True)

    admin.delete_agency(m.DeleteAgencyRequest(made.id))
    assert refused(admin.show_agency, m.ShowAgencyRequest(made.id))[:2] == (404, "IAM.0004")


# Roles and policies


def policy(action: str, effect: str = "Allow") -> m.ServicePolicyRoleOption:
    statement = m.ServiceStatement(action=[action], effect=effect)
    document = m.ServicePolicy(version="1.1", statement=[statement])
    return m.ServicePolicyRoleOption(display_name=fresh("policy"), type="AX", description="first", policy=document)


def test_a_custom_policy_gives_what_it_allows_until_it_changes(identity, admin):
    option = policy("iam:users:listUsers")
    body = m.CreateCloudServiceCustomPolicyRequestBody(role=option)
    made = admin.create_cloud_service_custom_policy(m.CreateCloudServiceCustomPolicyRequest(body=body)).role
    assert (made.catalog, made.type, made.domain_id) == ("CUSTOMED", "AX", identity.domain_id)
    assert made.policy.statement[0].action == ["iam:users:listUsers"]
    listed = admin.list_custom_policies(m.ListCustomPoliciesRequest()).roles
    assert made.id in {role.id for role in listed}

    person = identity.user()
    identity.call("PUT", f"/v3/domains/{identity.domain_id}/users/{person.id}/roles/{made.id}")
    own = client(identity, person)
    assert own.keystone_list_users(m.KeystoneListUsersRequest()).users
    assert refused(own.keystone_list_groups, m.KeystoneListGroupsRequest())[0] == 403

    option.policy.statement[0].effect = "Deny"
    change = m.UpdateCloudServiceCustomPolicyRequestBody(role=option)
    admin.update_cloud_service_custom_policy(m.UpdateCloudServiceCustomPolicyRequest(made.id, change))
    assert refused(own.keystone_list_users, m.KeystoneListUsersRequest())[0] == 403


def test_a_custom_policy_lets_a_user_take_on_named_agencies(identity, admin):
    agency, other = identity.agency("iam_read_only_access"), identity.agency("iam_read_only_access")
    resource = m.AgencyPolicyResource(uri=[f"/iam/agencies/{agency.id}"])
    statement = m.AgencyPolicyStatement(action=["iam:agencies:assume"], effect="Allow", resource=resource)
    document = m.AgencyPolicy(version="1.1", statement=[statement])
    option = m.AgencyPolicyRoleOption(display_name=fresh("policy"), type="AX", description="first", policy=document)
    body = m.CreateAgencyCustomPolicyRequestBody(role=option)
    made = admin.create_agency_custom_policy(m.CreateAgencyCustomPolicyRequest(body=body)).role
    person = identity.user()
    identity.call("PUT", f"/v3/domains/{identity.domain_id}/users/{person.id}/roles/{made.id}")
    own = client(identity, person)
    assert own.create_temporary_access_key_by_agency(by_agency(identity, agency)).credential.access
    assert refused(own.create_temporary_access_key_by_agency, by_agency(identity, other))[0] == 403


def test_roles_are_found_by_their_names(identity, admin):
    request = m.KeystoneListPermissionsRequest(display_name="APIG ReadOnlyAccess")
    (role,) = admin.keystone_list_permissions(request).roles
    assert (role.name, role.catalog, role.type) == ("apig_read_only_access", "APIG", "XA")
    assert (
        admin.keystone_show_permission(m.KeystoneShowPermissionRequest(role.id)).role.display_name == role.display_name
    )
