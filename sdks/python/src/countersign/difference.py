"""Reading a refusal: which part of the canonical request the server built in another way."""

from __future__ import annotations

from typing import NamedTuple

_MARK = "canonicalRequest:"
_UNSHOWN = frozenset(("x-security-token",))


class _Parts(NamedTuple):
    """A canonical request with `|` for line breaks, taken apart as far as that is clear."""

    method: str
    path: str
    query: str
    block: str
    names: str
    payload: str


def difference(error_msg: str, canonical_request: str) -> str:
    """Says in one sentence which part of the canonical request in a server's refusal differs first from one's own.

    `error_msg` is the message with `canonicalRequest:`; `canonical_request` is that of `Signer.explain`.
    """
    _, mark, shown = error_msg.partition(_MARK)
    if not mark:
        return "The message shows no canonical request, so there is nothing to compare."
    own, server = _parts(canonical_request.replace("\n", "|")), _parts(shown.strip())
    if own is None or server is None:
        return "One of the two is no whole canonical request, so they cannot be compared."
    for part in ("method", "path", "query"):
        if getattr(own, part) != getattr(server, part):
            return _differs(f"The {part}", getattr(own, part), getattr(server, part))
    if own.block != server.block:
        return _header_difference(canonical_request, server.block)
    if own.names != server.names:
        return _differs("The list of signed names", own.names, server.names)
    if own.payload != server.payload:
        return _differs("The payload's hash", own.payload, server.payload)
    return "No part differs: the canonical requests are the same, so the secret key is another one, or the algorithm."


def _parts(text: str) -> _Parts | None:
    """Values of headers may hold a `|` of their own; no other part does."""
    start, end = text.split("|", 3), text.rsplit("|", 2)
    if len(start) < 4 or len(end) < 3:
        return None
    method, path, query, rest = start
    block = rest[: max(0, len(rest) - len(end[1]) - len(end[2]) - 2)]
    return _Parts(method, path, query, block, end[1], end[2])


def _header_difference(canonical_request: str, block: str) -> str:
    """`block` is the server's; one's own is known line by line."""
    for line in canonical_request.split("\n")[3:-3]:
        name, _, value = line.partition(":")
        if block.startswith(f"{line}|"):
            block = block[len(line) + 1 :]
        elif not block.startswith(f"{name}:"):
            return f"The header {name} differs: it is signed here, and the server does not have it at its place."
        elif name in _UNSHOWN:
            return f"The header {name} differs from what the server received."
        else:
            return _differs(f"The header {name}", value, block[len(name) + 1 :].split("|")[0])
    name = block.partition(":")[0]
    return f"The header {name} differs: the server has it in the signature, and it is not signed here."


def _differs(what: str, own: str, server: str) -> str:
    return f"{what} differs: signed was '{own}', and the server has '{server}'."
