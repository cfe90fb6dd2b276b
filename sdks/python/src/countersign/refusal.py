"""What the guards of backends have in common."""

from __future__ import annotations

import json

from countersign.errors import BodyIncomplete, BodyTooLong, Mismatch, VerificationError

#: Longest body in bytes, unless a guard is told otherwise.
BODY_BYTES_MAX = 12 * 1024 * 1024

#: Where the application finds the access key, in the environment of WSGI or the scope of ASGI.
ACCESS_KEY = "countersign.access_key"


def answer(error: VerificationError) -> bytes:
    """The body of a refusal: name and message. What was compared is told to the sender, who wrote it."""
    message = str(error)
    if isinstance(error, Mismatch):
        message += ", canonicalRequest:" + error.canonical_request.replace("\n", "|")
    return json.dumps({"error_code": error.name, "error_msg": message}).encode()


def too_long(body_bytes_max: int) -> BodyTooLong:
    return BodyTooLong(f"the body is longer than {body_bytes_max} bytes")


def incomplete() -> BodyIncomplete:
    return BodyIncomplete("the body broke off before its end; send it again")
