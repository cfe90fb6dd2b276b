"""Bodies that cannot be hashed before they are sent, and headers that are no plain text."""

import asyncio

import aiohttp
import pytest
import requests
from test_adapters import Service

import countersign.aiohttp
import countersign.requests


def chunks():
    yield b"one"
    yield b"two"


def test_requests_signs_no_stream_but_leaves_it_out_on_request(signer):
    with pytest.raises(TypeError, match="unsigned_payload"):
        requests.Request("POST", "http://h/", data=chunks(), auth=countersign.requests.Auth(signer)).prepare()
    unsigned = countersign.requests.Auth(signer, unsigned_payload=True)
    prepared = requests.Request("POST", "http://h/", data=chunks(), auth=unsigned).prepare()
    assert prepared.headers["X-Sdk-Content-Sha256"] == "UNSIGNED-PAYLOAD"


def test_requests_sends_values_as_the_utf_8_that_is_signed(signer):
    with Service() as service:
        auth = countersign.requests.Auth(signer)
        assert requests.get(service.url, headers={"X-Name": "é路"}, auth=auth).status_code == 200
        assert dict(service.requests[0].headers)["X-Name"].encode("latin-1").decode() == "é路"


def test_requests_keeps_the_refusal_in_the_history(signer):
    with Service(clock_offset_seconds=3600) as service:
        answer = requests.get(service.url, auth=countersign.requests.Auth(signer, correct_clock=True))
        assert [past.status_code for past in answer.history] == [401]


def test_requests_learns_for_the_whole_session(signer):
    with Service(clock_offset_seconds=3600) as service, requests.Session() as session:
        session.auth = countersign.requests.Auth(signer, correct_clock=True)
        assert [session.get(service.url).status_code for _ in range(3)] == [200, 200, 200]
        assert service.refusals == ["Expired"]


def test_aiohttp_signs_no_body_that_it_compresses_on_the_way(signer):
    async def call():
        async with aiohttp.ClientSession(middlewares=[countersign.aiohttp.Middleware(signer)]) as session:
            await session.post("http://127.0.0.1:9/", data=b"x" * 100, compress="deflate")

    with pytest.raises(TypeError, match="unsigned_payload"):
        asyncio.run(call())
