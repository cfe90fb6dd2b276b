"""CPU ns per signature of the GET that bench/README.md describes; prints JSON."""

import json
import statistics
import time

from countersign import Request, Signer

BATCHES = 15
BATCH_NANOSECONDS = 0.15e9
SIGNER = Signer("COSTKEY0000000000001", "s" * 40)
HEADERS = {
    "Host": "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com",
    "User-Agent": "huaweicloud-usdk-python/3.0",
    "Content-Type": "application/json",
    "X-Project-Id": "00000000000000000000000000000001",
}
TARGET = "/v2/orders/1/items?limit=1&marker=m1&offset=0&sort=name"


def batch(count: int) -> float:
    start = time.process_time_ns()
    for _ in range(count):
        SIGNER.sign(Request("GET", TARGET, HEADERS))
    return (time.process_time_ns() - start) / count


def main() -> None:
    count = max(1, round(BATCH_NANOSECONDS / batch(2000)))
    costs = [batch(count) for _ in range(BATCHES)]
    print(json.dumps({"sign_ns": {"median": statistics.median(costs), "min": min(costs)}}))


if __name__ == "__main__":
    main()
