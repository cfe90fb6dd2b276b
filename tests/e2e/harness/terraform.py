"""Requests as the Terraform provider's Go library signs them; that library is in no registry that we use.

It signs neither the host nor what it adds afterwards: project, account and security token.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import requests

ALGORITHM = "SDK-HMAC-SHA256"
CALL_SECONDS = 30


@dataclass(frozen=True)
class Keys:
    """Static keys, or those of a session."""

    access: str
    secret: str
    security_token: str | None = None


class Provider:
    """Calls the identity API at `url` with these keys."""

    def __init__(self, url: str, keys: Keys):
        self._url = url
        self._keys = keys

    def call(self, method: str, path: str, query: dict | None = None, body: dict | None = None, **added: str):
        """Signs and sends; `added` headers, named with underscores, come after the signature."""
        data = b"" if body is None else json.dumps(body).encode()
        headers = self._sign(method, path, query or {}, data)
        headers.update({name.replace("_", "-"): value for name, value in added.items()})
        if self._keys.security_token is not None:
            headers["X-Security-Token"] = self._keys.security_token
        url = self._url + path
        return requests.request(method, url, params=query, data=data, headers=headers, timeout=CALL_SECONDS)

    def _sign(self, method: str, path: str, query: dict, data: bytes) -> dict:
        headers = {"Content-Type": "application/json", "X-Sdk-Date": datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")}
        names = sorted(name.lower() for name in headers)
        lines = "".join(f"{name.lower()}:{headers[name]}\n" for name in sorted(headers, key=str.lower))
        signed, target = ";".join(names), quote(path if path.endswith("/") else path + "/")
        parts = [method, target, urlencode(sorted(query.items())), lines, signed, hashlib.sha256(data).hexdigest()]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        text = f"{ALGORITHM}\n{headers['X-Sdk-Date']}\n{digest}"
        signature = hmac.new(self._keys.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        proof = f"{ALGORITHM} Access={self._keys.access}, SignedHeaders={signed}, Signature={signature}"
        return {**headers, "Authorization": proof}
