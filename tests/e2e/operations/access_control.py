"""Access control: policies, their bindings, and the lists of apps."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh, mock_api

from .driver import Driver, require_kept

UNKNOWN = "0" * 32
QUOTA = 100
LISTS = {
    "IP": "192.0.2.1,10.0.0.0/8,192.0.2.8-192.0.2.16,2001:db8::/32,::1",
    "DOMAIN": "an account,Other_Account-2",
    "DOMAIN_ID": f"{'a1' * 16},{'B2' * 16}",
}


def drive(driver: Driver, world):
    policies(driver)
    lists_are_checked(driver)
    bindings(driver, world.management)
    batches(driver, world.management)
    apps(driver, world.management)
    quota(driver)


def policy(kind: str = "IP", value: str | None = None, effect: str = "PERMIT", name: str | None = None):
    value = LISTS[kind] if value is None else value
    return m.ApiAclCreate(name or fresh("acl"), effect, value, kind)


def policies(driver: Driver):
    for kind in LISTS:
        for effect in ("PERMIT", "DENY"):
            wanted = policy(kind, effect=effect)
            created = driver.call("CreateAclStrategyV2", body=wanted)
            require_kept(wanted, created)
            require_kept(wanted, driver.call("ShowDetailsOfAclPolicyV2", acl_id=created.id))
            changed = policy(kind, effect="DENY" if effect == "PERMIT" else "PERMIT")
            require_kept(changed, driver.call("UpdateAclStrategyV2", acl_id=created.id, body=changed))
            (listed,) = driver.call("ListAclStrategiesV2", name=changed.acl_name).acls
            require_kept(changed, listed)
            assert (listed.id, listed.bind_num) == (created.id, 0)
            driver.refuse(400, "APIG.3206", "CreateAclStrategyV2", body=changed)
    kept = driver.pages("ListAclStrategiesV2", "acls", entity_type="DOMAIN")
    assert {listed.entity_type for listed in kept} == {"DOMAIN"} and len(kept) == 2
    for listed in driver.pages("ListAclStrategiesV2", "acls"):
        driver.call("DeleteAclV2", acl_id=listed.id)
        driver.refuse(404, "APIG.3006", "ShowDetailsOfAclPolicyV2", acl_id=listed.id)
    driver.refuse(404, "APIG.3006", "UpdateAclStrategyV2", acl_id=UNKNOWN, body=policy())
    driver.refuse(404, "APIG.3006", "DeleteAclV2", acl_id=UNKNOWN)


def lists_are_checked(driver: Driver):
    bad = [("IP", value) for value in ("", "192.0.2.0/33", "192.0.2.9-192.0.2.1", "example.com", "192.0.2.1,")]
    bad += [("IP", ",".join(["192.0.2.1"] * 101)), ("DOMAIN", "123456"), ("DOMAIN", "a" * 65), ("DOMAIN", "a,,b")]
    bad += [("DOMAIN", ",".join("ab" * 32 for _ in range(17))), ("DOMAIN_ID", "a1" * 15), ("DOMAIN_ID", "-" * 32)]
    for kind, value in bad:
        driver.refuse(400, "APIG.2011", "CreateAclStrategyV2", body=policy(kind, value))
    driver.refuse(400, "APIG.2011", "CreateAclStrategyV2", body=policy(name="1st"))
    driver.refuse(400, "APIG.2011", "CreateAclStrategyV2", body=policy(effect="ALLOW"))


def published(management, count: int) -> tuple:
    """A new group with this many published APIs: their ids and publications."""
    group = management.group()
    apis = [management.api(mock_api(group.id, f"/{number}", "in")).id for number in range(count)]
    return group, apis, [management.publish(api).publish_id for api in apis]


def bindings(driver: Driver, management):
    group, apis, publications = published(management, 3)
    one, other, names = (driver.call("CreateAclStrategyV2", body=policy(kind)).id for kind in ("IP", "IP", "DOMAIN"))
    bound = driver.call("CreateApiAclBindingV2", body=m.AclApiBindingCreate(one, publications)).acl_bindings
    assert [(made.api_id, made.env_id, made.acl_id) for made in bound] == [(api, RELEASE, one) for api in apis]
    driver.call("CreateApiAclBindingV2", body=m.AclApiBindingCreate(names, publications[:1]))
    listed = driver.pages("ListApisBindedToAclPolicyV2", "apis", acl_id=one)
    told = [(api.api_id, api.publish_id, api.bind_id) for api in listed]
    assert told == list(zip(apis, publications, [made.id for made in bound], strict=True))
    assert {api.group_name for api in listed} == {group.name}
    acls = driver.pages("ListAclPolicyBindedToApiV2", "acls", limit=1, api_id=apis[0])
    assert [(acl.acl_id, acl.entity_type, acl.acl_value) for acl in acls] == [
        (one, "IP", LISTS["IP"]),
        (names, "DOMAIN", LISTS["DOMAIN"]),
    ]
    open_to = driver.pages("ListApisUnbindedToAclPolicyV2", "apis", acl_id=other, group_id=group.id)
    taken = driver.call("ShowDetailsOfAclPolicyV2", acl_id=one).acl_name
    assert [(api.id, api.acl_name) for api in open_to] == [(api, taken) for api in apis]
    replaces_what_is_bound(driver, other, publications[0])
    refuses_bindings(driver, one, publications)
    for acl in (one, other, names):
        driver.refuse(403, "APIG.3447", "DeleteAclV2", acl_id=acl)
    driver.refuse(403, "APIG.3447", "UpdateAclStrategyV2", acl_id=one, body=policy("DOMAIN"))


def replaces_what_is_bound(driver: Driver, acl: str, publication: str):
    """A publication has one policy of each kind."""
    (made,) = driver.call("CreateApiAclBindingV2", body=m.AclApiBindingCreate(acl, [publication])).acl_bindings
    kinds = [bound.entity_type for bound in driver.pages("ListAclPolicyBindedToApiV2", "acls", api_id=made.api_id)]
    assert sorted(kinds) == ["DOMAIN", "IP"]
    (listed,) = driver.call("ListApisBindedToAclPolicyV2", acl_id=acl).apis
    assert listed.bind_id == made.id


def refuses_bindings(driver: Driver, acl: str, publications: list):
    unknown = m.AclApiBindingCreate(acl, [publications[0], UNKNOWN])
    driver.refuse(404, "APIG.3015", "CreateApiAclBindingV2", body=unknown)
    driver.refuse(404, "APIG.3006", "CreateApiAclBindingV2", body=m.AclApiBindingCreate(UNKNOWN, publications))
    driver.refuse(400, "APIG.2011", "CreateApiAclBindingV2", body=m.AclApiBindingCreate(acl, []))
    driver.refuse(404, "APIG.3006", "ListApisBindedToAclPolicyV2", acl_id=UNKNOWN)
    driver.refuse(404, "APIG.3006", "ListApisUnbindedToAclPolicyV2", acl_id=UNKNOWN)
    driver.refuse(404, "APIG.3002", "ListAclPolicyBindedToApiV2", api_id=UNKNOWN)


def batches(driver: Driver, management):
    _, _, publications = published(management, 2)
    acls = [driver.call("CreateAclStrategyV2", body=policy()).id for _ in range(3)]
    body = m.AclApiBindingCreate(acls[0], publications)
    bound = [made.id for made in driver.call("CreateApiAclBindingV2", body=body).acl_bindings]
    removed = driver.call("BatchDeleteAclV2", action="delete", body=m.AclBatchDelete([*acls, UNKNOWN]))
    told = [(failure.acl_id, failure.error_code) for failure in removed.failure]
    assert (removed.success_count, told) == (2, [(acls[0], "APIG.3447"), (UNKNOWN, "APIG.3006")])
    driver.call("DeleteApiAclBindingV2", acl_bindings_id=bound[0])
    driver.refuse(404, "APIG.3010", "DeleteApiAclBindingV2", acl_bindings_id=bound[0])
    body = m.AclBindingBatchDelete(bound)
    freed = driver.call("BatchDeleteApiAclBindingV2", action="delete", body=body)
    told = [(failure.bind_id, failure.error_code) for failure in freed.failure]
    assert (freed.success_count, told) == (1, [(bound[0], "APIG.3010")])
    driver.refuse(400, "APIG.2011", "BatchDeleteApiAclBindingV2", action="add", body=body)
    driver.refuse(400, "APIG.2011", "BatchDeleteAclV2", action="add", body=m.AclBatchDelete(acls[:1]))
    assert driver.call("BatchDeleteAclV2", action="delete", body=m.AclBatchDelete(acls[:1])).success_count == 1


def apps(driver: Driver, management):
    app = management.app().id
    assert driver.call("ShowDetailsOfAppAcl", app_id=app).app_acl_values == []
    for effect in ("PERMIT", "DENY"):
        wanted = m.AppAclCreate(effect, LISTS["IP"].split(","))
        require_kept(wanted, driver.call("UpdateAppAcl", app_id=app, body=wanted))
        require_kept(wanted, driver.call("ShowDetailsOfAppAcl", app_id=app))
    for bad in (m.AppAclCreate("ALLOW", ["::1"]), m.AppAclCreate("DENY", []), m.AppAclCreate("DENY", ["::1", "x"])):
        driver.refuse(400, "APIG.2012", "UpdateAppAcl", app_id=app, body=bad)
    driver.call("DeleteAppAcl", app_id=app)
    assert driver.call("ShowDetailsOfAppAcl", app_id=app).app_acl_values == []
    driver.refuse(404, "APIG.3004", "ShowDetailsOfAppAcl", app_id=UNKNOWN)
    driver.refuse(404, "APIG.3004", "UpdateAppAcl", app_id=UNKNOWN, body=wanted)
    driver.refuse(404, "APIG.3004", "DeleteAppAcl", app_id=UNKNOWN)


def quota(driver: Driver):
    """A gateway has a hundred policies and no more."""
    existing = driver.call("ListAclStrategiesV2").total
    made = [driver.call("CreateAclStrategyV2", body=policy()).id for _ in range(QUOTA - existing)]
    driver.refuse(403, "APIG.3112", "CreateAclStrategyV2", body=policy())
    assert len(driver.pages("ListAclStrategiesV2", "acls", limit=40)) == QUOTA
    body = m.AclBatchDelete(made)
    assert driver.call("BatchDeleteAclV2", action="delete", body=body).success_count == len(made)
