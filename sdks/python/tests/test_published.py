"""Worked examples that others have published."""

import base64
import json
from datetime import datetime, timezone
from pathlib import Path

import pytest

from countersign import Request, Signer, Verifier
from countersign.algorithm import ALGORITHMS

PLACE = Path(__file__).resolve().parents[3] / "spec" / "vectors" / "verify" / "published.json"
VECTORS = json.loads(PLACE.read_text())["vectors"]


def time_of(vector: dict) -> datetime:
    return datetime.strptime(vector["now"], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)


def test_there_are_examples_of_both_kinds():
    assert {vector["authorization"]["algorithm"] for vector in VECTORS} >= {"SDK-HMAC-SHA256", "V11-HMAC-SHA256"}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_published_request_is_accepted(vector):
    wire, pair = vector["wire"], vector["credential"]
    request = Request(wire["method"], wire["target"], wire["headers"], base64.b64decode(wire["body_b64"]))
    verifier = Verifier({pair["ak"]: pair["sk"]}, algorithms=ALGORITHMS)
    assert verifier.verify(request, time_of(vector)) == pair["ak"]


def test_the_signature_of_the_documentation_is_reproduced():
    vector = next(vector for vector in VECTORS if vector["id"] == "kat/doc-vpc")
    wire, pair = vector["wire"], vector["credential"]
    given = [line for line in wire["headers"] if line[0] in ("Host", "Content-Type")]
    signed = Signer(pair["ak"], pair["sk"]).explain(Request("GET", wire["target"], given), time_of(vector))
    assert signed.canonical_request == vector["canonical_request"]
    assert signed.string_to_sign == vector["string_to_sign"]
    assert signed.headers["Authorization"] == wire["headers"][-1][1]
