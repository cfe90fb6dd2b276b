"""Configuration through the unmodified management SDK, with short words for what the tests say often."""

import itertools
import json
from contextlib import contextmanager

from huaweicloudsdkapig.v2 import ApigClient
from huaweicloudsdkapig.v2 import model as m
from huaweicloudsdkcore.auth.credentials import BasicCredentials

RELEASE = "DEFAULT_ENVIRONMENT_RELEASE_ID"
# Days of a window that began in 1970 and ends in 2052.
AGES = 30_000
_numbers = itertools.count(1)


def fresh(prefix: str) -> str:
    """A name no other test uses."""
    return f"{prefix}_{next(_numbers):04}"


class Management:
    """The management SDK bound to one gateway of one server."""

    def __init__(self, ready: dict):
        self.instance = ready["instance_id"]
        credentials = BasicCredentials(ready["access_key"], ready["secret_key"], ready["project_id"])
        self.sdk = ApigClient.new_builder().with_credentials(credentials).with_endpoint(ready["api"]).build()

    def feature(self, name: str, config: dict):
        """Switches the feature on, with this setting."""
        body = m.FeatureToggle(name=name, enable=True, config=json.dumps(config))
        return self.sdk.create_feature_v2(m.CreateFeatureV2Request(self.instance, body=body))

    def group(self, name: str | None = None):
        body = m.ApiGroupCreate(name=name or fresh("group"))
        return self.sdk.create_api_group_v2(m.CreateApiGroupV2Request(self.instance, body=body))

    def default_group(self):
        """The group that is reached by the gateway's bare address."""
        groups = self.sdk.list_api_groups_v2(m.ListApiGroupsV2Request(self.instance)).groups
        return next(group for group in groups if group.is_default == 1)

    def environment(self, name: str | None = None):
        body = m.EnvCreate(name=name or fresh("stage"))
        return self.sdk.create_environment_v2(m.CreateEnvironmentV2Request(self.instance, body=body))

    def variable(self, group_id: str, env_id: str, name: str, value: str):
        body = m.EnvVariableCreate(value, env_id, group_id, name)
        return self.sdk.create_environment_variable_v2(m.CreateEnvironmentVariableV2Request(self.instance, body=body))

    def app(self, name: str | None = None):
        body = m.AppCreate(name=name or fresh("app"))
        return self.sdk.create_an_app_v2(m.CreateAnAppV2Request(self.instance, body=body))

    def delete_app(self, app_id: str):
        self.sdk.delete_app_v2(m.DeleteAppV2Request(self.instance, app_id))

    def api(self, definition: "m.ApiCreate"):
        return self.sdk.create_api_v2(m.CreateApiV2Request(self.instance, body=definition))

    def update_api(self, api_id: str, definition: "m.ApiCreate"):
        return self.sdk.update_api_v2(m.UpdateApiV2Request(self.instance, api_id, body=definition))

    def publish(self, api_id: str, env_id: str = RELEASE):
        return self._action("online", api_id, env_id)

    def offline(self, api_id: str, env_id: str = RELEASE):
        return self._action("offline", api_id, env_id)

    def throttle(self, api_calls: int, interval: int = AGES, unit: str = "DAY", **fields):
        """A throttling policy; its window ends after every test."""
        body = throttle(fields.pop("name", None) or fresh("calm"), api_calls, interval, unit, **fields)
        request = m.CreateRequestThrottlingPolicyV2Request(self.instance, body=body)
        return self.sdk.create_request_throttling_policy_v2(request)

    def update_throttle(self, policy, api_calls: int, **fields):
        body = throttle(policy.name, api_calls, policy.time_interval, policy.time_unit, **fields)
        request = m.UpdateRequestThrottlingPolicyV2Request(self.instance, policy.id, body=body)
        return self.sdk.update_request_throttling_policy_v2(request)

    def special_limit(self, policy_id: str, object_type: str, object_id: str, calls: int):
        body = m.ThrottleSpecialCreate(call_limits=calls, object_id=object_id, object_type=object_type)
        request = m.CreateSpecialThrottlingConfigurationV2Request(self.instance, policy_id, body=body)
        return self.sdk.create_special_throttling_configuration_v2(request)

    def bind_throttle(self, policy_id: str, *publish_ids: str) -> list:
        body = m.ThrottleApiBindingCreate(strategy_id=policy_id, publish_ids=list(publish_ids))
        request = m.AssociateRequestThrottlingPolicyV2Request(self.instance, body=body)
        return self.sdk.associate_request_throttling_policy_v2(request).throttle_applys

    def unbind_throttle(self, binding_id: str):
        request = m.DisassociateRequestThrottlingPolicyV2Request(self.instance, binding_id)
        return self.sdk.disassociate_request_throttling_policy_v2(request)

    def _action(self, action: str, api_id: str, env_id: str):
        body = m.ApiActionInfo(action=action, env_id=env_id, api_id=api_id, remark="test")
        return self.sdk.create_or_delete_publish_record_for_api_v2(
            m.CreateOrDeletePublishRecordForApiV2Request(self.instance, body=body)
        )

    def switch_version(self, api_id: str, version_id: str):
        body = m.ApiVersion(version_id=version_id)
        return self.sdk.change_api_version_v2(m.ChangeApiVersionV2Request(self.instance, api_id, body=body))

    def authorize(self, app_id: str, api_id: str, env_id: str = RELEASE):
        body = m.ApiAuthCreate(env_id=env_id, app_ids=[app_id], api_ids=[api_id])
        answer = self.sdk.create_authorizing_apps_v2(m.CreateAuthorizingAppsV2Request(self.instance, body=body))
        assert answer.auths[0].auth_result.status == "SUCCESS", answer
        return answer.auths[0]

    @contextmanager
    def denied(self, publish_id: str, addresses: str):
        """Refuses these addresses at a publication until the `with` block ends."""
        policy = m.ApiAclCreate(fresh("acl"), "DENY", addresses, "IP")
        acl = self.sdk.create_acl_strategy_v2(m.CreateAclStrategyV2Request(self.instance, body=policy)).id
        body = m.AclApiBindingCreate(acl, [publish_id])
        request = m.CreateApiAclBindingV2Request(self.instance, body=body)
        (binding,) = self.sdk.create_api_acl_binding_v2(request).acl_bindings
        try:
            yield
        finally:
            self.sdk.delete_api_acl_binding_v2(m.DeleteApiAclBindingV2Request(self.instance, binding.id))
            self.sdk.delete_acl_v2(m.DeleteAclV2Request(self.instance, acl))


