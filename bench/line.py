"""The gateway beside nginx and haproxy as plain proxies, in one run. See README.md for the method.

python line.py ROUNDS SECONDS
"""

import dataclasses
import random
import statistics
import sys
import tempfile
from pathlib import Path

import load
import processes
import proxies
import results
from harness.raw import exchange, sign

REQUESTS = 500
WARM_UP_SECONDS = 1
BASE = "nginx"
PLAIN = "countersign"


@dataclasses.dataclass
class Candidate:
    """A row of the table: a proxy and the path it is asked for."""

    name: str
    proxy: proxies.Proxy
    path: str


@dataclasses.dataclass
class Sample:
    """One candidate in one round."""

    cpu_microseconds: float
    requests_per_second: float
    p50: int
    p99: int


def signed_requests(gateway: proxies.Countersign, path: str) -> list:
    """Different signed GETs: 4 query parameters, 5 signed headers."""
    requests = []
    for number in range(REQUESTS):
        query = [("limit", "20"), ("offset", str(number)), ("sort", "created at"), ("status", "open")]
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "bench/1.0",
            "X-Project-Id": "0123456789abcdef0123456789abcdef",
        }
        target, lines = sign(*gateway.credentials, "GET", gateway.host, path, query, headers)
        requests.append(load.Request("GET", target, lines))
    return requests


def require_verification(gateway: proxies.Countersign):
    """The gateway must check what is measured: the same request with one byte changed is refused."""
    signed = signed_requests(gateway, "/v1/orders")[0]
    changed = dataclasses.replace(signed, target=signed.target.replace("limit=20", "limit=21"))
    answers = {request.target: exchange(gateway.address, request.wire).status for request in (signed, changed)}
    if list(answers.values()) != [200, 401]:
        raise SystemExit(f"bench: expected 200 and 401, got {answers}: nothing to measure")


def measure(candidate: Candidate, wrk: load.Wrk, seconds: float) -> Sample:
    before = processes.cpu_nanoseconds(candidate.proxy.pid)
    run = wrk.run(candidate.proxy.address, seconds)
    spent = processes.cpu_nanoseconds(candidate.proxy.pid) - before
    rate = run.requests / (run.microseconds / 1e6)
    return Sample(spent / 1000 / run.requests, rate, run.p50, run.p99)


def rounds(candidates: list, gateway, wrk: load.Wrk, count: int, seconds: float) -> list:
    """Per round: name of the candidate to sample."""
    samples = []
    for number in range(count):
        samples.append({})
        for candidate in random.sample(candidates, len(candidates)):
            wrk.take(signed_requests(gateway, candidate.path))
            samples[-1][candidate.name] = measure(candidate, wrk, seconds)
        print(f"bench: round {number + 1} of {count}", file=sys.stderr)
    return samples


def row(candidate: Candidate, samples: list) -> list:
    own = [sample[candidate.name] for sample in samples]
    ratios = [sample[candidate.name].cpu_microseconds / sample[BASE].cpu_microseconds for sample in samples]
    cpu = [sample.cpu_microseconds for sample in own]
    p50, p99 = (statistics.median(getattr(sample, name) for sample in own) for name in ("p50", "p99"))
    return [
        candidate.name,
        f"{statistics.median(cpu):.1f} ({min(cpu):.1f})",
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})",
        added(candidate, samples),
        f"{statistics.median(sample.requests_per_second for sample in own):.0f}",
        f"{p50:.0f} / {p99:.0f}",
        f"{processes.resident_mebibytes(candidate.proxy.pid):.1f}",
    ]


def added(candidate: Candidate, samples: list) -> str:
    """What a row of the gateway costs beside its plain verified row, within the rounds."""
    if candidate.name == PLAIN or PLAIN not in candidate.proxy.name:
        return ""
    more = [sample[candidate.name].cpu_microseconds - sample[PLAIN].cpu_microseconds for sample in samples]
    return f"{statistics.median(more):+.1f} ({min(more):+.1f}–{max(more):+.1f})"


COLUMNS = [
    "candidate",
    "CPU µs/request, median (min)",
    "× nginx, same round",
    "µs beside countersign, same round",
    "requests/s",
    "p50 / p99 µs",
    "RSS MiB",
]


def main(count: int, seconds: int):
    with tempfile.TemporaryDirectory(prefix="countersign-bench-") as temporary:
        directory, running = Path(temporary), []
        try:
            backend = proxies.backend(directory / "backend")
            running.append(backend)
            for make in (proxies.plain_nginx, proxies.plain_haproxy, proxies.Countersign):
                running.append(make(directory / make.__name__, backend.address))
            _, nginx, haproxy, gateway = running
            require_verification(gateway)
            candidates = [
                Candidate(BASE, nginx, "/v1/orders"),
                Candidate("haproxy", haproxy, "/v1/orders"),
                Candidate(PLAIN, gateway, "/v1/orders"),
                Candidate("countersign, API without authentication", gateway, "/open/orders"),
                Candidate("signed + throttle bound", gateway, "/v2/orders"),
                Candidate("signed + ACL bound", gateway, "/v3/orders"),
                Candidate("signed + signature key bound", gateway, "/v4/orders"),
                Candidate("signed + all three bound", gateway, "/v5/orders"),
            ]
            for proxy in running:
                processes.prefer(proxy.pid)
            wrk = load.Wrk(directory / "wrk")
            rounds(candidates, gateway, wrk, 1, WARM_UP_SECONDS)
            samples = rounds(candidates, gateway, wrk, count, seconds)
            text = results.table(COLUMNS, [row(candidate, samples) for candidate in candidates])
        finally:
            for proxy in running:
                proxy.stop()
    command = f"cargo xtask bench line --rounds {count} --seconds {seconds}"
    results.record("bench line", f"`{command}`\n\n{text}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
