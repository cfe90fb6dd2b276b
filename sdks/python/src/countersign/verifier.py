"""The verifier, for backends (clause 5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Union

from countersign import authorization
from countersign.algorithm import DEFAULT
from countersign.authorization import Authorization
from countersign.claim import Claim
from countersign.clock import SKEW_SECONDS_MAX, basic, parse_basic, seconds
from countersign.errors import (
    BadContentHash,
    BadDate,
    Expired,
    MalformedAuthorization,
    MissingAuthorization,
    MissingDate,
    UnknownKey,
    UnsupportedAlgorithm,
)
from countersign.head import Head
from countersign.request import UNSIGNED, Request, Unsigned

#: Secret keys by access key.
Keys = Union[Mapping[str, str], Callable[[str], "str | None"]]

_is_digest = re.compile(r"[0-9A-Fa-f]{64}").fullmatch


class Verifier:
    """Tells whose a request is. It knows the documented canonical request and no other (clause 3)."""

    def __init__(
        self,
        keys: Keys,
        *,
        algorithms: Iterable[str] = (DEFAULT,),
        accept_unsigned_payload: bool = True,
        header: str = "Authorization",
    ):
        """`keys` is a mapping, or a function from an access key to its secret key or `None`; it is asked for every
        request. `header` is the name of the header that carries the signature."""
        self._secret_of = keys.get if isinstance(keys, Mapping) else keys
        self._algorithms = frozenset(algorithms)
        self._accept_unsigned_payload = accept_unsigned_payload
        #: The name of the header that carries the signature.
        self.header = header

    def verify(self, request: Request, now: datetime | None = None) -> str:
        """The access key that signed the request, as of `now` or of the system's clock.

        Raises the `VerificationError` that comes first in clause 5.7. The payload must be the body.
        """
        if isinstance(request.payload, Unsigned):
            raise TypeError("a request to verify has the body that was received, and not UNSIGNED")
        return self.claim(request, now).finish(request.payload)

    def claim(self, request: Request, now: datetime | None = None) -> Claim:
        """The verdict as far as the head of the request goes; its payload is not looked at."""
        head = Head(request, self.header)
        presented = self._presented(head)
        date = _fresh_date(head, presented, seconds(now))
        secret = self._secret_of(presented.access_key)
        if not secret:
            raise UnknownKey("no key of that name is known here")
        if presented.algorithm.token not in self._algorithms:
            raise UnsupportedAlgorithm(f"{presented.algorithm.token} is not accepted here")
        declared = _declared_payload(head, presented)
        claim = Claim(head, presented, date, secret.encode())
        if declared is not None:
            claim.declare(declared, self._accept_unsigned_payload)
        return claim

    def _presented(self, head: Head) -> Authorization:
        head.require_single("authorization")
        value = head.single("authorization")
        presented = authorization.parse(value) if value is not None else None
        if presented is None:
            raise MissingAuthorization(f"the {self.header} header has no signature of this protocol")
        head.require_single()
        return presented


def _fresh_date(head: Head, presented: Authorization, now: int) -> str:
    """The signing time, which is not long ago nor far ahead (5.3)."""
    date = head.single("x-sdk-date")
    if date is None:
        raise MissingDate("the X-Sdk-Date header is missing")
    signed_at = parse_basic(date)
    if signed_at is None:
        raise BadDate("the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ")
    if presented.scope and presented.scope.partition("/")[0] != date[:8]:
        raise MalformedAuthorization("the day of the scope is not that of X-Sdk-Date")
    if abs(signed_at - now) > SKEW_SECONDS_MAX:
        raise Expired(f"signature expired, signature time:{date}, server time:{basic(now)}; set the clock")
    return date


def _declared_payload(head: Head, presented: Authorization) -> str | None:
    """What the content hash header of the algorithm says, if it is there."""
    name = presented.algorithm.content_header
    value = head.single(name.lower())
    if value is not None and value != UNSIGNED.value and not _is_digest(value):
        raise BadContentHash(f"the {name} header is neither a digest nor {UNSIGNED.value}")
    return value
