"""Switching versions under load: callers see one version or the other, and never anything else."""

import json
import threading
from collections import Counter

from huaweicloudsdkapig.v2 import model as m

from harness.beacon import WITHIN_SECONDS, Beacon
from harness.gateway import Gateway
from harness.management import Management, mock_api
from harness.waiting import eventually

CALLERS = 4
SWITCHES = 30
# More than the callers can make in a second: this is not about throttling.
CALLS_A_SECOND = 6000


class Caller(threading.Thread):
    """Makes signed calls until it is told to stop, and counts what came back."""

    def __init__(self, call):
        super().__init__()
        self._call, self._stop_asked = call, threading.Event()
        self.seen = Counter()

    def run(self):
        while not self._stop_asked.is_set():
            self.seen[self._outcome()] += 1

    def _outcome(self) -> tuple:
        try:
            answer = self._call()
        except OSError as failure:
            return type(failure).__name__, str(failure)
        return answer.status, answer.body.decode()

    def stop(self):
        self._stop_asked.set()
        self.join()


def world(server):
    """Management and gateway, with room for many calls to the group that is reached by address."""
    management, gateway = Management(server.ready), Gateway(server.gateway)
    config = json.dumps({"api_limits": CALLS_A_SECOND})
    feature = m.FeatureToggle(name="ratelimit", enable=True, config=config)
    management.sdk.create_feature_v2(m.CreateFeatureV2Request(management.instance, body=feature))
    return management, gateway


def test_no_call_fails_while_versions_are_switched(own_server):
    management, gateway = world(own_server())
    group, app = management.default_group(), management.app()
    api = management.api(mock_api(group.id, "/said", "first", auth_type="APP"))
    first = management.publish(api.id)
    management.update_api(api.id, mock_api(group.id, "/said", "second", auth_type="APP", name=api.name))
    second = management.publish(api.id)
    management.authorize(app.id, api.id)
    Beacon(management, gateway).settle()

    def call():
        return gateway.call((app.app_key, app.app_secret), gateway.address, "/said")

    callers = [Caller(call) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    try:
        for number in range(SWITCHES):
            version, said = (first, b"first") if number % 2 == 0 else (second, b"second")
            management.switch_version(api.id, version.version_id)
            eventually(lambda said=said: call().body == said, WITHIN_SECONDS, f"the gateway says {said}")
    finally:
        for caller in callers:
            caller.stop()
    seen = sum((caller.seen for caller in callers), Counter())
    print(f"{seen.total()} calls by {CALLERS} callers over {SWITCHES} switches: {dict(seen)}")
    assert set(seen) == {(200, "first"), (200, "second")}
