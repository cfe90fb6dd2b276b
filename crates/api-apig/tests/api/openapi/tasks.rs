//! Importing and exporting as tasks.

use super::{Form, RELEASE, TWO_GOOD_AND_THREE_BAD, methods};
use crate::support::Api;
use serde_json::{Value, json};

#[tokio::test]
async fn a_task_ends_with_what_the_operation_would_have_answered() {
    let api = Api::new();
    let given = api.import("/openapi/async-import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    let ended = api.ended(&given.text("task_id")).await;
    assert_eq!(
        (ended.text("task_status"), ended.text("task_type")),
        ("succeed".to_owned(), "import_api".to_owned())
    );
    let result: Value = serde_json::from_str(&ended.text("task_result")).unwrap();
    assert_eq!(methods(&result["success"]), [("GET", "/a"), ("GET", "/b")]);
    let again = api.import("/openapi/async-import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    let failed = api.ended(&again.text("task_id")).await;
    assert_eq!(failed.text("task_status"), "failed");
    let refusal: Value = serde_json::from_str(&failed.text("task_result")).unwrap();
    assert_eq!(refusal["error_code"], "APIG.3201");
    let body = json!({"env_id": RELEASE, "group_id": result["group_id"], "define": "dev", "type": "yaml", "version": "v"});
    let given = api.call("POST", "/openapi/async-export", body).await;
    let ended = api.ended(&given.text("task_id")).await;
    let file: Value = serde_json::from_str(&ended.text("task_result")).unwrap();
    assert_eq!(
        (file["FileName"].clone(), file["FileType"].clone()),
        (json!("imported-RELEASE-dev-v"), json!(".yaml"))
    );
    assert!(file["Comment"].as_str().unwrap().starts_with("swagger: \"2.0\""));
}

#[tokio::test]
async fn a_task_that_nobody_gave_does_not_exist() {
    let api = Api::new();
    let shown = api.call("GET", "/async-tasks/0123456789abcdef0123456789abcdef", Value::Null).await;
    assert_eq!(shown.refusal(), (404, "APIG.3093"));
}
