"""A service behind Keystone's middleware lets in whoever shows one of our tokens, and learns who it is."""

import pytest
import requests

from harness.guarded import Guarded
from harness.identity import Identity


@pytest.fixture(scope="module")
def guard(identity):
    """Starts guarded applications; they end with the tests."""
    started = []

    def start(*roles, **options):
        started.append(Guarded(identity, identity.user(*roles), **options))
        return started[-1]

    yield start
    for application in started:
        application.stop()


@pytest.fixture(scope="module")
def application(guard):
    return guard("service")


@pytest.fixture
def project(identity) -> dict:
    return {"project": {"id": identity.project_id}}


def call(application: Guarded, token: str | None) -> requests.Response:
    headers = {} if token is None else {"X-Auth-Token": token}
    return requests.get(application.url, headers=headers, timeout=30)


def assert_refused(identity: Identity, answer: requests.Response):
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == f'Keystone uri="{identity.url}/v3"'


def test_the_service_learns_who_calls_and_where(identity, application, project):
    person = identity.user("member", "reader")
    told = call(application, identity.login(person.name, person.password, project)).json()
    assert (told["identity_status"], told["user_id"], told["user_name"]) == ("Confirmed", person.id, person.name)
    assert (told["user_domain_id"], told["user_domain_name"]) == (identity.domain_id, identity.domain_name)
    assert (told["project_id"], told["project_name"]) == (identity.project_id, identity.project_name)
    assert set(told["roles"].split(",")) == {"member", "reader"}


def test_the_service_learns_of_a_token_for_the_account(identity, application):
    person = identity.account_user("reader")
    told = call(application, identity.login(person.name, person.password)).json()
    assert (told["domain_id"], told["domain_name"]) == (identity.domain_id, identity.domain_name)
    assert (told["roles"], told["project_id"]) == ("reader", None)


def test_the_service_learns_of_an_agency(identity, application, project):
    person, agency = identity.account_user("te_agency"), identity.agency("readonly")
    assume = {"domain_id": identity.domain_id, "agency_name": agency.name}
    body = {"auth": {"identity": {"methods": ["assume_role"], "assume_role": assume}, "scope": project}}
    headers = {"X-Auth-Token": identity.login(person.name, person.password)}
    token = requests.post(f"{identity.url}/v3/auth/tokens", json=body, headers=headers, timeout=30)
    told = call(application, token.headers["X-Subject-Token"]).json()
    assert (told["user_id"], told["user_name"]) == (agency.id, f"{identity.domain_name}/{agency.name}")
    assert told["roles"] == "readonly"


def test_no_token_an_altered_one_and_nonsense_are_refused(identity, application, project):
    person = identity.user("member")
    token = identity.login(person.name, person.password, project)
    middle = len(token) // 2
    altered = token[:middle] + ("A" if token[middle] != "A" else "B") + token[middle + 1 :]
    for bad in (None, "nonsense", token[:-1], altered):
        assert_refused(identity, call(application, bad))
    assert call(application, token).status_code == 200


def test_a_revoked_token_is_refused(identity, application, project):
    person = identity.user("member")
    token = identity.login(person.name, person.password, project)
    assert call(application, token).status_code == 200
    headers = {"X-Auth-Token": token, "X-Subject-Token": token}
    assert requests.delete(f"{identity.url}/v3/auth/tokens", headers=headers, timeout=30).status_code == 204
    assert_refused(identity, call(application, token))


def test_the_token_of_a_disabled_user_is_refused(identity, application, project):
    person = identity.user("member")
    token = identity.login(person.name, person.password, project)
    identity.call("PATCH", f"/v3/users/{person.id}", {"user": {"enabled": False}})
    assert_refused(identity, call(application, token))


def test_a_token_of_another_installation_is_refused(identity, application, own_server):
    foreign = Identity(own_server().ready)
    assert_refused(identity, call(application, foreign.login(foreign.admin_name, foreign.admin_password)))


def test_a_service_that_decides_itself_is_told_that_the_token_is_bad(guard):
    told = call(guard("service", delay_auth_decision="true"), "nonsense").json()
    assert (told["identity_status"], "user_id" in told) == ("Invalid", False)


def test_a_service_user_without_the_role_learns_nothing(identity, guard, project):
    person = identity.user("member")
    answer = call(guard("member"), identity.login(person.name, person.password, project))
    assert (answer.status_code, person.name in answer.text) == (503, False)
