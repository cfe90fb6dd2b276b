"""A partner's path: its user takes on our agency, gets a token and a temporary key, and calls through the gateway.
What is taken back is refused within a second."""

import time
from dataclasses import dataclass

import pytest
import requests

from harness.gateway import assert_refused
from harness.identity import CALL_SECONDS, Agency, Identity, Person
from harness.management import fresh, http_api
from harness.waiting import eventually

WITHIN_SECONDS = 1.0
IAM = "Incorrect IAM authentication information: "
OUTDATED = "The token must be updated."


@pytest.fixture(scope="module")
def lender(server) -> Identity:
    """The built-in account, which offers APIs."""
    return Identity(server.ready)


@pytest.fixture(scope="module")
def partner(lender) -> Identity:
    return lender.account()


@pytest.fixture(scope="module")
def host(management, gateway, nginx, settle) -> str:
    """Where an IAM-authenticated API in front of nginx is reached."""
    group = management.group()
    api = management.api(http_api(group.id, "/orders", nginx.address, auth_type="IAM"))
    management.publish(api.id)
    settle()
    return gateway.host(group.sl_domain)


@dataclass
class Loan:
    """A user of the partner and an agency that it takes on."""

    lender: Identity
    partner: Identity
    agency: Agency
    user: Person

    def own_token(self) -> str:
        return self.partner.login(self.user.name, self.user.password)

    def token(self) -> str:
        """The token of the agency for the lender's project."""
        identity = {"methods": ["assume_role"], "assume_role": self._agency()}
        body = {"auth": {"identity": identity, "scope": {"project": {"name": self.lender.project_name}}}}
        headers = {"X-Auth-Token": self.own_token()}
        url = f"{self.lender.url}/v3/auth/tokens"
        answer = requests.post(url, json=body, headers=headers, timeout=CALL_SECONDS)
        assert answer.status_code == 201, answer.text
        assert answer.json()["token"]["assumed_by"]["user"]["id"] == self.user.id
        return answer.headers["X-Subject-Token"]

    def temporary(self) -> dict:
        """A temporary key of the agency."""
        identity = {"methods": ["assume_role"], "assume_role": {**self._agency(), "duration_seconds": 900}}
        body = {"auth": {"identity": identity}}
        path = "/v3.0/OS-CREDENTIAL/securitytokens"
        return self.lender.call("POST", path, body, token=self.own_token())["credential"]

    def _agency(self) -> dict:
        return {"domain_name": self.lender.domain_name, "agency_name": self.agency.name}


@pytest.fixture
def loan(lender, partner, settle) -> Loan:
    made = Loan(lender, partner, lender.agency("te_admin", trust=partner), partner.account_user("te_agency"))
    settle()
    return made


@dataclass
class Shop:
    """The API from a caller's side."""

    gateway: object
    host: str

    def by_token(self, token: str, mark: str = "", **headers):
        lines = {"X-Auth-Token": token, "X-Caller": mark, **headers}
        return self.gateway.plain(self.host, "/orders", headers=list(lines.items()))

    def by_key(self, pair: dict, mark: str = "", token: str | None = None):
        """Signed by the official signer; the security token is the pair's own, another, or with "" none."""
        token = pair["securitytoken"] if token is None else token
        headers = {"X-Caller": mark, **({"X-Security-Token": token} if token else {})}
        return self.gateway.call((pair["access"], pair["secret"]), self.host, "/orders", headers=headers)


@pytest.fixture
def shop(gateway, host) -> Shop:
    return Shop(gateway, host)


def ends(call):
    """The call, which succeeds now, must be told within a second that its credential is outdated."""
    started = time.monotonic()
    answer = eventually(lambda: (lambda answer: answer.status != 200 and answer)(call()), WITHIN_SECONDS, "refused")
    assert time.monotonic() - started <= WITHIN_SECONDS + 0.1
    assert_refused(answer, 401, "APIG.0307", OUTDATED)


def test_the_partners_token_and_temporary_key_reach_the_backend(loan, shop, nginx):
    by_token, by_key = fresh("token"), fresh("key")
    assert shop.by_token(loan.token(), by_token).status == 200
    assert shop.by_key(loan.temporary(), by_key).status == 200
    for mark in (by_token, by_key):
        record = nginx.record(mark)
        assert (record["target"], record["authorization"]) == ("/orders", "")


def test_the_project_that_a_caller_names_must_be_the_lenders(loan, shop):
    token = loan.token()
    assert shop.by_token(token, **{"X-Project-Id": loan.lender.project_id}).status == 200
    own = shop.by_token(token, **{"X-Project-Id": loan.partner.project_id})
    assert_refused(own, 403, "APIG.0310", "The project is unavailable.")


def test_an_agency_that_is_deleted_ends_token_and_temporary_key(loan, shop):
    token, pair = loan.token(), loan.temporary()
    assert (shop.by_token(token).status, shop.by_key(pair).status) == (200, 200)
    loan.lender.call("DELETE", f"/v3.0/OS-AGENCY/agencies/{loan.agency.id}")
    ends(lambda: shop.by_token(token))
    ends(lambda: shop.by_key(pair))


def test_a_partner_user_that_is_disabled_ends_token_and_temporary_key(loan, shop):
    token, pair = loan.token(), loan.temporary()
    assert (shop.by_token(token).status, shop.by_key(pair).status) == (200, 200)
    loan.partner.call("PATCH", f"/v3/users/{loan.user.id}", {"user": {"enabled": False}})
    ends(lambda: shop.by_token(token))
    ends(lambda: shop.by_key(pair))


def test_a_token_that_is_given_back_ends(loan, shop):
    token, other = loan.token(), loan.token()
    assert shop.by_token(token).status == 200
    headers = {"X-Auth-Token": token, "X-Subject-Token": token}
    revoked = requests.delete(f"{loan.lender.url}/v3/auth/tokens", headers=headers, timeout=CALL_SECONDS)
    assert revoked.status_code == 204, revoked.text
    ends(lambda: shop.by_token(token))
    assert shop.by_token(other).status == 200


def test_a_temporary_key_is_nothing_without_its_own_security_token(loan, shop):
    pair, other = loan.temporary(), loan.temporary()
    refused = {
        "": "x-security-token not found",
        other["securitytoken"]: "x-security-token does not belong to the access key",
        loan.token(): "decrypt token fail",
        pair["securitytoken"][:-1]: "decrypt token fail",
    }
    for token, message in refused.items():
        assert_refused(shop.by_key(pair, token=token), 401, "APIG.0301", IAM + message)


def test_foreign_altered_and_unscoped_tokens_are_refused(loan, shop, own_server):
    token = loan.token()
    foreign = Identity(own_server().ready)
    unscoped = loan.partner.login(loan.user.name, loan.user.password, scope="unscoped")
    refused = {
        foreign.login(foreign.admin_name, foreign.admin_password): "decrypt token fail",
        token[:-2] + ("AA" if token[-2:] != "AA" else "BB"): "decrypt token fail",
        "x" * 9_000: "decrypt token fail",
        unscoped: "the token has no scope",
    }
    for refused_token, message in refused.items():
        assert_refused(shop.by_token(refused_token), 401, "APIG.0301", IAM + message)


def test_token_and_signature_together_are_refused(loan, shop, gateway, host):
    pair = loan.temporary()
    headers = {"X-Security-Token": pair["securitytoken"], "X-Auth-Token": loan.token()}
    both = gateway.call((pair["access"], pair["secret"]), host, "/orders", headers=headers)
    assert_refused(both, 401, "APIG.0301", f"{IAM}Authorization and x-auth-token exclude each other")
