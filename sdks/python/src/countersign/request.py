"""A request as signers and verifiers see it."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import NamedTuple, Union
from urllib.parse import urlsplit

from countersign.errors import BadTarget

Headers = Union[Mapping[str, str], Iterable[tuple[str, str]]]

_DEFAULT_PORTS = {"http": 80, "https": 443}


class Unsigned(enum.Enum):
    """The type of `UNSIGNED`."""

    UNSIGNED = "UNSIGNED-PAYLOAD"


#: In place of a body: the signature leaves it out and says so.
UNSIGNED = Unsigned.UNSIGNED


class Request(NamedTuple):
    """A request exactly as it is sent or was received.

    To be signed, its text goes to the wire as UTF-8. To be verified, each character of it is one byte of the wire
    (latin-1), as Python's servers read it.
    """

    #: Upper case.
    method: str
    #: Path and query as they stand on the wire.
    target: str
    #: Header lines: a mapping, or pairs of name and value in which a name may be repeated.
    headers: Headers = ()
    #: The bytes of the body, or `UNSIGNED`.
    payload: bytes | Unsigned = b""

    @classmethod
    def for_url(cls, method: str, url: str, headers: Headers = (), payload: bytes | Unsigned = b"") -> Request:
        """The request for an absolute URL. Unless a Host is given, it is what the URL names, without a default port.

        Raises `BadTarget` when the URL names no host.
        """
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise BadTarget(f"this is no URL: {error}") from error
        if not parts.hostname:
            raise BadTarget("the URL names no host; write it as https://host/path?query")
        lines = list(header_lines(headers))
        if not any(name.lower() == "host" for name, _ in lines):
            host = parts.netloc.rpartition("@")[2]
            if port is None or port == _DEFAULT_PORTS.get(parts.scheme):
                host = host.removesuffix(f":{port or ''}")
            lines.insert(0, ("Host", host))
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(method, target, lines, payload)

    def __repr__(self) -> str:
        """Headers and body may be confidential."""
        return f"Request({self.method!r}, {self.target!r})"


def header_lines(headers: Headers) -> Iterable[tuple[str, str]]:
    """The pairs of name and value."""
    # Most are dictionaries, and to ask for that alone is faster.
    return headers.items() if isinstance(headers, (dict, Mapping)) else headers
