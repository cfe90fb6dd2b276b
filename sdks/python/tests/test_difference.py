"""What the sentence about a refusal names."""

from dataclasses import dataclass

import pytest

from countersign import Request, Signer, difference

SIGNER = Signer("AccessKey", "SecretKey", "token")
LINES = [("Host", "example.com"), ("X-Order", "a|b|c"), ("Z", "1")]


@dataclass
class Change:
    request: Request
    named: str


def request(method="POST", target="/orders?limit=2", lines=tuple(LINES), body=b"{}") -> Request:
    return Request(method, target, list(lines), body)


def refusal(changed: Request, now) -> str:
    shown = SIGNER.explain(changed, now).canonical_request.replace("\n", "|")
    return f"Incorrect app authentication information: verify signature fail, canonicalRequest:{shown}"


CHANGES = {
    "method": Change(request(method="PUT"), "The method differs"),
    "path": Change(request(target="/order?limit=2"), "The path differs"),
    "query": Change(request(target="/orders?limit=3"), "The query differs: signed was 'limit=2'"),
    "host": Change(
        request(lines=[("Host", "10.0.0.1"), *LINES[1:]]), "The header host differs: signed was 'example.com'"
    ),
    "value": Change(request(lines=[LINES[0], ("X-Order", "a|b|d"), LINES[2]]), "The header x-order differs"),
    "dropped": Change(request(lines=LINES[:2]), "The header z differs"),
    "added": Change(request(lines=[*LINES, ("Zz", "2")]), "The header zz differs"),
    "body": Change(request(body=b"[]"), "The payload's hash differs"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_the_part_that_differs_first_is_named(case, now):
    own = SIGNER.explain(request(), now).canonical_request
    assert difference(refusal(CHANGES[case].request, now), own).startswith(CHANGES[case].named)


def test_when_no_part_differs_it_is_the_secret(now):
    own = SIGNER.explain(request(), now).canonical_request
    assert "secret key is another one" in difference(refusal(request(), now), own)


def test_another_list_of_signed_names_is_named(now):
    own = SIGNER.explain(request(), now).canonical_request
    shown = refusal(request(), now).replace("|host;x-order;", "|x-order;host;")
    assert difference(shown, own).startswith("The list of signed names differs")


def test_a_security_token_is_not_repeated(now):
    own = SIGNER.explain(request(), now).canonical_request
    said = difference(refusal(request(), now).replace("x-security-token:token", "x-security-token:other"), own)
    assert "x-security-token" in said and "'" not in said


@pytest.mark.parametrize("text", ["", "verify signature fail", "canonicalRequest:", "canonicalRequest:GET|/"])
def test_what_cannot_be_compared_is_said(text, now):
    own = SIGNER.explain(request(), now).canonical_request
    assert "compare" in difference(text, own)
    assert "compare" in difference(refusal(request(), now), text)
