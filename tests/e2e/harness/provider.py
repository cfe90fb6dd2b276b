"""An identity provider of the test's own: a key, tokens signed with it, and its place in an account.

There is no real provider to log in to; the tokens are made as those of OpenID Connect providers are, by a library of
its own kind.
"""

import json
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from .identity import Identity
from .management import fresh

ISSUER = "https://idp.example.com/realms/staff"
CLIENT_ID = "countersign"


def rsa_key() -> tuple:
    """A private key and the algorithm it is for."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048), "RS256", RSAAlgorithm


def ec_key() -> tuple:
    """A private key and the algorithm it is for."""
    return ec.generate_private_key(ec.SECP256R1()), "ES256", ECAlgorithm


class Provider:
    """Trusted by the account: people are named by `preferred_username` and in the groups of `groups`."""

    def __init__(self, identity: Identity, key: tuple):
        self._key, self._alg, self._kind = key
        self.id, self._identity = fresh("provider"), identity
        self._call("PUT", self._path, {"identity_provider": {"description": "staff"}})
        rules = [
            {
                "local": [{"user": {"name": "{0}"}}, {"groups": "{1}"}],
                "remote": [{"type": "preferred_username"}, {"type": "groups"}],
            }
        ]
        mapping = fresh("mapping")
        self._call("PUT", f"/v3/OS-FEDERATION/mappings/{mapping}", {"mapping": {"rules": rules}})
        self._call("PUT", f"{self._path}/protocols/oidc", {"protocol": {"mapping_id": mapping}})
        config = {
            "access_mode": "program",
            "idp_url": ISSUER,
            "client_id": CLIENT_ID,
            "signing_key": json.dumps({"keys": [self._public()]}),
        }
        path = f"/v3.0/OS-FEDERATION/identity-providers/{self.id}/openid-connect-config"
        self._call("POST", path, {"openid_connect_config": config})

    @property
    def urn(self) -> str:
        return f"iam::{self._identity.domain_id}:oidcProvider:{self.id}"

    def token(self, name: str, *groups: str, **claims) -> str:
        """An ID token about a person."""
        now = int(time.time())
        said = {
            "iss": ISSUER,
            "aud": CLIENT_ID,
            "sub": name,
            "preferred_username": name,
            "groups": groups,
            "iat": now,
            "exp": now + 300,
            **claims,
        }
        return jwt.encode(said, self._key, self._alg, headers={"kid": "one"})

    def disable(self):
        self._call("PATCH", self._path, {"identity_provider": {"enabled": False}})

    @property
    def _path(self) -> str:
        return f"/v3/OS-FEDERATION/identity_providers/{self.id}"

    def _public(self) -> dict:
        public = json.loads(self._kind.to_jwk(self._key.public_key()))
        return {**public, "kid": "one", "use": "sig", "alg": self._alg}

    def _call(self, method: str, path: str, body: dict):
        return self._identity.call(method, path, body)
