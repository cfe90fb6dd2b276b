"""Signs requests of the AK/SK protocol (`SDK-HMAC-SHA256` and its sisters), and verifies them for backends.

It never sends or changes a request, needs nothing but the standard library, and shows no secret in any text form.

    >>> from countersign import Request, Signer
    >>> signer = Signer("access-key", "secret-key")
    >>> list(signer.sign(Request.for_url("GET", "https://service.example.com/v1/items?limit=2")))
    ['X-Sdk-Date', 'Authorization']

Adapters for HTTP clients are `countersign.requests`, `countersign.httpx` and `countersign.aiohttp`; guards of backends
are `countersign.wsgi` and `countersign.asgi`.
"""

from countersign.difference import difference
from countersign.errors import (
    BadContentHash,
    BadCredentials,
    BadDate,
    BadHeader,
    BadMethod,
    BadScope,
    BadTarget,
    BodyIncomplete,
    BodyTooLong,
    ContentHashMismatch,
    DuplicateHeader,
    Error,
    Expired,
    MalformedAuthorization,
    Mismatch,
    MissingAccessKey,
    MissingAuthorization,
    MissingCredentials,
    MissingDate,
    MissingHost,
    MissingScope,
    SigningError,
    TakenHeader,
    UnknownKey,
    UnsignedPayload,
    UnsupportedAlgorithm,
    VerificationError,
)
from countersign.request import UNSIGNED, Request
from countersign.signer import Explanation, Signer
from countersign.verifier import Verifier

__version__ = "0.1.0"

__all__ = [
    "UNSIGNED",
    "BadContentHash",
    "BadCredentials",
    "BadDate",
    "BadHeader",
    "BadMethod",
    "BadScope",
    "BadTarget",
    "BodyIncomplete",
    "BodyTooLong",
    "ContentHashMismatch",
    "DuplicateHeader",
    "Error",
    "Expired",
    "Explanation",
    "MalformedAuthorization",
    "Mismatch",
    "MissingAccessKey",
    "MissingAuthorization",
    "MissingCredentials",
    "MissingDate",
    "MissingHost",
    "MissingScope",
    "Request",
    "Signer",
    "SigningError",
    "TakenHeader",
    "UnknownKey",
    "UnsignedPayload",
    "UnsupportedAlgorithm",
    "VerificationError",
    "Verifier",
    "difference",
]
