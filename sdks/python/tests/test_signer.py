"""The signer: what it adds, what it signs, what it refuses."""

import copy
import doctest
import hashlib
import hmac
import pickle
import threading
from datetime import datetime

import pytest

import countersign
from countersign import UNSIGNED, Request, Signer
from countersign.algorithm import ALGORITHMS, keyed

HOST = ("Host", "example.com")
EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def get(*headers, target="/", payload=b"", method="GET") -> Request:
    return Request(method, target, [HOST, *headers], payload)


def test_headers_are_signed_trimmed_sorted_and_without_those_that_proxies_rewrite(signer, now):
    lines = [
        ("X-B", " two\t"),
        ("x-b", "one"),
        ("X_Under", "1"),
        ("X-Blank", " "),
        ("X-Half", "1"),
        ("x-half", ""),
        ("Content-Length", "0"),
        ("Connection", "close"),
        ("Expect", "100-continue"),
        ("Transfer-Encoding", "chunked"),
    ]
    explained = signer.explain(get(*lines, target="/a"), now)
    assert explained.canonical_request == (
        f"GET\n/a/\n\nhost:example.com\nx-b:one\nx-b:two\nx-sdk-date:20250102T030405Z\n\nhost;x-b;x-sdk-date\n{EMPTY}"
    )


def test_headers_may_be_a_mapping(signer, now):
    lines = [HOST, ("A", "1")]
    assert signer.sign(Request("GET", "/", dict(lines)), now) == signer.sign(Request("GET", "/", lines), now)


def test_headers_are_added_in_the_order_of_the_contract(now):
    signer = Signer("AccessKey", "SecretKey", "token", project_id="p", domain_id="d")
    headers = signer.sign(get(payload=UNSIGNED), now)
    assert list(headers.items())[:-1] == [
        ("X-Sdk-Date", "20250102T030405Z"),
        ("X-Project-Id", "p"),
        ("X-Domain-Id", "d"),
        ("X-Security-Token", "token"),
        ("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD"),
    ]
    names = "host;x-domain-id;x-project-id;x-sdk-content-sha256;x-sdk-date;x-security-token"
    assert f"SignedHeaders={names}," in headers["Authorization"]


def test_the_body_is_signed_unless_it_is_left_out(signer, now):
    body = b'{"a": 1}'
    assert signer.explain(get(payload=body), now).canonical_request.endswith(hashlib.sha256(body).hexdigest())
    assert signer.explain(get(payload=UNSIGNED), now).canonical_request.endswith("\nUNSIGNED-PAYLOAD")


def test_text_is_signed_as_utf_8(signer, received, verifier, now):
    request = get(("X-Name", "路径é"), target="/路?é=ü")
    assert verifier.verify(received(request), now) == "AccessKey"
    assert "/%E8%B7%AF/\n%C3%A9=%C3%BC\n" in signer.explain(request, now).canonical_request


def test_a_scoped_algorithm_is_bound_to_the_day_of_signing(now):
    signer = Signer("AccessKey", "SecretKey", algorithm="V11-HMAC-SHA256", region="test-region-1", service="demo")
    explained = signer.explain(get(), now)
    assert "\n20250102/test-region-1/demo\n" in explained.string_to_sign
    credential = "V11-HMAC-SHA256 Credential=AccessKey/20250102/test-region-1/demo, "
    assert explained.headers["Authorization"].startswith(credential)


@pytest.mark.skipif("SDK-HMAC-SM3" not in ALGORITHMS, reason="the platform's OpenSSL has no SM3")
def test_sm3_hashes_with_its_own_header(now):
    explained = Signer("AccessKey", "SecretKey", algorithm="SDK-HMAC-SM3").explain(get(), now)
    assert explained.canonical_request.endswith("1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b")
    headers = Signer("AccessKey", "SecretKey", algorithm="SDK-HMAC-SM3").sign(get(payload=UNSIGNED), now)
    assert headers["X-Sdk-Content-Sm3"] == "UNSIGNED-PAYLOAD"


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 200])
def test_prepared_codes_are_those_of_hmac(length):
    key, message = b"k" * length, b"a message"
    assert keyed(hashlib.sha256, key)(message) == hmac.new(key, message, "sha256").digest()


