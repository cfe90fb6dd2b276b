"""`countersign sign` and `countersign call` against the real gateway and management API."""

import json
import subprocess

import pytest

from harness.management import http_api
from harness.places import BINARY


@pytest.fixture(scope="module")
def target(management, gateway, nginx, settle):
    """URL of an API on the bare address, and the app that may call it."""
    app = management.app()
    api = management.api(http_api(management.default_group().id, "/from-the-command-line", nginx.address))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    settle()
    return f"http://{gateway.address}/from-the-command-line", app


def countersign(key, secret, *arguments):
    environment = {"COUNTERSIGN_ACCESS_KEY": key, "COUNTERSIGN_SECRET_KEY": secret}
    command = [str(BINARY), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


def test_call_prints_the_answer_of_the_backend(target):
    url, app = target
    done = countersign(app.app_key, app.app_secret, "call", f"{url}?q=a%20b")
    assert done.returncode == 0, done
    assert json.loads(done.stdout) == {
        "backend": "nginx",
        "method": "GET",
        "target": "/from-the-command-line?q=a%20b",
    }


def test_call_sends_a_signed_body(target, tmp_path):
    url, app = target
    body = tmp_path / "body.json"
    body.write_text('{"a": 1}')
    done = countersign(app.app_key, app.app_secret, "call", "--data-binary", f"@{body}", url)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["method"] == "POST"


def test_call_with_a_wrong_secret_fails_and_shows_the_refusal(target):
    url, app = target
    done = countersign(app.app_key, "wrong", "call", url)
    assert done.returncode == 22, done
    assert "APIG.0303" in done.stdout + done.stderr


def test_call_lists_groups_of_the_management_api(server):
    ready = server.ready
    url = f"{ready['api']}/v2/{ready['project_id']}/apigw/instances/{ready['instance_id']}/api-groups"
    done = countersign(ready["access_key"], ready["secret_key"], "call", "--project-id", ready["project_id"], url)
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["total"] >= 1


def test_what_sign_prints_opens_the_gateway(target, gateway):
    url, app = target
    done = countersign(app.app_key, app.app_secret, "sign", url)
    assert done.returncode == 0, done
    printed = [tuple(line.split(": ", 1)) for line in done.stdout.splitlines()]
    answer = gateway.send("GET", "/from-the-command-line", [("Host", gateway.address), *printed])
    assert answer.status == 200, answer


def test_nothing_is_sent_without_credentials(target):
    url, _ = target
    done = subprocess.run([str(BINARY), "call", url], env={}, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2, done
    assert "--access-key" in done.stderr
