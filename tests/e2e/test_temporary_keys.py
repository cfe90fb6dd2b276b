"""Temporary keys in the official cores of four languages: signed requests, and the project looked up with them."""

import json

import pytest

from harness.callers import COMMANDS, Call, call
from harness.identity import Identity
from harness.sessions import Session, temporary_key


@pytest.fixture
def session(identity: Identity) -> Session:
    return temporary_key(identity)


def job(identity: Identity, session: Session, **fields) -> Call:
    address = identity.url.removeprefix("http://")
    fields.setdefault("security_token", session.token)
    return Call(address, session.pair.access, session.pair.secret, **fields)


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
