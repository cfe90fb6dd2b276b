"""kill -9 while four writers write: no acknowledged write is lost and every start works.

    python crash.py CYCLES

One data directory lives through all cycles. In each, writers create groups, apps and variables through the signed
management API and note what was acknowledged; the server is killed at a random moment; the next start must work and
must show everything that was ever acknowledged. Ends with 1 when it does not.
"""

import itertools
import logging
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.exceptions.exceptions import SdkException

from harness.management import RELEASE, Management
from harness.server import Server

WRITERS = 4
LIFE_SECONDS = (0.05, 0.6)
PAGE = 500
# The contract allows 50 variables a group and environment, and 50 apps and 1500 groups a gateway; what is checked
# is removed again, so that 200 cycles fit.
KINDS = ("group", "app", "variable")


class Writer(threading.Thread):
    """Writes until the server is gone; `acknowledged` holds (kind, id, name)."""

    def __init__(self, number: int, cycle: int, ready: dict, group_id: str):
        super().__init__(daemon=True)
        self.acknowledged = []
        self._management, self._group = Management(ready), group_id
        self._names = (f"w{cycle}x{number}x{count}" for count in itertools.count())
        self._kinds = itertools.cycle(KINDS[number % len(KINDS) :] + KINDS[: number % len(KINDS)])

    def run(self):
        full = set()
        while len(full) < len(KINDS):
            kind, name = next(self._kinds), next(self._names)
            try:
                if kind not in full:
                    self.acknowledged.append((kind, self._write(kind, name).id, name))
            except SdkException as error:
                if getattr(error, "status_code", None) != 403:
                    return  # the connection is gone: it has been killed
                full.add(kind)

    def _write(self, kind: str, name: str):
        if kind == "group":
            return self._management.group(name)
        if kind == "app":
            return self._management.app(name)
        return self._management.variable(self._group, RELEASE, name, "value")


class Trial:
    """The whole run: what was acknowledged, lost, and not started."""

    def __init__(self, directory: Path):
        self.directory, self.data = directory, directory / "data"
        self.acknowledged = self.lost = self.failed_starts = 0
        self.unchecked = []

    def start(self) -> Server | None:
        try:
            return Server(self.directory / "server", data=self.data)
        except AssertionError as failure:
            print(f"crash: start failed: {failure}", file=sys.stderr)
            self.failed_starts += 1
            return None

    def cycle(self, number: int):
        server = self.start()
        if server is None:
            return
        management = Management(server.ready)
        self.check(management)
        group = management.group(f"cycle{number}")
        writers = [Writer(writer, number, server.ready, group.id) for writer in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(random.uniform(*LIFE_SECONDS))  # not waiting for anything: the random moment itself
        server.kill()
        for writer in writers:
            writer.join()
        self.unchecked = [("group", group.id, group.name)]
        self.unchecked += itertools.chain.from_iterable(writer.acknowledged for writer in writers)
        self.acknowledged += len(self.unchecked)

    def check(self, management: Management):
        """Everything acknowledged in the cycle before must be there; then it makes room for the next."""
        if not self.unchecked:
            return
        present = Present(management)
        for kind, id, name in self.unchecked:
            if present.name_of(kind, id) != name:
                print(f"crash: lost {kind} {id} {name}", file=sys.stderr)
                self.lost += 1
        present.remove_all()
        self.unchecked = []

    def finish(self):
        server = self.start()
        if server is not None:
            self.check(Management(server.ready))
            if server.stop() != 0:
                self.failed_starts += 1


class Present:
    """What the management API shows after a start."""

    def __init__(self, management: Management):
        self._sdk, self._instance = management.sdk, management.instance
        self._rows = {
            "group": self._all(self._sdk.list_api_groups_v2, m.ListApiGroupsV2Request, "groups"),
            "app": self._all(self._sdk.list_apps_v2, m.ListAppsV2Request, "apps"),
            "variable": self._all(
                self._sdk.list_environment_variables_v2, m.ListEnvironmentVariablesV2Request, "variables"
            ),
        }

    def _all(self, fetch, request, field: str) -> dict:
        rows = {}
        for offset in itertools.count(0, PAGE):
            found = getattr(fetch(request(self._instance, offset=offset, limit=PAGE)), field)
            rows.update((row.id, row) for row in found)
            if len(found) < PAGE:
                return rows

    def name_of(self, kind: str, id: str) -> str | None:
        row = self._rows[kind].get(id)
        return row and (row.variable_name if kind == "variable" else row.name)

    def remove_all(self):
        for id in self._rows["variable"]:
            self._sdk.delete_environment_variable_v2(m.DeleteEnvironmentVariableV2Request(self._instance, id))
        for id in self._rows["app"]:
            self._sdk.delete_app_v2(m.DeleteAppV2Request(self._instance, id))
        for id, group in self._rows["group"].items():
            if group.is_default != 1:
                self._sdk.delete_api_group_v2(m.DeleteApiGroupV2Request(self._instance, id))


def main(cycles: int) -> int:
    seed = random.randrange(1 << 32)
    random.seed(seed)
    print(f"crash: seed {seed}", file=sys.stderr)
    logging.getLogger("HuaweiCloud-SDK-ApigClient").addHandler(logging.NullHandler())  # killed is no news here
    with tempfile.TemporaryDirectory(prefix="countersign-crash-") as directory:
        trial = Trial(Path(directory))
        for number in range(cycles):
            trial.cycle(number)
            if (number + 1) % 20 == 0:
                print(f"crash: {number + 1} of {cycles} cycles", file=sys.stderr)
        trial.finish()
    print(
        f"crash: {cycles} cycles, {trial.acknowledged} acknowledged, "
        f"{trial.lost} lost, {trial.failed_starts} failed starts"
    )
    return 1 if trial.lost or trial.failed_starts or not trial.acknowledged else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
