"""The algorithms and what they sign with (clause 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any, NamedTuple

from countersign.errors import UnsupportedAlgorithm

DEFAULT = "SDK-HMAC-SHA256"

#: Computes the authentication code of a message.
Code = Callable[[bytes], bytes]

_BLOCK_BYTES = 64
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


def keyed(new_hash: Callable[[bytes], Any], key: bytes) -> Code:
    """HMAC that has taken its key in. The hashes of this protocol all have blocks of 64 bytes."""
    block = (new_hash(key).digest() if len(key) > _BLOCK_BYTES else key).ljust(_BLOCK_BYTES, b"\0")
    inner_start, outer_start = new_hash(block.translate(_INNER)), new_hash(block.translate(_OUTER))

    def code(message: bytes) -> bytes:
        inner, outer = inner_start.copy(), outer_start.copy()
        inner.update(message)
        outer.update(inner.digest())
        digest: bytes = outer.digest()
        return digest

    return code


class Algorithm(NamedTuple):
    """One algorithm of clause 4."""

    token: str
    new_hash: Callable[[bytes], Any]
    #: The header that declares a payload (6.2).
    content_header: str
    #: Whether the signature is bound to day, region and service.
    is_scoped: bool
    #: Digest of nothing, because most requests have no body.
    empty: str

    def digest(self, data: bytes) -> str:
        """Lower-case hex."""
        text: str = self.new_hash(data).hexdigest()
        return text

    def key(self, access_key: str, secret: bytes) -> Callable[[str], Code]:
        """What a key pair signs with, by scope. It is a closure, so that nothing that prints objects shows secrets."""
        if self.is_scoped:
            return lambda scope: self._scoped_code(access_key.encode(), secret, scope.encode())
        code = keyed(self.new_hash, secret)
        return lambda scope: code

    def _scoped_code(self, access_key: bytes, secret: bytes, scope: bytes) -> Code:
        """HKDF with one block of output, whose hex text is the key (4.2)."""
        extracted = keyed(self.new_hash, access_key)(secret)
        return keyed(self.new_hash, keyed(self.new_hash, extracted)(scope + b"\x01").hex().encode())


def _sm3(data: bytes = b"") -> Any:
    return hashlib.new("sm3", data)


def _available() -> dict[str, Algorithm]:
    algorithms = [
        Algorithm("SDK-HMAC-SHA256", hashlib.sha256, "X-Sdk-Content-Sha256", False, hashlib.sha256().hexdigest()),
        Algorithm("V11-HMAC-SHA256", hashlib.sha256, "X-Sdk-Content-Sha256", True, hashlib.sha256().hexdigest()),
    ]
    try:
        algorithms.append(Algorithm("SDK-HMAC-SM3", _sm3, "X-Sdk-Content-Sm3", False, _sm3().hexdigest()))
    except ValueError:
        pass  # An OpenSSL that was built without it.
    return {algorithm.token: algorithm for algorithm in algorithms}


#: Those of this library that the platform has, by token.
ALGORITHMS = _available()


def find(token: str) -> Algorithm:
    """The algorithm of that token; raises `UnsupportedAlgorithm`."""
    if token not in ALGORITHMS:
        raise UnsupportedAlgorithm(f"this is none of the algorithms of this platform: {', '.join(ALGORITHMS)}")
    return ALGORITHMS[token]
