"""The canonical request (clause 3)."""

from urllib.parse import quote_from_bytes, unquote_to_bytes

_UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
_PLAIN_PATH = _UNRESERVED + b"/"
_PLAIN_QUERY = _UNRESERVED + b"=&"


def canonical_path(raw: bytes) -> str:
    """Decoded once, encoded, ending in a slash (3.1)."""
    is_plain = not raw.rstrip(_PLAIN_PATH)
    path = raw.decode() if is_plain else quote_from_bytes(unquote_to_bytes(raw), "/")
    return path if path.endswith("/") else path + "/"


def canonical_query(raw: bytes) -> str:
    """Pairs, decoded and sorted, then encoded (3.2)."""
    if not raw.rstrip(_PLAIN_QUERY):
        # Nothing is to decode, and nothing but a further `=` to encode.
        plain = sorted([piece.partition("=") for piece in raw.decode().split("&") if piece])
        return "&".join([f"{name}={value.replace('=', '%3D')}" for name, _, value in plain])
    pieces = [piece.partition(b"=") for piece in raw.split(b"&") if piece]
    pairs = sorted([(unquote_to_bytes(name), unquote_to_bytes(value)) for name, _, value in pieces])
    return "&".join([f"{_encode(name)}={_encode(value)}" for name, value in pairs])


def canonical_request(method: str, target: bytes, lines: list[tuple[str, str]], names: str, payload: str) -> str:
    """`lines` are the header block in order; `names` are joined with `;`."""
    path, _, query = target.partition(b"?")
    block = "".join([f"{name}:{value}\n" for name, value in lines])
    return f"{method}\n{canonical_path(path)}\n{canonical_query(query)}\n{block}\n{names}\n{payload}"


def string_to_sign(token: str, date: str, scope: str, digest: str) -> str:
    """Clause 4.1; `scope` is empty for the algorithms that have none."""
    return f"{token}\n{date}\n{scope}\n{digest}" if scope else f"{token}\n{date}\n{digest}"


def _encode(data: bytes) -> str:
    return quote_from_bytes(data, "")
