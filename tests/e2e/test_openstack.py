"""The OpenStack command line logs in, looks around and administers."""

import subprocess

import pytest

from harness.identity import PASSWORD
from harness.management import fresh
from harness.openstack import command_line, program


@pytest.fixture(scope="module")
def admin(identity):
    return command_line(identity, identity.admin_name, identity.admin_password)


@pytest.fixture(scope="module")
def member(identity):
    """A user who has a role in the project, and no right to administer."""
    person = identity.user("member")
    return command_line(identity, person.name, person.password)


def names(rows: list) -> set:
    return {row["Name"] for row in rows}


# Logging in


def test_the_installed_program_gets_a_token(identity, admin):
    command = [*program(), *admin.arguments, "token", "issue", "-f", "value", "-c", "id"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert identity.token_status(done.stdout.strip()) == 200


@pytest.mark.parametrize("path", ["", "/", "/v3", "/v3/"])
def test_the_address_may_name_the_version_or_not(identity, member, path):
    token = member.having(auth_url=identity.url + path).json("token", "issue")
    assert token["project_id"] == identity.project_id


def test_a_token_acts_in_the_scope_that_was_asked_for(identity, admin):
    unscoped = admin.having(project_id=None)
    by_name = unscoped.having(project_name=identity.project_name, project_domain_name=identity.domain_name)
    assert by_name.json("token", "issue")["project_id"] == identity.project_id
    domain = unscoped.having(domain_id=identity.domain_id).json("token", "issue")
    assert (domain["domain_id"], "project_id" in domain) == (identity.domain_id, False)
    nothing = unscoped.json("token", "issue")
    assert ("domain_id" in nothing, "project_id" in nothing) == (False, False)


def test_a_token_serves_to_log_in_again(identity, member):
    first = member.having(project_id=None).json("token", "issue")["id"]
    bare = member.having(username=None, password=None, user_domain_id=None)
    token = bare.having(auth_type="v3token", token=first).json("token", "issue")
    assert token["project_id"] == identity.project_id


def test_the_plug_in_for_passwords_of_version_3_logs_in(identity, member):
    assert member.having(auth_type="v3password").json("token", "issue")["project_id"] == identity.project_id


def test_a_wrong_password_and_an_unknown_user_are_told_the_same(member):
    wrong = member.having(password="not the password").run("token", "issue")
    unknown = member.having(username="nobody").run("token", "issue")
    assert (wrong.code, wrong.err) == (1, "The username or password is wrong. (HTTP 401)\n")
    assert unknown == wrong


def test_a_revoked_token_opens_nothing(identity, member):
    token = member.json("token", "issue")["id"]
    member.done("token", "revoke", token)
    assert identity.token_status(token) == 401
    bare = member.having(username=None, password=None, user_domain_id=None, auth_type="v3token", token=token)
    refused = bare.run("token", "issue")
    assert (refused.code, "HTTP 401" in refused.err) == (1, True), refused


# Looking around


@pytest.mark.parametrize("who", ["admin", "member"])
def test_everybody_sees_the_catalog(identity, request, who):
    services = request.getfixturevalue(who).json("catalog", "list")
    assert {service["Type"] for service in services} == {"identity", "iam", "apig"}
    addresses = {endpoint["interface"]: endpoint["url"] for endpoint in services[0]["Endpoints"]}
    assert addresses == dict.fromkeys(["public", "internal", "admin"], f"{identity.url}/v3")


def test_an_administrator_lists_what_the_account_has(identity, admin):
    assert identity.project_name in names(admin.json("project", "list"))
    assert identity.admin_name in names(admin.json("user", "list"))
    assert names(admin.json("domain", "list")) == {identity.domain_name}
    assert {"te_admin", "secu_admin", "admin", "member", "reader"} <= names(admin.json("role", "list"))
    assert "admin" in names(admin.json("group", "list"))


def test_an_administrator_lists_who_has_which_role(identity, admin):
    rows = admin.json("role", "assignment", "list", "--names")
    account = identity.domain_name
    assert {"te_admin", "secu_admin"} <= {row["Role"] for row in rows if row["Group"] == f"admin@{account}"}


def test_the_services_stand_in_their_region(identity, admin):
    assert [row["Region"] for row in admin.json("region", "list")] == [identity.region]
    assert {row["Type"] for row in admin.json("service", "list")} == {"identity", "iam", "apig"}
    endpoints = admin.json("endpoint", "list", "--service", "identity", "--interface", "public")
    assert [(row["Region"], row["URL"]) for row in endpoints] == [(identity.region, f"{identity.url}/v3")]


def test_the_version_is_found_in_every_region(admin):
    rows = admin.json("versions", "show", "--service", "identity")
    assert {(row["Version"], row["Status"]) for row in rows} == {("3.6", "CURRENT")}


def test_a_plain_user_lists_its_projects_and_nothing_of_the_account(identity, member):
    assert names(member.json("project", "list")) == {identity.project_name}
    refused = member.run("user", "list")
    assert (refused.code, "Policy doesn't allow iam:users:listUsers to be performed." in refused.err) == (1, True), (
        refused
    )


# Administering


def test_a_user_is_created_changed_and_deleted(identity, admin):
    name, renamed = fresh("alice"), fresh("alice")
    options = ["--domain", identity.domain_name, "--password", PASSWORD, "--description", "first"]
    made = admin.json("user", "create", *options, name)
    assert (made["name"], made["enabled"], made["description"]) == (name, True, "first")
    assert admin.json("user", "create", *options, "--or-show", name)["id"] == made["id"]

    admin.done("user", "set", "--name", renamed, "--description", "second", "--disable", name)
    shown = admin.json("user", "show", renamed)
    assert (shown["id"], shown["enabled"], shown["description"]) == (made["id"], False, "second")

    admin.done("user", "delete", renamed)
    assert admin.run("user", "show", made["id"]).code == 1


def test_a_new_password_replaces_the_old_one(identity, admin):
    person, password = identity.user("member"), "Yw7$Lv2#qM9k"
    before = command_line(identity, person.name, person.password)
    before.done("user", "password", "set", "--original-password", person.password, "--password", password)
    assert before.run("token", "issue").code == 1
    assert before.having(password=password).run("token", "issue").code == 0

    admin.done("user", "set", "--password", PASSWORD, person.id)
    assert before.run("token", "issue").code == 0


def test_a_project_is_created_changed_and_found(identity, admin):
    name = fresh(f"{identity.project_name}_part")
    options = ["--domain", identity.domain_name, "--parent", identity.project_name]
    made = admin.json("project", "create", *options, "--description", "first", name)
    assert (made["name"], made["parent_id"]) == (name, identity.project_id)

    admin.done("project", "set", "--description", "second", "--disable", name)
    shown = admin.json("project", "show", name)
    assert (shown["id"], shown["enabled"], shown["description"]) == (made["id"], False, "second")


def test_a_project_is_not_deleted_and_the_command_says_so(identity, admin):
    refused = admin.run("project", "delete", identity.project_name)
    assert (refused.code, "405" in refused.err) == (1, True), refused
    assert identity.project_name in names(admin.json("project", "list"))


def test_a_group_gives_its_roles_to_its_members(identity, admin):
    person, name, renamed = identity.user(), fresh("team"), fresh("team")
    caller = command_line(identity, person.name, person.password)
    admin.json("group", "create", "--domain", identity.domain_name, "--description", "first", name)
    admin.done("group", "set", "--name", renamed, "--description", "second", name)
    assert admin.json("group", "show", renamed)["description"] == "second"
    admin.done("role", "add", "--group", renamed, "--project", identity.project_name, "member")
    assert caller.run("token", "issue").code == 1

    admin.done("group", "add", "user", renamed, person.name)
    assert admin.run("group", "contains", "user", renamed, person.name).out == f"{person.name} in group {renamed}\n"
    assert names(admin.json("user", "list", "--group", renamed)) == {person.name}
    assert names(admin.json("group", "list", "--user", person.name)) == {renamed}
    assert caller.run("token", "issue").code == 0

    admin.done("group", "remove", "user", renamed, person.name)
    assert caller.run("token", "issue").code == 1
    admin.done("group", "delete", renamed)
    assert admin.run("group", "show", renamed).code == 1


@pytest.mark.parametrize("kind", ["user", "group"])
@pytest.mark.parametrize("place", ["project", "domain", "inherited"])
def test_a_role_is_given_listed_and_taken_away(identity, admin, kind, place):
    name = fresh("holder")
    admin.json(kind, "create", "--domain", identity.domain_name, name)
    where = {
        "project": ["--project", identity.project_name],
        "domain": ["--domain", identity.domain_name],
        "inherited": ["--domain", identity.domain_name, "--inherited"],
    }[place]

    def given() -> list:
        rows = admin.json("role", "assignment", "list", f"--{kind}", name, "--names")
        return [(row["Role"], row["Project"] or row["Domain"], row["Inherited"]) for row in rows]

    admin.done("role", "add", f"--{kind}", name, *where, "reader")
    scope = identity.project_name if place == "project" else None
    expected = f"{scope}@{identity.domain_name}" if scope else identity.domain_name
    assert given() == [("reader", expected, place == "inherited")]
    admin.done("role", "remove", f"--{kind}", name, *where, "reader")
    assert given() == []


# Application credentials


def test_an_application_credential_logs_in_until_it_is_deleted(identity):
    person = identity.user("member", "reader")
    own, name = command_line(identity, person.name, person.password), fresh("robot")
    made = own.json("application", "credential", "create", "--description", "first", "--role", "reader", name)
    assert (made["Name"], made["Description"], made["Project ID"]) == (name, "first", identity.project_id)
    assert names(own.json("application", "credential", "list")) == {name}
    shown = own.json("application", "credential", "show", name)
    assert (shown["ID"], "Secret" in shown) == (made["ID"], False)
    assert [role["name"] for role in shown["Roles"]] == ["reader"]

    robot = own.having(username=None, password=None, user_domain_id=None, project_id=None).having(
        auth_type="v3applicationcredential",
        application_credential_id=made["ID"],
        application_credential_secret=made["Secret"],
    )
    token = robot.json("token", "issue")
    assert (token["project_id"], token["user_id"]) == (identity.project_id, person.id)
    refused = robot.run("application", "credential", "create", fresh("robot"))
    assert (refused.code, "403" in refused.err) == (1, True), refused

    own.done("application", "credential", "delete", name)
    assert own.json("application", "credential", "list") == []
    assert robot.run("token", "issue").code == 1
    assert identity.token_status(token["id"]) == 401


def test_an_application_credential_has_no_role_that_its_maker_lacks(identity):
    person = identity.user("member")
    own = command_line(identity, person.name, person.password)
    refused = own.run("application", "credential", "create", "--role", "te_admin", fresh("robot"))
    assert refused.code == 1, refused
    assert own.json("application", "credential", "list") == []
