"""The server as a process: first start, ready file, signals, locks, restarts, and what it never says."""

import json
import re
import socket
import stat
import subprocess
import threading

from huaweicloudsdkapig.v2 import ListApiGroupsV2Request

from harness.beacon import Beacon
from harness.gateway import Gateway
from harness.management import Management, http_api, mock_api
from harness.places import BINARY
from harness.process import Process
from harness.raw import exchange
from harness.server import serve
from harness.waiting import eventually

READY_KEYS = {
    "gateway",
    "api",
    "region",
    "domain_id",
    "domain_name",
    "project_id",
    "project_name",
    "instance_id",
    "user_name",
    "password",
    "access_key",
    "secret_key",
}


def test_the_ready_file_holds_everything_and_only_the_owner_reads_it(own_server):
    server = own_server()
    assert set(server.ready) == READY_KEYS
    assert all(server.ready.values())
    assert stat.S_IMODE(server.ready_file.stat().st_mode) == 0o600


def test_the_data_directory_is_closed_to_others(own_server):
    server = own_server()
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.data / "administrator.json").stat().st_mode) == 0o600


def test_two_first_starts_draw_different_secrets(own_server):
    one, two = own_server("one"), own_server("two")
    for name in ("password", "access_key", "secret_key", "instance_id"):
        assert one.ready[name] != two.ready[name]


def test_sigterm_ends_it_with_zero(own_server):
    server = own_server()
    assert server.stop() == 0, server.output


def test_a_request_in_flight_is_answered_before_it_ends(own_server):
    server = own_server()
    management, gateway = Management(server.ready), Gateway(server.gateway)
    with socket.create_server(("127.0.0.1", 0)) as slow:
        slow.settimeout(20)
        group = management.group()
        address = f"127.0.0.1:{slow.getsockname()[1]}"
        management.publish(management.api(http_api(group.id, "/slow", address, auth_type="NONE")).id)
        Beacon(management, gateway).settle()
        host, answers = gateway.host(group.sl_domain), []
        caller = threading.Thread(target=lambda: answers.append(gateway.plain(host, "/slow")))
        caller.start()
        backend, _ = slow.accept()
        backend.recv(1 << 16)
        ending = threading.Thread(target=lambda: answers.append(server.stop()))
        ending.start()
        eventually(lambda: not accepts(server.gateway), 10, "it takes no new connections")
        backend.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        caller.join(20)
        ending.join(20)
    assert (answers[0].status, answers[0].body, answers[1]) == (200, b"done", 0)


def accepts(address: str) -> bool:
    host, port = address.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) == 0


def test_a_second_server_on_the_same_data_refuses_and_says_why(own_server, tmp_path):
    first = own_server()
    second = Process("second", serve(BINARY, first.data, tmp_path / "second.json"), tmp_path)
    assert second.wait(30) != 0
    said = second.stdout + second.stderr
    assert str(first.data) in said, said
    assert "panicked" not in said
    assert not (tmp_path / "second.json").exists()
    assert exchange(first.api, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200


def test_a_restart_keeps_everything(own_server):
    first = own_server()
    management = Management(first.ready)
    group = management.group("kept_group")
    management.publish(management.api(mock_api(group.id, "/kept", "kept")).id)
    assert first.stop() == 0
    second = own_server(data=first.data)
    same = {"domain_id", "project_id", "instance_id", "access_key", "secret_key", "user_name"}
    assert {name: second.ready[name] for name in same} == {name: first.ready[name] for name in same}
    gateway = Gateway(second.gateway)
    host = f"{group.sl_domain}:{gateway.port}"
    assert gateway.plain(host, "/kept").body == b"kept"
    assert [g.name for g in groups(Management(second.ready)) if g.is_default != 1] == ["kept_group"]


def groups(management):
    return management.sdk.list_api_groups_v2(ListApiGroupsV2Request(management.instance)).groups


def test_the_sample_call_of_the_development_server_answers_200_when_pasted(own_server):
    server = own_server(arguments=("--dev",))
    pasted = sample_call(eventually(lambda: server.process.stdout, 10, "the sample call is printed"))
    environment = {"PATH": f"{BINARY.parent}:/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(
        ["bash", "-euc", pasted],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=server.directory,
    )
    assert done.returncode == 0, (pasted, done)
    assert "200" in done.stdout + done.stderr, (pasted, done)


def sample_call(text: str) -> str:
    """The command the server prints: from the first word of a command line to the end of its continuations."""
    found = re.search(r"^[ \t]*((?:[A-Z_]+=\S+ )*(?:\S*countersign|curl) (?:.*\\\n)*.*)$", text, re.MULTILINE)
    assert found, text
    return found[1]


def test_secrets_are_never_said(own_server):
    server = own_server()
    management, gateway = Management(server.ready), Gateway(server.gateway)
    group, app = management.group(), management.app()
    api = management.api(mock_api(group.id, "/quiet", "quiet", auth_type="APP"))
    management.publish(api.id)
    management.authorize(app.id, api.id)
    Beacon(management, gateway).settle()
    host = gateway.host(group.sl_domain)
    assert gateway.call((app.app_key, app.app_secret), host, "/quiet").status == 200
    assert gateway.call((app.app_key, "wrong"), host, "/quiet").status == 401
    metrics = exchange(server.api, b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
    assert metrics.status == 200 and b"APIG.0303" in metrics.body
    assert server.stop() == 0
    secrets = {
        "administrator's secret key": server.ready["secret_key"],
        "administrator's password": server.ready["password"],
        "app secret": app.app_secret,
    }
    for name, secret in secrets.items():
        assert secret not in server.output, name
        assert secret.encode() not in metrics.body, name
        for path in filter(lambda path: path.is_file(), server.data.rglob("*")):
            if path.name != "administrator.json":
                assert secret.encode() not in path.read_bytes(), f"{name} in {path}"


def test_every_request_leaves_one_access_record(own_server):
    server = own_server()
    management, gateway = Management(server.ready), Gateway(server.gateway)
    group = management.group()
    management.publish(management.api(mock_api(group.id, "/seen", "seen")).id)
    Beacon(management, gateway).settle()
    host = gateway.host(group.sl_domain)
    ids = [gateway.plain(host, path).header("X-Request-Id") for path in ("/seen", "/unseen", "/seen")]
    assert server.stop() == 0
    records = [json.loads(line) for line in server.process.stdout.splitlines() if line.startswith("{")]
    logged = [record for record in records if record.get("request_id") in ids]
    # Workers write their records in batches of their own, so the order says nothing.
    logged.sort(key=lambda record: ids.index(record["request_id"]))
    assert [record["request_id"] for record in logged] == ids
    assert [record["status"] for record in logged] == [200, 404, 200]
