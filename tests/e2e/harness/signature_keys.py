"""APIs whose backends verify: the gateway signs what it forwards with a signature key."""

from huaweicloudsdkapig.v2 import model as m

from .management import fresh, http_api


class Signed:
    """An API in front of a backend (`host:port`), and the keys that are bound to it."""

    def __init__(self, management, gateway, backend: str, **fields):
        self.management, self.gateway = management, gateway
        group = management.group()
        self.host = gateway.host(group.sl_domain)
        definition = {"match_mode": "SWA", "auth_type": "NONE", "backend_uri": "/base", **fields}
        self.api = management.api(http_api(group.id, definition.pop("uri", "/"), backend, **definition))
        self.publication = management.publish(self.api.id).publish_id

    def key(self, **fields) -> str:
        body = m.BaseSignature(name=fresh("key"), **fields)
        request = m.CreateSignatureKeyV2Request(self.management.instance, body=body)
        return self.management.sdk.create_signature_key_v2(request).id

    def bind(self, key: str) -> str:
        body = m.SignApiBinding(sign_id=key, publish_ids=[self.publication])
        request = m.AssociateSignatureKeyV2Request(self.management.instance, body=body)
        return self.management.sdk.associate_signature_key_v2(request).bindings[0].id

    def unbind(self, binding: str):
        request = m.DisassociateSignatureKeyV2Request(self.management.instance, binding)
        self.management.sdk.disassociate_signature_key_v2(request)

    def call(self, target="/", method="GET", headers=(), body=b""):
        return self.gateway.send(method, target, [("Host", self.host), *headers], body)


def hmac(key: str, secret: str) -> dict:
    """The fields of a signature key of that kind."""
    return {"sign_type": "hmac", "sign_key": key, "sign_secret": secret}
