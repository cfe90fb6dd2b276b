//! Every operation that is built is called once with success: status and shape must be the published ones.

use crate::openapi::Form;
use crate::support::contract::{Operation, Optional, deviations, members, operations};
use crate::support::{Api, FUNCTION, PROJECT, Reply};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The built-in environment.
const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";

/// Calls operations by name and checks what comes back.
struct Walk {
    api: Api,
    operations: BTreeMap<&'static str, Operation>,
    called: Vec<&'static str>,
}

impl Walk {
    fn new() -> Self {
        let operations = operations().into_iter().map(|operation| (operation.name, operation)).collect();
        Self { api: Api::new(), operations, called: Vec::new() }
    }

    /// Calls the operation with these path parameters (and, as `?`, a query).
    async fn call(&mut self, name: &'static str, parameters: &[(&str, &str)], body: Value) -> Reply {
        let operation = &self.operations[name];
        let mut target = operation.path.replace("{project_id}", PROJECT);
        for (parameter, value) in parameters {
            match *parameter {
                "?" => target = format!("{target}?{value}"),
                parameter => target = target.replace(&format!("{{{parameter}}}"), value),
            }
        }
        let target = target.replace("{instance_id}", self.api.instance.id.as_str());
        let reply = self.api.call_at(operation.method, &target, body).await;
        assert_eq!(reply.status.as_u16(), operation.success, "{name}: {}", reply.body);
        let found = deviations(operation.response, &reply.body, optional_members(operation));
        assert!(found.is_empty(), "{name}: {found:#?}");
        assert_eq!(reply.body.is_null(), members(operation.response).is_empty(), "{name}");
        self.called.push(name);
        reply
    }
}

/// Definitions of APIs are read back as they were written, so that what was absent stays absent. Of the values of a
/// metric only the one that was asked for is there, and what is not bound was bound at no time. A channel tells its own
/// kind of microservice, and no health checks.
fn optional_members(operation: &Operation) -> Optional {
    let ends = |path| operation.path.ends_with(path);
    let of = |part| operation.path.contains(part);
    if of("/apis") || of("/vpc-channels") || ends("/metric-data") || ends("/throttle-bindings/unbinded-apis")
    {
        Optional::MayLack
    } else {
        Optional::Present
    }
}

#[tokio::test]
async fn every_answer_has_the_published_status_and_members() {
    let mut walk = Walk::new();
    gateways(&mut walk).await;
    groups(&mut walk).await;
    environments(&mut walk).await;
    apps(&mut walk).await;
    app_quotas(&mut walk).await;
    apis(&mut walk).await;
    authorizations(&mut walk).await;
    throttling(&mut walk).await;
    authorizers(&mut walk).await;
    microservices(&mut walk).await;
    access_control(&mut walk).await;
    signature_keys(&mut walk).await;
    documents(&mut walk).await;
    covers_what_is_built(&walk);
}

async fn gateways(walk: &mut Walk) {
    walk.call("ListAvailableZonesV2", &[], Value::Null).await;
    walk.call("ListInstanceConfigsV2", &[], Value::Null).await;
    walk.call("ListProjectCofigsV2", &[], Value::Null).await;
    let create = json!({"instance_name": "second", "spec_id": "BASIC", "tags": [{"key": "a", "value": "b"}]});
    let id = walk.call("CreateInstanceV2", &[], create).await.text("instance_id");
    let at = [("instance_id", id.as_str())];
    walk.call("ListInstancesV2", &[], Value::Null).await;
    let shown = walk.call("ShowDetailsOfInstanceV2", &at, Value::Null).await;
    assert_eq!((shown.text("status"), shown.text("available_zone_ids")), ("Running".into(), "[]".into()));
    walk.call("ShowDetailsOfInstanceProgressV2", &at, Value::Null).await;
    walk.call("ShowRestrictionOfInstanceV2", &at, Value::Null).await;
    walk.call("UpdateInstanceV2", &at, json!({"description": "x"})).await;
    walk.call(
        "CreateFeatureV2",
        &at,
        json!({"name": "ratelimit", "enable": true, "config": "{\"api_limits\": 7}"}),
    )
    .await;
    walk.call("ListFeaturesV2", &at, Value::Null).await;
    walk.call("ListInstanceFeatures", &at, Value::Null).await;
    let tags = json!({"action": "create", "tags": [{"key": "c", "value": "d"}]});
    walk.call("BatchCreateOrDeleteInstanceTags", &at, tags).await;
    walk.call("ListInstanceTags", &at, Value::Null).await;
    let query = json!({"tags": [{"key": "c", "values": ["d"]}]});
    walk.call("ListInstancesByTags", &[], query.clone()).await;
    walk.call("ShowInstancesNumByTags", &[], query).await;
    walk.call("ListProjectInstanceTags", &[], Value::Null).await;
    walk.call("DeleteInstancesV2", &at, Value::Null).await;
}

