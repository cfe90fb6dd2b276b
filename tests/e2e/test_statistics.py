"""Statistics say what happened: calls, their outcomes, times and bytes, by API, group and gateway."""

import time

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.gateway import Gateway
from harness.management import Management, http_api, mock_api
from harness.nginx import Nginx
from harness.waiting import eventually

WITHIN_SECONDS = 10


class Counted:
    """A group with an API for each outcome, on a server that nobody else calls."""

    def __init__(self, server, backend: Nginx):
        self.management, self.gateway = Management(server.ready), Gateway(server.gateway)
        self.group = self.management.group()
        self.host = self.gateway.host(self.group.sl_domain)
        gone = "127.0.0.1:1"
        required = m.ReqParamBase(name="n", type="NUMBER", location="QUERY", required=1, valid_enable=1)
        self.apis = {
            "/good": self._publish(http_api(self.group.id, "/good", backend.address, auth_type="NONE")),
            "/gone": self._publish(http_api(self.group.id, "/gone", gone, auth_type="NONE")),
            "/mock": self._publish(mock_api(self.group.id, "/mock", "fine", req_params=[required])),
            "/idle": self._publish(mock_api(self.group.id, "/idle", "fine")),
        }

    def _publish(self, definition) -> str:
        api = self.management.api(definition)
        self.management.publish(api.id)
        return api.id

    def call(self, target: str, status: int, times: int = 1):
        """Calls so many times, once the API serves: what was refused before belongs to no API."""
        eventually(lambda: self.gateway.plain(self.host, target).status == status, WITHIN_SECONDS, f"{target} serves")
        for _ in range(times - 1):
            assert self.gateway.plain(self.host, target).status == status

    def of_api(self, path: str) -> list:
        request = m.ListLatelyApiStatisticsV2Request(self.management.instance, self.apis[path], "1h")
        return self.management.sdk.list_lately_api_statistics_v2(request).list

    def of_group(self) -> list:
        request = m.ListLatelyGroupStatisticsV2Request(self.management.instance, self.group.id)
        return self.management.sdk.list_lately_group_statistics_v2(request).list

    def metric(self, dim: str, name: str) -> int:
        now = int(time.time() * 1000)
        request = m.ListMetricDataRequest(
            self.management.instance, dim, name, str(now - 3_600_000), str(now + 60_000), 86400, "sum"
        )
        return sum(point.sum for point in self.management.sdk.list_metric_data(request).datapoints)


def total(minutes: list, member: str) -> int:
    """Sums over the minutes: a test may begin in one and end in the next."""
    return sum(getattr(minute, member) for minute in minutes)


@pytest.fixture
def counted(own_server, nginx):
    return Counted(own_server(), nginx)


def test_calls_appear_with_their_outcomes_within_seconds(counted):
    counted.call("/good?n=1", 200, times=5)
    counted.call("/gone", 502, times=2)
    counted.call("/mock?n=1", 200)
    counted.call("/mock?n=x", 400, times=3)
    eventually(lambda: total(counted.of_group(), "req_count") == 11, WITHIN_SECONDS, "all calls are counted")
    members = ("req_count", "req_count2xx", "req_count4xx", "req_count5xx", "req_count_error")
    outcomes = {path: tuple(total(counted.of_api(path), member) for member in members) for path in counted.apis}
    assert outcomes == {
        "/good": (5, 5, 0, 0, 0),
        "/gone": (2, 0, 0, 2, 2),
        "/mock": (4, 1, 3, 0, 3),
        "/idle": (0, 0, 0, 0, 0),
    }
    for path in ("/good", "/gone"):
        for minute in counted.of_api(path):
            assert 0 < minute.avg_backend_latency <= minute.max_backend_latency <= minute.max_latency
    assert all(minute.max_backend_latency == 0 for minute in counted.of_api("/mock"))
    of_apis = [minute for path in counted.apis for minute in counted.of_api(path)]
    for member in ("input_throughput", "output_throughput"):
        assert total(counted.of_group(), member) == total(of_apis, member) > 0


def test_traffic_of_the_gateway_is_that_of_its_calls(counted):
    counted.call("/good", 200, times=3)
    counted.call("/mock?n=1", 200, times=2)
    eventually(lambda: total(counted.of_group(), "req_count") == 5, WITHIN_SECONDS, "all calls are counted")
    assert counted.metric("inbound_eip", "down_stream") == total(counted.of_group(), "input_throughput")
    assert counted.metric("inbound_eip", "up_stream") == total(counted.of_group(), "output_throughput")
    # Three requests went to the backend; its three answers came back.
    assert counted.metric("outbound_eip", "up_stream") > 3 * len("GET /good HTTP/1.1")
    assert counted.metric("outbound_eip", "down_stream") > 3 * len('{"backend":"nginx"}')


def test_a_restart_begins_to_count_anew_and_says_so(own_server, nginx, tmp_path):
    first = own_server("first")
    counted = Counted(first, nginx)
    counted.call("/idle", 200)
    eventually(lambda: total(counted.of_group(), "req_count") == 1, WITHIN_SECONDS, "the call is counted")
    assert first.stop() == 0
    second = own_server("second", data=first.data)
    counted.management, counted.gateway = Management(second.ready), Gateway(second.gateway)
    assert counted.of_group() == []
    assert counted.metric("inbound_eip", "down_stream") == 0
