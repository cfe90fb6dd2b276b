"""What the tests share: one key pair and one time."""

from datetime import datetime, timezone

import pytest

from countersign import Request, Signer, Verifier

ACCESS_KEY, SECRET_KEY = "AccessKey", "SecretKey"


@pytest.fixture
def now() -> datetime:
    return datetime(2025, 1, 2, 3, 4, 5, tzinfo=timezone.utc)


@pytest.fixture
def signer() -> Signer:
    return Signer(ACCESS_KEY, SECRET_KEY)


@pytest.fixture
def verifier() -> Verifier:
    return Verifier({ACCESS_KEY: SECRET_KEY})


@pytest.fixture
def received(signer, now):
    """A signed request as it arrives: with the headers of `sign`, and text as the bytes that it is on the wire."""

    def received(request: Request, by: Signer = signer) -> Request:
        lines = [*request.headers, *by.sign(request, now).items()]
        body = request.payload if isinstance(request.payload, bytes) else b"anything"
        wire = [(name, value.encode().decode("latin-1")) for name, value in lines]
        return Request(request.method, request.target.encode().decode("latin-1"), wire, body)

    return received