async fn groups(walk: &mut Walk) {
    walk.call("CheckApiGroupsV2", &[], json!({"group_name": "orders"})).await;
    let id = walk.call("CreateApiGroupV2", &[], json!({"name": "orders"})).await.text("id");
    let at = [("group_id", id.as_str())];
    walk.call("ListApiGroupsV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfApiGroupV2", &at, Value::Null).await;
    walk.call("UpdateApiGroupV2", &at, json!({"name": "orders", "remark": "r"})).await;
    walk.call("UpdateSlDomainSettingV2", &at, json!({"sl_domain_access_enabled": false})).await;
    gateway_responses(walk, &id).await;
    walk.call("DeleteApiGroupV2", &at, Value::Null).await;
}

async fn gateway_responses(walk: &mut Walk, group: &str) {
    let at = [("group_id", group)];
    let answer = json!({"status": 429, "body": "{}", "headers": [{"key": "Retry-After", "value": "1"}]});
    let body = json!({"name": "own", "responses": {"THROTTLED": answer}});
    let id = walk.call("CreateGatewayResponseV2", &at, body.clone()).await.text("id");
    walk.call("ListGatewayResponsesV2", &at, Value::Null).await;
    let at = [("group_id", group), ("response_id", &id)];
    walk.call("ShowDetailsOfGatewayResponseV2", &at, Value::Null).await;
    walk.call("UpdateGatewayResponseV2", &at, body).await;
    let typed = [at[0], at[1], ("response_type", "THROTTLED")];
    walk.call("UpdateGatewayResponseTypeV2", &typed, answer).await;
    walk.call("ShowDetailsOfGatewayResponseTypeV2", &typed, Value::Null).await;
    walk.call("DeleteGatewayResponseTypeV2", &typed, Value::Null).await;
    walk.call("DeleteGatewayResponseV2", &at, Value::Null).await;
}

async fn environments(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "group"})).await.text("id");
    let env = walk.call("CreateEnvironmentV2", &[], json!({"name": "test"})).await.text("id");
    walk.call("ListEnvironmentsV2", &[], Value::Null).await;
    walk.call("UpdateEnvironmentV2", &[("env_id", &env)], json!({"name": "test2"})).await;
    let create =
        json!({"group_id": group, "env_id": env, "variable_name": "host", "variable_value": "a.b:80"});
    let variable = walk.call("CreateEnvironmentVariableV2", &[], create).await.text("id");
    let at = [("env_variable_id", variable.as_str())];
    walk.call("ListEnvironmentVariablesV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfEnvironmentVariableV2", &at, Value::Null).await;
    walk.call("UpdateEnvironmentVariableV2", &at, json!({"variable_value": "c"})).await;
    walk.call("DeleteEnvironmentVariableV2", &at, Value::Null).await;
    walk.call("DeleteEnvironmentV2", &[("env_id", &env)], Value::Null).await;
}

async fn apps(walk: &mut Walk) {
    let id = walk.call("CreateAnAppV2", &[], json!({"name": "mobile"})).await.text("id");
    let at = [("app_id", id.as_str())];
    walk.call("ListAppsV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfAppV2", &at, Value::Null).await;
    walk.call("UpdateAppV2", &at, json!({"name": "mobile2"})).await;
    walk.call("ResettingAppSecretV2", &at, json!({})).await;
    walk.call("CheckAppV2", &at, Value::Null).await;
    app_codes(walk, &id).await;
    ai_api_keys(walk, &id).await;
    walk.call("DeleteAppV2", &at, Value::Null).await;
}

async fn app_codes(walk: &mut Walk, app: &str) {
    let of_app = ("app_id", app);
    walk.call("CreateAppCodeV2", &[of_app], json!({"app_code": "c".repeat(64)})).await;
    let code = walk.call("CreateAppCodeAutoV2", &[of_app], Value::Null).await.text("id");
    let at = [of_app, ("app_code_id", &code)];
    walk.call("ListAppCodesV2", &[of_app], Value::Null).await;
    walk.call("ShowDetailsOfAppCodeV2", &at, Value::Null).await;
    walk.call("DeleteAppCodeV2", &at, Value::Null).await;
}

