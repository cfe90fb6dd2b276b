"""Signature keys and where they are bound."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh, http_api

from .driver import Driver, require_kept

UNKNOWN = "0" * 32
PUBLIC_KEY = {"sign_type": "public_key", "sign_key": "public+key/==", "sign_secret": "private+key/======="}


def drive(driver: Driver, world):
    keys(driver)
    types(driver)
    bindings(driver, world)


def key(**members) -> m.BaseSignature:
    return m.BaseSignature(name=fresh("key"), **members)


def keys(driver: Driver):
    wanted = key(sign_type="hmac", sign_key="access_key", sign_secret="0123456789-secret")
    created = driver.call("CreateSignatureKeyV2", body=wanted)
    require_kept(wanted, created)
    driver.refuse(400, "APIG.3207", "CreateSignatureKeyV2", body=wanted)
    driver.refuse(400, "APIG.2011", "CreateSignatureKeyV2", body=m.BaseSignature(name="1"))
    driver.refuse(400, "APIG.2011", "CreateSignatureKeyV2", body=key(sign_key="short"))
    changed = key(sign_type="hmac", sign_key="other_key", sign_secret="9876543210-secret")
    require_kept(changed, driver.call("UpdateSignatureKeyV2", sign_id=created.id, body=changed))
    driver.refuse(400, "APIG.2011", "UpdateSignatureKeyV2", sign_id=created.id, body=key(sign_secret="short"))
    driver.refuse(404, "APIG.3017", "UpdateSignatureKeyV2", sign_id=UNKNOWN, body=changed)
    others = [driver.call("CreateSignatureKeyV2", body=key()) for _ in range(3)]
    listed = {entry.id: entry for entry in driver.pages("ListSignatureKeysV2", "signs")}
    assert {created.id, *(other.id for other in others)} <= listed.keys()
    require_kept(changed, listed[created.id])
    assert listed[created.id].bind_num == 0
    named = driver.call("ListSignatureKeysV2", name=changed.name, precise_search="name").signs
    assert [entry.id for entry in named] == [created.id]
    assert [entry.id for entry in driver.call("ListSignatureKeysV2", id=created.id).signs] == [created.id]
    driver.call("DeleteSignatureKeyV2", sign_id=created.id)
    driver.refuse(404, "APIG.3017", "DeleteSignatureKeyV2", sign_id=created.id)


def types(driver: Driver):
    for wanted in (
        key(sign_type="basic", sign_key="user", sign_secret="pass_word"),
        key(sign_type="aes", sign_key="k" * 16, sign_secret="v" * 16, sign_algorithm="aes-128-cfb"),
        key(sign_type="aes", sign_key="k" * 32, sign_secret="v" * 16, sign_algorithm="aes-256-cfb"),
    ):
        require_kept(wanted, driver.call("CreateSignatureKeyV2", body=wanted))
    driver.refuse(412, "APIG.3548", "CreateSignatureKeyV2", body=key(**PUBLIC_KEY))


def bindings(driver: Driver, world):
    group = world.management.group().id
    apis = [world.management.api(http_api(group, f"/{number}", world.nginx.address)) for number in range(3)]
    publications = [world.management.publish(api.id).publish_id for api in apis]
    created = driver.call("CreateSignatureKeyV2", body=key())
    of_key = {"sign_id": created.id, "group_id": group}
    unbound = driver.pages("ListApisNotBoundWithSignatureKeyV2", "apis", **of_key)
    assert [(api.id, api.publish_id) for api in unbound] == list(
        zip((api.id for api in apis), publications, strict=True)
    )
    bind = m.SignApiBinding(sign_id=created.id, publish_ids=publications)
    bound = driver.call("AssociateSignatureKeyV2", body=bind).bindings
    assert [binding.publish_id for binding in bound] == publications
    refused_bindings(driver, publications)
    listed = driver.pages("ListApisBindedToSignatureKeyV2", "bindings", **of_key)
    assert [binding.id for binding in listed] == [binding.id for binding in bound]
    api = require_described(driver, apis[0], created, listed[0])
    assert driver.call("ListApisNotBoundWithSignatureKeyV2", **of_key).apis == []
    driver.refuse(403, "COUNTERSIGN.0403", "DeleteSignatureKeyV2", sign_id=created.id)
    driver.call("DisassociateSignatureKeyV2", sign_bindings_id=api.id)
    driver.refuse(404, "APIG.3018", "DisassociateSignatureKeyV2", sign_bindings_id=api.id)
    assert driver.call("ListSignatureKeysV2", id=created.id).signs[0].bind_num == 2


def require_described(driver: Driver, api, created, listed):
    """The list of a key's APIs and that of an API's keys say the same."""
    (of_api,) = driver.pages("ListSignatureKeysBindedToApiV2", "bindings", api_id=api.id)
    require_kept(listed, of_api)
    told = (listed.api_id, listed.api_name, listed.env_id, listed.env_name, listed.sign_name, listed.req_method)
    assert told == (api.id, api.name, RELEASE, "RELEASE", created.name, "ANY")
    assert (of_api.sign_key, of_api.sign_secret) == (created.sign_key, created.sign_secret)
    return listed


def refused_bindings(driver: Driver, publications: list):
    unknown = m.SignApiBinding(sign_id=UNKNOWN, publish_ids=publications)
    driver.refuse(404, "APIG.3017", "AssociateSignatureKeyV2", body=unknown)
    aes = driver.call("CreateSignatureKeyV2", body=key(sign_type="aes", sign_algorithm="aes-128-cfb"))
    kept_only = m.SignApiBinding(sign_id=aes.id, publish_ids=publications)
    driver.refuse(412, "APIG.3548", "AssociateSignatureKeyV2", body=kept_only)
    for operation in ("ListApisBindedToSignatureKeyV2", "ListApisNotBoundWithSignatureKeyV2"):
        driver.refuse(404, "APIG.3017", operation, sign_id=UNKNOWN)
    driver.refuse(404, "APIG.3002", "ListSignatureKeysBindedToApiV2", api_id=UNKNOWN)
