"""Any request that is signed is accepted as it was signed, and in no other way."""

import random

import pytest

import countersign
from countersign import UNSIGNED, Request, Signer, Verifier
from countersign.algorithm import ALGORITHMS

TEXT = "aZ09-._~ /?&=+%:;,@!$'()*|\"<>[]{}\\^`é路😀"
NAMES = ["X-One", "x-two", "X_Three", "Content-Type", "Content-Length", "Accept"]


def text(generator: random.Random, length: int, without: str = "") -> str:
    return "".join(character for character in generator.choices(TEXT, k=length) if character not in without)


def any_request(generator: random.Random) -> Request:
    path = "/" + text(generator, generator.randrange(12), without=" ?")
    pairs = [text(generator, generator.randrange(8), without=" ?") for _ in range(generator.randrange(5))]
    names = generator.choices(NAMES, k=5)
    lines = [("Host", "example.com"), *((name, text(generator, generator.randrange(6))) for name in names)]
    body = generator.randbytes(generator.randrange(40))
    payload = generator.choice([body, body, b"", UNSIGNED])
    method = generator.choice(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"])
    return Request(method, path + ("?" + "&".join(pairs) if pairs else ""), lines, payload)


def any_signer(generator: random.Random) -> Signer:
    token = generator.choice([None, "a/token+=="])
    algorithm = generator.choice(list(ALGORITHMS))
    return Signer("AccessKey", "SecretKey", token, algorithm=algorithm, region="r-1", service="s_2")


@pytest.mark.parametrize("seed", range(20))
def test_what_is_signed_is_accepted_and_any_other_body_path_or_value_is_not(seed, received, now):
    generator = random.Random(seed)
    verifier = Verifier({"AccessKey": "SecretKey"}, algorithms=ALGORITHMS)
    for _ in range(25):
        request, signer = any_request(generator), any_signer(generator)
        arrived = received(request, signer)
        assert verifier.verify(arrived, now) == "AccessKey", arrived
        changed = [arrived._replace(target=arrived.target.replace("/", "/x", 1)), arrived._replace(method="TRACE")]
        if request.payload is not UNSIGNED:
            changed.append(arrived._replace(payload=arrived.payload + b"x"))
        for other in changed:
            with pytest.raises(countersign.Mismatch):
                verifier.verify(other, now)
