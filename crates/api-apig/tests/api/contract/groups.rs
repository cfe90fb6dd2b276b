//! Groups with their gateway responses, environments with their variables.

use super::Walk;
use serde_json::{Value, json};

pub(super) async fn groups(walk: &mut Walk) {
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

pub(super) async fn environments(walk: &mut Walk) {
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