async fn ai_api_keys(walk: &mut Walk, app: &str) {
    let of_app = ("app_id", app);
    let key = walk.call("CreateAiApiKey", &[of_app], json!({"alias": "bot"})).await.text("id");
    let at = [of_app, ("ai_api_key_id", &key)];
    walk.call("ListAiApiKeys", &[of_app], Value::Null).await;
    walk.call("ShowDetailsOfAiApiKey", &at, Value::Null).await;
    walk.call("DeleteAiApiKey", &at, Value::Null).await;
}

async fn app_quotas(walk: &mut Walk) {
    let draft = json!({"name": "daily", "call_limits": 10, "time_unit": "DAY", "time_interval": 1});
    let quota = walk.call("CreateAppQuota", &[], draft.clone()).await.text("app_quota_id");
    let app = walk.call("CreateAnAppV2", &[], json!({"name": "limited"})).await.text("id");
    let (at, of_app) = ([("app_quota_id", quota.as_str())], ("app_id", app.as_str()));
    walk.call("ListAppQuotas", &[], Value::Null).await;
    walk.call("ShowAppQuota", &at, Value::Null).await;
    walk.call("UpdateAppQuota", &at, draft).await;
    walk.call("ListAppQuotaBindableApps", &at, Value::Null).await;
    walk.call("ShowAppBoundAppQuota", &[of_app], Value::Null).await;
    walk.call("AssociateAppsForAppQuota", &at, json!({"app_ids": [app]})).await;
    walk.call("ListAppQuotaBoundApps", &at, Value::Null).await;
    walk.call("ShowAppBoundAppQuota", &[of_app], Value::Null).await;
    walk.call("DisassociateAppQuotaWithApp", &[at[0], of_app], Value::Null).await;
    walk.call("DeleteAppQuota", &at, Value::Null).await;
}

/// An API with app authentication, a parameter, a mapping and a policy, so that all of its models show.
fn api(group: &str, name: &str) -> Value {
    json!({
        "group_id": group, "name": name, "type": 1, "req_protocol": "BOTH", "req_method": "GET",
        "req_uri": format!("/{name}/{{id}}"), "match_mode": "NORMAL", "auth_type": "APP", "backend_type": "HTTP",
        "req_params": [{"name": "id", "type": "STRING", "location": "PATH", "required": 1}],
        "backend_params": [{"origin": "REQUEST", "name": "id", "value": "id", "location": "PATH"}],
        "backend_api": {
            "url_domain": "127.0.0.1:8080", "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/{id}",
            "timeout": 5000, "vpc_channel_status": 2
        },
    })
}

async fn apis(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_apis"})).await.text("id");
    let check = json!({"group_id": group, "name": "orders"});
    walk.call("CheckApisV2", &[], check).await;
    let id = walk.call("CreateApiV2", &[], api(&group, "orders")).await.text("id");
    let at = [("api_id", id.as_str())];
    walk.call("ListApisV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfApiV2", &at, Value::Null).await;
    walk.call("UpdateApiV2", &at, api(&group, "orders2")).await;
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
    let version = walk.call("CreateOrDeletePublishRecordForApiV2", &[], online).await.text("version_id");
    let of_version = [("version_id", version.as_str())];
    walk.call("ListApiVersionsV2", &at, Value::Null).await;
    walk.call("ListApiVersionDetailV2", &of_version, Value::Null).await;
    walk.call("ChangeApiVersionV2", &at, json!({"version_id": version})).await;
    let debug = json!({"mode": "CONSUMER", "scheme": "HTTP", "method": "GET", "path": "/orders2"});
    walk.call("DebugApiV2", &at, debug).await;
    walk.call("ListApiRuntimeDefinitionV2", &[at[0], ("?", &format!("env_id={RELEASE}"))], Value::Null).await;
    walk.call("ListApisV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfApiV2", &at, Value::Null).await;
    for resource in ["ListApiQuantitiesV2", "ListAppQuantitiesV2", "ListApiGroupsQuantitiesV2"] {
        walk.call(resource, &[], Value::Null).await;
    }
    monitoring(walk, &group, &id).await;
    walk.call("DeleteApiByVersionIdV2", &of_version, Value::Null).await;
    let batch = json!({"env_id": RELEASE, "apis": [id, "0123456789abcdef0123456789abcdef"]});
    walk.call("BatchPublishOrOfflineApiV2", &[("?", "action=online")], batch.clone()).await;
    walk.call("BatchPublishOrOfflineApiV2", &[("?", "action=offline")], batch).await;
    walk.call("DeleteApiV2", &at, Value::Null).await;
}

