"""The grammar of the header that carries the signature (clause 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from countersign.algorithm import Algorithm, find
from countersign.errors import MalformedAuthorization, MissingAccessKey

_FAMILIES = ("sdk-", "v11-")
_SIGNED_NAMES_MAX = 100

_split_scheme = re.compile(r"([^ \t]*)(.*)", re.DOTALL).fullmatch
_is_visible = re.compile(r"[!-~]*").fullmatch
_is_scope = re.compile(r"[^/]+/[^/]+/[^/]+").fullmatch
_is_lower_token = re.compile(r"[a-z0-9!#$%&'*+\-.^_`|~]+").fullmatch
_is_signature = re.compile(r"[0-9a-f]{64}").fullmatch


class Authorization(NamedTuple):
    """The header, parsed."""

    algorithm: Algorithm
    access_key: str
    #: `yyyymmdd/region/service` of scoped algorithms, else empty.
    scope: str
    #: In the order given.
    signed_names: list[str]
    signature: str


def parse(value: str) -> Authorization | None:
    """Nothing, if the header belongs to another scheme (2.2).

    Raises `UnsupportedAlgorithm`, `MissingAccessKey` or `MalformedAuthorization`.
    """
    match = _split_scheme(value)
    token, parameters = match.groups() if match else ("", "")
    if token[:4].lower() not in _FAMILIES:
        return None
    algorithm = find(token)
    keyword = "Credential" if algorithm.is_scoped else "Access"
    parts = [part.strip(" \t") for part in parameters.split(",")]
    credential = _parameter(parts, keyword)
    if credential is None:
        raise MissingAccessKey(f"{keyword} is missing in the header with the signature")
    access_key, scope = _split_credential(credential) if algorithm.is_scoped else (credential, "")
    names, signature = _parameter(parts, "SignedHeaders"), _parameter(parts, "Signature")
    if names is None or signature is None or parts:
        raise MalformedAuthorization(f"the parameters are not {keyword}, SignedHeaders and Signature, once each")
    if not access_key:
        raise MissingAccessKey(f"{keyword} is empty in the header with the signature")
    if not _is_visible(access_key) or not _is_visible(scope):
        raise MalformedAuthorization("access key or scope has a character that is not visible")
    signed_names = _signed_names(names)
    if not _is_signature(signature):
        raise MalformedAuthorization("Signature is not 64 lower-case hex digits")
    return Authorization(algorithm, access_key, scope, signed_names, signature)


def _parameter(parts: list[str], keyword: str) -> str | None:
    """Takes the next parameter off, if it is that one."""
    if not parts or not parts[0].startswith(f"{keyword}="):
        return None
    return parts.pop(0)[len(keyword) + 1 :]


def _split_credential(credential: str) -> tuple[str, str]:
    access_key, _, scope = credential.partition("/")
    if not _is_scope(scope):
        raise MalformedAuthorization("Credential is not key/day/region/service")
    return access_key, scope


def _signed_names(joined: str) -> list[str]:
    names = joined.split(";")
    if not all(map(_is_lower_token, names)):
        raise MalformedAuthorization("SignedHeaders has a name that is no lower-case header name")
    if len(names) > _SIGNED_NAMES_MAX or len(set(names)) < len(names):
        raise MalformedAuthorization("SignedHeaders has too many names, or one of them twice")
    if "authorization" in names or "x-sdk-date" not in names:
        raise MalformedAuthorization("SignedHeaders names authorization, or does not name x-sdk-date")
    return names
