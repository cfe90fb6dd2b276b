"""keystoneauth1's sessions and openstacksdk's connections work with the identity API as they do with Keystone."""

import openstack
import pytest
from keystoneauth1 import exceptions
from keystoneauth1.identity import v3
from keystoneauth1.session import Session

from harness.identity import PASSWORD, Identity, Person
from harness.management import fresh


def password(identity: Identity, person: Person, **scope) -> v3.Password:
    account = {"user_domain_id": identity.domain_id}
    scope = scope or {"project_id": identity.project_id}
    return v3.Password(f"{identity.url}/v3", username=person.name, password=person.password, **account, **scope)


@pytest.fixture(scope="module")
def admin(identity):
    return Person(id="", name=identity.admin_name, password=identity.admin_password)


@pytest.fixture(scope="module")
def connection(identity, admin):
    return openstack.connection.Connection(
        session=Session(password(identity, admin)), region_name=identity.region, identity_api_version="3"
    )


# Sessions


def test_a_session_logs_in_again_when_its_token_is_revoked(identity):
    session = Session(password(identity, identity.user("member")))
    projects = {"endpoint_filter": {"service_type": "identity", "region_name": identity.region}}
    first = session.get_token()
    assert session.delete("/auth/tokens", headers={"X-Subject-Token": first}, **projects).status_code == 204
    assert session.get("/auth/projects", **projects).status_code == 200
    assert session.get_token() != first


def test_a_session_finds_every_service_in_the_catalog(identity):
    session = Session(password(identity, identity.user("member")))

    def address(kind: str, interface: str, region: str) -> str:
        return session.get_endpoint(service_type=kind, interface=interface, region_name=region)

    for interface in ("public", "internal", "admin"):
        assert address("identity", interface, identity.region).rstrip("/") == f"{identity.url}/v3"
        assert address("apig", interface, identity.region) == identity.url
        assert address("iam", interface, "*") == f"{identity.url}/v3.0"


def test_a_session_finds_the_version(identity):
    session = Session(password(identity, identity.user("member")))
    found = session.get_endpoint_data(service_type="identity", region_name=identity.region, min_version="3")
    assert (found.api_version, found.url.rstrip("/")) == ((3, 6), f"{identity.url}/v3")


def test_a_session_knows_who_it_is(identity):
    person = identity.user("member")
    access = password(identity, person).get_access(Session())
    assert (access.user_id, access.username, access.project_id) == (person.id, person.name, identity.project_id)
    assert (access.role_names, access.domain_scoped, access.project_scoped) == (["member"], False, True)
    assert (access.will_expire_soon(23 * 60 * 60), access.will_expire_soon(25 * 60 * 60)) == (False, True)


def test_an_unscoped_token_is_exchanged_for_one_of_a_project_and_of_the_account(identity, admin):
    first = password(identity, admin, unscoped=True)
    token = Session(first).get_token()
    for scope in ({"project_id": identity.project_id}, {"domain_id": identity.domain_id}):
        access = v3.Token(f"{identity.url}/v3", token, **scope).get_access(Session())
        assert (access.project_id, access.domain_id) == (scope.get("project_id"), scope.get("domain_id"))
        assert access.expires == first.get_access(Session()).expires


def test_a_session_without_a_right_is_told_so(identity):
    session = Session(password(identity, identity.user("member")))
    with pytest.raises(exceptions.Forbidden, match="Policy doesn't allow iam:users:listUsers to be performed"):
        session.get("/users", endpoint_filter={"service_type": "identity"})
    with pytest.raises(exceptions.Unauthorized, match="The username or password is wrong"):
        Session(password(identity, Person("", "nobody"))).get_token()


# Connections


def test_a_connection_lists_what_the_account_has(identity, connection):
    assert identity.project_name in {project.name for project in connection.identity.projects()}
    assert identity.admin_name in {user.name for user in connection.identity.users()}
    assert {domain.id for domain in connection.identity.domains()} == {identity.domain_id}
    assert {region.id for region in connection.identity.regions()} == {identity.region}
    assert {service.type for service in connection.identity.services()} == {"identity", "iam", "apig"}
    assert {endpoint.interface for endpoint in connection.identity.endpoints()} == {"public", "internal", "admin"}
    assert {"admin", "te_admin"} <= {role.name for role in connection.identity.roles()}
    assert any(given.role["id"] == identity.role("admin") for given in connection.identity.role_assignments())


def test_a_connection_finds_its_project(identity, connection):
    assert connection.current_project_id == identity.project_id
    assert connection.identity.find_project(identity.project_name).id == identity.project_id
    assert connection.identity.find_project("nowhere") is None


def test_a_connection_creates_changes_and_deletes(identity, connection):
    keystone, domain = connection.identity, {"domain_id": identity.domain_id}
    user = keystone.create_user(name=fresh("user"), password=PASSWORD, description="first", **domain)
    group = keystone.create_group(name=fresh("group"), description="first", **domain)
    keystone.add_user_to_group(user, group)
    assert [member.id for member in keystone.group_users(group)] == [user.id]
    keystone.assign_project_role_to_group(identity.project_id, group, identity.role("member"))
    assert [project.id for project in keystone.user_projects(user)] == [identity.project_id]

    assert keystone.update_user(user, description="second").description == "second"
    assert keystone.update_group(group, description="second").description == "second"
    keystone.unassign_project_role_from_group(identity.project_id, group, identity.role("member"))
    keystone.remove_user_from_group(user, group)
    keystone.delete_group(group, ignore_missing=False)
    keystone.delete_user(user, ignore_missing=False)
    with pytest.raises(openstack.exceptions.NotFoundException):
        keystone.get_user(user.id)


def test_a_connection_creates_and_changes_a_project(identity, connection):
    fields = {"domain_id": identity.domain_id, "parent_id": identity.project_id, "description": "first"}
    project = connection.identity.create_project(name=fresh(f"{identity.project_name}_part"), **fields)
    assert connection.identity.update_project(project, description="second").description == "second"
    assert connection.identity.get_project(project.id).parent_id == identity.project_id


# Application credentials


def test_an_application_credential_opens_a_session_with_its_roles(identity):
    person = identity.user("member", "reader")
    connection = openstack.connection.Connection(
        session=Session(password(identity, person)), region_name=identity.region, identity_api_version="3"
    )
    name = fresh("robot")
    made = connection.identity.create_application_credential(person.id, name, roles=[{"name": "reader"}])
    by_id = {"application_credential_id": made.id}
    by_name = {"application_credential_name": name, "username": person.name, "user_domain_id": identity.domain_id}
    for naming in (by_id, by_name):
        robot = v3.ApplicationCredential(f"{identity.url}/v3", made.secret, **naming)
        access = robot.get_access(Session())
        assert (access.user_id, access.project_id, access.role_names) == (person.id, identity.project_id, ["reader"])
    with pytest.raises(exceptions.Unauthorized):
        Session(v3.ApplicationCredential(f"{identity.url}/v3", "another secret", **by_id)).get_token()
