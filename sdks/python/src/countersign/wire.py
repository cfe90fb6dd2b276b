"""What a request may look like on the wire, and which of its headers are signed (7.2 to 7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from countersign.errors import BadHeader, BadMethod, BadTarget, MissingHost, TakenHeader

#: Intermediaries add, drop or rewrite them: a signature over them would not survive the way.
_REWRITTEN = frozenset(
    (
        "connection",
        "content-length",
        "expect",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    )
)
_RESERVED = frozenset(("authorization", "x-sdk-date", "x-sdk-content-sha256", "x-sdk-content-sm3"))

_is_token = re.compile(r"[A-Za-z0-9!#$%&'*+\-.^_`|~]+").fullmatch
# Surrogates stand for bytes that are no text.
_is_origin_form = re.compile(r"/[^\x00-\x20\x7f\ud800-\udfff]*").fullmatch
_is_value = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]*").fullmatch


def check_request_line(method: str, target: str) -> None:
    """Raises `BadMethod` or `BadTarget`."""
    if not _is_token(method):
        raise BadMethod("the method is not a token; write it like GET")
    if not _is_origin_form(target):
        raise BadTarget(
            "the target is not a path with its query as it is sent; begin it with / and percent-encode blanks"
        )


def is_value(text: str) -> bool:
    """Whether a header value breaks no line. What is printable is one; that is the quick question."""
    return text.isprintable() or _is_value(text) is not None


def signed_lines(
    headers: Iterable[tuple[str, str]], added: list[tuple[str, str]], own: frozenset[str]
) -> list[tuple[str, str]]:
    """The header block in order: lower-case names, trimmed values. `added` are lines of the signer, whose names are
    `own`. Names with a `_` are left out because proxies drop them, and names of which a line is blank because verifiers
    refuse it and yet read it beside the others (7.3)."""
    lines, blank, hosts = list(added), set(), []
    for name, value in headers:
        if not is_value(value):
            raise BadHeader(f"the value of the header {name!r} cannot be sent; take the control characters out")
        lower, value = _signed_name(name), value.strip(" \t")
        if lower == "host":
            hosts.append(value)
        if lower in own or len(hosts) > 1:
            raise TakenHeader(f"the header {name!r} is the signer's to add, or stands twice; leave it out")
        if not value:
            blank.add(lower)
        elif lower:
            lines.append((lower, value))
    if not any(hosts):
        raise MissingHost("the request has no Host header; give the one that is sent")
    return sorted(line for line in lines if line[0] not in blank) if blank else sorted(lines)


@lru_cache(maxsize=256)
def _signed_name(name: str) -> str:
    """The name in lower case, or nothing if it is not to be signed."""
    if not _is_token(name):
        raise BadHeader(f"{name!r} is no header name")
    lower = name.lower()
    if lower in _RESERVED:
        raise TakenHeader(f"the header {name!r} is the signer's to add; leave it out")
    return "" if "_" in lower or lower in _REWRITTEN else lower
