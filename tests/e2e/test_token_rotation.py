"""The keys that tokens are made with change under load, and nobody notices."""

import base64
import itertools
import threading

import requests

from harness.gateway import Gateway
from harness.identity import CALL_SECONDS, Identity
from harness.management import Management, http_api
from harness.server import SETTINGS
from harness.waiting import eventually

ROTATIONS = 6
# A rotation a second, on a machine that does other things, too.
DEADLINE_SECONDS = 120


def key_of(token: str) -> int:
    """The number of the key that the token was made with: bytes 3 to 6 of its head."""
    return int.from_bytes(base64.urlsafe_b64decode(token[:8])[2:6], "big")


class Load:
    """Calls without a pause, each kind in its own thread, until stopped; every valid token is used again and again."""

    def __init__(self, first: str):
        self.tokens = [first]
        self.refused = []
        self.accepted = {}
        self._stopping = threading.Event()
        self._threads = []

    def start(self, kind: str, call):
        """`call` takes a token and returns whether it was accepted, with what was answered."""
        self.accepted[kind] = set()
        thread = threading.Thread(target=self._run, args=(kind, call))
        self._threads.append(thread)
        thread.start()

    def _run(self, kind: str, call):
        for number in itertools.count():
            if self._stopping.is_set():
                return
            # The newest every other time, the others in turn.
            token = self.tokens[-1] if number % 2 else self.tokens[number // 2 % len(self.tokens)]
            try:
                is_accepted, answer = call(token)
            except requests.RequestException as error:
                is_accepted, answer = False, error
            if is_accepted:
                self.accepted[kind].add(key_of(token))
            else:
                self.refused.append((kind, key_of(token), answer))

    def keys(self) -> set:
        return {key_of(token) for token in list(self.tokens)}

    def stop(self):
        self._stopping.set()
        for thread in self._threads:
            thread.join()


def test_no_valid_token_is_refused_while_the_token_key_rotates(own_server, nginx):
    server = own_server(settings=f"{SETTINGS}[identity]\ntoken_key_rotation_seconds = 1\n")
    identity, management = Identity(server.ready), Management(server.ready)
    management.feature("ratelimit", {"api_limits": 1_000_000})
    group = management.group()
    api = management.api(http_api(group.id, "/orders", nginx.address, auth_type="IAM"))
    management.publish(api.id)
    gateway = Gateway(server.gateway)
    host, project = gateway.host(group.sl_domain), {"project": {"id": identity.project_id}}
    eventually(lambda: gateway.plain(host, "/orders").status == 401, 1, "the API is published")

    sessions = {kind: requests.Session() for kind in ("issue", "validate", "manage")}
    load = Load(identity.login(identity.admin_name, identity.admin_password, project))

    def issue(token):
        auth = {"identity": {"methods": ["token"], "token": {"id": token}}, "scope": project}
        url = f"{identity.url}/v3/auth/tokens?nocatalog=1"
        answer = sessions["issue"].post(url, json={"auth": auth}, timeout=CALL_SECONDS)
        if answer.status_code == 201:
            fresh = answer.headers["X-Subject-Token"]
            if key_of(fresh) not in load.keys():
                load.tokens.append(fresh)
        return answer.status_code == 201, answer.text

    def validate(token):
        headers = {"X-Auth-Token": token, "X-Subject-Token": token}
        url = f"{identity.url}/v3/auth/tokens?nocatalog=1"
        answer = sessions["validate"].get(url, headers=headers, timeout=CALL_SECONDS)
        return answer.status_code == 200, answer.text

    def manage(token):
        url = f"{identity.url}/v2/{identity.project_id}/apigw/instances/{management.instance}/api-groups"
        answer = sessions["manage"].get(url, headers={"X-Auth-Token": token}, timeout=CALL_SECONDS)
        return answer.status_code == 200, answer.text

    def call(token):
        answer = gateway.plain(host, "/orders", headers=[("X-Auth-Token", token)])
        return answer.status == 200, answer.body

    for kind in (issue, validate, manage, call):
        load.start(kind.__name__, kind)
    try:
        eventually(lambda: load.refused or len(load.keys()) > ROTATIONS, DEADLINE_SECONDS, f"{ROTATIONS} rotations")
    finally:
        load.stop()
    assert not load.refused, load.refused[:3]
    for kind, keys in load.accepted.items():
        assert len(keys) >= ROTATIONS, (kind, keys)
