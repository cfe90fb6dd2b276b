"""Request throttling policies, special limits and bindings."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import RELEASE, fresh, mock_api, throttle

from .driver import Driver, require_kept

UNKNOWN = "0" * 32


def drive(driver: Driver, world):
    policies(driver)
    specials(driver, world.management)
    bindings(driver, world.management)


def policies(driver: Driver):
    wanted = throttle(
        fresh("calm"),
        100,
        5,
        "MINUTE",
        user_call_limits=50,
        app_call_limits=20,
        ip_call_limits=30,
        type=2,
        remark="first",
        enable_adaptive_control="FALSE",
    )
    created = driver.call("CreateRequestThrottlingPolicyV2", body=wanted)
    require_kept(wanted, created)
    assert (created.bind_num, created.is_inclu_special_throttle) == (0, 2)
    driver.refuse(400, "APIG.3204", "CreateRequestThrottlingPolicyV2", body=wanted)
    for refused in (
        throttle("1", 1, 1, "SECOND"),
        throttle(fresh("calm"), 201, 1, "SECOND"),
        throttle(fresh("calm"), 10, 1, "SECOND", user_call_limits=11),
        throttle(fresh("calm"), 10, 1, "SECOND", user_call_limits=5, app_call_limits=6),
        throttle(fresh("calm"), 10, 1, "SECOND", ip_call_limits=11),
    ):
        driver.refuse(400, "APIG.2011", "CreateRequestThrottlingPolicyV2", body=refused)
    others = [
        driver.call("CreateRequestThrottlingPolicyV2", body=throttle(fresh("calm"), number, 1, unit))
        for number, unit in enumerate(("SECOND", "HOUR", "DAY"), start=1)
    ]
    shown = driver.call("ShowDetailsOfRequestThrottlingPolicyV2", throttle_id=created.id)
    require_kept(wanted, shown)
    driver.refuse(404, "APIG.3005", "ShowDetailsOfRequestThrottlingPolicyV2", throttle_id=UNKNOWN)
    listed = {policy.id: policy for policy in driver.pages("ListRequestThrottlingPolicyV2", "throttles")}
    require_kept(wanted, listed[created.id])
    assert {policy.id for policy in others} < set(listed)
    exact = driver.call("ListRequestThrottlingPolicyV2", name=wanted.name, precise_search="name")
    assert [policy.id for policy in exact.throttles] == [created.id]
    changed = throttle(fresh("calm"), 7, 1, "HOUR", type=1, remark="second")
    require_kept(changed, driver.call("UpdateRequestThrottlingPolicyV2", throttle_id=created.id, body=changed))
    driver.refuse(404, "APIG.3005", "UpdateRequestThrottlingPolicyV2", throttle_id=UNKNOWN, body=changed)
    for policy in (created, *others):
        driver.call("DeleteRequestThrottlingPolicyV2", throttle_id=policy.id)
    driver.refuse(404, "APIG.3005", "DeleteRequestThrottlingPolicyV2", throttle_id=created.id)


def specials(driver: Driver, management):
    policy = management.throttle(100)
    apps = [management.app() for _ in range(2)]
    wanted = [m.ThrottleSpecialCreate(call_limits=10, object_id=app.id, object_type="APP") for app in apps]
    wanted.append(m.ThrottleSpecialCreate(call_limits=100, object_id="0123456789abcdef", object_type="USER"))
    at = {"throttle_id": policy.id}
    created = [driver.call("CreateSpecialThrottlingConfigurationV2", body=body, **at) for body in wanted]
    for body, special in zip(wanted, created, strict=True):
        require_kept(body, special)
    assert [special.app_name for special in created] == [apps[0].name, apps[1].name, ""]
    driver.refuse(400, "APIG.3308", "CreateSpecialThrottlingConfigurationV2", body=wanted[0], **at)
    too_many = m.ThrottleSpecialCreate(call_limits=101, object_id="abc", object_type="USER")
    driver.refuse(400, "APIG.2003", "CreateSpecialThrottlingConfigurationV2", body=too_many, **at)
    nobody = m.ThrottleSpecialCreate(call_limits=1, object_id=UNKNOWN, object_type="APP")
    driver.refuse(404, "APIG.3004", "CreateSpecialThrottlingConfigurationV2", body=nobody, **at)
    driver.refuse(404, "APIG.3005", "CreateSpecialThrottlingConfigurationV2", throttle_id=UNKNOWN, body=wanted[0])
    listed = driver.pages("ListSpecialThrottlingConfigurationsV2", "throttle_specials", **at)
    for body, special in zip(wanted, listed, strict=True):
        require_kept(body, special)
    users = driver.call("ListSpecialThrottlingConfigurationsV2", object_type="USER", **at)
    assert [special.id for special in users.throttle_specials] == [created[2].id]
    of_app = driver.call("ListSpecialThrottlingConfigurationsV2", app_name=apps[1].name, **at)
    assert [special.id for special in of_app.throttle_specials] == [created[1].id]
    driver.refuse(404, "APIG.3005", "ListSpecialThrottlingConfigurationsV2", throttle_id=UNKNOWN)
    update = m.ThrottleSpecialUpdate(call_limits=11)
    one = {**at, "strategy_id": created[0].id}
    assert driver.call("UpdateSpecialThrottlingConfigurationV2", body=update, **one).call_limits == 11
    beyond = m.ThrottleSpecialUpdate(call_limits=101)
    driver.refuse(400, "APIG.2003", "UpdateSpecialThrottlingConfigurationV2", body=beyond, **one)
    driver.call("DeleteSpecialThrottlingConfigurationV2", **one)
    driver.refuse(404, "APIG.3013", "DeleteSpecialThrottlingConfigurationV2", **one)
    driver.refuse(404, "APIG.3013", "UpdateSpecialThrottlingConfigurationV2", body=update, **one)


def bindings(driver: Driver, management):
    group = management.group()
    apis = [management.api(mock_api(group.id, f"/throttled{number}", "ok", tags=["calm"])) for number in range(3)]
    publications = [management.publish(api.id).publish_id for api in apis]
    policy, other = management.throttle(100), management.throttle(10)
    of_policy = {"throttle_id": policy.id}
    unbound = driver.pages("ListApisUnbindedToRequestThrottlingPolicyV2", "apis", group_id=group.id, **of_policy)
    assert [api.publish_id for api in unbound] == publications
    assert unbound[0].tags == ["calm"] and unbound[0].apply_time is None
    body = m.ThrottleApiBindingCreate(strategy_id=policy.id, publish_ids=publications)
    applied = driver.call("AssociateRequestThrottlingPolicyV2", body=body).throttle_applys
    assert [(one.publish_id, one.strategy_id, one.scope) for one in applied] == [
        (publication, policy.id, 1) for publication in publications
    ]
    unknown = m.ThrottleApiBindingCreate(strategy_id=UNKNOWN, publish_ids=publications)
    driver.refuse(404, "APIG.3005", "AssociateRequestThrottlingPolicyV2", body=unknown)
    nowhere = m.ThrottleApiBindingCreate(strategy_id=policy.id, publish_ids=[UNKNOWN])
    driver.refuse(404, "APIG.3015", "AssociateRequestThrottlingPolicyV2", body=nowhere)
    listed = driver.pages("ListApisBindedToRequestThrottlingPolicyV2", "apis", **of_policy)
    assert [(api.id, api.throttle_apply_id) for api in listed] == [
        (api.id, one.id) for api, one in zip(apis, applied, strict=True)
    ]
    first = listed[0]
    assert (first.name, first.req_uri, first.req_method) == (apis[0].name, "/throttled0", "ANY")
    assert (first.throttle_name, first.run_env_id, first.run_env_name) == (policy.name, RELEASE, "RELEASE")
    assert (first.group_id, first.group_name, first.auth_type, first.type) == (group.id, group.name, "NONE", 1)
    driver.refuse(404, "APIG.3005", "ListApisBindedToRequestThrottlingPolicyV2", throttle_id=UNKNOWN)
    driver.refuse(404, "APIG.3005", "ListApisUnbindedToRequestThrottlingPolicyV2", throttle_id=UNKNOWN)
    bound = driver.pages("ListRequestThrottlingPoliciesBindedToApiV2", "throttles", api_id=apis[0].id)
    assert [(one.id, one.bind_id, one.env_name, one.bind_num) for one in bound] == [
        (policy.id, applied[0].id, "RELEASE", 3)
    ]
    driver.refuse(404, "APIG.3002", "ListRequestThrottlingPoliciesBindedToApiV2", api_id=UNKNOWN)
    driver.refuse(403, "APIG.3451", "DeleteRequestThrottlingPolicyV2", throttle_id=policy.id)
    management.bind_throttle(other.id, publications[2])
    driver.call("DisassociateRequestThrottlingPolicyV2", throttle_binding_id=applied[0].id)
    driver.refuse(404, "APIG.3012", "DisassociateRequestThrottlingPolicyV2", throttle_binding_id=applied[0].id)
    batch = m.ThrottleBindingBatchDelete(throttle_bindings=[one.id for one in applied])
    driver.refuse(400, "APIG.2011", "BatchDisassociateThrottlingPolicyV2", action="keep", body=batch)
    gone = driver.call("BatchDisassociateThrottlingPolicyV2", action="delete", body=batch)
    assert gone.success_count == 1
    assert [(one.bind_id, one.error_code) for one in gone.failure] == [
        (applied[0].id, "APIG.3012"),
        (applied[2].id, "APIG.3012"),
    ]
    assert driver.pages("ListApisBindedToRequestThrottlingPolicyV2", "apis", **of_policy) == []
