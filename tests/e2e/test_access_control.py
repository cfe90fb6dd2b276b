"""Access control on the data plane: by source address, by account, by app; and the failure lock of access keys."""

import json
from dataclasses import dataclass

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.beacon import Beacon
from harness.gateway import Gateway, assert_refused
from harness.identity import Identity
from harness.management import Management, fresh, http_api, mock_api
from harness.server import SETTINGS, Server

PROXY = "127.0.0.3"
UNTRUSTED = "127.0.0.1"
ADDRESS = "The IP address is not authorized to access the API."
APP_ADDRESS = "The app is not accessed from a trusted IP address."
ACCOUNT = "The IAM user is not authorized to access the API."
LOCKED = "Incorrect IAM authentication information: AK access failed to reach the limit,forbidden"
FAILURES_BORNE = 5


@dataclass
class House:
    """A server behind a proxy, as those see it who configure it."""

    server: Server
    management: Management
    identity: Identity
    settle: object

    def gateway(self, source: str = UNTRUSTED) -> Gateway:
        """The data plane, called from this address."""
        return Gateway(self.server.gateway, source)

    def serve(self, definition, **fields):
        """Publishes an API; gives its publication and the host that it is reached by."""
        group = self.management.group()
        api = self.management.api(definition(group.id, **fields))
        publication = self.management.publish(api.id).publish_id
        return api.id, publication, self.gateway().host(group.sl_domain)

    def acl(self, publication: str, effect: str, kind: str, value: str) -> str:
        """Binds a new policy."""
        body = m.ApiAclCreate(fresh("acl"), effect, value, kind)
        instance, sdk = self.management.instance, self.management.sdk
        acl = sdk.create_acl_strategy_v2(m.CreateAclStrategyV2Request(instance, body=body)).id
        body = m.AclApiBindingCreate(acl, [publication])
        sdk.create_api_acl_binding_v2(m.CreateApiAclBindingV2Request(instance, body=body))
        return acl

    def switch(self, feature: str, enabled: bool, **config):
        """Switches a feature with this setting."""
        body = m.FeatureToggle(name=feature, enable=enabled, config=json.dumps(config))
        self.management.sdk.create_feature_v2(m.CreateFeatureV2Request(self.management.instance, body=body))


def house_of(server: Server) -> House:
    management = Management(server.ready)
    settle = Beacon(management, Gateway(server.gateway)).settle
    return House(server, management, Identity(server.ready), settle)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    settings = f'{SETTINGS}trusted_proxies = ["{PROXY}"]\n'
    server = Server(tmp_path_factory.mktemp("guarded"), settings=settings)
    yield house_of(server)
    assert server.stop() == 0, server.output


def open_api(group: str, **fields):
    return mock_api(group, "/guarded", "in", **fields)


def test_a_list_of_addresses_decides_by_the_peer_and_acts_when_it_changes(house):
    _, publication, host = house.serve(open_api)
    acl = house.acl(publication, "PERMIT", "IP", "127.0.0.1,192.0.2.0/24")
    house.settle()
    assert house.gateway("127.0.0.1").plain(host, "/guarded").status == 200
    assert_refused(house.gateway("127.0.0.2").plain(host, "/guarded"), 403, "APIG.0402", ADDRESS)
    body = m.ApiAclCreate(fresh("acl"), "DENY", "127.0.0.1-127.0.0.1", "IP")
    request = m.UpdateAclStrategyV2Request(house.management.instance, acl, body=body)
    house.management.sdk.update_acl_strategy_v2(request)
    house.settle()
    assert_refused(house.gateway("127.0.0.1").plain(host, "/guarded"), 403, "APIG.0402", ADDRESS)
    assert house.gateway("127.0.0.2").plain(host, "/guarded").status == 200


