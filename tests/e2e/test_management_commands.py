"""The management verbs, profiles and tokens of the command line against the real management and identity API."""

import json
import subprocess

import pytest

from harness.beacon import Beacon
from harness.functions import GUARD
from harness.gateway import Gateway
from harness.identity import Identity
from harness.management import Management, fresh
from harness.places import BINARY
from harness.server import SETTINGS, Server
from harness.terminal import Terminal

# Members that every kind needs beside its name, and one change.
KINDS = {
    "groups": ([], "remark=changed"),
    "environments": ([], "remark=changed"),
    "apps": ([], "remark=changed"),
    "throttles": (["api_call_limits:=9", "time_interval:=1", "time_unit=MINUTE"], "api_call_limits:=5"),
    "acls": (["acl_type=PERMIT", "acl_value=10.0.0.0/8", "entity_type=IP"], "acl_value=10.1.0.0/16"),
    "signature-keys": (["sign_type=hmac"], "sign_key=signature_key_changed"),
    "authorizers": (["type=FRONTEND", "authorizer_type=FUNC", f"authorizer_uri={GUARD}"], "user_data=changed"),
    "apis": (
        [
            "group=DEFAULT",
            "type:=1",
            "auth_type=NONE",
            "req_protocol=HTTP",
            "req_method=GET",
            "req_uri=/managed",
            "backend_type=MOCK",
            "mock_info.result_content=hello",
        ],
        "req_uri=/changed",
    ),
    "variables": (["variable_value=old", "--group=DEFAULT", "--environment=RELEASE"], "variable_value=changed"),
    "responses": (
        ["--group=DEFAULT", 'responses:={"THROTTLED": {"status": 429, "body": "old"}}'],
        'responses:={"THROTTLED": {"status": 429, "body": "changed"}}',
    ),
}


@pytest.fixture(scope="module")
def server(tmp_path_factory, functions):
    """A server of this module's own, on which nobody else makes projects, apps or routes."""
    server = Server(tmp_path_factory.mktemp("managed"), settings=SETTINGS + functions.settings())
    yield server
    assert server.stop() == 0, server.output


@pytest.fixture(scope="module")
def identity(server):
    return Identity(server.ready)


@pytest.fixture(scope="module")
def settle(server):
    return Beacon(Management(server.ready), Gateway(server.gateway)).settle


@pytest.fixture(scope="module")
def home(tmp_path_factory, server):
    """A home whose default profile is the administrator's."""
    home = tmp_path_factory.mktemp("home")
    run(home, "configure", "import", str(server.ready_file))
    return home


def run(home, *arguments, code=0, **environment):
    command = [str(BINARY), *arguments]
    environment = {"HOME": str(home), **environment}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
    )
    assert done.returncode == code, done
    return done


def result(home, *arguments, **environment):
    return json.loads(run(home, *arguments, **environment).stdout)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_created_listed_shown_changed_and_deleted(home, kind):
    members, change = KINDS[kind]
    place = [member for member in members if member.startswith("--")]
    name = fresh("managed")
    made = result(home, kind, "create", name, *members)
    listed = result(home, kind, "list", *place)
    assert made["id"] in [listed_one["id"] for listed_one in listed]
    assert result(home, kind, "show", name, *place)["id"] == made["id"]
    changed = result(home, kind, "update", name, change, *place)
    assert changed != {**made, "update_time": changed.get("update_time")}
    shown = result(home, kind, "show", made["id"], *place)
    assert {**shown, **changed} == shown
    assert run(home, kind, "delete", name, *place).stdout == ""
    assert "there is no" in run(home, kind, "show", name, *place, code=1).stderr


def test_apply_makes_an_object_as_its_document_says_and_leaves_the_rest(home, tmp_path):
    name = fresh("applied")
    document = tmp_path / "group.json"
    document.write_text(json.dumps([{"kind": "group", "name": name, "remark": "first"}]))
    run(home, "apply", "-f", str(document))
    assert run(home, "diff", "--exit-code", "-f", str(document)).stdout == ""
    document.write_text(json.dumps({"kind": "group", "name": name, "remark": "second"}))
    (plan,) = result(home, "diff", "--exit-code", "-o", "json", "-f", str(document), code=1)
    assert plan == {
        "kind": "group",
        "name": name,
        "action": "update",
        "changes": [{"member": "remark", "from": "first", "to": "second"}],
    }
    assert result(home, "groups", "show", name)["remark"] == "first"
    assert run(home, "apply", "-f", str(document)).stdout == f"group {name} updated\n"
    document.write_text(json.dumps({"kind": "group", "name": name}))
    assert run(home, "apply", "-f", str(document)).stdout == f"group {name} unchanged\n"
    assert result(home, "groups", "show", name)["remark"] == "second"


def test_a_document_that_names_what_does_not_exist_says_so(home, tmp_path):
    document = tmp_path / "api.yaml"
    document.write_text("kind: api\nname: lonely\ngroup: nowhere\n")
    for verb in ["apply", "diff"]:
        stderr = run(home, verb, "-f", str(document), code=1).stderr
        assert stderr.startswith(
            'countersign: api lonely: there is no group "nowhere"; `countersign groups list` shows'
        )


def test_a_draft_is_debugged_and_a_published_api_is_taken_offline(home, settle):
    name, app = fresh("debugged"), fresh("debugging")
    members = ["auth_type=APP" if member == "auth_type=NONE" else member for member in KINDS["apis"][0]]
    run(home, "apis", "create", name, *members)
    run(home, "apps", "create", app)
    settle()
    assert "401 Unauthorized" in run(home, "apis", "debug", name).stdout
    assert run(home, "apis", "debug", name, "--app", app).stdout.endswith("\n\nhello\n")
    run(home, "apis", "publish", name)
    assert result(home, "apis", "show", name)["run_env_name"] == "RELEASE"
    assert "cannot" in run(home, "apis", "delete", name, code=22).stderr
    run(home, "apis", "offline", name)
    run(home, "apis", "delete", name, "--yes")


