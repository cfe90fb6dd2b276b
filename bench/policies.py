"""What can be bound to an API: made through the management API, so wide that nothing is refused."""

from huaweicloudsdkapig.v2 import model as m

from harness.management import Management, fresh

CALLS_PER_SECOND = 1_000_000


def raise_default(management: Management):
    """Without it, the gateway's own limit of 200 calls a second holds for every API."""
    body = m.FeatureToggle(name="ratelimit", enable=True, config=f'{{"api_limits": {CALLS_PER_SECOND}}}')
    management.sdk.create_feature_v2(m.CreateFeatureV2Request(management.instance, body=body))


def throttle(management: Management, publication: str):
    """Counts by API, user, app and source address."""
    calls = dict.fromkeys(
        ("api_call_limits", "user_call_limits", "app_call_limits", "ip_call_limits"), CALLS_PER_SECOND
    )
    policy = m.ThrottleBaseInfo(name=fresh("throttle"), time_interval=1, time_unit="SECOND", type=1, **calls)
    request = m.CreateRequestThrottlingPolicyV2Request(management.instance, body=policy)
    made = management.sdk.create_request_throttling_policy_v2(request)
    body = m.ThrottleApiBindingCreate(strategy_id=made.id, publish_ids=[publication])
    request = m.AssociateRequestThrottlingPolicyV2Request(management.instance, body=body)
    management.sdk.associate_request_throttling_policy_v2(request)


def acl(management: Management, publication: str):
    """Permits eight networks, the client's last."""
    networks = ",".join([*(f"10.{number}.0.0/16" for number in range(7)), "127.0.0.0/8"])
    policy = m.ApiAclCreate(acl_name=fresh("acl"), acl_type="PERMIT", acl_value=networks, entity_type="IP")
    made = management.sdk.create_acl_strategy_v2(m.CreateAclStrategyV2Request(management.instance, body=policy))
    body = m.AclApiBindingCreate(acl_id=made.id, publish_ids=[publication])
    management.sdk.create_api_acl_binding_v2(m.CreateApiAclBindingV2Request(management.instance, body=body))


def signature_key(management: Management, publication: str):
    """Signs every request to the backend."""
    key = m.BaseSignature(name=fresh("key"), sign_type="hmac")
    made = management.sdk.create_signature_key_v2(m.CreateSignatureKeyV2Request(management.instance, body=key))
    body = m.SignApiBinding(sign_id=made.id, publish_ids=[publication])
    management.sdk.associate_signature_key_v2(m.AssociateSignatureKeyV2Request(management.instance, body=body))


# Paths are of one length, so that they cost the same.
BOUND = {
    "/v1/orders": (),
    "/v2/orders": (throttle,),
    "/v3/orders": (acl,),
    "/v4/orders": (signature_key,),
    "/v5/orders": (throttle, acl, signature_key),
}
