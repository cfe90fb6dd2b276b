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

_WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")
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
            claim = self._verifier.claim(Request(environ["REQUEST_METHOD"], _target(environ), self._headers(environ)))
            body = self._body(environ)
            access_key = claim.finish(body)
        except VerificationError as error:
            refusal, status = answer(error), HTTPStatus(error.status)
            headers = [("Content-Type", "application/json"), ("Content-Length", str(len(refusal)))]
            start_response(f"{status.value} {status.phrase}", headers)
            return [refusal]
        length = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        return self._application({**environ, **length, ACCESS_KEY: access_key}, start_response)

    def _headers(self, environ: Environ) -> Iterator[tuple[str, str]]:
        """Header lines; what the server joined is taken apart where that is clear, so that it is seen to be doubled."""
        for key, value in environ.items():
            name = key.removeprefix("HTTP_").replace("_", "-")
            if not key.startswith("HTTP_") and (key not in _WITHOUT_PREFIX or not value):
                continue
            lines = [value]
            if name == self._verifier.header.upper():
                lines = _split_signatures(value)
            elif name in _WITHOUT_COMMA:
                lines = value.split(",")
            for line in lines:
                yield name, line

    def _body(self, environ: Environ) -> bytes:
        """The whole body. Without a length it is what the server says ends by itself, or nothing."""
        declared, stream = environ.get("CONTENT_LENGTH") or "", environ["wsgi.input"]
        if declared and not (declared.isascii() and declared.isdigit()):
            raise incomplete()
        if not declared and not environ.get("wsgi.input_terminated"):
            return b""
        # A number of more digits is longer than any body; it need not be computed.
        length = int(declared[:20]) if declared else self._body_bytes_max + 1
        if declared and length > self._body_bytes_max:
            raise too_long(self._body_bytes_max)
        body = b"".join(_chunks(stream, length))
        if len(body) > self._body_bytes_max:
            raise too_long(self._body_bytes_max)
        if declared and len(body) < length:
            raise incomplete()
        return body


def _chunks(stream: Any, length: int) -> Iterator[bytes]:
    while length > 0:
        try:
            chunk: bytes = stream.read(min(length, 1 << 16))
        except OSError:
            return
        if not chunk:
            return
        length -= len(chunk)
        yield chunk


def _target(environ: Environ) -> str:
    """The canonical request knows the decoded path only, which is the one that WSGI tells."""
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    query = environ.get("QUERY_STRING", "")
    return quote_from_bytes(path.encode("latin-1")) + (f"?{query}" if query else "")
