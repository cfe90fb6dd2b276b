"""Cleartext HTTP/2 (prior knowledge) through the same line, spoken by curl."""

import json
import subprocess

import pytest

from harness.management import fresh, http_api
from harness.nginx import body_of
from harness.raw import sign


@pytest.fixture(scope="module")
def target(management, gateway, nginx, settle):
    group, app = management.group(), management.app()
    api = management.api(http_api(group.id, "/second", nginx.address))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    return gateway.host(group.sl_domain), (app.app_key, app.app_secret)


def curl(gateway, host, target, lines, *arguments):
    """Status and body; `Host` is sent as `:authority`."""
    headers = [part for name, value in lines if name != "Host" for part in ("--header", f"{name}: {value}")]
    name = host.split(":")[0]
    command = ["curl", "--silent", "--show-error", "--http2-prior-knowledge", "--max-time", "30", "--noproxy", "*"]
    command += ["--resolve", f"{name}:{gateway.port}:127.0.0.1", *headers, *arguments]
    command += ["--write-out", "\n%{http_code} %{http_version}", f"http://{host}{target}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done
    body, _, codes = done.stdout.rpartition("\n")
    status, version = codes.split()
    assert version == "2"
    return int(status), json.loads(body)


def test_a_signed_get_is_accepted(gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "GET", host, "/second", [("a", "1")])
    status, body = curl(gateway, host, path, lines)
    assert (status, body["target"]) == (200, "/second?a=1")


def test_a_signed_body_reaches_the_backend(gateway, target, nginx, tmp_path):
    (host, credentials), mark = target, fresh("second")
    body = bytes(range(256)) * 4096
    file = tmp_path / "body"
    file.write_bytes(body)
    headers = {"Content-Type": "application/json", "X-Caller": mark}
    path, lines = sign(*credentials, "POST", host, "/second", headers=headers, body=body)
    status, _ = curl(gateway, host, path, lines, "--data-binary", f"@{file}")
    assert status == 200
    assert body_of(nginx.record(mark)) == body


def test_a_changed_query_is_refused(gateway, target):
    host, credentials = target
    path, lines = sign(*credentials, "GET", host, "/second", [("a", "1")])
    status, body = curl(gateway, host, path.replace("a=1", "a=2"), lines)
    assert (status, body["error_code"]) == (401, "APIG.0303")