def test_project_and_instance_are_found_when_there_is_one(server, tmp_path):
    ready = server.ready
    keys = {"COUNTERSIGN_ACCESS_KEY": ready["access_key"], "COUNTERSIGN_SECRET_KEY": ready["secret_key"]}
    listed = result(tmp_path, "groups", "list", "--endpoint", ready["api"], **keys)
    assert "DEFAULT" in [group["name"] for group in listed]


def test_the_official_sdks_variables_and_file_open_the_management_api(server, tmp_path):
    ready = server.ready
    keys = {"HUAWEICLOUD_SDK_AK": ready["access_key"], "HUAWEICLOUD_SDK_SK": ready["secret_key"]}
    assert result(tmp_path, "whoami", "--endpoint", ready["api"], **keys)["account_id"] == ready["domain_id"]
    (tmp_path / ".huaweicloud").mkdir()
    text = f"[basic]\nak = {ready['access_key']}\nsk = {ready['secret_key']}\niam_endpoint = {ready['api']}\n"
    (tmp_path / ".huaweicloud" / "credentials").write_text(text)
    who = result(tmp_path, "whoami")
    assert who["source"].startswith("section basic of") and who["account_id"] == ready["domain_id"]


def test_a_token_is_had_for_a_password_and_for_a_key(home, server, identity):
    ready = server.ready
    names = ["--user", ready["user_name"], "--domain", ready["domain_name"]]
    by_password = run(home, "token", *names, COUNTERSIGN_PASSWORD=ready["password"]).stdout.strip()
    by_key = run(home, "token", "--scope", "domain").stdout.strip()
    assert [identity.token_status(token) for token in (by_password, by_key)] == [200, 200]
    facts = result(home, "token", "--output", "json")
    assert facts["project"]["id"] == ready["project_id"] and identity.token_status(facts["token"]) == 200
    wrong = run(home, "token", *names, code=22, COUNTERSIGN_PASSWORD="not this one")
    assert "401" in wrong.stderr and "not this one" not in wrong.stderr
    assert "set COUNTERSIGN_PASSWORD" in run(home, "token", *names, code=2).stderr


def test_a_password_is_asked_for_and_not_shown(home, server, identity):
    ready = server.ready
    command = f"countersign token --user {ready['user_name']} --domain {ready['domain_name']}"
    ran = Terminal(home).run(command, (f"Password of {ready['user_name']}", f"{ready['password']}\n"))
    assert ready["password"] not in ran.text
    assert identity.token_status(ran.text.split()[-1]) == 200


def test_authorizing_twice_is_no_fault(home):
    name, app = fresh("twice"), fresh("twice")
    run(home, "apis", "create", name, *KINDS["apis"][0][:-2], "mock_info.result_content=x", "backend_type=MOCK")
    run(home, "apis", "update", name, "auth_type=APP", "req_uri=/twice")
    run(home, "apps", "create", app)
    run(home, "apis", "publish", name)
    for _ in range(2):
        run(home, "apps", "authorize", app, "--api", name)


def test_a_curl_line_is_the_call_itself(home, server):
    ready = server.ready
    groups = f"{ready['api']}/v2/{ready['project_id']}/apigw/instances/{ready['instance_id']}/api-groups"
    name, body = fresh("curled"), '{{"name": "{}", "remark": "it\'s a \'b\'"}}'
    line = run(home, "call", "--curl", "-H", "X-Empty:", "-d", body.format(name), groups).stdout
    done = subprocess.run(["bash", "-c", f"{line.strip()} --silent"], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["remark"] == "it's a 'b'", done
    found = run(home, "curl", "--curl", f"{groups}?name={name}&remark=[a]/../%27").stdout
    done = subprocess.run(["bash", "-c", f"{found.strip()} --silent"], capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout)["total"] == 1, done


def test_configure_asks_and_shows_no_secret(server, tmp_path):
    ready, terminal = server.ready, Terminal(tmp_path)
    questions = {
        "URL of the management API": ready["api"],
        "URL of the gateway": ready["gateway"],
        "Access key": ready["access_key"],
        "Secret key": ready["secret_key"],
        "Security token": "",
        "Project id": "",
        "Gateway instance id": "",
    }
    dialogue = [(question, f"{answer}\n") for question, answer in questions.items()]
    ran = terminal.run("countersign configure --profile asked", *dialogue)
    assert ran.code == 0, ran.text
    assert ready["secret_key"] not in ran.text
    assert ran.text.endswith("countersign: profile asked is in " + str(tmp_path / ".config/countersign/config.toml\n"))
    assert result(tmp_path, "whoami")["access_key"] == ready["access_key"]
    assert ready["secret_key"] not in terminal.run("countersign configure show").text
    again = terminal.run("countersign configure", *((question, "\n") for question in questions))
    assert again.code == 0 and ready["secret_key"] not in again.text
    assert result(tmp_path, "whoami")["access_key"] == ready["access_key"]


def test_deleting_asks_on_a_terminal(home):
    name = fresh("asked")
    run(home, "groups", "create", name)
    terminal, question = Terminal(home), f"Delete group {name}?"
    terminal.run(f"countersign groups delete {name}", (question, "n"))
    run(home, "groups", "show", name)
    terminal.run(f"countersign groups delete {name}", (question, "y"))
    run(home, "groups", "show", name, code=1)
