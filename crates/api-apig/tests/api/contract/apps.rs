//! Apps: their credentials, quotas and authorizations.

use super::{RELEASE, Walk, api};
use serde_json::{Value, json};

pub(super) async fn apps(walk: &mut Walk) {
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

pub(super) async fn app_quotas(walk: &mut Walk) {
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

pub(super) async fn authorizations(walk: &mut Walk) {
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
