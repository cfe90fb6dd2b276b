"""Signs what the HTTP client `httpx` sends, in both kinds of its clients.

Give it to a client or to a single call:

    import httpx
    from countersign import Signer
    from countersign.httpx import Auth

    client = httpx.Client(auth=Auth(Signer("access-key", "secret-key")))
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator

import httpx

from countersign.clock import Clock
from countersign.request import UNSIGNED, Request
from countersign.signer import Signer


class Auth(httpx.Auth):
    """Signs each request with `signer`; may be given to a client or to a single call.

    The body is read into memory, unless `unsigned_payload` says that the signature leaves it out. With `correct_clock`
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
        self.requires_request_body = not unsigned_payload
        self._signer, self._clock = signer, Clock(correct_clock, clock)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        # Blanks around values are no part of them, and the client refuses to send them.
        request.headers = httpx.Headers([(name, value.strip(b" \t")) for name, value in request.headers.raw])
        unsigned = Request(
            request.method,
            request.url.raw_path.decode("ascii"),
            # What is no text becomes something that no signer takes.
            [(name.decode(), value.decode(errors="surrogateescape")) for name, value in request.headers.raw],
            request.content if self.requires_request_body else UNSIGNED,
        )
        request.headers.update(self._signer.sign(unsigned, self._clock.now()))
        response = yield request
        if self._clock.learn(response.status_code, response.headers.get("Date")):
            request.headers.update(self._signer.sign(unsigned, self._clock.now()))
            yield request