REFUSED = {
    "method with a blank": (get(method="GE T"), "BadMethod"),
    "no method": (get(method=""), "BadMethod"),
    "target without a slash": (get(target="a"), "BadTarget"),
    "empty target": (get(target=""), "BadTarget"),
    "absolute target": (get(target="http://example.com/"), "BadTarget"),
    "target with a blank": (get(target="/a b"), "BadTarget"),
    "target with a line break": (get(target="/a\n"), "BadTarget"),
    "target that is no text": (get(target="/\udcff"), "BadTarget"),
    "value with a line break": (get(("A", "b\r\nc: d")), "BadHeader"),
    "value with a trailing line break": (get(("A", "b\n")), "BadHeader"),
    "value with a control character": (get(("A", "\x7f")), "BadHeader"),
    "value that is no text": (get(("A", "\udcff")), "BadHeader"),
    "name with a blank": (get(("A B", "c")), "BadHeader"),
    "name with a line break": (get(("A\n", "c")), "BadHeader"),
    "empty name": (get(("", "c")), "BadHeader"),
    "authorization": (get(("Authorization", "x")), "TakenHeader"),
    "date": (get(("x-sdk-date", "20250102T030405Z")), "TakenHeader"),
    "hash": (get(("X-Sdk-Content-Sha256", EMPTY)), "TakenHeader"),
    "second host": (get(("host", "other")), "TakenHeader"),
    "second host after a blank one": (Request("GET", "/", [("Host", ""), HOST]), "TakenHeader"),
    "no host": (Request("GET", "/", [("A", "b")]), "MissingHost"),
    "blank host": (Request("GET", "/", [("Host", " ")]), "MissingHost"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_sent_or_signed_is_refused(case, signer, now):
    request, error = REFUSED[case]
    with pytest.raises(countersign.SigningError) as caught:
        signer.sign(request, now)
    assert caught.value.name == error


def test_a_header_is_taken_when_the_signer_adds_it_itself(now):
    request = get(("X-Project-Id", "p"))
    assert "x-project-id" in Signer("AccessKey", "SecretKey").sign(request, now)["Authorization"]
    with pytest.raises(countersign.TakenHeader):
        Signer("AccessKey", "SecretKey", project_id="p").sign(request, now)


SCOPED = {"algorithm": "V11-HMAC-SHA256", "region": "r", "service": "s"}
UNUSABLE = {
    "no access key": (("", "SecretKey"), {}, "MissingCredentials"),
    "no secret key": (("AccessKey", ""), {}, "MissingCredentials"),
    "access key with a comma": (("a,b", "SecretKey"), {}, "BadCredentials"),
    "access key with a blank": (("a b", "SecretKey"), {}, "BadCredentials"),
    "access key with a line break": (("a\n", "SecretKey"), {}, "BadCredentials"),
    "access key with a slash in a scope": (("a/b", "SecretKey"), SCOPED, "BadCredentials"),
    "secret key that is no text": (("AccessKey", "\udcff"), {}, "BadCredentials"),
    "token with a line break": (("AccessKey", "SecretKey", "a\nb"), {}, "BadCredentials"),
    "blank token": (("AccessKey", "SecretKey", " "), {}, "BadCredentials"),
    "project with a line break": (("AccessKey", "SecretKey"), {"project_id": "a\nb"}, "BadHeader"),
    "unknown algorithm": (("AccessKey", "SecretKey"), {"algorithm": "SDK-HMAC-MD5"}, "UnsupportedAlgorithm"),
    "no region": (("AccessKey", "SecretKey"), {**SCOPED, "region": None}, "MissingScope"),
    "no service": (("AccessKey", "SecretKey"), {**SCOPED, "service": ""}, "MissingScope"),
    "region with a slash": (("AccessKey", "SecretKey"), {**SCOPED, "region": "a/b"}, "BadScope"),
    "service with a line break": (("AccessKey", "SecretKey"), {**SCOPED, "service": "s\n"}, "BadScope"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_signer_is_not_made_of_what_cannot_sign(case):
    positional, named, error = UNUSABLE[case]
    with pytest.raises(countersign.SigningError) as caught:
        Signer(*positional, **named)
    assert caught.value.name == error
    assert "SecretKey" not in str(caught.value)


def test_a_time_without_a_zone_is_refused(signer):
    with pytest.raises(ValueError, match="time zone"):
        signer.sign(get(), datetime(2025, 1, 2))


def test_the_system_clock_counts_when_no_time_is_given(signer, verifier):
    request = get()
    assert verifier.verify(request._replace(headers={**dict([HOST]), **signer.sign(request)})) == "AccessKey"


def test_neither_secret_nor_token_is_shown(now):
    secret, token = "never-shown-secret", "never-shown-token"
    signer = Signer("AccessKey", secret, token)
    headers = signer.sign(get(), now)
    seen = [repr(signer), str(signer), repr(headers)]
    seen += [repr(getattr(signer, name)) for name in Signer.__slots__]
    assert not [text for text in seen if secret in text or token in text]
    assert headers["X-Security-Token"] == token
    assert "secret" not in repr(Request("GET", "/", {"Cookie": "secret"}, b"secret"))


def test_a_signer_is_not_written_down(signer):
    for write in (pickle.dumps, copy.deepcopy):
        with pytest.raises((TypeError, AttributeError, pickle.PicklingError)):
            pickle.dumps(write(signer))


def test_a_signer_is_shared_by_threads(signer, now):
    expected, seen = signer.sign(get(), now), []
    threads = [
        threading.Thread(target=lambda: seen.extend(signer.sign(get(), now) for _ in range(200))) for _ in "1234"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 800 and all(headers == expected for headers in seen)


URLS = {
    "https://example.com": ("example.com", "/"),
    "https://example.com:443/a": ("example.com", "/a"),
    "http://example.com:80?b=1": ("example.com", "/?b=1"),
    "http://example.com:443/a": ("example.com:443", "/a"),
    "http://user:word@example.com:8080/a?b#c": ("example.com:8080", "/a?b"),
    "http://[::1]/": ("[::1]", "/"),
    "http://[::1]:80/": ("[::1]", "/"),
    "http://[::1]:8080/": ("[::1]:8080", "/"),
    "HTTPS://Example.com/A%20b": ("Example.com", "/A%20b"),
}


@pytest.mark.parametrize("url", URLS)
def test_a_url_names_host_and_target(url):
    request = Request.for_url("GET", url)
    assert (dict(request.headers)["Host"], request.target) == URLS[url]


def test_a_host_that_is_given_stands():
    request = Request.for_url("GET", "http://127.0.0.1/", {"host": "group.example.com"})
    assert list(request.headers) == [("host", "group.example.com")]


@pytest.mark.parametrize("url", ["", "/a", "example.com/a", "http://", "http://a:b/", "http://[::1"])
def test_what_names_no_host_is_no_url(url):
    with pytest.raises(countersign.BadTarget):
        Request.for_url("GET", url)


def test_the_example_of_the_package_holds():
    assert doctest.testmod(countersign) == (0, 3)
