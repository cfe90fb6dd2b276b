"""`countersign proxy` signs for tools that cannot; `countersign load` sends signed requests over and over."""

import contextlib
import json
import subprocess

import pytest

from harness.management import mock_api
from harness.places import BINARY
from harness.process import Process
from harness.raw import exchange, head
from harness.waiting import eventually

START_SECONDS = 30
ANSWER = "hello from behind"


class Target:
    """An API that only one app may call, and how it is reached."""

    def __init__(self, management, gateway):
        group = management.group()
        self.address, self.host = gateway.address, gateway.host(group.sl_domain)
        self.app = management.app()
        api = management.api(mock_api(group.id, "/guarded", ANSWER, auth_type="APP", match_mode="SWA"))
        management.publish(api.id)
        management.authorize(self.app.id, api.id)

    @property
    def environment(self) -> dict:
        return {"COUNTERSIGN_ACCESS_KEY": self.app.app_key, "COUNTERSIGN_SECRET_KEY": self.app.app_secret}


@pytest.fixture(scope="module")
def target(management, gateway, settle):
    target = Target(management, gateway)
    settle()
    return target


@contextlib.contextmanager
def proxy(directory, environment, *arguments):
    """A running proxy's address."""
    command = [BINARY, "proxy", "--listen", "127.0.0.1:0", *arguments]
    running = Process("proxy", command, directory, env=environment)
    try:
        yield eventually(lambda: listening(running), START_SECONDS, "address of the proxy")
    finally:
        running.kill()


def listening(running: Process) -> str | None:
    running.require_running()
    line = running.stdout.partition("\n")
    return line[0].removeprefix("listening on http://") if line[1] else None


def send(address: str, target: str, lines: list, method: str = "GET", body: bytes = b""):
    if body:
        lines = [*lines, ("Content-Length", str(len(body)))]
    return exchange(address, head(method, target, lines) + body, method)


def test_a_tool_that_cannot_sign_calls_through_the_proxy(target, tmp_path):
    leads = ("--to", f"http://{target.address}", "--host", target.host)
    with proxy(tmp_path, target.environment, *leads) as address:
        for method, path, body in [
            ("GET", "/guarded/a%20b?b=2&a=1&a=0&empty", b""),
            ("POST", "/guarded", b'{"name": "\xe4\xbd\xa0"}'),
        ]:
            lines = [("Host", address), ("X-Own", "kept"), ("Authorization", "Basic eDp5")]
            answer = send(address, path, lines, method, body)
            assert (answer.status, answer.body) == (200, ANSWER.encode()), answer


def test_the_proxy_is_an_http_proxy_for_named_hosts(target, tmp_path):
    name, port = target.host.rsplit(":", 1)
    with proxy(tmp_path, target.environment, "--only", "127.0.0.1") as address:
        refused = send(address, f"http://{target.host}/guarded", [("Host", target.host)])
        assert refused.status == 403 and f"--only {name}".encode() in refused.body, refused
        # The host is an address here, which no group has: the answer is the gateway's, so the request was sent on.
        sent = send(address, f"http://127.0.0.1:{port}/guarded", [("Host", f"127.0.0.1:{port}")])
        assert (sent.status, sent.json["error_code"]) == (404, "APIG.0101"), sent


def test_web_pages_and_tunnels_get_nothing_signed(target, tmp_path):
    with proxy(tmp_path, target.environment, "--to", f"http://{target.address}") as address:
        for lines in (
            [("Host", address), ("Origin", "https://evil.example")],
            [("Host", address), ("Sec-Fetch-Site", "cross-site")],
            [("Host", "evil.example")],
        ):
            assert send(address, "/guarded", lines).status == 403, lines
        assert send(address, "evil.example:443", [("Host", "evil.example:443")], "CONNECT").status == 501


def test_the_proxy_listens_on_loopback_only(target):
    done = run(target, "proxy", "--listen", "0.0.0.0:0", "--to", "http://127.0.0.1:1")
    assert done.returncode == 2 and "loopback" in done.stderr, done


def run(target, *arguments, **environment):
    command = [str(BINARY), *arguments]
    variables = {**target.environment, **environment}
    return subprocess.run(command, env=variables, capture_output=True, text=True, timeout=60)


def load(target, *arguments, **environment):
    url = f"http://{target.address}/guarded"
    done = run(target, "load", "-H", f"Host: {target.host}", *arguments, url, **environment)
    return done, json.loads(done.stdout)


def test_every_request_of_a_load_is_signed_and_answered(target):
    done, report = load(target, "-n", "100", "-c", "4")
    assert (done.returncode, report["statuses"], report["failures"]) == (0, {"200": 100}, {})
    assert sum(step["count"] for step in report["histogram"]) == report["answers"] == 100
    latency = report["latency_us"]
    assert 0 < latency["min"] <= latency["p50"] <= latency["p99"] <= latency["max"]


def test_a_load_with_a_rate_sends_no_more_than_that(target):
    done, report = load(target, "--seconds", "1", "--rate", "50", "-c", "4")
    assert done.returncode == 0, done
    assert 0 < report["answers"] <= 50


def test_a_load_that_is_refused_says_so(target):
    done, report = load(target, "-n", "5", "-c", "1", COUNTERSIGN_SECRET_KEY="wrong")
    assert (done.returncode, report["statuses"]) == (22, {"401": 5})


def test_a_load_against_nobody_ends_at_once(target):
    done = run(target, "load", "-n", "5", "http://127.0.0.1:1/")
    assert done.returncode == 1 and "is the server running" in done.stderr, done
