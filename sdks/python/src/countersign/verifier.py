"""The verifier, for backends (clause 5)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Union

from countersign import authorization
from countersign.algorithm import DEFAULT
from countersign.authorization import Authorization
from countersign.canonical import canonical_request, string_to_sign
from countersign.clock import SKEW_SECONDS_MAX, basic, parse_basic, seconds
from countersign.errors import (
    BadContentHash,
    BadDate,
    ContentHashMismatch,
    Expired,
    MalformedAuthorization,
    Mismatch,
    MissingAuthorization,
    MissingDate,
    UnknownKey,
    UnsignedPayload,
    UnsupportedAlgorithm,
)
from countersign.head import Head
from countersign.request import UNSIGNED, Request, Unsigned

#: Secret keys by access key.
Keys = Union[Mapping[str, str], Callable[[str], "str | None"]]

_is_digest = re.compile(r"[0-9A-Fa-f]{64}").fullmatch
_breaks_line = re.compile(r"[\r\n\0]").search


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
        date = self._fresh_date(head, presented, seconds(now))
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

    @staticmethod
    def _fresh_date(head: Head, presented: Authorization, now: int) -> str:
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


class Claim:
    """A signature that holds as far as the head of a request goes."""

    def __init__(self, head: Head, presented: Authorization, date: str, secret: bytes):
        self._head, self._presented, self._date = head, presented, date
        self._code = presented.algorithm.key(presented.access_key, secret)(presented.scope)
        #: What the body must hash to, or that it may be anything; none while nothing is compared.
        self._declared: str | None = None
        self._lines = [(name, value) for name in presented.signed_names for value in head.values(name)]
        if _breaks_line(head.method) or any(_breaks_line(value) for _, value in self._lines):
            raise MalformedAuthorization("the method or a signed header has a line break")

    def declare(self, payload: str, accept_unsigned: bool) -> None:
        """Compares under a declared payload, before there is a body. What is declared unsigned may have been signed as
        empty (5.4)."""
        is_refused = payload == UNSIGNED.value and not accept_unsigned
        empty = self._presented.algorithm.digest(b"")
        if not is_refused and self._holds(payload):
            self._declared = payload.lower()
        elif payload == UNSIGNED.value and self._holds(empty):
            self._declared = empty
        elif is_refused:
            raise UnsignedPayload("a signature that leaves the body out is not accepted here")
        else:
            raise self._mismatch(payload)

    def finish(self, body: bytes) -> str:
        """The access key, once the body is complete; raises `Mismatch` or `ContentHashMismatch`."""
        if self._declared == UNSIGNED.value.lower():
            return self._presented.access_key
        digest = self._presented.algorithm.digest(body)
        if self._declared is None:
            if not self._holds(digest):
                raise self._mismatch(digest)
        elif not hmac.compare_digest(digest, self._declared):
            raise ContentHashMismatch("the body does not have the hash that is declared for it")
        return self._presented.access_key

    def _holds(self, payload: str) -> bool:
        """Takes constant time for any signature."""
        algorithm, scope = self._presented.algorithm, self._presented.scope
        digest = algorithm.digest(self._canonical(payload))
        code = self._code(string_to_sign(algorithm.token, self._date, scope, digest).encode())
        return hmac.compare_digest(code, bytes.fromhex(self._presented.signature))

    def _canonical(self, payload: str) -> bytes:
        names = ";".join(self._presented.signed_names)
        return canonical_request(self._head.method, self._head.target, self._lines, names, payload).encode("latin-1")

    def _mismatch(self, payload: str) -> Mismatch:
        return Mismatch(self._canonical(payload).decode(errors="replace"))


def _declared_payload(head: Head, presented: Authorization) -> str | None:
    """What the content hash header of the algorithm says, if it is there."""
    name = presented.algorithm.content_header
    value = head.single(name.lower())
    if value is not None and value != UNSIGNED.value and not _is_digest(value):
        raise BadContentHash(f"the {name} header is neither a digest nor {UNSIGNED.value}")
    return value
