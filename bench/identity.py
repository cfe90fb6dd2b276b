"""Tokens beside a real Keystone, in one run. See README.md for the method.

python identity.py ROUNDS SECONDS
"""

import dataclasses
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import load
import processes
import results
import services
from harness.keystone import DICT_CACHE, ENVIRONMENT, NO_CACHE
from harness.places import ROOT

WARM_UP_SECONDS = 1
SUBJECTS = 100
FRESH_TOKENS = 50
LOGINS = 4
UNCACHED = 2

OWN, OTHERS, FIRST = "validate one's own token", "validate tokens of others", "validate, each token once"
ISSUE, LOGIN = "issue by token", "issue by password"

EXAMPLES = ROOT / "target" / "release" / "examples"
BCRYPT = (
    "import bcrypt, time; s = bcrypt.gensalt(12); t = time.process_time_ns(); bcrypt.hashpw(b'x' * 16, s); "
    "print(time.process_time_ns() - t)"
)


class Subject:
    """A service under measurement, with tokens to show and to ask about."""

    def __init__(self, service: services.Service, directory: Path, count: int):
        self.service, self.name = service, service.name
        self._wrk = load.Wrk(directory) if service.keeps_connections else None
        self._queue = load.Queue(service.address, service.keeps_connections)
        self.token = service.token(service.login())
        self.others = self.issue(count)

    def issue(self, count: int) -> list:
        return [self.service.token(self.service.exchange(self.token)) for _ in range(count)]

    def sustained(self, requests: list, seconds: float) -> float:
        """CPU µs per request when the requests are sent in turn, over and over."""
        if not self._wrk:
            return self.counted(load.repeated(requests, seconds))
        self._wrk.take(requests)
        return self._cost(lambda: self._wrk.run(self.service.address, seconds).requests)

    def counted(self, requests) -> float:
        """CPU µs per request when each is sent once, one after the other."""
        return self._cost(lambda: self._queue.send(requests))

    def _cost(self, send) -> float:
        before = self.service.cpu_nanoseconds()
        count = send()
        return (self.service.cpu_nanoseconds() - before) / 1000 / count


@dataclasses.dataclass
class Measurement:
    """A row of the table: one operation of one service."""

    operation: str
    subject: Subject
    run: callable


def measurements(subject: Subject, seconds: float) -> list:
    service, token = subject.service, subject.token
    runs = {
        OWN: lambda: subject.sustained([service.validation(token, token)], seconds),
        OTHERS: lambda: subject.sustained([service.validation(token, other) for other in subject.others], seconds),
        FIRST: lambda: subject.counted([service.validation(token, other) for other in subject.issue(FRESH_TOKENS)]),
        ISSUE: lambda: subject.sustained([service.exchange(token)], seconds),
        LOGIN: lambda: subject.counted([service.login()] * LOGINS),
    }
    return [Measurement(operation, subject, run) for operation, run in runs.items()]


def slow_measurements(subject: Subject) -> list:
    """Of a service that takes a good part of a second for each request."""
    service, token = subject.service, subject.token
    runs = {
        OWN: lambda: subject.counted([service.validation(token, token)] * UNCACHED),
        ISSUE: lambda: subject.counted([service.exchange(token)] * UNCACHED),
    }
    return [Measurement(operation, subject, run) for operation, run in runs.items()]


def one_round(rows: list) -> dict:
    shuffled = random.sample(rows, len(rows))
    return {(row.operation, row.subject.name): row.run() for row in shuffled}


def table(rows: list, samples: list, base: str) -> str:
    def cells(row: Measurement) -> list:
        own = [sample[row.operation, row.subject.name] for sample in samples]
        ratios = [sample[row.operation, row.subject.name] / sample[row.operation, base] for sample in samples]
        cpu = statistics.median(own)
        return [
            row.operation,
            row.subject.name,
            f"{cpu:.1f} ({min(own):.1f}–{max(own):.1f})",
            f"{1e6 / cpu:.{0 if cpu < 1e5 else 1}f}",
            f"{statistics.median(ratios):.1f} ({min(ratios):.1f}–{max(ratios):.1f})",
        ]

    order = [OWN, OTHERS, FIRST, ISSUE, LOGIN]
    columns = [
        "operation",
        "service",
        "CPU µs/request, median (min–max)",
        "requests/CPU s",
        "× countersign, same round",
    ]
    return results.table(columns, [cells(row) for row in sorted(rows, key=lambda row: order.index(row.operation))])


def output(command: list) -> str:
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def cost(example: str) -> dict:
    return json.loads(output([EXAMPLES / example]))


def primitives() -> str:
    """What the parts cost without any server: tokens as the gateway sees them, and the hashes of passwords."""
    envelope, gateway, password = (cost(name) for name in ("envelope_cost", "token_cost", "password_cost"))
    bcrypt = sorted(int(output([ENVIRONMENT / "bin" / "python", "-c", BCRYPT])) for _ in range(5))
    users, revoked = gateway["users"], gateway["revoked"]
    parts = {
        f"gateway: check a token seen before, {users} users, {revoked} revocations": gateway["seen_ns"],
        "gateway: check a token at first sight": gateway["first_sight_ns"],
        "make a token": envelope["issue_ns"],
        f"countersign's password hash, Argon2id {password['parameters']}": password["argon2id_ns"],
        "Keystone's password hash, bcrypt with 12 rounds": {"median": bcrypt[2], "min": bcrypt[0]},
    }
    rows = [[what, f"{cost['median'] / 1000:.2f}", f"{cost['min'] / 1000:.2f}"] for what, cost in parts.items()]
    return results.table(["part", "CPU µs, median", "CPU µs, best"], rows)


def measure(directory: Path, count: int, seconds: float) -> str:
    running = []
    try:
        ours = services.countersign(directory / "countersign")
        running.append(ours)
        cached = services.real_keystone("Keystone, oslo_cache.dict", directory / "cached", DICT_CACHE)
        running.append(cached)
        uncached = services.real_keystone("Keystone, no cache (fresh installation)", directory / "uncached", NO_CACHE)
        running.append(uncached)
        for service in running:
            for pid in service.pids:
                processes.prefer(pid)
        fast = [
            Subject(service, directory / f"wrk-{number}", SUBJECTS) for number, service in enumerate([ours, cached])
        ]
        slow = Subject(uncached, directory / "wrk-uncached", 0)
        one_round([row for subject in fast for row in measurements(subject, WARM_UP_SECONDS)])
        rows = [row for subject in fast for row in measurements(subject, seconds)] + slow_measurements(slow)
        samples = []
        for number in range(1, count + 1):
            samples.append(one_round(rows))
            print(f"bench: round {number} of {count}", file=sys.stderr)
        return table(rows, samples, ours.name)
    finally:
        for service in running:
            service.stop()


def main(count: int, seconds: int):
    with tempfile.TemporaryDirectory(prefix="countersign-bench-") as directory:
        text = measure(Path(directory), count, seconds)
    command = f"cargo xtask bench identity --rounds {count} --seconds {seconds}"
    results.record("bench identity", f"`{command}`\n\n{text}\n\n{primitives()}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
