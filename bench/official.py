"""CPU ns per signature of the official Python signer, for the request that examples/cost.rs signs; prints JSON."""

import json
import statistics
import time

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

BATCHES = 15
BATCH_NANOSECONDS = 0.15e9
SIGNER = Signer(BasicCredentials("COSTKEY0000000000001", "s" * 40))
HEADERS = {
    "Host": "c48a1b2c3d4e5f60718293a4b5c6d7e8.apigw.example.com",
    "User-Agent": "huaweicloud-usdk-python/3.0",
    "Content-Type": "application/json",
    "X-Project-Id": "00000000000000000000000000000001",
}
QUERY = [("limit", "1"), ("marker", "m1"), ("offset", "0"), ("sort", "name")]


def sign():
    """The signer changes its request, so each signature needs a new one."""
    request = SdkRequest(
        method="GET",
        schema="https",
        host=HEADERS["Host"],
        resource_path="/v2/orders/1/items",
        query_params=QUERY,
        header_params=dict(HEADERS),
        body=b"",
    )
    SIGNER.sign(request)


def batch(count: int) -> float:
    start = time.process_time_ns()
    for _ in range(count):
        sign()
    return (time.process_time_ns() - start) / count


def main():
    count = max(1, round(BATCH_NANOSECONDS / batch(2000)))
    costs = [batch(count) for _ in range(BATCHES)]
    print(json.dumps({"sign_ns": {"min": min(costs), "median": statistics.median(costs)}}))


if __name__ == "__main__":
    main()
