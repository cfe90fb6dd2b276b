"""The gateway's own Python signer (apigateway-sdk-python) as a testee; see ../../README.md for the protocol."""

from copy import deepcopy
from datetime import datetime
from importlib.metadata import version

from apigateway_sdk_python import signer as official

import testee

DESCRIPTION = {
    "name": "apigateway-python",
    "version": version("apigateway-sdk-python"),
    "verbs": ["sign"],
    "algorithms": [official.Algorithm],
}


def sign(task: dict) -> dict:
    if task["algorithm"] != official.Algorithm:
        raise testee.Unsupported(task["algorithm"])
    credential, asked = task["credential"], task["request"]
    given = testee.single_headers(asked["headers"])
    host = next((value for name, value in asked["headers"] if name.lower() == "host"), "")
    added = testee.companions(task)
    request = official.HttpRequest(asked["method"], f"https://{host}{asked['target']}", given | added)
    request.body = testee.body(asked)
    # Signing changes the request, so its texts are made from a copy.
    copy = deepcopy(request)
    canonical_request = official.CanonicalRequest(copy, official.SignedHeaders(copy))
    signer = official.Signer()
    signer.Key, signer.Secret = credential["access_key"], credential["secret_key"]
    signer.Sign(request)
    time = datetime.strptime(task["now"], official.BasicDateFormat)
    return {
        "headers": [*added.items(), ["Authorization", request.headers["Authorization"]]],
        "canonical_request": canonical_request,
        "string_to_sign": official.StringToSign(canonical_request, time),
    }


if __name__ == "__main__":
    testee.serve(DESCRIPTION, sign)
