//! Access control policies and lists of apps: what is refused, and that nothing is half applied.

use crate::support::Api;
use serde_json::{Value, json};

const UNKNOWN: &str = "0123456789abcdef0123456789abcdef";

fn draft(changes: &Value) -> Value {
    let mut draft =
        json!({"acl_name": "offices", "acl_type": "DENY", "acl_value": "192.0.2.1", "entity_type": "IP"});
    for (member, value) in changes.as_object().unwrap() {
        draft[member] = value.clone();
    }
    draft
}

#[tokio::test]
async fn every_member_of_a_policy_is_checked_and_named() {
    let api = Api::new();
    for (changes, code, parameter) in [
        (json!({"acl_name": null}), "APIG.2001", "acl_name"),
        (json!({"acl_name": "1st"}), "APIG.2011", "acl_name"),
        (json!({"acl_type": null}), "APIG.2001", "acl_type"),
        (json!({"acl_type": "permit"}), "APIG.2011", "acl_type"),
        (json!({"entity_type": "HOST"}), "APIG.2011", "entity_type"),
        (json!({"acl_value": null}), "APIG.2001", "acl_value"),
        (json!({"acl_value": ""}), "APIG.2011", "acl_value"),
        (json!({"acl_value": "192.0.2.0/33"}), "APIG.2011", "acl_value"),
        (json!({"acl_value": "192.0.2.1", "entity_type": "DOMAIN_ID"}), "APIG.2011", "acl_value"),
        (json!({"acl_value": "007", "entity_type": "DOMAIN"}), "APIG.2011", "acl_value"),
    ] {
        let refused = api.call("POST", "/acls", draft(&changes)).await;
        assert_eq!(refused.refusal(), (400, code), "{}", refused.body);
        assert!(refused.text("error_msg").contains(parameter), "{}", refused.body);
    }
    assert_eq!(api.call("GET", "/acls", Value::Null).await.body["total"], 0);
}

#[tokio::test]
async fn names_are_taken_once_and_an_update_may_keep_its_own() {
    let api = Api::new();
    let id = api.call("POST", "/acls", draft(&json!({}))).await.text("id");
    assert_eq!(api.call("POST", "/acls", draft(&json!({}))).await.refusal(), (400, "APIG.3206"));
    api.call("POST", "/acls", draft(&json!({"acl_name": "others"}))).await;
    let at = format!("/acls/{id}");
    assert_eq!(api.call("PUT", &at, draft(&json!({"acl_type": "PERMIT"}))).await.text("acl_type"), "PERMIT");
    let taken = api.call("PUT", &at, draft(&json!({"acl_name": "others"}))).await;
    assert_eq!(taken.refusal(), (400, "APIG.3206"));
    assert_eq!(api.call("GET", &at, Value::Null).await.text("acl_name"), "offices");
}

#[tokio::test]
async fn a_binding_to_something_unknown_binds_nothing() {
    let api = Api::new();
    let id = api.call("POST", "/acls", draft(&json!({}))).await.text("id");
    let body = json!({"acl_id": id, "publish_ids": [UNKNOWN]});
    assert_eq!(api.call("POST", "/acl-bindings", body).await.refusal(), (404, "APIG.3015"));
    let body = json!({"acl_id": UNKNOWN, "publish_ids": [UNKNOWN]});
    assert_eq!(api.call("POST", "/acl-bindings", body).await.refusal(), (404, "APIG.3006"));
    let bound = api.call("GET", &format!("/acl-bindings/binded-apis?acl_id={id}"), Value::Null).await;
    assert_eq!(bound.body["total"], 0);
    for list in ["binded-apis", "unbinded-apis", "binded-acls"] {
        let refused = api.call("GET", &format!("/acl-bindings/{list}"), Value::Null).await;
        assert_eq!(refused.refusal(), (400, "APIG.2001"), "{list}");
    }
}

#[tokio::test]
async fn a_list_of_an_app_is_replaced_as_a_whole_or_not_at_all() {
    let api = Api::new();
    let app = api.call("POST", "/apps", json!({"name": "caller"})).await.text("id");
    let at = format!("/apps/{app}/app-acl");
    let good = json!({"app_acl_type": "PERMIT", "app_acl_values": ["192.0.2.1-192.0.2.9", "::1/128"]});
    assert_eq!(api.call("PUT", &at, good.clone()).await.status, 201);
    for (bad, code) in [
        (json!({"app_acl_type": "PERMIT"}), "APIG.2001"),
        (json!({"app_acl_type": "IP", "app_acl_values": ["::1"]}), "APIG.2012"),
        (json!({"app_acl_type": "DENY", "app_acl_values": []}), "APIG.2012"),
        (json!({"app_acl_type": "DENY", "app_acl_values": ["::1", "::2-::1"]}), "APIG.2012"),
        (json!({"app_acl_type": "DENY", "app_acl_values": ["::1,::2"]}), "APIG.2012"),
        (json!({"app_acl_type": "DENY", "app_acl_values": vec!["::1"; 101]}), "APIG.2012"),
    ] {
        assert_eq!(api.call("PUT", &at, bad).await.refusal(), (400, code));
    }
    let kept = api.call("GET", &at, Value::Null).await.body;
    assert_eq!(kept["app_acl_values"], good["app_acl_values"]);
}
