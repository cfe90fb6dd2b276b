"""CPU ns per signature of the official Python signer; one JSON line per case, like official.js."""

import json
import statistics
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

BATCHES = 15
BATCH_SECONDS = 0.15
SIGNER = Signer(BasicCredentials("BENCHBENCHBENCHBENCH", "bench" * 8))
HEADERS = {
    "Host": "api.example.com",
    "Content-Type": "application/json",
    "User-Agent": "bench/1.0",
    "X-Project-Id": "0123456789abcdef0123456789abcdef",
}
QUERY = [("limit", "20"), ("offset", "7"), ("sort", "created at"), ("status", "open")]
CASES = {
    "GET, 4 parameters, 5 headers": ("GET", QUERY, b""),
    "POST 1 KiB": ("POST", QUERY, b'{"blob":"' + b"x" * 1013 + b'"}'),
}


def sign(method: str, query: list, body: bytes):
    """The signer changes its request, so each signature needs a new one."""
    request = SdkRequest(
        method=method,
        schema="https",
        host="api.example.com",
        resource_path="/v1/orders",
        query_params=query,
        header_params=dict(HEADERS),
        body=body,
    )
    return SIGNER.sign(request)


def batch(case: tuple, count: int) -> float:
    start = time.process_time_ns()
    for _ in range(count):
        sign(*case)
    return (time.process_time_ns() - start) / count


for name, case in CASES.items():
    count = max(1, round(BATCH_SECONDS * 1e9 / batch(case, 2000)))
    costs = [batch(case, count) for _ in range(BATCHES)]
    print(json.dumps({"name": name, "best": min(costs), "median": statistics.median(costs)}))
