"""Statistics and metrics of calls, counts of resources, tags of APIs."""

import time
from functools import partial

from harness.management import fresh, mock_api
from harness.waiting import eventually

from .driver import Driver

UNKNOWN = "0" * 32
CALLS = 3
WITHIN_SECONDS = 10


def drive(driver: Driver, world):
    group = world.management.group()
    api = world.management.api(mock_api(group.id, "/counted", "fine"))
    outline(driver, world, group.id, api.id)
    call(world, group, "/counted")
    statistics(driver, group.id, api.id)
    metrics(driver)
    tags(driver, group.id)


def call(world, group, path: str):
    """Calls the API, after it has come to serve."""
    host = world.gateway.host(group.sl_domain)
    eventually(lambda: world.gateway.plain(host, path).status == 200, WITHIN_SECONDS, "the API serves")
    for _ in range(CALLS - 1):
        assert world.gateway.plain(host, path).status == 200


def statistics(driver: Driver, group: str, api: str):
    asked = {
        "ListLatelyApiStatisticsV2": {"api_id": api, "duration": "1h"},
        "ListLatelyGroupStatisticsV2": {"group_id": group},
    }
    for operation, query in asked.items():
        counted = eventually(partial(enough, driver, operation, query), WITHIN_SECONDS, f"{operation} counts")
        assert counted.code == "APIG.0000"
        assert counted.end_time - counted.start_time == 59 * 60
        for minute in counted.list:
            require_minute(minute, group)
            assert counted.start_time <= minute.current_minute <= counted.end_time
    minute = driver.call("ListLatelyApiStatisticsV2", api_id=api, duration="60m").list[-1]
    assert (minute.api_id, minute.cycle, minute.status) == (api, "MINUTE", 1)
    assert (minute.max_backend_latency, minute.avg_backend_latency) == (0, 0), "a mock asks no backend"
    assert minute.max_inner_latency == minute.max_latency
    for duration in ("2h", "0m", "hour"):
        driver.refuse(400, "APIG.2012", "ListLatelyApiStatisticsV2", api_id=api, duration=duration)
    driver.refuse(404, "APIG.3002", "ListLatelyApiStatisticsV2", api_id=UNKNOWN, duration="1h")
    driver.refuse(404, "APIG.3001", "ListLatelyGroupStatisticsV2", group_id=UNKNOWN)


def enough(driver: Driver, operation: str, query: dict):
    """The answer once it has all calls."""
    counted = driver.call(operation, **query)
    return counted if sum(minute.req_count2xx for minute in counted.list) >= CALLS else None


def require_minute(minute, group: str):
    assert minute.group_id == group
    assert minute.req_count == minute.req_count2xx + minute.req_count4xx + minute.req_count5xx
    assert minute.req_count_error == minute.req_count4xx + minute.req_count5xx
    assert 0 < minute.avg_latency <= minute.max_latency
    assert minute.input_throughput > minute.req_count * len("GET /counted HTTP/1.1")
    assert minute.output_throughput > minute.req_count * len("HTTP/1.1 200 OK")
    assert minute.current_minute % 60 == 0
    assert minute.provider


def metrics(driver: Driver):
    now = int(time.time() * 1000)
    asked = {"_from": str(now - 3_600_000), "to": str(now + 60_000), "period": 300, "filter": "sum"}
    read = driver.call("ListMetricData", dim="inbound_eip", metric_name="down_stream", **asked).datapoints
    assert sum(point.sum for point in read) > 0
    for point in read:
        assert (point.unit, point.average, point.timestamp % 300_000) == ("Byte", None, 0)
    for name in ("upstream_bandwidth", "downstream_bandwidth", "up_stream", "down_stream"):
        for dim in ("inbound_eip", "outbound_eip"):
            for aggregate in ("average", "max", "min", "variance"):
                query = {**asked, "filter": aggregate}
                points = driver.call("ListMetricData", dim=dim, metric_name=name, **query).datapoints
                assert points and all(getattr(point, aggregate) is not None for point in points)
    for name in ("upstream_bandwidth_usage", "downstream_bandwidth_usage"):
        assert driver.call("ListMetricData", dim="inbound_eip", metric_name=name, **asked).datapoints == []
    good = {"dim": "inbound_eip", "metric_name": "up_stream", **asked}
    for bad in ({"dim": "eip"}, {"metric_name": "up"}, {"period": 60}, {"filter": "mean"}, {"to": asked["_from"]}):
        driver.refuse(400, "APIG.2012", "ListMetricData", **{**good, **bad})


def outline(driver: Driver, world, group: str, api: str):
    """One more API, one more that serves, one more group, one more app, one more with an authorization."""
    apis, apps, groups = counts(driver)
    world.management.publish(api)
    protected = world.management.api(mock_api(group, "/protected", "fine", auth_type="APP"))
    world.management.authorize(world.management.app().id, protected.id)
    world.management.app()
    world.management.group()
    assert counts(driver) == (
        (apis[0] + 1, apis[1] + 1, apis[2]),
        (apps[0] + 1, apps[1] + 1),
        (groups[0] + 1, groups[1]),
    )


def counts(driver: Driver) -> tuple:
    """APIs (all, online, offline); apps (authorized, others); groups (not on sale, on sale)."""
    apis = driver.call("ListApiQuantitiesV2")
    apps = driver.call("ListAppQuantitiesV2")
    groups = driver.call("ListApiGroupsQuantitiesV2")
    return (
        (apis.instance_num, apis.nums_on_release, apis.nums_off_release),
        (apps.authed_nums, apps.unauthed_nums),
        (groups.offsell_nums, groups.onsell_nums),
    )


def tags(driver: Driver, group: str):
    names = sorted(fresh("tag") for _ in range(3))
    others = driver.pages("ListTagsV2", "tags")
    first = driver.call("CreateApiV2", body=mock_api(group, "/first", "fine", tags=names[:2]))
    second = driver.call("CreateApiV2", body=mock_api(group, "/second", "fine", tags=names[1:]))
    assert sorted(driver.pages("ListTagsV2", "tags")) == sorted(others + names)
    assert first.tags == names[:2]
    listed = {tag: {api.id for api in driver.call("ListApisV2", group_id=group, tags=[tag]).apis} for tag in names}
    assert listed == {names[0]: {first.id}, names[1]: {first.id, second.id}, names[2]: {second.id}}
    driver.call("DeleteApiV2", api_id=second.id)
    assert sorted(driver.pages("ListTagsV2", "tags")) == sorted(others + names[:2])
    many = mock_api(group, "/many", "fine", tags=[f"tag{number}" for number in range(11)])
    driver.refuse(403, "APIG.3133", "CreateApiV2", body=many)
    driver.refuse(404, "APIG.3030", "ListTagsV2", instance_id=UNKNOWN)