def test_a_binding_outlives_going_offline_and_ends_with_unbinding(house):
    api, publication, host = house.serve(open_api)
    acl = house.acl(publication, "DENY", "IP", "127.0.0.0/8")
    house.management.offline(api)
    house.management.publish(api)
    house.settle()
    assert_refused(house.gateway().plain(host, "/guarded"), 403, "APIG.0402", ADDRESS)
    instance, sdk = house.management.instance, house.management.sdk
    (bound,) = sdk.list_apis_binded_to_acl_policy_v2(m.ListApisBindedToAclPolicyV2Request(instance, acl_id=acl)).apis
    sdk.delete_api_acl_binding_v2(m.DeleteApiAclBindingV2Request(instance, bound.bind_id))
    house.settle()
    assert house.gateway().plain(host, "/guarded").status == 200


def test_an_ipv6_peer_meets_the_ipv6_entries(own_server):
    house = house_of(own_server("six", listen="[::1]:0"))
    _, publication, host = house.serve(open_api)
    house.acl(publication, "PERMIT", "IP", "2001:db8::/32,::1")
    _, closed, other = house.serve(open_api)
    house.acl(closed, "DENY", "IP", "::/64")
    house.settle()
    gateway = Gateway(house.server.gateway)
    assert gateway.plain(host, "/guarded").status == 200
    assert_refused(gateway.plain(other, "/guarded"), 403, "APIG.0402", ADDRESS)


def test_only_a_trusted_proxy_is_believed_about_the_source(house):
    _, publication, host = house.serve(open_api)
    house.acl(publication, "PERMIT", "IP", "192.0.2.7")
    lines = [("X-Forwarded-For", "203.0.113.1, 192.0.2.7"), ("X-Forwarded-For", "198.51.100.1")]
    for position, status in ((0, 403), (1, 200), (-1, 403), (-2, 200), (7, 403)):
        house.switch("real_ip_from_xff", True, enable="on", xff_index=position)
        house.settle()
        assert house.gateway(PROXY).plain(host, "/guarded", headers=lines).status == status, position
        refused = house.gateway(UNTRUSTED).plain(host, "/guarded", headers=lines)
        assert_refused(refused, 403, "APIG.0402", ADDRESS)
    house.switch("real_ip_from_xff", False)


def test_a_header_of_the_operators_choice_names_the_source(house):
    _, publication, host = house.serve(open_api)
    house.acl(publication, "PERMIT", "IP", "2001:db8::7")
    house.switch("real_ip_header_getter", True, enable="on", header_getter="header:X-Client-Address")
    house.settle()
    named = [("X-Client-Address", "2001:db8::7")]
    assert house.gateway(PROXY).plain(host, "/guarded", headers=named).status == 200
    for source, lines in ((UNTRUSTED, named), (PROXY, []), (PROXY, named * 2), (PROXY, [(named[0][0], "nobody")])):
        refused = house.gateway(source).plain(host, "/guarded", headers=lines)
        assert_refused(refused, 403, "APIG.0402", ADDRESS)
    house.switch("real_ip_header_getter", False)


def iam_api(group: str, **fields):
    return mock_api(group, "/guarded", "in", auth_type="IAM", **fields)


@pytest.fixture(scope="module")
def partner(house) -> Identity:
    return house.identity.account()


@pytest.fixture(scope="module")
def pairs(house, partner) -> dict:
    """An access key of a user of each account."""
    accounts = {"own": house.identity, "partner": partner}
    return {name: account.pair(account.user("te_admin")) for name, account in accounts.items()}


def admitted(house: House, pairs: dict, host: str) -> set:
    """The accounts whose users reach the API; the others are told why not."""
    passed = set()
    for name, pair in pairs.items():
        answer = house.gateway().call((pair.access, pair.secret), host, "/guarded")
        if answer.status == 200:
            passed.add(name)
        else:
            assert_refused(answer, 403, "APIG.0302", ACCOUNT)
    return passed