def throttle(name: str, api_calls: int, interval: int, unit: str, **fields) -> "m.ThrottleBaseInfo":
    """A throttling policy; `fields` are those that it may have beside the ones it must have."""
    values = {"name": name, "api_call_limits": api_calls, "time_interval": interval, "time_unit": unit}
    return m.ThrottleBaseInfo(**values, **fields)


def http_api(group_id: str, uri: str, backend: str, **fields) -> "m.ApiCreate":
    """An API that forwards to `backend` (`host:port`); `fields` replace the defaults below.

    Of the backend: `backend_uri`, `backend_method`, `timeout`. All others are fields of the API itself.
    """
    backend_api = m.BackendApiCreate(
        url_domain=backend,
        req_protocol="HTTP",
        req_method=fields.pop("backend_method", "ANY"),
        req_uri=fields.pop("backend_uri", uri),
        timeout=fields.pop("timeout", 5000),
        retry_count="0",
    )
    values = {
        "name": fresh("api"),
        "type": 1,
        "req_protocol": "BOTH",
        "req_method": "ANY",
        "req_uri": uri,
        "auth_type": "APP",
        "match_mode": "NORMAL",
        "backend_type": "HTTP",
        "group_id": group_id,
        "backend_api": backend_api,
        **fields,
    }
    return m.ApiCreate(**values)


def mock_api(group_id: str, uri: str, content: str, **fields) -> "m.ApiCreate":
    """An API the gateway answers itself."""
    values = {
        "name": fresh("api"),
        "type": 1,
        "req_protocol": "BOTH",
        "req_method": "ANY",
        "req_uri": uri,
        "auth_type": "NONE",
        "match_mode": "NORMAL",
        "backend_type": "MOCK",
        "group_id": group_id,
        "mock_info": m.ApiMockCreate(result_content=content),
        **fields,
    }
    return m.ApiCreate(**values)


def path_parameter(name: str) -> tuple:
    """A path parameter of the request with its mapping to the parameter of the same name at the backend."""
    return (
        m.ReqParamBase(name=name, type="STRING", location="PATH", required=1),
        m.BackendParamBase(origin="REQUEST", name=name, location="PATH", value=name),
    )
