"""Gateway responses of a group, and debugging of drafts."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import fresh, http_api, mock_api

from .driver import Driver, require_kept

UNKNOWN = "0" * 32
TYPES = 23


def drive(driver: Driver, world):
    group = world.management.group().id
    default_set(driver, group)
    one = sets(driver, group)
    types(driver, group, one)
    limits(driver, group)
    malformed(driver, group)
    driver.call("DeleteGatewayResponseV2", group_id=group, response_id=one)
    driver.refuse(404, "COUNTERSIGN.0404", "DeleteGatewayResponseV2", group_id=group, response_id=one)
    drafts(driver, world, group)


def answer(**members) -> m.ResponseInfo:
    body = '{"code":"$context.error.code","request":"$context.requestId"}'
    headers = [m.ResponseInfoHeader(key="X-Type", value="$context.error.type")]
    return m.ResponseInfo(**{"status": 430, "body": body, "headers": headers, **members})


def body(name: str, **answers) -> m.ResponsesCreate:
    return m.ResponsesCreate(name=name, responses=answers)


def touched(answers: dict) -> set:
    """The types that somebody has changed."""
    assert len(answers) == TYPES
    return {name for name, answer in answers.items() if not answer.default}


def default_set(driver: Driver, group: str):
    (default,) = driver.pages("ListGatewayResponsesV2", "responses", group_id=group)
    assert (default.name, default.default, touched(default.responses)) == ("default", True, set())
    place = {"group_id": group, "response_id": default.id}
    changed = driver.call("UpdateGatewayResponseV2", **place, body=body("default", NOT_FOUND=answer()))
    assert (changed.id, touched(changed.responses)) == (default.id, {"NOT_FOUND"})
    driver.refuse(409, "APIG.3492", "UpdateGatewayResponseV2", **place, body=body("renamed"))
    driver.refuse(409, "APIG.3491", "DeleteGatewayResponseV2", **place)


def sets(driver: Driver, group: str) -> str:
    created = driver.call("CreateGatewayResponseV2", group_id=group, body=body("one", THROTTLED=answer()))
    require_kept(answer(), created.responses["THROTTLED"])
    assert (created.name, created.default, touched(created.responses)) == ("one", False, {"THROTTLED"})
    place = {"group_id": group, "response_id": created.id}
    driver.refuse(400, "APIG.3216", "CreateGatewayResponseV2", group_id=group, body=body("one"))
    updated = driver.call("UpdateGatewayResponseV2", **place, body=body("other", AUTH_FAILURE=answer(status=431)))
    assert (updated.name, touched(updated.responses)) == ("other", {"AUTH_FAILURE"})
    shown = driver.call("ShowDetailsOfGatewayResponseV2", **place)
    require_kept(answer(status=431), shown.responses["AUTH_FAILURE"])
    assert shown.create_time <= shown.update_time
    driver.refuse(404, "COUNTERSIGN.0404", "ShowDetailsOfGatewayResponseV2", group_id=group, response_id=UNKNOWN)
    driver.refuse(404, "APIG.3001", "ListGatewayResponsesV2", group_id=UNKNOWN)
    return created.id


def types(driver: Driver, group: str, one: str):
    place = {"group_id": group, "response_id": one, "response_type": "ACCESS_DENIED"}
    assert driver.call("ShowDetailsOfGatewayResponseTypeV2", **place).body["ACCESS_DENIED"].default
    written = driver.call("UpdateGatewayResponseTypeV2", **place, body=answer())
    require_kept(answer(), written.body["ACCESS_DENIED"])
    read = driver.call("ShowDetailsOfGatewayResponseTypeV2", **place).body["ACCESS_DENIED"]
    require_kept(answer(), read)
    assert not read.default
    driver.call("DeleteGatewayResponseTypeV2", **place)
    restored = driver.call("ShowDetailsOfGatewayResponseTypeV2", **place).body["ACCESS_DENIED"]
    assert (restored.default, restored.status) == (True, 403)
    place["response_type"] = "NONSENSE"
    driver.refuse(400, "APIG.2012", "ShowDetailsOfGatewayResponseTypeV2", **place)


def limits(driver: Driver, group: str):
    added = [driver.call("CreateGatewayResponseV2", group_id=group, body=body(fresh("set"))) for _ in range(3)]
    driver.refuse(403, "APIG.3136", "CreateGatewayResponseV2", group_id=group, body=body(fresh("set")))
    names = [one.name for one in driver.pages("ListGatewayResponsesV2", "responses", group_id=group)]
    assert names == ["default", "other", *(one.name for one in added)]
    for one in added:
        driver.call("DeleteGatewayResponseV2", group_id=group, response_id=one.id)


def malformed(driver: Driver, group: str):
    line = m.ResponseInfoHeader
    for bad in (
        answer(status=444),
        answer(status=199),
        answer(status=600),
        answer(body="$context.unknown"),
        answer(body='{"a":"$context"}'),
        answer(headers=[line(key="Content-Length", value="1")]),
        answer(headers=[line(key="X-A", value="a\r\nX-B: b")]),
        answer(headers=[line(key=f"X-{number}", value="x") for number in range(11)]),
    ):
        driver.refuse(400, "APIG.2011", "CreateGatewayResponseV2", group_id=group, body=body("bad", THROTTLED=bad))
    without_body = m.ResponseInfo(status=400)
    driver.refuse(400, "APIG.2001", "CreateGatewayResponseV2", group_id=group, body=body("bad", THROTTLED=without_body))
    names = {one.name for one in driver.pages("ListGatewayResponsesV2", "responses", group_id=group)}
    assert "bad" not in names


def drafts(driver: Driver, world, group: str):
    api = driver.call("CreateApiV2", body=mock_api(group, "/draft", "a draft"))
    request = m.ApiDebugInfo(mode="DEVELOPER", scheme="HTTPS", method="GET", path="/draft")
    transcript = driver.call("DebugApiV2", api_id=api.id, body=request)
    assert transcript.response.startswith("HTTP/1.1 200 OK\n"), transcript
    assert transcript.response.endswith("\n\na draft"), transcript
    with_variable = driver.call("CreateApiV2", body=http_api(group, "/variable", "#nowhere#", auth_type="NONE"))
    driver.refuse(400, "APIG.2030", "DebugApiV2", api_id=with_variable.id, body=request)