def test_lists_of_accounts_know_callers_by_name_and_by_id(house, partner, pairs):
    own = house.identity
    for effect, kind, value, expected in (
        ("PERMIT", "DOMAIN", partner.domain_name, {"partner"}),
        ("DENY", "DOMAIN", f"{partner.domain_name},nobody", {"own"}),
        ("PERMIT", "DOMAIN_ID", f"{own.domain_id},{partner.domain_id}", {"own", "partner"}),
        ("DENY", "DOMAIN_ID", own.domain_id, {"partner"}),
    ):
        _, publication, host = house.serve(iam_api)
        house.acl(publication, effect, kind, value)
        house.settle()
        assert admitted(house, pairs, host) == expected, (effect, kind, value)


def test_lists_combine_as_documented(house, partner, pairs):
    own = house.identity
    both = f"{own.domain_id},{partner.domain_id}"
    for policies, expected in (
        # One permits and one denies: only the one that permits counts.
        ((("PERMIT", "DOMAIN", partner.domain_name), ("DENY", "DOMAIN_ID", both)), {"partner"}),
        ((("DENY", "DOMAIN", partner.domain_name), ("PERMIT", "DOMAIN_ID", both)), {"own", "partner"}),
        # Both of one kind: both count.
        ((("PERMIT", "DOMAIN", partner.domain_name), ("PERMIT", "DOMAIN_ID", both)), {"partner"}),
        ((("DENY", "DOMAIN", partner.domain_name), ("DENY", "DOMAIN_ID", own.domain_id)), set()),
        # Address and account: both must let pass.
        ((("PERMIT", "IP", UNTRUSTED), ("PERMIT", "DOMAIN_ID", own.domain_id)), {"own"}),
    ):
        _, publication, host = house.serve(iam_api)
        for policy in policies:
            house.acl(publication, *policy)
        house.settle()
        assert admitted(house, pairs, host) == expected, policies


def test_an_app_calls_only_from_where_its_list_says(house, nginx):
    api, _, host = house.serve(lambda group: http_api(group, "/guarded", nginx.address))
    app = house.management.app()
    house.management.authorize(app.id, api)
    instance, sdk = house.management.instance, house.management.sdk
    body = m.AppAclCreate("PERMIT", ["127.0.0.2-127.0.0.4"])
    sdk.update_app_acl(m.UpdateAppAclRequest(instance, app.id, body=body))
    house.settle()
    pair = (app.app_key, app.app_secret)
    assert house.gateway("127.0.0.2").call(pair, host, "/guarded").status == 200
    assert_refused(house.gateway("127.0.0.1").call(pair, host, "/guarded"), 403, "APIG.0405", APP_ADDRESS)
    sdk.delete_app_acl(m.DeleteAppAclRequest(instance, app.id))
    house.settle()
    assert house.gateway("127.0.0.1").call(pair, host, "/guarded").status == 200


def test_wrong_signatures_lock_a_key_for_their_source_and_no_other(house):
    _, _, host = house.serve(iam_api)
    pair = house.identity.pair(house.identity.user("te_admin"))
    house.settle()
    good, wrong = (pair.access, pair.secret), (pair.access, "x" * 40)
    attacker, owner = house.gateway("127.0.0.66"), house.gateway("127.0.0.1")
    for _ in range(FAILURES_BORNE + 1):
        refused = attacker.call(wrong, host, "/guarded")
        assert_refused(
            refused, 401, "APIG.0301", "Incorrect IAM authentication information: verify aksk signature fail…"
        )
    for credentials in (wrong, good):
        assert_refused(attacker.call(credentials, host, "/guarded"), 401, "APIG.0301", LOCKED)
    assert owner.call(good, host, "/guarded").status == 200


def test_a_good_signature_forgives_wrong_ones(house):
    _, _, host = house.serve(iam_api)
    pair = house.identity.pair(house.identity.user("te_admin"))
    house.settle()
    gateway = house.gateway("127.0.0.67")
    for _ in range(2):
        for _ in range(FAILURES_BORNE):
            assert gateway.call((pair.access, "x" * 40), host, "/guarded").status == 401
        assert gateway.call((pair.access, pair.secret), host, "/guarded").status == 200
