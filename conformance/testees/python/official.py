"""The unmodified official Python core (huaweicloudsdkcore) as a testee; see ../../README.md for the protocol."""

from importlib.metadata import version

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer import signer as official

import testee


def telling(signer: type) -> type:
    """The signer, which also keeps the texts that it makes on its way."""

    class Telling(signer):
        def _process_canonical_request(self, *arguments):
            self.canonical_request = super()._process_canonical_request(*arguments)
            return self.canonical_request

        def _process_string_to_sign(self, *arguments):
            self.string_to_sign = super()._process_string_to_sign(*arguments)
            return self.string_to_sign

    return Telling


SIGNERS = {
    "SDK-HMAC-SHA256": telling(official.Signer),
    "V11-HMAC-SHA256": telling(official.DerivationAKSKSigner),
    "SDK-HMAC-SM3": telling(official.SM3Signer),
    "SDK-ECDSA-P256-SHA256": telling(official.P256SHA256Signer),
    "SDK-SM2-SM3": telling(official.SM2SM3Signer),
}
DESCRIPTION = {
    "name": "official-python",
    "version": version("huaweicloudsdkcore"),
    "verbs": ["sign"],
    "algorithms": list(SIGNERS),
}


def sign(task: dict) -> dict:
    credential, asked = task["credential"], task["request"]
    path, query = testee.split_target(asked["target"])
    given = testee.single_headers(asked["headers"])
    request = SdkRequest(
        method=asked["method"],
        schema="https",
        resource_path=path,
        query_params=query,
        header_params=given | testee.companions(task),
        body=testee.body(asked),
    )
    algorithm = task["algorithm"]
    if algorithm not in SIGNERS:
        raise testee.Unsupported(algorithm)
    signer = SIGNERS[algorithm](BasicCredentials(credential["access_key"], credential["secret_key"]))
    if algorithm.startswith("V11"):
        signer.sign(request, task["service"], task["region"])
    else:
        signer.sign(request)
    return {
        # The core leaves values as latin-1 readings of their UTF-8.
        "headers": [
            [name, value.encode("latin-1").decode()]
            for name, value in request.header_params.items()
            if name not in given
        ],
        "canonical_request": signer.canonical_request,
        "string_to_sign": signer.string_to_sign,
    }


if __name__ == "__main__":
    testee.serve(DESCRIPTION, sign)