async fn monitoring(walk: &mut Walk, group: &str, api: &str) {
    let of_api = format!("api_id={api}&duration=1h");
    walk.call("ListLatelyApiStatisticsV2", &[("?", &of_api)], Value::Null).await;
    walk.call("ListLatelyGroupStatisticsV2", &[("?", &format!("group_id={group}"))], Value::Null).await;
    let metric = "dim=inbound_eip&metric_name=up_stream&from=0&to=9999999999999&period=300&filter=max";
    walk.call("ListMetricData", &[("?", metric)], Value::Null).await;
    walk.call("ListTagsV2", &[], Value::Null).await;
}

async fn authorizations(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_auths"})).await.text("id");
    let granted = walk.call("CreateApiV2", &[], api(&group, "granted")).await.text("id");
    walk.call("CreateApiV2", &[], api(&group, "open")).await;
    let app = walk.call("CreateAnAppV2", &[], json!({"name": "caller"})).await.text("id");
    let grant = json!({"env_id": RELEASE, "app_ids": [app], "api_ids": [granted]});
    let granted_auth = walk.call("CreateAuthorizingAppsV2", &[], grant).await;
    let auth = granted_auth.body["auths"][0]["id"].as_str().unwrap().to_owned();
    let of_app = format!("app_id={app}&env_id={RELEASE}");
    walk.call("ListApisBindedToAppV2", &[("?", &of_app)], Value::Null).await;
    walk.call("ListAppsBindedToApiV2", &[("?", &format!("api_id={granted}"))], Value::Null).await;
    walk.call("ListApisUnbindedToAppV2", &[("?", &of_app)], Value::Null).await;
    walk.call("CancelingAuthorizationV2", &[("app_auth_id", &auth)], Value::Null).await;
}

async fn throttling(walk: &mut Walk) {
    let policy = json!({"name": "calm", "api_call_limits": 100, "time_interval": 1, "time_unit": "MINUTE"});
    let id = walk.call("CreateRequestThrottlingPolicyV2", &[], policy.clone()).await.text("id");
    let at = [("throttle_id", id.as_str())];
    let app = walk.call("CreateAnAppV2", &[], json!({"name": "favored"})).await.text("id");
    let special = json!({"call_limits": 50, "object_id": app, "object_type": "APP"});
    let special = walk.call("CreateSpecialThrottlingConfigurationV2", &at, special).await.text("id");
    let of_special = [at[0], ("strategy_id", special.as_str())];
    walk.call("ListSpecialThrottlingConfigurationsV2", &at, Value::Null).await;
    walk.call("UpdateSpecialThrottlingConfigurationV2", &of_special, json!({"call_limits": 60})).await;
    let publication = published(walk, "throttled").await;
    let bind = json!({"strategy_id": id, "publish_ids": [publication.id]});
    let bound = walk.call("AssociateRequestThrottlingPolicyV2", &[], bind.clone()).await;
    let binding = bound.body["throttle_applys"][0]["id"].as_str().unwrap().to_owned();
    walk.call("ListRequestThrottlingPolicyV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfRequestThrottlingPolicyV2", &at, Value::Null).await;
    walk.call("UpdateRequestThrottlingPolicyV2", &at, policy).await;
    let of_policy = format!("throttle_id={id}");
    let of_policy = [("?", of_policy.as_str())];
    walk.call("ListApisBindedToRequestThrottlingPolicyV2", &of_policy, Value::Null).await;
    let of_api = format!("api_id={}", publication.api_id);
    walk.call("ListRequestThrottlingPoliciesBindedToApiV2", &[("?", &of_api)], Value::Null).await;
    walk.call("DisassociateRequestThrottlingPolicyV2", &[("throttle_binding_id", &binding)], Value::Null)
        .await;
    walk.call("ListApisUnbindedToRequestThrottlingPolicyV2", &of_policy, Value::Null).await;
    let gone = json!({"throttle_bindings": [binding]});
    let several = [("?", "action=delete")];
    walk.call("BatchDisassociateThrottlingPolicyV2", &several, gone).await;
    walk.call("DeleteSpecialThrottlingConfigurationV2", &of_special, Value::Null).await;
    walk.call("DeleteRequestThrottlingPolicyV2", &at, Value::Null).await;
}

