"""Temporary keys in the official cores of four languages: signed requests, and the project looked up with them."""

import json

import pytest

from harness.callers import COMMANDS, Call, call
from harness.identity import Identity, Person


@pytest.fixture(scope="module")
def operator(identity) -> Person:
    return identity.account_user("te_agency")


@pytest.fixture
def session(identity: Identity, operator) -> dict:
    """A temporary key of a new agency, by a token of a user who may act as it."""
    role = {"agency_name": identity.agency("readonly").name, "domain_id": identity.domain_id}
    body = {"auth": {"identity": {"methods": ["assume_role"], "assume_role": {**role, "duration_seconds": 3600}}}}
    token = identity.login(operator.name, operator.password)
    return identity.call("POST", "/v3.0/OS-CREDENTIAL/securitytokens", body, token)["credential"]


def job(identity: Identity, session: dict, **fields) -> Call:
    address = identity.url.removeprefix("http://")
    fields.setdefault("security_token", session["securitytoken"])
    return Call(address, session["access"], session["secret"], **fields)


@pytest.mark.parametrize("language", COMMANDS)
def test_the_core_signs_with_a_temporary_key(identity, session, language):
    result = call(language, job(identity, session, path="/v5/caller-identity"))
    assert (result.status, json.loads(result.body)["account_id"]) == (200, identity.domain_id)


@pytest.mark.parametrize("language", COMMANDS)
def test_the_core_finds_the_project_with_a_temporary_key(identity, session, language):
    result = call(language, job(identity, session, path="/v3/projects/{project_id}", region=identity.region))
    assert (result.status, json.loads(result.body)["project"]["id"]) == (200, identity.project_id)


@pytest.mark.parametrize("language", COMMANDS)
def test_the_core_is_refused_without_the_security_token(identity, session, language):
    result = call(language, job(identity, session, path="/v5/caller-identity", security_token=None))
    assert result.status == 401, result
