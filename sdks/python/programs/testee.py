"""The testee of the conformance kit: one JSON object a line in, one a line out."""

from __future__ import annotations

import base64
import json
import sys
from datetime import datetime, timezone

import countersign
from countersign.algorithm import ALGORITHMS

NAMES = ("SDK-HMAC-SHA256", "V11-HMAC-SHA256", "SDK-HMAC-SM3")


def describe(_: dict) -> dict:
    return {
        "name": "countersign-python",
        "version": countersign.__version__,
        "verbs": ["sign", "verify"],
        "algorithms": list(ALGORITHMS),
    }


def sign(job: dict) -> dict:
    signer = countersign.Signer(
        **job["credential"], algorithm=job["algorithm"], region=job["region"], service=job["service"]
    )
    signed = signer.explain(request_of(job["request"]), time_of(job["now"]))
    return {
        "headers": list(signed.headers.items()),
        "canonical_request": signed.canonical_request,
        "string_to_sign": signed.string_to_sign,
    }


def verify(job: dict) -> dict:
    keys = {key["access_key"]: key["secret_key"] for key in job["keys"]}
    verifier = countersign.Verifier(keys, algorithms=ALGORITHMS)
    return {"access_key": verifier.verify(request_of(job["request"]), time_of(job["now"]))}


def request_of(fields: dict) -> countersign.Request:
    is_unsigned = fields.get("payload") == "unsigned"
    payload = countersign.UNSIGNED if is_unsigned else base64.b64decode(fields["body"] or "")
    return countersign.Request(fields["method"], fields["target"], fields["headers"], payload)


def time_of(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


VERBS = {"describe": describe, "sign": sign, "verify": verify}


def answer(job: dict) -> dict:
    algorithm = job.get("algorithm")
    if algorithm in NAMES and algorithm not in ALGORITHMS:
        return {"unsupported": algorithm}
    try:
        return VERBS[job["do"]](job)
    except countersign.Error as error:
        return {"error": error.name, "message": str(error)}


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
