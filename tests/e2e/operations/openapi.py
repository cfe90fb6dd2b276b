"""Importing and exporting APIs as documents, and the tasks that do so."""

import json
import tempfile
from pathlib import Path

from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.http.formdata import FormFile

from harness.management import RELEASE, fresh
from harness.waiting import eventually

from .apis import full
from .driver import Driver, require_kept

UNKNOWN = "0" * 32
TASK_SECONDS = 30


def drive(driver: Driver, world):
    group = world.management.group()
    definition = full(group.id, "/orders/{id}", world.nginx.address)
    definition.name = fresh("documented")
    api = world.management.api(definition).id
    world.management.publish(api)
    exports(driver, group, api)
    imports(driver, world, group, definition, api)
    tasks(driver, group)


def exported(driver: Driver, group: str, oas_version: str = "2.0", **members) -> str:
    body = m.ExportOpenApiReq(env_id=RELEASE, group_id=group, **members)
    answer = driver.call("ExportApiDefinitionsV2", body=body, oas_version=oas_version)
    content = []
    answer.consume_download_stream(lambda response: content.append(response.content))
    return content[0].decode()


def exports(driver: Driver, group, api: str):
    spec = json.loads(exported(driver, group.id, version="7"))
    assert (spec["swagger"], spec["info"]["title"], spec["info"]["version"]) == ("2.0", group.name, "7")
    assert "x-apigateway-backend" not in spec["paths"]["/orders/{id}"]["post"]
    whole = json.loads(exported(driver, group.id, oas_version="3.0", define="all", apis=[api]))
    assert whole["openapi"].startswith("3.0")
    assert whole["paths"]["/orders/{id}"]["post"]["x-apigateway-backend"]["type"] == "HTTP"
    assert exported(driver, group.id, define="proxy", type="yaml").startswith("swagger:")
    name = "ExportApiDefinitionsV2"
    driver.refuse(400, "APIG.2001", name, body=m.ExportOpenApiReq(group_id=group.id, env_id=""))
    driver.refuse(404, "APIG.3001", name, body=m.ExportOpenApiReq(group_id=UNKNOWN, env_id=RELEASE))
    driver.refuse(404, "APIG.3003", name, body=m.ExportOpenApiReq(group_id=group.id, env_id=UNKNOWN))
    driver.refuse(404, "APIG.3002", name, body=m.ExportOpenApiReq(group_id=group.id, env_id=RELEASE, apis=[UNKNOWN]))


def form(kind, document: str, **members):
    """The form with the document in a file, which is how the SDK sends one."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "apis.json"
        path.write_text(document)
        return kind(file_name=FormFile(str(path)), **members)


def sync_form(document: str, **members) -> m.ImportApiDefinitionsV2RequestBody:
    return form(m.ImportApiDefinitionsV2RequestBody, document, **members)


def imports(driver: Driver, world, group, definition: m.ApiCreate, api: str):
    """Out of one group, into another, and out of that: what comes out is the same, but for the group's name."""
    document, name = exported(driver, group.id, define="dev", version="1"), "ImportApiDefinitionsV2"
    other = world.management.group()
    into = {"is_create_group": False, "group_id": other.id}
    done = driver.call(name, body=sync_form(document, **into))
    assert [(one.method, one.path, one.action) for one in done.success] == [("POST", "/orders/{id}", "create")]
    assert (done.group_id, done.failure, done.ignore) == (other.id, [], [])
    definition.group_id = other.id
    require_kept(definition, driver.call("ShowDetailsOfApiV2", api_id=done.success[0].id))
    again = json.loads(exported(driver, other.id, define="dev", version="1"))
    assert again["paths"] == json.loads(document)["paths"]
    kept = driver.call(name, body=sync_form(document, **into))
    assert [(one.method, one.path) for one in kept.ignore] == [("POST", "/orders/{id}")]
    replaced = driver.call(name, body=sync_form(document, api_mode="override", extend_mode="override", **into))
    assert [one.action for one in replaced.success] == ["update"]
    driver.refuse(400, "APIG.3201", name, body=sync_form(document))
    driver.refuse(404, "APIG.3001", name, body=sync_form(document, is_create_group=False, group_id=UNKNOWN))
    for content, status, code in refused_documents():
        driver.refuse(status, code, name, body=sync_form(content))


def refused_documents():
    many = {f"/{number}": {"get": {}} for number in range(301)}
    head = {"swagger": "2.0", "info": {"title": fresh("many"), "version": "1"}}
    return [
        ("", 400, "APIG.3609"),
        ("{", 400, "APIG.3600"),
        ('{"swagger": "1.2"}', 400, "APIG.3601"),
        (json.dumps({**head, "paths": {}, "pahts": {}}), 400, "APIG.3602"),
        ("x" * 10_000_000, 400, "APIG.3603"),
        (json.dumps({**head, "paths": many}), 403, "APIG.3127"),
    ]


def ended(driver: Driver, task: str):
    def probe():
        shown = driver.call("ShowAsyncTaskResult", task_id=task)
        assert shown.task_id == task
        return shown if shown.task_status in ("succeed", "failed") else None

    return eventually(probe, TASK_SECONDS, f"task {task} ends")


def tasks(driver: Driver, group):
    body = m.ExportOpenApiReq(env_id=RELEASE, group_id=group.id, define="dev", version="1")
    export = ended(driver, driver.call("ExportApiDefinitionsAsync", body=body).task_id)
    file = json.loads(export.task_result)
    assert (export.task_status, export.task_type) == ("succeed", "export_api")
    assert (file["FileName"], file["FileType"]) == (f"{group.name}-RELEASE-dev-1", ".json")
    document = json.loads(file["Comment"])
    document["info"]["title"] = fresh("imported")
    kind, name = m.ImportApiDefinitionsAsyncRequestBody, "ImportApiDefinitionsAsync"
    done = ended(driver, driver.call(name, body=form(kind, json.dumps(document))).task_id)
    assert (done.task_status, done.task_type) == ("succeed", "import_api")
    assert [one["action"] for one in json.loads(done.task_result)["success"]] == ["create"]
    failed = ended(driver, driver.call(name, body=form(kind, json.dumps(document))).task_id)
    assert failed.task_status == "failed"
    assert json.loads(failed.task_result)["error_code"] == "APIG.3201"
    driver.refuse(404, "APIG.3093", "ShowAsyncTaskResult", task_id=UNKNOWN)
