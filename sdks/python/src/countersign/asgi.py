"""Guards an ASGI application: only signed requests reach it.

Wrap the application where it is made:

    from countersign import Verifier
    from countersign.asgi import Guard

    application = Guard(application, Verifier({"access-key": "secret-key"}))
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from countersign.errors import VerificationError
from countersign.refusal import ACCESS_KEY, BODY_BYTES_MAX, answer, incomplete, too_long
from countersign.request import Request
from countersign.verifier import Verifier

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]


class Guard:
    """Lets through what `verifier` accepts, with the access key in `scope["countersign.access_key"]`.

    All else is answered with 401, or 413 and 400 for bodies that are too long or break off, and the reason as JSON.
    Bodies are kept in memory, up to `body_bytes_max`. WebSockets are refused. The guard must stand outside of whatever
    moves parts of the path.
    """

    def __init__(self, application: Application, verifier: Verifier, *, body_bytes_max: int = BODY_BYTES_MAX):
        self._application, self._verifier, self._body_bytes_max = application, verifier, body_bytes_max

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._application(scope, receive, send)
        elif scope["type"] == "http":
            await self._guard(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _guard(self, scope: Message, receive: Receive, send: Send) -> None:
        try:
            claim = self._verifier.claim(Request(scope["method"], _target(scope), _headers(scope)))
            body = await self._body(receive)
            access_key = claim.finish(body)
        except VerificationError as error:
            await _refuse(error, send)
        else:
            await self._application({**scope, ACCESS_KEY: access_key}, _replayed(body, receive), send)

    async def _body(self, receive: Receive) -> bytes:
        body, more = bytearray(), True
        while more:
            message = await receive()
            if message["type"] != "http.request":
                raise incomplete()
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self._body_bytes_max:
                raise too_long(self._body_bytes_max)
        return bytes(body)


async def _refuse(error: VerificationError, send: Send) -> None:
    body = answer(error)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Tells the body once, and then whatever comes after it."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return messages.pop() if messages else await receive()

    return replay


def _target(scope: Message) -> str:
    path: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    query: bytes = scope.get("query_string", b"")
    return (path + (b"?" + query if query else b"")).decode("latin-1")


def _headers(scope: Message) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
