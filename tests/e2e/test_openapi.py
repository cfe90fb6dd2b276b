"""What a document brings in serves, once it is published; what is wrong in it is told and holds up nothing else."""

import json

from huaweicloudsdkapig.v2 import model as m

from harness.gateway import assert_refused
from harness.management import RELEASE, Management, fresh
from operations.openapi import sync_form

NOT_PUBLISHED = "The API does not exist or has not been published in the environment."

DOCUMENT = """
swagger: "2.0"
info: {{title: {title}, description: imported}}
basePath: /v1
schemes: [http]
paths:
  /users/{{id}}:
    get:
      operationId: user
      parameters: [{{name: id, in: path, type: string, required: true}}]
      x-apigateway-backend:
        type: HTTP
        parameters: [{{name: user, value: id, in: query, origin: REQUEST}}]
        httpEndpoints: {{address: "{backend}", scheme: http, method: GET, path: /found}}
  /guarded:
    get:
      operationId: guarded
      security: [{{signed: []}}]
      x-apigateway-backend: {{type: MOCK, mockEndpoints: {{result-content: secret}}}}
  /unknown:
    get:
      operationId: unknown
      security: [{{basic: []}}]
      x-apigateway-backend: {{type: MOCK, mockEndpoints: {{result-content: open}}}}
securityDefinitions:
  signed: {{type: apiKey, in: header, name: Authorization, x-apigateway-auth-type: AppSigv1}}
  basic: {{type: basic}}
"""


def imported(management, document: str, **members):
    body = sync_form(document, **members)
    return management.sdk.import_api_definitions_v2(m.ImportApiDefinitionsV2Request(management.instance, body=body))


def host(management, gateway, group: str) -> str:
    shown = m.ShowDetailsOfApiGroupV2Request(management.instance, group)
    return gateway.host(management.sdk.show_details_of_api_group_v2(shown).sl_domain)


def test_what_a_document_describes_serves_after_its_publication(management, gateway, nginx, settle):
    document = DOCUMENT.format(title=fresh("users"), backend=nginx.address)
    done = imported(management, document)
    assert [(one.path, one.error_code) for one in done.failure] == [("/v1/unknown", "APIG.3602")]
    for api in done.success:
        management.publish(api.id)
    settle()
    name = host(management, gateway, done.group_id)
    found = gateway.plain(name, "/v1/users/seven")
    assert (found.status, json.loads(found.body)["target"]) == (200, "/found?user=seven")
    assert_refused(gateway.plain(name, "/v1/guarded"), 401, "APIG.0303", "Incorrect app authentication information…")
    assert_refused(gateway.plain(name, "/v1/unknown"), 404, "APIG.0101", NOT_PUBLISHED)


def test_an_imported_draft_reaches_nobody_before_it_is_published(management, gateway, nginx, settle):
    done = imported(management, DOCUMENT.format(title=fresh("users"), backend=nginx.address))
    settle()
    name = host(management, gateway, done.group_id)
    assert_refused(gateway.plain(name, "/v1/users/seven"), 404, "APIG.0101", NOT_PUBLISHED)


def test_a_task_survives_a_restart(own_server):
    """Its server is stopped as soon as the task is given: the next one says how it ended, and never that it runs."""
    server = own_server()
    management = Management(server.ready)
    body = m.ExportOpenApiReq(env_id=RELEASE, group_id=management.group().id)
    request = m.ExportApiDefinitionsAsyncRequest(management.instance, body=body)
    task = management.sdk.export_api_definitions_async(request).task_id
    server.kill()
    management = Management(own_server("again", data=server.data).ready)
    shown = management.sdk.show_async_task_result(m.ShowAsyncTaskResultRequest(management.instance, task))
    assert shown.task_status in ("succeed", "failed")
    assert json.loads(shown.task_result)
