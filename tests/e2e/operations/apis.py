"""APIs from the draft to versions that serve, and calls for debugging."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh

from .driver import Driver, require_kept

UNKNOWN = "0" * 32


def drive(driver: Driver, world):
    group = world.management.group().id
    first, second = full(group, "/orders/{id}", world.nginx.address), full(group, "/items/{id}", world.nginx.address)
    api = drafts(driver, first, second)
    versions(driver, api, second)
    batches(driver, group, api)
    debug(driver, api)
    driver.refuse(403, "APIG.3416", "DeleteApiV2", api_id=api)
    driver.call("CreateOrDeletePublishRecordForApiV2", body=action("offline", api))
    driver.call("DeleteApiV2", api_id=api)
    driver.refuse(404, "APIG.3002", "DeleteApiV2", api_id=api)


def full(group: str, uri: str, backend: str) -> m.ApiCreate:
    """An API with every member that is not another object's id."""
    number = {"type": "NUMBER", "min_num": 1, "max_num": 9, "default_value": "5", "enumerations": "1,5,9"}
    text = {"type": "STRING", "min_size": 1, "max_size": 20, "sample_value": "red", "remark": "a color"}
    return m.ApiCreate(
        name=fresh("api"),
        type=1,
        version="V0.0.1",
        req_protocol="BOTH",
        req_method="POST",
        req_uri=uri,
        auth_type="NONE",
        auth_opt=m.AuthOpt(app_code_auth_type="DISABLE"),
        cors=True,
        match_mode="NORMAL",
        backend_type="HTTP",
        remark="remark",
        group_id=group,
        body_remark="body",
        result_normal_sample="normal",
        result_failure_sample="failure",
        tags=["one", "two"],
        content_type="application/json",
        is_send_fg_body_base64=True,
        req_params=[
            m.ReqParamBase(name="id", type="STRING", location="PATH", required=1, valid_enable=2, pass_through=2),
            m.ReqParamBase(name="size", location="QUERY", required=2, valid_enable=1, pass_through=1, **number),
            m.ReqParamBase(name="X-Color", location="HEADER", required=2, valid_enable=1, **text),
        ],
        backend_params=[
            m.BackendParamBase(origin="REQUEST", name="id", location="PATH", value="id", remark="the same"),
            m.BackendParamBase(origin="CONSTANT", name="source", location="QUERY", value="gateway"),
            m.BackendParamBase(origin="SYSTEM", name="X-Stage-Name", location="HEADER", value="$context.stage"),
        ],
        backend_api=m.BackendApiCreate(
            url_domain=backend,
            req_protocol="HTTP",
            req_method="POST",
            req_uri="/backend/{id}",
            timeout=5000,
            retry_count="0",
            remark="backend",
            enable_client_ssl=False,
        ),
    )


def drafts(driver: Driver, first: m.ApiCreate, second: m.ApiCreate) -> str:
    check = m.ApiCheckInfoV2(
        type="name", name=first.name, group_id=first.group_id, req_method="POST", req_uri=first.req_uri
    )
    driver.call("CheckApisV2", body=check)
    created = driver.call("CreateApiV2", body=first)
    require_kept(first, created)
    require_kept(first, driver.call("ShowDetailsOfApiV2", api_id=created.id))
    driver.refuse(400, "APIG.3202", "CheckApisV2", body=check)
    driver.refuse(400, "APIG.3202", "CreateApiV2", body=first)
    require_kept(second, driver.call("UpdateApiV2", api_id=created.id, body=second))
    require_kept(second, driver.call("ShowDetailsOfApiV2", api_id=created.id))
    driver.refuse(404, "APIG.3002", "UpdateApiV2", api_id=UNKNOWN, body=second)
    assert [api.id for api in driver.pages("ListApisV2", "apis", group_id=second.group_id)] == [created.id]
    return created.id


def action(what: str, api: str) -> m.ApiActionInfo:
    return m.ApiActionInfo(action=what, env_id=RELEASE, api_id=api, remark=what)


def versions(driver: Driver, api: str, published: m.ApiCreate):
    driver.refuse(404, "APIG.3015", "ListApiRuntimeDefinitionV2", api_id=api)
    receipts = [driver.call("CreateOrDeletePublishRecordForApiV2", body=action("online", api)) for _ in range(3)]
    assert len({receipt.publish_id for receipt in receipts}) == 1
    listed = driver.pages("ListApiVersionsV2", "api_versions", api_id=api)
    assert [version.version_id for version in listed] == [receipt.version_id for receipt in reversed(receipts)]
    assert [version.status for version in listed] == [1, 2, 2]
    oldest = receipts[0].version_id
    require_kept(published, driver.call("ListApiVersionDetailV2", version_id=oldest))
    changed = driver.call("ChangeApiVersionV2", api_id=api, body=m.ApiVersion(version_id=oldest))
    assert changed.version_id == oldest
    runtime = driver.call("ListApiRuntimeDefinitionV2", api_id=api)
    require_kept(published, runtime, but=("backend_api", "backend_params"))
    driver.call("DeleteApiByVersionIdV2", version_id=oldest)
    driver.refuse(404, "APIG.3015", "ListApiRuntimeDefinitionV2", api_id=api)
    driver.refuse(404, "APIG.3022", "ListApiVersionDetailV2", version_id=UNKNOWN)


def batches(driver: Driver, group: str, api: str):
    body = m.ApiBatchPublish(apis=[api, UNKNOWN], env_id=RELEASE, remark="batch")
    done = driver.call("BatchPublishOrOfflineApiV2", action="online", body=body)
    assert [entry.api_id for entry in done.success] == [api]
    assert [(entry.api_id, entry.error_code) for entry in done.failure] == [(UNKNOWN, "APIG.3002")]
    whole = m.ApiBatchPublish(group_id=group, env_id=RELEASE, remark="batch")
    assert len(driver.call("BatchPublishOrOfflineApiV2", action="offline", body=whole).success) == 1
    assert len(driver.call("BatchPublishOrOfflineApiV2", action="online", body=whole).success) == 1


def debug(driver: Driver, api: str):
    body = m.ApiDebugInfo(
        mode="CONSUMER",
        scheme="HTTP",
        method="POST",
        path="/items/7",
        query={"size": ["5"]},
        header={"x-color": ["red"]},
        body="{}",
        stage="RELEASE",
    )
    transcript = driver.call("DebugApiV2", api_id=api, body=body)
    assert transcript.request.startswith("POST /items/7?size=5 HTTP/1.1\n"), transcript.request
    assert transcript.response.startswith("HTTP/1.1 "), transcript
    driver.refuse(404, "APIG.3002", "DebugApiV2", api_id=UNKNOWN, body=body)
