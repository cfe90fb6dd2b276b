"""A signature that waits for the body (5.4)."""

from __future__ import annotations

import hmac
import re

from countersign.authorization import Authorization
from countersign.canonical import canonical_request, string_to_sign
from countersign.errors import ContentHashMismatch, MalformedAuthorization, Mismatch, UnsignedPayload
from countersign.head import Head
from countersign.request import UNSIGNED, Unsigned

_breaks_line = re.compile(r"[\r\n\0]").search


class Claim:
    """A signature that holds as far as the head of a request goes."""

    def __init__(self, head: Head, presented: Authorization, date: str, secret: bytes):
        self._head, self._presented, self._date = head, presented, date
        self._code = presented.algorithm.key(presented.access_key, secret)(presented.scope)
        #: The hash that the body must have, or that it may be anything. None: the signature is still to be compared.
        self._declared: str | Unsigned | None = None
        self._lines = [(name, value) for name in presented.signed_names for value in head.values(name)]
        if _breaks_line(head.method) or any(_breaks_line(value) for _, value in self._lines):
            raise MalformedAuthorization("the method or a signed header has a line break")

    def declare(self, payload: str, accept_unsigned: bool) -> None:
        """Compares under a declared payload, before there is a body. What is declared unsigned may have been signed as
        empty."""
        is_unsigned = payload == UNSIGNED.value
        is_refused = is_unsigned and not accept_unsigned
        empty = self._presented.algorithm.empty
        if not is_refused and self._holds(payload):
            self._declared = UNSIGNED if is_unsigned else payload.lower()
        elif is_unsigned and self._holds(empty):
            self._declared = empty
        elif is_refused:
            raise UnsignedPayload("a signature that leaves the body out is not accepted here")
        else:
            raise self._mismatch(payload)

    def finish(self, body: bytes) -> str:
        """The access key, once the body is complete; raises `Mismatch` or `ContentHashMismatch`."""
        if not isinstance(self._declared, Unsigned):
            self._check(self._presented.algorithm.digest(body))
        return self._presented.access_key

    def _check(self, digest: str) -> None:
        if self._declared is None:
            if not self._holds(digest):
                raise self._mismatch(digest)
        elif digest != self._declared:
            raise ContentHashMismatch("the body does not have the hash that is declared for it")

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