/// An API that serves in RELEASE.
struct Published {
    id: String,
    api_id: String,
}

async fn published(walk: &mut Walk, name: &str) -> Published {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": format!("of_{name}")})).await.text("id");
    let api_id = walk.call("CreateApiV2", &[], api(&group, name)).await.text("id");
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": api_id});
    let id = walk.call("CreateOrDeletePublishRecordForApiV2", &[], online).await.text("publish_id");
    Published { id, api_id }
}

async fn authorizers(walk: &mut Walk) {
    let body = |name: &str| {
        json!({
            "name": name, "type": "FRONTEND", "authorizer_type": "FUNC", "authorizer_uri": FUNCTION,
            "identities": [{"name": "Authorization", "location": "HEADER"}], "ttl": 60
        })
    };
    let id = walk.call("CreateCustomAuthorizerV2", &[], body("guard")).await.text("id");
    let at = [("authorizer_id", id.as_str())];
    walk.call("ListCustomAuthorizersV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfCustomAuthorizersV2", &at, Value::Null).await;
    walk.call("UpdateCustomAuthorizerV2", &at, body("guard2")).await;
    walk.call("DeleteCustomAuthorizerV2", &at, Value::Null).await;
}

async fn microservices(walk: &mut Walk) {
    let import = json!({
        "group_info": {"group_name": "cluster"}, "service_type": "CCE",
        "cce_info": {
            "cluster_id": "c1", "namespace": "default", "workload_type": "deployment", "app_name": "shop", "port": 80
        },
        "apis": [{"req_uri": "/orders", "req_method": "GET"}],
    });
    let imported = walk.call("ImportMicroservice", &[], import).await;
    let id = imported.text("vpc_channel_id");
    let at = [("vpc_channel_id", id.as_str())];
    walk.call("ListVpcChannelsV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfVpcChannelV2", &at, Value::Null).await;
    let api = imported.body["apis"][0]["id"].as_str().unwrap().to_owned();
    walk.call("DeleteApiV2", &[("api_id", &api)], Value::Null).await;
    walk.call("DeleteVpcChannelV2", &at, Value::Null).await;
}

async fn access_control(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_acls"})).await.text("id");
    let id = walk.call("CreateApiV2", &[], api(&group, "guarded")).await.text("id");
    let other = walk.call("CreateApiV2", &[], api(&group, "unguarded")).await.text("id");
    let batch = json!({"env_id": RELEASE, "apis": [id, other]});
    let online = walk.call("BatchPublishOrOfflineApiV2", &[("?", "action=online")], batch).await;
    let publication = online.body["success"][0]["publish_id"].clone();
    let draft =
        json!({"acl_name": "offices", "acl_type": "PERMIT", "acl_value": "10.0.0.0/8", "entity_type": "IP"});
    let acl = walk.call("CreateAclStrategyV2", &[], draft.clone()).await.text("id");
    let at = [("acl_id", acl.as_str())];
    walk.call("ShowDetailsOfAclPolicyV2", &at, Value::Null).await;
    walk.call("UpdateAclStrategyV2", &at, draft).await;
    walk.call("ListAclStrategiesV2", &[], Value::Null).await;
    let binding = json!({"acl_id": acl, "publish_ids": [publication]});
    let bound = walk.call("CreateApiAclBindingV2", &[], binding.clone()).await;
    let bound = bound.body["acl_bindings"][0]["id"].as_str().unwrap().to_owned();
    walk.call("ListAclPolicyBindedToApiV2", &[("?", &format!("api_id={id}"))], Value::Null).await;
    walk.call("ListApisBindedToAclPolicyV2", &[("?", &format!("acl_id={acl}"))], Value::Null).await;
    walk.call("ListApisUnbindedToAclPolicyV2", &[("?", &format!("acl_id={acl}"))], Value::Null).await;
    walk.call("BatchDeleteAclV2", &[("?", "action=delete")], json!({"acls": [acl]})).await;
    walk.call("DeleteApiAclBindingV2", &[("acl_bindings_id", &bound)], Value::Null).await;
    let gone = json!({"acl_bindings": [bound]});
    walk.call("BatchDeleteApiAclBindingV2", &[("?", "action=delete")], gone).await;
    walk.call("DeleteAclV2", &at, Value::Null).await;
    let app = walk.call("CreateAnAppV2", &[], json!({"name": "guarded_app"})).await.text("id");
    let at = [("app_id", app.as_str())];
    let list = json!({"app_acl_type": "DENY", "app_acl_values": ["192.0.2.1-192.0.2.9"]});
    walk.call("UpdateAppAcl", &at, list).await;
    walk.call("ShowDetailsOfAppAcl", &at, Value::Null).await;
    walk.call("DeleteAppAcl", &at, Value::Null).await;
    walk.call("ShowDetailsOfAppAcl", &at, Value::Null).await;
}

