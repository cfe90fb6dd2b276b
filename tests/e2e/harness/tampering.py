"""Ways to tamper with a request that the gateway signed, and the error by which a library refuses each."""

import dataclasses
import hashlib
from datetime import datetime, timedelta

from .echo import Request
from .identity import Pair
from .raw import Answer, exchange, head
from .signed import lines_of, official_authorization

# Those of the connection; they are not signed.
_CONNECTION = ("connection", "content-length", "transfer-encoding")
_DATE_FORMAT = "%Y%m%dT%H%M%SZ"


def replay(address: str, request: Request) -> Answer:
    """Sends the request as it was received to a backend, on a connection of its own."""
    headers = [line for line in request.headers if line[0].lower() not in _CONNECTION]
    headers += [("Content-Length", str(len(request.body))), ("Connection", "close")]
    return exchange(address, head(request.method, request.target, headers) + request.body)


def field(**fields):
    """Another method, target or body."""
    return lambda request: dataclasses.replace(request, **fields)


def target(old: str, new: str):
    def change(request: Request) -> Request:
        assert old in request.target, request.target
        return dataclasses.replace(request, target=request.target.replace(old, new))

    return change


def body(alter):
    return lambda request: dataclasses.replace(request, body=alter(request.body))


def header(name: str, alter):
    """Another value of the header, from its present one."""

    def change(request: Request) -> Request:
        assert name in lines_of(request), request.headers
        lines = [(own, alter(value) if own.lower() == name else value) for own, value in request.headers]
        return dataclasses.replace(request, headers=lines)

    return change


def without(name: str):
    def change(request: Request) -> Request:
        assert name in lines_of(request), request.headers
        return dataclasses.replace(request, headers=[line for line in request.headers if line[0].lower() != name])

    return change


def beside(name: str, value):
    """One more header line, its value computed from the request."""
    return lambda request: dataclasses.replace(request, headers=[*request.headers, (name, value(request))])


def doubled(name: str):
    return beside(name, lambda request: lines_of(request)[name])


def signed_by(pair: Pair):
    """Signed anew, with another key."""

    def change(request: Request) -> Request:
        names = parameter(lines_of(request)["authorization"], "SignedHeaders").split(";")
        fresh = official_authorization(request, pair.access, pair.secret, names)
        return header("authorization", lambda _: fresh)(request)

    return change


def then(*changes):
    def change(request: Request) -> Request:
        for each in changes:
            request = each(request)
        return request

    return change


def parameter(authorization: str, name: str) -> str:
    return authorization.split(f"{name}=")[1].split(",")[0]


def with_parameter(name: str, alter):
    def altered(authorization: str) -> str:
        old = parameter(authorization, name)
        return authorization.replace(f"{name}={old}", f"{name}={alter(old)}")

    return header("authorization", altered)


def algorithm(token: str):
    return header("authorization", lambda value: value.replace("SDK-HMAC-SHA256", token))


def later(**difference):
    def moved(date: str) -> str:
        return (datetime.strptime(date, _DATE_FORMAT) + timedelta(**difference)).strftime(_DATE_FORMAT)

    return header("x-sdk-date", moved)


def flip_first(digits: str) -> str:
    return ("0" if digits[0] != "0" else "1") + digits[1:]


def flip_last_bit(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def digest_of(request: Request) -> str:
    return hashlib.sha256(request.body).hexdigest()


def tamperings(pair: Pair) -> dict:
    """Name → change and error. The request is a POST of JSON to `…/orders…?limit=20&sort=name`, signed with `pair`."""
    stranger, impostor = Pair("another_key", "another-secret_#2"), Pair(pair.access, "another-secret_#2")
    declared = beside("X-Sdk-Content-Sha256", digest_of)
    return {
        "method": (field(method="PUT"), "Mismatch"),
        "path": (target("/orders", "/admin"), "Mismatch"),
        "segment added": (target("/orders", "/orders/all"), "Mismatch"),
        "query value": (target("limit=20", "limit=21"), "Mismatch"),
        "query added": (target("limit=20", "limit=20&all=true"), "Mismatch"),
        "query dropped": (target("&sort=name", ""), "Mismatch"),
        "query reordered and changed": (target("limit=20&sort=name", "sort=limit&limit=20"), "Mismatch"),
        "host": (header("host", lambda _: "other.example.com"), "Mismatch"),
        "content type": (header("content-type", lambda _: "text/json"), "Mismatch"),
        "content type dropped": (without("content-type"), "Mismatch"),
        "date later": (later(seconds=60), "Mismatch"),
        "date long ago": (later(hours=-1), "Expired"),
        "date in the future": (later(hours=1), "Expired"),
        "date of no day": (header("x-sdk-date", lambda date: date[:4] + "1399" + date[8:]), "BadDate"),
        "date dropped": (without("x-sdk-date"), "MissingDate"),
        "date doubled": (doubled("x-sdk-date"), "DuplicateHeader"),
        "body bit flipped": (body(flip_last_bit), "Mismatch"),
        "body dropped": (body(lambda _: b""), "Mismatch"),
        "body longer": (body(lambda data: data + b" "), "Mismatch"),
        "body declared unsigned": (beside("X-Sdk-Content-Sha256", lambda _: "UNSIGNED-PAYLOAD"), "Mismatch"),
        "body of another hash": (then(declared, body(flip_last_bit)), "ContentHashMismatch"),
        "hash of another body": (then(body(flip_last_bit), declared), "Mismatch"),
        "hash that is none": (beside("X-Sdk-Content-Sha256", lambda _: "abc"), "BadContentHash"),
        "hash doubled": (then(declared, declared), "DuplicateHeader"),
        "signature flipped": (with_parameter("Signature", flip_first), "Mismatch"),
        "signature shorter": (with_parameter("Signature", lambda digits: digits[:-1]), "MalformedAuthorization"),
        "signature in upper case": (with_parameter("Signature", str.upper), "MalformedAuthorization"),
        "signature of another request": (with_parameter("Signature", lambda _: "5a" * 32), "Mismatch"),
        "secret of another key": (signed_by(impostor), "Mismatch"),
        "unknown key": (signed_by(stranger), "UnknownKey"),
        "no key": (with_parameter("Access", lambda _: ""), "MissingAccessKey"),
        "no authorization": (without("authorization"), "MissingAuthorization"),
        "another scheme": (header("authorization", lambda _: "Basic eDp5"), "MissingAuthorization"),
        "authorization doubled": (doubled("authorization"), "DuplicateHeader"),
        "algorithm of no protocol": (algorithm("SDK-HMAC-SHA512"), "UnsupportedAlgorithm"),
        "algorithm not accepted": (algorithm("SDK-HMAC-SM3"), "UnsupportedAlgorithm"),
        "names in another order": (
            with_parameter("SignedHeaders", lambda names: ";".join(reversed(names.split(";")))),
            "Mismatch",
        ),
        "name dropped": (with_parameter("SignedHeaders", lambda names: names.replace("host;", "")), "Mismatch"),
        "name of the date dropped": (
            with_parameter("SignedHeaders", lambda names: names.replace(";x-sdk-date", "")),
            "MalformedAuthorization",
        ),
        "name doubled": (with_parameter("SignedHeaders", lambda names: f"{names};host"), "MalformedAuthorization"),
        "parameter added": (header("authorization", lambda value: f"{value}, Extra=1"), "MalformedAuthorization"),
    }
