"""Limits of calls on the data plane: what passes, what is refused, and what callers are told."""

import json
import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.gateway import Gateway, assert_refused
from harness.management import Management, fresh, http_api, mock_api
from harness.raw import head
from harness.waiting import eventually

DEBUG = [("X-Apig-Mode", "debug")]


class Limited:
    """A published API behind a policy, and how it is called."""

    def __init__(self, management, gateway, definition, policy=None):
        self.gateway, self.target = gateway, definition.req_uri
        self.api = management.api(definition)
        self.publication = management.publish(self.api.id).publish_id
        if policy:
            management.bind_throttle(policy.id, self.publication)

    def at(self, group):
        self.host = self.gateway.host(group.sl_domain)
        return self

    def plain(self, headers=()):
        return self.gateway.plain(self.host, self.target, headers=headers)

    def signed(self, app, headers=None):
        return self.gateway.call((app.app_key, app.app_secret), self.host, self.target, headers=headers)


def passes(calls: int, call) -> int:
    """How many of so many calls pass; all others are refused by a limit."""
    statuses = [call().status for _ in range(calls)]
    assert set(statuses) <= {200, 429}, statuses
    return statuses.count(200)


@pytest.fixture
def world(management, gateway, settle):
    """Makes limited APIs in a group of their own."""

    class World:
        group = management.group()

        def mock(self, policy=None, **fields):
            definition = mock_api(self.group.id, f"/{fresh('limited')}", "ok", **fields)
            return Limited(management, gateway, definition, policy).at(self.group)

        def for_apps(self, policy, count):
            limited = self.mock(policy, auth_type="APP")
            apps = [management.app() for _ in range(count)]
            for app in apps:
                management.authorize(app.id, limited.api.id)
            settle()
            return limited, apps

    return World()


def test_an_api_passes_what_its_policy_allows_and_tells_the_rest_why(world, management, settle):
    limited = world.mock(management.throttle(3))
    settle()
    assert passes(5, limited.plain) == 3
    told = "The throttling threshold has been reached: policy api over ratelimit,limit:3,time:30000 day"
    assert_refused(limited.plain(), 429, "APIG.0308", told)


def test_a_refused_call_does_not_reach_the_backend(management, gateway, nginx, settle):
    group, policy, uri = management.group(), management.throttle(2), f"/{fresh('counted')}"
    definition = http_api(group.id, uri, nginx.address, auth_type="NONE")
    limited = Limited(management, gateway, definition, policy).at(group)
    settle()
    assert passes(5, limited.plain) == 2
    eventually(lambda: len(nginx.records_with(uri)) >= 2, 10, "nginx writes down the calls")
    assert len(nginx.records_with(uri)) == 2


def test_apps_have_limits_of_their_own_and_special_ones_in_their_place(world, management, settle):
    policy = management.throttle(100, app_call_limits=2)
    limited, (usual, favored) = world.for_apps(policy, 2)
    management.special_limit(policy.id, "APP", favored.id, 4)
    settle()
    assert passes(4, lambda: limited.signed(usual)) == 2
    assert passes(6, lambda: limited.signed(favored)) == 4
    told = "The throttling threshold has been reached: policy app over ratelimit,limit:2,time:30000 day"
    assert_refused(limited.signed(usual), 429, "APIG.0308", told)


def test_the_apps_of_a_project_are_one_user(world, management):
    limited, (first, second) = world.for_apps(management.throttle(100, user_call_limits=3), 2)
    assert passes(2, lambda: limited.signed(first)) == 2
    assert passes(4, lambda: limited.signed(second)) == 1


def test_users_of_iam_are_limited_by_their_account(world, management, server, settle):
    limited = world.mock(management.throttle(100, user_call_limits=2), auth_type="IAM")
    settle()
    key = (server.ready["access_key"], server.ready["secret_key"])
    assert passes(4, lambda: limited.gateway.call(key, limited.host, limited.target)) == 2


def test_each_source_address_has_its_ownlimit_told(world, management, gateway, settle):
    limited = world.mock(management.throttle(100, ip_call_limits=2))
    settle()

    def call_from(source: str) -> int:
        with socket.create_connection(tuple(gateway.address.split(":")), source_address=(source, 0)) as connection:
            connection.sendall(head("GET", limited.target, [("Host", limited.host), ("Connection", "close")]))
            return int(connection.makefile("rb").readline().split()[1])

    assert [call_from("127.0.0.1") for _ in range(3)] == [200, 200, 429]
    assert [call_from("127.0.0.2") for _ in range(3)] == [200, 200, 429]


def test_a_shared_policy_counts_its_apis_together(world, management, settle):
    policy = management.throttle(3, type=2)
    first, second = world.mock(policy), world.mock(policy)
    settle()
    assert (passes(2, first.plain), passes(4, second.plain)) == (2, 1)


