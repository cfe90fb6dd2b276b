"""Declared parameters of requests: checked, defaulted, passed on."""

import pytest
from huaweicloudsdkapig.v2 import model as m

from harness.management import http_api, mock_api

REFUSED = "API request error: the parameter "


def declared(name, location="QUERY", kind="STRING", required=2, **fields):
    return m.ReqParamBase(name=name, type=kind, location=location, required=required, **fields)


def mapped(name, value, location="QUERY"):
    return m.BackendParamBase(origin="REQUEST", name=name, location=location, value=value)


@pytest.fixture
def publish(management, gateway, settle):
    """Publishes a definition; gives what calls it."""

    def publish(definition):
        management.publish(management.api(definition).id)
        settle()
        groups = management.sdk.list_api_groups_v2(m.ListApiGroupsV2Request(management.instance, limit=500)).groups
        host = gateway.host(next(group.sl_domain for group in groups if group.id == definition.group_id))
        return lambda target, headers=(): gateway.plain(host, target, headers=headers)

    return publish


CHECKS = {
    "number": (
        {"kind": "NUMBER", "min_num": -2, "max_num": 10},
        {"-2": "", "10": "", "3.5": "", "-3": "is out of range", "11": "is out of range", "x": "is not a number"},
    ),
    "no limits": ({"kind": "NUMBER", "min_num": 0, "max_num": 0}, {"5000000": "", "x": "is not a number"}),
    "text": (
        {"min_size": 2, "max_size": 3},
        {"ab": "", "%E4%BD%A0%E5%A5%BD": "", "a": "is too short or too long", "abcd": "is too short or too long"},
    ),
    "enumeration": (
        {"enumerations": "red, green"},
        {"red": "", "green": "", "blue": "is not one of the allowed values", "Red": "is not one of the allowed values"},
    ),
    "numbers": (
        {"kind": "NUMBER", "enumerations": "1,5", "min_num": 1, "max_num": 9},
        {"1": "", "5": "", "6": "is not one of the allowed values"},
    ),
    "nothing": ({"regular": "^[0-9]+$", "json_schema": '{"type": "number"}'}, {"anything": ""}),
}


@pytest.mark.parametrize("name", CHECKS)
def test_values_are_checked_as_declared(name, management, publish):
    fields, cases = CHECKS[name]
    parameter = declared("p", valid_enable=1, **fields)
    call = publish(mock_api(management.group().id, "/", "fine", req_params=[parameter]))
    for value, fault in cases.items():
        answer = call(f"/?p={value}")
        if fault:
            assert (answer.status, answer.json["error_code"]) == (400, "APIG.0201"), value
            assert answer.json["error_msg"] == f"{REFUSED}p {fault}", value
        else:
            assert answer.status == 200, (value, answer)
    assert call("/").status == 200, "what was left out has no value to check"


def test_nothing_is_checked_unless_checking_is_switched_on(management, publish):
    parameter = declared("n", kind="NUMBER", min_num=1, max_num=2, enumerations="1,2", valid_enable=2)
    call = publish(mock_api(management.group().id, "/", "fine", req_params=[parameter]))
    assert call("/?n=none").status == 200


@pytest.mark.parametrize("location", ["QUERY", "HEADER"])
def test_a_required_parameter_is_missed_in_its_place(location, management, publish):
    call = publish(mock_api(management.group().id, "/", "fine", req_params=[declared("X-It", location, required=1)]))
    in_query, in_header = call("/?X-It=1"), call("/", headers=[("x-it", "1")])
    expected = {"QUERY": (200, 400), "HEADER": (400, 200)}[location]
    assert (in_query.status, in_header.status) == expected
    refused = in_query if in_query.status == 400 else in_header
    assert refused.json["error_msg"] == f"{REFUSED}X-It is missing"
    twice = call("/?X-It=1&X-It=2", headers=[("X-It", "1"), ("X-It", "2")])
    assert (twice.status, twice.json["error_msg"]) == (400, f"{REFUSED}X-It stands more than once")


def test_a_default_stands_in_and_a_moved_parameter_leaves_its_place(management, nginx, publish):
    definition = http_api(
        management.group().id,
        "/in",
        nginx.address,
        auth_type="NONE",
        req_params=[
            declared("page", default_value="1", valid_enable=1, kind="NUMBER", min_num=1, max_num=9),
            declared("moved", default_value="all"),
            declared("kept", pass_through=1),
            declared("stays"),
        ],
        backend_params=[mapped("m", "moved"), mapped("k", "kept")],
    )
    call = publish(definition)
    assert call("/in").json["target"] == "/in?page=1&m=all"
    assert call("/in?page=2&moved=x&kept=y&stays=z").json["target"] == "/in?page=2&kept=y&stays=z&m=x&k=y"
    assert call("/in?undeclared=1&page=3").json["target"] == "/in?undeclared=1&page=3&m=all"
