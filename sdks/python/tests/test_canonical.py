"""Path and query of the canonical request, and what their forms have in common."""

import random
from urllib.parse import quote, unquote_to_bytes

import pytest

from countersign.canonical import canonical_path, canonical_query

PATHS = {
    b"": "/",
    b"/": "/",
    b"/v1/ping": "/v1/ping/",
    b"/v1/ping/": "/v1/ping/",
    b"/a//b": "/a//b/",
    b"/a/./b/..": "/a/./b/../",
    b"/a%2Fb": "/a/b/",
    b"/a%2fb%7e": "/a/b~/",
    b"/a+b c": "/a%2Bb%20c/",
    b"/100%/%zz/%4": "/100%25/%25zz/%254/",
    b"/%2520": "/%2520/",
    "/路".encode(): "/%E8%B7%AF/",
    b"/a\xff": "/a%FF/",
    b"/a\n": "/a%0A/",
}
QUERIES = {
    b"": "",
    b"&&": "",
    b"a": "a=",
    b"a=&b": "a=&b=",
    b"b=2&a=10&a=9&%61=1": "a=1&a=10&a=9&b=2",
    b"a=b=c": "a=b%3Dc",
    b"a-b=1&a=1": "a=1&a-b=1",
    b"a=1&a-b=1&a=0": "a=0&a=1&a-b=1",
    b"=": "=",
    b"a=+": "a=%2B",
    b"%C3%A9=1&z=2": "z=2&%C3%A9=1",
    b"a=%\x00": "a=%25%00",
    b"a=1\n": "a=1%0A",
    b"a=1&a=%31": "a=1&a=1",
}


@pytest.mark.parametrize("raw", PATHS)
def test_a_path_is_decoded_once_and_encoded(raw):
    assert canonical_path(raw) == PATHS[raw]


@pytest.mark.parametrize("raw", QUERIES)
def test_a_query_is_decoded_sorted_and_encoded(raw):
    assert canonical_query(raw) == QUERIES[raw]


def spellings(generator: random.Random, text: bytes) -> bytes:
    """The same text with some of its bytes encoded."""
    return b"".join(b"%%%02X" % byte if generator.random() < 0.5 else bytes([byte]) for byte in text)


@pytest.mark.parametrize("seed", range(50))
def test_how_a_request_is_spelled_does_not_matter(seed):
    generator = random.Random(seed)
    plain = bytes(generator.choices(b"abcXYZ019-._~", k=12))
    assert canonical_path(b"/" + spellings(generator, plain)) == f"/{plain.decode()}/"
    assert canonical_query(b"k=" + spellings(generator, plain)) == f"k={plain.decode()}"


@pytest.mark.parametrize("seed", range(50))
def test_the_order_of_pairs_does_not_matter_and_none_is_lost(seed):
    generator = random.Random(seed)
    pairs = [(bytes(generator.choices(b"ab&=%+ \xff", k=3)), bytes(generator.choices(b"01&=", k=2))) for _ in range(6)]
    pieces = [f"{quote(name, safe='')}={quote(value, safe='')}".encode() for name, value in pairs]
    canonical = canonical_query(b"&".join(pieces))
    generator.shuffle(pieces)
    assert canonical_query(b"&".join(pieces)) == canonical
    assert [tuple(map(unquote_to_bytes, pair.split("="))) for pair in canonical.split("&")] == sorted(pairs)
