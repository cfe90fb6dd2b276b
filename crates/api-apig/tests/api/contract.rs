//! Every operation that is built is called once with success: status and shape must be the published ones.

use crate::support::contract::{Operation, deviations, members, operations};
use crate::support::{Api, PROJECT, Reply};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Groups of operations that this file walks through.
const GROUPS: [&str; 6] = ["/api-groups", "/envs", "/env-variables", "/apps", "/app-auths", "/features"];

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
        assert_eq!(deviations(operation.response, &reply.body), Vec::<String>::new(), "{name}");
        assert_eq!(reply.body.is_null(), members(operation.response).is_empty(), "{name}");
        self.called.push(name);
        reply
    }
}

#[tokio::test]
async fn every_answer_has_the_published_status_and_members() {
    let mut walk = Walk::new();
    gateways(&mut walk).await;
    groups(&mut walk).await;
    environments(&mut walk).await;
    apps(&mut walk).await;
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
    walk.call("DeleteApiGroupV2", &at, Value::Null).await;
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
    walk.call("DeleteAppV2", &at, Value::Null).await;
}

/// A new endpoint of these groups without a step in this walk fails the test.
fn covers_what_is_built(walk: &Walk) {
    let built = countersign_api_apig::compatibility_markdown();
    for operation in walk.operations.values() {
        let mine = GROUPS.iter().any(|group| operation.path.contains(group))
            && !operation.path.contains("app-auths");
        let row = format!("| {} |", operation.name);
        let is_built = built.lines().any(|line| line.starts_with(&row) && line.ends_with("| built |"));
        assert!(
            !mine || !is_built || walk.called.contains(&operation.name),
            "{} is not walked",
            operation.name
        );
    }
}

#[tokio::test]
async fn every_published_member_of_a_body_is_understood() {
    let api = Api::new();
    for operation in operations().iter().filter(|operation| operation.body != "-") {
        let target = target(operation, api.instance.id.as_str());
        for (member, _) in members(operation.body) {
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