async fn documents(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_documents"})).await.text("id");
    walk.call("CreateApiV2", &[], api(&group, "documented")).await;
    let body = json!({"env_id": RELEASE, "group_id": group, "define": "dev"});
    // A file has no members.
    let file = walk.api.call("POST", "/openapi/export", body.clone()).await;
    assert_eq!((file.status.as_u16(), file.body["info"]["title"].as_str()), (200, Some("with_documents")));
    walk.called.push("ExportApiDefinitionsV2");
    let form = Form::new(&file.body.to_string()).with("is_create_group", "false").with("group_id", &group);
    for name in ["ImportApiDefinitionsV2", "ImportApiDefinitionsAsync"] {
        let operation = &walk.operations[name];
        let path = operation.path.rsplit_once('}').unwrap().1;
        let reply = walk.api.import(path, &form).await;
        assert_eq!(reply.status.as_u16(), operation.success, "{name}: {}", reply.body);
        assert_eq!(deviations(operation.response, &reply.body, Optional::Present), [""; 0]);
        walk.called.push(name);
    }
    let task = walk.call("ExportApiDefinitionsAsync", &[], body).await.text("task_id");
    walk.call("ShowAsyncTaskResult", &[("task_id", &task)], Value::Null).await;
}

async fn signature_keys(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_keys"})).await.text("id");
    let api_id = walk.call("CreateApiV2", &[], api(&group, "signed")).await.text("id");
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": api_id});
    let publication = walk.call("CreateOrDeletePublishRecordForApiV2", &[], online).await.text("publish_id");
    let id = walk.call("CreateSignatureKeyV2", &[], json!({"name": "backend_key"})).await.text("id");
    let at = [("sign_id", id.as_str())];
    let of_key = format!("sign_id={id}");
    walk.call("UpdateSignatureKeyV2", &at, json!({"name": "backend_key2"})).await;
    walk.call("ListSignatureKeysV2", &[], Value::Null).await;
    walk.call("ListApisNotBoundWithSignatureKeyV2", &[("?", &of_key)], Value::Null).await;
    let bind = json!({"sign_id": id, "publish_ids": [publication]});
    let bound = walk.call("AssociateSignatureKeyV2", &[], bind).await.body;
    let binding = bound["bindings"][0]["id"].as_str().unwrap();
    walk.call("ListApisBindedToSignatureKeyV2", &[("?", &of_key)], Value::Null).await;
    let of_api = format!("api_id={api_id}");
    walk.call("ListSignatureKeysBindedToApiV2", &[("?", &of_api)], Value::Null).await;
    walk.call("DisassociateSignatureKeyV2", &[("sign_bindings_id", binding)], Value::Null).await;
    walk.call("DeleteSignatureKeyV2", &at, Value::Null).await;
}

/// A new endpoint without a step in this walk fails the test.
fn covers_what_is_built(walk: &Walk) {
    let table = countersign_api_apig::compatibility_markdown();
    let built =
        table.lines().filter(|line| line.ends_with("| built |")).filter_map(|line| line.split(' ').nth(1));
    let missing: Vec<_> = built.filter(|name| !walk.called.contains(name)).collect();
    assert!(missing.is_empty(), "not walked: {missing:?}");
}

#[tokio::test]
async fn every_published_member_of_a_body_is_understood() {
    let api = Api::new();
    for operation in operations().iter().filter(|operation| operation.body != "-") {
        let target = target(operation, api.instance.id.as_str());
        for member in members(operation.body).iter().map(|member| member.name) {
            let reply = api.call_at(operation.method, &target, json!({ *member: null })).await;
            let message = reply.body["error_msg"].as_str().unwrap_or_default();
            assert!(!message.contains("unknown field"), "{} {member}: {message}", operation.name);
        }
    }
}

/// The operation's path with some id for every parameter but project and gateway.
fn target(operation: &Operation, instance: &str) -> String {
    let path = operation.path.replace("{project_id}", PROJECT).replace("{instance_id}", instance);
    let segments =
        path.split('/').map(|segment| if segment.starts_with('{') { "0123456789abcdef" } else { segment });
    segments.collect::<Vec<_>>().join("/")
}
