"""Signs what the HTTP client `requests` sends.

Give it to a session or to a single call:

    import requests
    from countersign import Signer
    from countersign.requests import Auth

    requests.get("https://service.example.com/v1/items", auth=Auth(Signer("access-key", "secret-key")))
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

from requests import PreparedRequest, Response
from requests.auth import AuthBase

from countersign.clock import Clock
from countersign.request import UNSIGNED, Request
from countersign.signer import Signer

Lines = list[tuple[str, str]]


class Auth(AuthBase):
    """Signs each request with `signer`; may be given to a session or to a single call.

    With `unsigned_payload` the signature leaves the body out; bodies that are streams need that. With `correct_clock`
    a 401 whose `Date` is more than 15 minutes away sets the clock of this object right, and the request is sent once
    again. `clock` tells seconds since 1970. After a redirect requests are not signed anew.
    """

    def __init__(
        self,
        signer: Signer,
        *,
        unsigned_payload: bool = False,
        correct_clock: bool = False,
        clock: Callable[[], float] = time.time,
    ):
        self._signer, self._unsigned_payload = signer, unsigned_payload
        self._clock = Clock(correct_clock, clock)

    def __call__(self, r: PreparedRequest) -> PreparedRequest:
        lines = _lines(r)
        if isinstance(r.body, str):
            r.body = r.body.encode()
        self._sign(r, lines)
        r.register_hook("response", partial(self._retry, lines))
        return r

    def _sign(self, prepared: PreparedRequest, lines: Lines) -> None:
        body = UNSIGNED if self._unsigned_payload else prepared.body or b""
        if not isinstance(body, bytes) and body is not UNSIGNED:
            raise TypeError("a stream cannot be hashed before it is sent; use Auth(…, unsigned_payload=True)")
        request = Request(prepared.method or "", prepared.path_url, lines, body)
        prepared.headers.update(self._signer.sign(request, self._clock.now()))

    def _retry(self, lines: Lines, response: Response, **kwargs: Any) -> Response:
        if not self._clock.learn(response.status_code, response.headers.get("Date")):
            return response
        # Reading the answer to its end gives its connection back.
        _ = response.content
        response.close()
        again = response.request.copy()
        self._sign(again, lines)
        answer: Response = response.connection.send(again, **kwargs)
        answer.history.append(response)
        answer.request = again
        return answer


def _lines(prepared: PreparedRequest) -> Lines:
    """The header lines as they are signed; they are put in the form in which they go to the wire as signed."""
    headers: Any = prepared.headers
    if "Host" not in headers:
        headers["Host"] = _host(prepared.url or "")
    lines = [(name, value.decode() if isinstance(value, bytes) else value) for name, value in headers.items()]
    # The client would send text as latin-1.
    headers.update({name: value.encode() for name, value in lines if not value.isascii()})
    return lines


def _host(url: str) -> str:
    """What the client sends as Host: the port only if it is not the scheme's own."""
    return dict(Request.for_url("GET", url).headers)["Host"]