def test_an_exclusive_policy_counts_each_api_apart(world, management, settle):
    policy = management.throttle(3, type=1)
    first, second = world.mock(policy), world.mock(policy)
    settle()
    assert (passes(4, first.plain), passes(4, second.plain)) == (3, 3)


def test_a_changed_policy_acts_at_once_and_counts_on(world, management, settle):
    policy = management.throttle(2)
    limited = world.mock(policy)
    settle()
    assert passes(3, limited.plain) == 2
    management.update_throttle(policy, 5)
    settle()
    assert passes(9, limited.plain) == 3


def test_binding_another_policy_replaces_the_first_and_unbinding_ends_thelimit_told(world, management, settle):
    limited = world.mock(management.throttle(1))
    settle()
    assert passes(3, limited.plain) == 1
    binding = management.bind_throttle(management.throttle(4).id, limited.publication)[0]
    settle()
    assert passes(9, limited.plain) == 3
    management.unbind_throttle(binding.id)
    settle()
    assert passes(9, limited.plain) == 9


def test_a_policy_outlives_taking_its_api_offline(world, management, settle):
    limited = world.mock(management.throttle(2))
    settle()
    management.offline(limited.api.id)
    management.publish(limited.api.id)
    settle()
    assert passes(5, limited.plain) == 2


def test_only_debugging_shows_how_the_limits_stand(world, management):
    policy = management.throttle(10, user_call_limits=9, app_call_limits=8, ip_call_limits=7)
    limited, (app,) = world.for_apps(policy, 1)
    answer = limited.signed(app, {"X-Apig-Mode": "debug"})
    told = {name: answer.header(f"X-Apig-RateLimit-{name}") for name in ("api", "user", "app", "ip")}
    assert told == {
        "api": "remain:9,limit:10,time:30000 day",
        "user": "remain:8,limit:9,time:30000 day",
        "app": "remain:7,limit:8,time:30000 day",
        "ip": "remain:6,limit:7,time:30000 day",
    }
    assert limited.signed(app).header("X-Apig-RateLimit-api") is None


def test_without_a_policy_the_default_of_the_feature_acts(own_server):
    server = own_server()
    management, gateway = Management(server.ready), Gateway(server.gateway)
    group = management.group()
    limited = Limited(management, gateway, mock_api(group.id, "/free", "ok")).at(group)
    eventually(lambda: limited.plain().status == 200, 1, "the API is published")

    def shows(limit: int) -> bool:
        told = limited.plain(DEBUG).header("X-Apig-RateLimit-api-allenv") or ""
        return told.endswith(f",limit:{limit},time:1 second")

    assert shows(200)
    management.feature("ratelimit", {"api_limits": 3})
    eventually(lambda: shows(3), 1, "the new default acts")


def test_the_default_subdomain_is_for_debugging(own_server):
    server = own_server(settings="[gateway]\nsubdomain_calls_per_day = 20\n")
    management, gateway = Management(server.ready), Gateway(server.gateway)
    definition = mock_api(management.default_group().id, "/here", "ok")
    limited = Limited(management, gateway, definition).at(management.default_group())

    def by_address():
        return gateway.plain(gateway.address, "/here")

    eventually(lambda: by_address().status == 200, 1, "the API is published")
    assert passes(25, limited.plain) == 20
    told = "The throttling threshold has been reached: policy subdomain over ratelimit,limit:20,time:1 day"
    assert_refused(limited.plain(), 429, "APIG.0308", told)
    assert by_address().status == 200


def test_all_workers_count_together_and_the_log_says_which_limit_it_was(own_server):
    settings = "[gateway]\nworkers = 4\nsubdomain_calls_per_day = 1000000\n"
    server = own_server(settings=settings)
    management, gateway = Management(server.ready), Gateway(server.gateway)
    group, policy = management.group(), management.throttle(100)
    limited = Limited(management, gateway, mock_api(group.id, "/busy", "ok"), policy).at(group)
    eventually(lambda: limited.plain(DEBUG).header("X-Apig-RateLimit-api") is not None, 1, "the policy acts")
    used = 100 - int(limited.plain(DEBUG).header("X-Apig-RateLimit-api").split(",")[0].removeprefix("remain:"))
    with ThreadPoolExecutor(8) as callers:
        statuses = list(callers.map(lambda _: limited.plain().status, range(300)))
    assert (statuses.count(200), statuses.count(429)) == (100 - used, 200 + used)
    assert server.stop() == 0
    refused = [json.loads(line) for line in server.process.stdout.splitlines() if '"stage":"throttle"' in line]
    assert len(refused) == 200 + used
    told = {(one["reason"], one["limit_of"], one["limit_whose"], one["limit"], one["limit_time"]) for one in refused}
    assert told == {("api_limit", "api", policy.id, 100, "30000 day")}
    assert all(one["limit_until"].endswith("T00:00:00Z") for one in refused)
