"""The signer: instructions for a request, which it neither sends nor changes (clause 7)."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from countersign.algorithm import DEFAULT, Algorithm, find
from countersign.canonical import canonical_request, string_to_sign
from countersign.clock import basic, seconds
from countersign.errors import BadCredentials, BadHeader, BadScope, MissingCredentials, MissingScope
from countersign.request import Request, Unsigned, header_lines
from countersign.wire import check_request_line, is_value, signed_lines

_is_access_key = re.compile(r"[!-+\--~]+").fullmatch
_is_scope_part = re.compile(r"[A-Za-z0-9\-_.]+").fullmatch


class Explanation(NamedTuple):
    """How a signature came about."""

    #: To be added to the request, `Authorization` last.
    headers: dict[str, str]
    #: It repeats the security token, if there is one.
    canonical_request: str
    string_to_sign: str


class Signer:
    """Signs requests with one key pair. It holds no state between requests and can be shared by threads."""

    __slots__ = ("_access_key", "_algorithm", "_identity", "_identity_lines", "_key", "_own", "_region_service")

    def __init__(
        self,
        access_key: str,
        secret_key: str,
        security_token: str | None = None,
        *,
        project_id: str | None = None,
        domain_id: str | None = None,
        algorithm: str = DEFAULT,
        region: str | None = None,
        service: str | None = None,
    ):
        """`security_token` accompanies a temporary key pair; `region` and `service` count for `V11-HMAC-SHA256` only.

        Raises `MissingCredentials`, `BadCredentials`, `BadHeader` for ids that cannot stand in their header,
        `UnsupportedAlgorithm`, `MissingScope` or `BadScope`.
        """
        if not access_key or not secret_key:
            raise MissingCredentials("access key or secret key is missing; both are needed to sign")
        self._algorithm = find(algorithm)
        if not _is_access_key(access_key) or (self._algorithm.is_scoped and "/" in access_key):
            raise BadCredentials("the access key has a blank, a comma or another separator; copy it once more")
        self._region_service = _region_service(self._algorithm, region, service)
        self._access_key = access_key
        self._key = self._algorithm.key(access_key, _secret_bytes(secret_key))
        self._identity = _identity(project_id, domain_id, security_token)
        self._identity_lines = [(name.lower(), value) for name, value in self._identity.items()]
        self._own = frozenset(name for name, _ in self._identity_lines)

    def __repr__(self) -> str:
        return f"Signer(access_key={self._access_key!r}, algorithm={self._algorithm.token!r})"

    def sign(self, request: Request, now: datetime | None = None) -> dict[str, str]:
        """The headers to add to the request, `Authorization` last; signed as of `now`, or of the system's clock.

        Raises `BadMethod`, `BadTarget`, `BadHeader`, `TakenHeader` or `MissingHost`.
        """
        return self.explain(request, now).headers

    def explain(self, request: Request, now: datetime | None = None) -> Explanation:
        """What `sign` answers and how it came about, for whoever searches a mistake."""
        method, target, given, payload = request
        check_request_line(method, target)
        algorithm, date = self._algorithm, basic(seconds(now))
        headers, added = {"X-Sdk-Date": date, **self._identity}, [("x-sdk-date", date), *self._identity_lines]
        if isinstance(payload, Unsigned):
            payload_line = headers[algorithm.content_header] = payload.value
            added.append((algorithm.content_header.lower(), payload_line))
        else:
            payload_line = algorithm.digest(payload) if payload else algorithm.empty
        lines = signed_lines(header_lines(given), added, self._own)
        # A dictionary has each name once, in order.
        names = ";".join(dict(lines))
        scope = f"{date[:8]}/{self._region_service}" if algorithm.is_scoped else ""
        canonical = canonical_request(method, target.encode(), lines, names, payload_line)
        text = string_to_sign(algorithm.token, date, scope, algorithm.digest(canonical.encode()))
        signature = self._key(scope)(text.encode()).hex()
        credential = f"Credential={self._access_key}/{scope}" if scope else f"Access={self._access_key}"
        headers["Authorization"] = f"{algorithm.token} {credential}, SignedHeaders={names}, Signature={signature}"
        return Explanation(headers, canonical, text)


class _Hidden(str):
    """Text that debuggers and logs do not show."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "'<hidden>'"


def _secret_bytes(secret_key: str) -> bytes:
    try:
        return secret_key.encode()
    except UnicodeEncodeError:
        # That error holds the text.
        raise BadCredentials("the secret key is no text; copy it once more") from None


def _identity(project_id: str | None, domain_id: str | None, security_token: str | None) -> dict[str, str]:
    """The headers that say as whom and where the caller acts (6.3)."""
    headers = {}
    for name, value in (("X-Project-Id", project_id), ("X-Domain-Id", domain_id)):
        if value is not None:
            if not is_value(value) or not value.strip(" \t"):
                raise BadHeader(f"the value of {name} is blank or cannot be sent")
            headers[name] = value.strip(" \t")
    if security_token is not None:
        if not is_value(security_token) or not security_token.strip(" \t"):
            raise BadCredentials("the security token is blank or has a control character; copy it once more")
        headers["X-Security-Token"] = _Hidden(security_token.strip(" \t"))
    return headers


def _region_service(algorithm: Algorithm, region: str | None, service: str | None) -> str:
    """Region and service of the scope; only scoped algorithms look at them."""
    if not algorithm.is_scoped:
        return ""
    if not region or not service:
        raise MissingScope(f"{algorithm.token} needs a region and a service")
    if not _is_scope_part(region) or not _is_scope_part(service):
        raise BadScope("region and service are letters, digits, '-', '_' and '.'")
    return f"{region}/{service}"
