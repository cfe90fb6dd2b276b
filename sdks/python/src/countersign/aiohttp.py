"""Signs what the HTTP client `aiohttp` sends.

Give it to a session:

    import aiohttp
    from countersign import Signer
    from countersign.aiohttp import Middleware

    session = aiohttp.ClientSession(middlewares=[Middleware(Signer("access-key", "secret-key"))])
"""

from __future__ import annotations

import time
from collections.abc import Callable

from aiohttp import ClientHandlerType, ClientRequest, ClientResponse

from countersign.clock import Clock
from countersign.request import UNSIGNED, Request, Unsigned
from countersign.signer import Signer


class Middleware:
    """A client middleware that signs each request with `signer`, those after redirects too.

    The body is read into memory, unless `unsigned_payload` says that the signature leaves it out. With `correct_clock`
    a 401 whose `Date` is more than 15 minutes away sets the clock of this object right, and the request is sent once
    again. `clock` tells seconds since 1970.
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

    async def __call__(self, request: ClientRequest, handler: ClientHandlerType) -> ClientResponse:
        payload = UNSIGNED if self._unsigned_payload else await _body(request)
        unsigned = Request(request.method, request.url.raw_path_qs, list(request.headers.items()), payload)
        request.headers.update(self._signer.sign(unsigned, self._clock.now()))
        response = await handler(request)
        if not self._clock.learn(response.status, response.headers.get("Date")):
            return response
        response.release()
        request.headers.update(self._signer.sign(unsigned, self._clock.now()))
        return await handler(request)


async def _body(request: ClientRequest) -> bytes | Unsigned:
    if request.compress:
        raise TypeError("compressed on the way, the body cannot be hashed; use Middleware(…, unsigned_payload=True)")
    body = request.body
    return body if isinstance(body, bytes) else await body.as_bytes()
