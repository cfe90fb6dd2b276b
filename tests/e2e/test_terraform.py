"""The requests with which the Terraform provider logs in, replayed: its Go library is in no registry that we use."""

import pytest
import requests

from harness.identity import Agency, Identity, Person
from harness.terraform import Keys, Provider

DAY_SECONDS = 86_400


@pytest.fixture(scope="module")
def operator(identity) -> Person:
    """Whose keys the provider is configured with: may act as agencies, and has a role in the region's project."""
    person = identity.account_user("te_agency", "iam_read_only_access")
    given = f"users/{person.id}/roles/{identity.role('readonly')}"
    identity.call("PUT", f"/v3/projects/{identity.project_id}/{given}")
    return person


@pytest.fixture(scope="module")
def provider(identity, operator) -> Provider:
    pair = identity.pair(operator)
    return Provider(identity.url, Keys(pair.access, pair.secret))


@pytest.fixture(scope="module")
def agency(identity) -> Agency:
    return identity.agency("readonly", "iam_read_only_access")


def log_in(identity: Identity, proof: dict, scope: dict, headers: dict | None = None) -> requests.Response:
    body = {"auth": {"identity": proof, "scope": scope}}
    return requests.post(f"{identity.url}/v3/auth/tokens", json=body, headers=headers, timeout=30)


def assert_scoped(identity: Identity, answer: requests.Response):
    """The provider asks for a token of the project and one of the account, and reads its ids from them."""
    assert answer.status_code == 201, answer.text
    token = answer.json()["token"]
    scope = token.get("project", {}).get("domain") or token.get("domain")
    assert scope == {"id": identity.domain_id, "name": identity.domain_name}
    assert identity.token_status(answer.headers["X-Subject-Token"]) == 200


def scopes(identity: Identity) -> list:
    return [{"project": {"name": identity.region}}, {"domain": {"name": identity.domain_name}}]


def test_the_version_is_chosen(identity):
    for path in ("", "/"):
        (version,) = requests.get(identity.url + path, timeout=30).json()["versions"]["values"]
        assert (version["status"] in ("current", "supported", "stable"), "v3" in version["id"]) == (True, True)


def test_keys_find_the_project_the_account_and_the_user(identity, operator, provider):
    for _ in range(2):
        found = provider.call("GET", "/v3/projects", {"name": identity.region}).json()["projects"]
        assert [project["id"] for project in found] == [identity.project_id]
    found = provider.call("GET", "/v3/auth/domains", X_Project_Id=identity.project_id).json()["domains"]
    assert [(domain["id"], domain["name"]) for domain in found] == [(identity.domain_id, identity.domain_name)]
    found = provider.call("GET", "/v3/users", {"name": operator.name}, X_Domain_Id=identity.domain_id).json()["users"]
    assert [user["id"] for user in found] == [operator.id]


def test_a_password_gets_a_token_of_the_project_and_one_of_the_account(identity, operator):
    user = {"name": operator.name, "password": operator.password, "domain": {"name": identity.domain_name}}
    for scope in scopes(identity):
        assert_scoped(identity, log_in(identity, {"methods": ["password"], "password": {"user": user}}, scope))


def test_a_token_gets_a_token_of_the_project_and_one_of_the_account(identity, operator):
    token = identity.login(operator.name, operator.password, "unscoped")
    for scope in scopes(identity):
        assert_scoped(identity, log_in(identity, {"methods": ["token"], "token": {"id": token}}, scope))


def test_an_agency_is_named_by_its_older_member(identity, operator, provider, agency):
    proof = {
        "methods": ["assume_role"],
        "assume_role": {"domain_name": identity.domain_name, "xrole_name": agency.name},
    }
    headers = {"X-Auth-Token": identity.login(operator.name, operator.password)}
    for scope in scopes(identity):
        by_token = log_in(identity, proof, scope, headers)
        body = {"auth": {"identity": proof, "scope": scope}}
        by_keys = provider.call("POST", "/v3/auth/tokens", body=body, X_Domain_Id=identity.domain_id)
        for answer in (by_token, by_keys):
            assert_scoped(identity, answer)
            assert answer.json()["token"]["assumed_by"]["user"]["id"] == operator.id


def session(provider: Provider, identity: Identity, agency: Agency) -> requests.Response:
    """The block `assume_role` without the account's id."""
    role = {"agency_name": agency.name, "domain_name": identity.domain_name, "duration_seconds": DAY_SECONDS}
    body = {"auth": {"identity": {"methods": ["assume_role"], "assume_role": role}}}
    return provider.call("POST", "/v3.0/OS-CREDENTIAL/securitytokens", body=body)


def test_a_session_of_a_day_acts_for_the_agency(identity, provider, agency):
    made = session(provider, identity, agency).json()["credential"]
    own = Provider(identity.url, Keys(made["access"], made["secret"], made["securitytoken"]))
    found = own.call("GET", "/v3/projects", {"name": identity.region}).json()["projects"]
    assert [project["id"] for project in found] == [identity.project_id]
    assert own.call("GET", "/v5/caller-identity").json()["principal_id"].startswith(f"{agency.id}:")
    assert own.call("GET", "/v3/users", X_Domain_Id=identity.domain_id).status_code == 200


def test_a_session_by_the_account_acts_for_the_agency(identity, provider, agency):
    body = {
        "agency_urn": f"iam::{identity.domain_id}:agency:{agency.name}",
        "agency_session_name": "terraform",
        "duration_seconds": 3600,
    }
    answer = provider.call("POST", "/v5/agencies/assume", body=body, X_Domain_Id=identity.domain_id)
    made = answer.json()["credentials"]
    own = Provider(identity.url, Keys(made["access_key_id"], made["secret_access_key"], made["security_token"]))
    assert own.call("GET", "/v5/caller-identity").json()["principal_id"] == f"{agency.id}:terraform"


def test_sessions_are_not_chained(identity, provider, agency):
    made = session(provider, identity, agency).json()["credential"]
    own = Provider(identity.url, Keys(made["access"], made["secret"], made["securitytoken"]))
    refused = session(own, identity, agency)
    assert (refused.status_code, refused.json()["error_code"]) == (403, "IAM.0002")


def test_a_wrong_secret_is_refused(identity, operator):
    wrong = Provider(identity.url, Keys(identity.pair(operator).access, "0" * 40))
    refused = wrong.call("GET", "/v3/auth/domains")
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, 401)
