//! What is bound to published APIs: throttling, access control, signature keys; and authorizers.

use super::{RELEASE, Walk, api, published};
use crate::support::FUNCTION;
use serde_json::{Value, json};

pub(super) async fn throttling(walk: &mut Walk) {
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

pub(super) async fn authorizers(walk: &mut Walk) {
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

pub(super) async fn access_control(walk: &mut Walk) {
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

pub(super) async fn signature_keys(walk: &mut Walk) {
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
