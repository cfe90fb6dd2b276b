"""Sends one request through the unmodified Python core; see ../README.md for the contract."""

import json
import sys

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.client import Client, ClientBuilder
from huaweicloudsdkcore.exceptions.exceptions import ServiceResponseException
from huaweicloudsdkcore.http.http_handler import HttpHandler
from huaweicloudsdkcore.region.region import Region
from huaweicloudsdkcore.sdk_response import SdkResponse


class Answer(SdkResponse):
    """The response model the core asks for; it keeps the text in `raw_content`."""

    openapi_types = {}


class Caller(Client):
    """A service client without operations of its own."""

    def __init__(self):
        super().__init__()
        self.model_package = sys.modules[__name__]


def call(job: dict) -> dict:
    answers = []
    credentials = BasicCredentials(job["key"], job["secret"]).with_security_token(job["security_token"])
    credentials.with_idp_id(job["idp_id"]).with_id_token_file(job["id_token_file"])
    builder = (
        ClientBuilder(Caller)
        .with_credentials(credentials)
        .with_http_handler(HttpHandler().add_response_handler(lambda response, **_: answers.append(response)))
    )
    endpoint = f"http://{job['address']}"
    if job["region"] is None:
        client = builder.with_endpoint(endpoint).build()
    else:
        credentials.with_iam_endpoint(endpoint)
        client = builder.with_region(Region(job["region"], endpoint)).build()
    headers = dict(job["headers"])
    if job["host"] is not None:
        headers["Host"] = job["host"]
    try:
        client.do_http_request(
            method=job["method"],
            resource_path=job["path"],
            path_params=job["path_params"],
            query_params=list(job["query"].items()),
            header_params=headers,
            body=read_json(job["body_file"]),
            response_type="Answer",
        )
    except ServiceResponseException as refusal:
        return {
            "status": refusal.status_code,
            "request_id": refusal.request_id,
            "error_code": refusal.error_code,
            "error_msg": refusal.error_msg,
            "body": None,
        }
    answer = answers[-1]
    return {
        "status": answer.status_code,
        "request_id": answer.headers.get("X-Request-Id"),
        "error_code": None,
        "error_msg": None,
        "body": answer.text,
    }


def read_json(path):
    if path is None:
        return None
    with open(path, encoding="utf-8") as file:
        return json.load(file)


if __name__ == "__main__":
    print(json.dumps(call(json.load(sys.stdin))))
