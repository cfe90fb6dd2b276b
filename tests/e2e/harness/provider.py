"""An identity provider that the account trusts: its key, and the tokens it gives its people."""

import json
import time
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from jwt.algorithms import RSAAlgorithm

from .identity import Identity
from .management import fresh

ISSUER = "https://idp.example.com"
CLIENT = "countersign"
PROTOCOL = "oidc"
LIFE_SECONDS = 300
RULES = {
    "local": [{"user": {"name": "{0}"}}, {"groups": "{1}"}],
    "remote": [{"type": "name"}, {"type": "groups"}],
}


class Provider:
    """Registered in the account under `id`; people are named by the claim `name`, their groups by `groups`."""

    def __init__(self, identity: Identity):
        self.id = fresh("provider")
        self._identity = identity
        self._key = generate_private_key(public_exponent=65537, key_size=2048)
        federation = "/v3/OS-FEDERATION"
        identity.call("PUT", f"{federation}/identity_providers/{self.id}", {"identity_provider": {}})
        self.mapping = fresh("mapping")
        identity.call("PUT", f"{federation}/mappings/{self.mapping}", {"mapping": {"rules": [RULES]}})
        protocol = f"{federation}/identity_providers/{self.id}/protocols/{PROTOCOL}"
        identity.call("PUT", protocol, {"protocol": {"mapping_id": self.mapping}})
        config = f"/v3.0/OS-FEDERATION/identity-providers/{self.id}/openid-connect-config"
        identity.call("POST", config, {"openid_connect_config": self.config})

    @property
    def config(self) -> dict:
        """What the account knows of the provider."""
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        keys = {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}
        return {"access_mode": "program", "idp_url": ISSUER, "client_id": CLIENT, "signing_key": json.dumps(keys)}

    @property
    def urn(self) -> str:
        return f"iam::{self._identity.domain_id}:oidcProvider:{self.id}"

    def token(self, name: str, *groups: str) -> str:
        """The provider's word about a person, whom it knows by its name."""
        now = int(time.time())
        claims = {"iss": ISSUER, "aud": CLIENT, "sub": name, "name": name, "groups": groups}
        life = {"iat": now, "exp": now + LIFE_SECONDS}
        return jwt.encode({**claims, **life}, self._key, algorithm="RS256", headers={"kid": "one"})

    def token_file(self, directory: Path, name: str, *groups: str) -> Path:
        """The same in a file, which is where the cores look for it."""
        file = directory / f"{name}.jwt"
        file.write_text(self.token(name, *groups))
        return file
