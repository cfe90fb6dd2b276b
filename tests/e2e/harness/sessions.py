"""Temporary keys, made as their users make them."""

from dataclasses import dataclass

from .identity import Identity, Pair


@dataclass(frozen=True)
class Session:
    """A temporary key pair and the token that belongs to it."""

    pair: Pair
    token: str


def temporary_key(identity: Identity) -> Session:
    """A temporary key of a new agency that may read, by a token of a new user who may act as it."""
    operator = identity.account_user("te_agency")
    role = {"agency_name": identity.agency("readonly").name, "domain_id": identity.domain_id}
    body = {"auth": {"identity": {"methods": ["assume_role"], "assume_role": {**role, "duration_seconds": 3600}}}}
    token = identity.login(operator.name, operator.password)
    made = identity.call("POST", "/v3.0/OS-CREDENTIAL/securitytokens", body, token)["credential"]
    return Session(Pair(made["access"], made["secret"]), made["securitytoken"])
