"""Guards a WSGI application: only signed requests reach it.

Wrap the application where it is made:

    from countersign import Verifier
    from countersign.wsgi import Guard

    application = Guard(application, Verifier({"access-key": "secret-key"}))
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_from_bytes

from countersign.errors import VerificationError
from countersign.refusal import ACCESS_KEY, BODY_BYTES_MAX, answer, incomplete, too_long
from countersign.request import Request
from countersign.verifier import Verifier

Environ = dict[str, Any]

# Servers join lines of one name with a comma. None of these has a comma in a single line.
_WITHOUT_COMMA = frozenset(
    (
        "X-SDK-DATE",
        "HOST",
        "X-SDK-CONTENT-SHA256",
        "X-SDK-CONTENT-SM3",
        "X-SECURITY-TOKEN",
        "X-PROJECT-ID",
        "X-DOMAIN-ID",
    )
)
# A signature holds commas of its own; in front of another one's token a line ended.
_split_signatures = re.compile(r",(?=[ \t]*(?:SDK|V11)-)", re.IGNORECASE).split


class Guard:
    """Lets through what `verifier` accepts, with the access key in `environ["countersign.access_key"]`.

    All else is answered with 401, or 413 and 400 for bodies that are too long or break off, and the reason as JSON.
    Bodies are kept in memory, up to `body_bytes_max`. The request is verified as the application sees it; the guard
    must stand outside of whatever moves parts of the path.
    """

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        verifier: Verifier,
        *,
        body_bytes_max: int = BODY_BYTES_MAX,
    ):
        self._application, self._verifier, self._body_bytes_max = application, verifier, body_bytes_max

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            headers = _headers(environ, self._verifier.header)
            claim = self._verifier.claim(Request(environ["REQUEST_METHOD"], _target(environ), headers))
            body = _read(environ, self._body_bytes_max)
            access_key = claim.finish(body)
        except VerificationError as error:
            return _refuse(error, start_response)
        length = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        return self._application({**environ, **length, ACCESS_KEY: access_key}, start_response)


def _refuse(error: VerificationError, start_response: Callable[..., Any]) -> list[bytes]:
    body, status = answer(error), HTTPStatus(error.status)
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]


def _read(environ: Environ, bytes_max: int) -> bytes:
    """The whole body. Without a length it is what the server says ends by itself, or nothing."""
    declared = environ.get("CONTENT_LENGTH") or ""
    if not declared:
        is_open = environ.get("wsgi.input_terminated", False)
        body = b"".join(_chunks(environ["wsgi.input"], bytes_max + 1)) if is_open else b""
        if len(body) > bytes_max:
            raise too_long(bytes_max)
        return body
    if not (declared.isascii() and declared.isdigit()):
        raise incomplete()
    # Numbers of more digits are longer than any body, and need not be computed.
    length = int(declared[:20])
    if length > bytes_max:
        raise too_long(bytes_max)
    body = b"".join(_chunks(environ["wsgi.input"], length))
    if len(body) < length:
        raise incomplete()
    return body


def _chunks(stream: Any, length: int) -> Iterator[bytes]:
    """What comes until the end, or until so many bytes."""
    while length > 0:
        try:
            chunk: bytes = stream.read(min(length, 1 << 16))
        except OSError as error:
            raise incomplete() from error
        if not chunk:
            return
        length -= len(chunk)
        yield chunk


def _target(environ: Environ) -> str:
    """The canonical request knows the decoded path only, which is the one that WSGI tells."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    return quote_from_bytes(path.encode("latin-1")) + (f"?{query}" if query else "")


def _headers(environ: Environ, carrier: str) -> Iterator[tuple[str, str]]:
    """Header lines; what the server joined is taken apart where that is clear, so that it is seen to be doubled."""
    for key, value in environ.items():
        name = key.removeprefix("HTTP_").replace("_", "-")
        # The application reads these two without the prefix; with it they are somebody's `Content_Type`.
        is_special = name in ("CONTENT-TYPE", "CONTENT-LENGTH")
        if key.startswith("HTTP_") == is_special or (is_special and not value):
            continue
        lines = [value]
        if name == carrier.upper():
            lines = _split_signatures(value)
        elif name in _WITHOUT_COMMA:
            lines = value.split(",")
        for line in lines:
            yield name, line
