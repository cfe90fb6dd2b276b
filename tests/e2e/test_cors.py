"""What APIs tell pages of other origins."""

from harness.management import http_api, mock_api

ORIGIN = [("Origin", "http://www.cors.com")]
PREFLIGHT = [*ORIGIN, ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "X-Sdk-Date")]


def test_an_api_with_cors_may_be_read_by_every_origin(management, gateway, nginx, settle):
    group = management.group()
    for cors in (True, False):
        uri = "/on" if cors else "/off"
        management.publish(management.api(http_api(group.id, uri, nginx.address, auth_type="NONE", cors=cors)).id)
    settle()
    host = gateway.host(group.sl_domain)
    assert gateway.plain(host, "/on", headers=ORIGIN).header("Access-Control-Allow-Origin") == "*"
    assert gateway.plain(host, "/off", headers=ORIGIN).header("Access-Control-Allow-Origin") is None


def test_a_preflight_is_answered_with_the_published_lists(management, gateway, settle):
    group = management.group()
    options = mock_api(group.id, "/", "", req_method="OPTIONS", cors=True, match_mode="SWA")
    management.publish(management.api(options).id)
    settle()
    answer = gateway.plain(gateway.host(group.sl_domain), "/any/path", method="OPTIONS", headers=PREFLIGHT)
    assert answer.status == 200
    told = {name: answer.header(f"Access-Control-{name}") for name in ("Allow-Origin", "Allow-Methods", "Max-Age")}
    assert told == {
        "Allow-Origin": "*",
        "Allow-Methods": "GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH",
        "Max-Age": "172800",
    }
    allowed = answer.header("Access-Control-Allow-Headers").split(",")
    assert {"X-Sdk-Date", "Authorization", "X-Stage", "Content-Type"} <= set(allowed)
    exposed = answer.header("Access-Control-Expose-Headers").split(",")
    assert {"X-Request-Id", "X-Apig-RateLimit-Api-Allenv"} <= set(exposed)


def test_refusals_of_an_api_with_cors_may_be_read(management, gateway, nginx, settle):
    group = management.group()
    management.publish(management.api(http_api(group.id, "/guarded", nginx.address, cors=True)).id)
    settle()
    refused = gateway.plain(gateway.host(group.sl_domain), "/guarded", headers=ORIGIN)
    assert (refused.status, refused.header("Access-Control-Allow-Origin")) == (401, "*")
