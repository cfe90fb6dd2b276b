"""The backend's side of signature keys: signatures computed again by the official signer's own code."""

import re
from urllib.parse import parse_qsl

from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from .echo import Echo, Request

AUTHORIZATION = re.compile(r"SDK-HMAC-SHA256 Access=([^,]+), SignedHeaders=([^,]+), Signature=[0-9a-f]{64}")


def lines_of(request: Request) -> dict:
    """The header lines by lower-case name; none may stand twice."""
    lines = {name.lower(): value for name, value in request.headers}
    assert len(lines) == len(request.headers), request.headers
    return lines


def official_authorization(request: Request, key: str, secret: str, names: list) -> str:
    """The line that the official signer gives the request, as it was received, for these signed headers."""
    path, _, query = request.target.partition("?")
    lines = lines_of(request)
    unsigned = SdkRequest(
        method=request.method,
        schema="http",
        host=lines["host"],
        resource_path=path,
        query_params=parse_qsl(query, keep_blank_values=True),
        # In lower case, as they came: the signer looks for `Content-Type` to leave some bodies unsigned.
        header_params={name: lines[name] for name in names},
        body=request.body,
    )
    return Signer(BasicCredentials(key, secret)).sign(unsigned).header_params["Authorization"]


def is_signed(request: Request, keys: dict, carrier: str = "authorization") -> bool:
    """Whether the request carries the signature of one of the keys, over itself and nothing else."""
    presented = lines_of(request).get(carrier, "")
    parsed = AUTHORIZATION.fullmatch(presented)
    if not parsed or parsed[1] not in keys:
        return False
    return presented == official_authorization(request, parsed[1], keys[parsed[1]], parsed[2].split(";"))


def verifying(keys: dict, carrier: str = "authorization") -> Echo:
    """A backend that refuses with 401 what is not signed with one of `keys`; they may change as it runs."""
    return Echo(lambda request: 200 if is_signed(request, keys, carrier) else 401)
