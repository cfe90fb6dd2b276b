//! Importing and exporting APIs as documents.

mod export;
mod import;
mod tasks;

use crate::support::{Api, Reply, now};
use axum::body::Body;
use countersign_sign::Payload;
use http::Request;
use serde_json::{Value, json};

const RELEASE: &str = "DEFAULT_ENVIRONMENT_RELEASE_ID";
const BOUNDARY: &str = "a-boundary-of-the-tests";

/// A form that brings a document.
#[derive(Clone)]
pub(crate) struct Form {
    fields: Vec<(String, String)>,
    document: Vec<u8>,
}

impl Form {
    pub(crate) fn new(document: &str) -> Self {
        Self { fields: Vec::new(), document: document.as_bytes().to_vec() }
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        for (name, value) in &self.fields {
            let head =
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(head.as_bytes());
        }
        let head = "Content-Disposition: form-data; name=\"file_name\"; filename=\"apis.yaml\"\r\n\r\n";
        body.extend(format!("--{BOUNDARY}\r\n{head}").as_bytes());
        body.extend(&self.document);
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        body
    }
}

impl Api {
    /// Sends the form as SDKs do: the signature leaves the body out.
    pub(crate) async fn import(&self, path: &str, form: &Form) -> Reply {
        let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
        self.post(path, &content_type, form.body()).await
    }

    async fn post(&self, path: &str, content_type: &str, body: Vec<u8>) -> Reply {
        let target = self.path(path);
        let headers = [("Host", "apig.example.com"), ("Content-Type", content_type)];
        let request = countersign_sign::Request {
            method: "POST",
            target: &target,
            headers: &headers,
            payload: Payload::Unsigned,
        };
        let signed = self.owner.signer().sign(&request, now()).unwrap();
        let mut builder = Request::builder().method("POST").uri(&target);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        for (name, value) in &signed.headers {
            builder = builder.header(*name, value);
        }
        self.send(builder.body(Body::from(body)).unwrap()).await
    }

    async fn group(&self, name: &str) -> String {
        self.call("POST", "/api-groups", json!({"name": name})).await.text("id")
    }

    async fn export(&self, query: &str, group: &str, options: Value) -> Reply {
        let mut body = json!({"env_id": RELEASE, "group_id": group, "version": "1"});
        body.as_object_mut().unwrap().extend(options.as_object().unwrap().clone());
        self.call("POST", &format!("/openapi/export{query}"), body).await
    }

    /// Waits until the task has ended: every look lets its thread go on.
    async fn ended(&self, task: &str) -> Reply {
        loop {
            let shown = self.call("GET", &format!("/async-tasks/{task}"), Value::Null).await;
            match shown.text("task_status").as_str() {
                "waiting" | "processing" => assert_eq!(shown.text("task_result"), ""),
                _ => return shown,
            }
            tokio::task::yield_now().await;
        }
    }
}

fn into(group: &str, document: &str) -> Form {
    Form::new(document).with("is_create_group", "false").with("group_id", group)
}

fn methods(list: &Value) -> Vec<(&str, &str)> {
    list.as_array()
        .unwrap()
        .iter()
        .map(|one| (one["method"].as_str().unwrap(), one["path"].as_str().unwrap()))
        .collect()
}

const TWO_GOOD_AND_THREE_BAD: &str = r#"
swagger: "2.0"
info: {title: imported, description: many}
paths:
  /a:
    get: {operationId: first, x-apigateway-backend: {type: MOCK, mockEndpoints: {result-content: a}}}
    put: {operationId: first, x-apigateway-backend: {type: MOCK, mockEndpoints: {}}}
    post: {operationId: no_backend}
  /b:
    get: {operationId: second, x-apigateway-backend: {type: MOCK, mockEndpoints: {}}, x-apigateway-cors: true}
    delete: {operationId: strange, x-apigateway-backend: {type: CARRIER-PIGEON}}
"#;

/// An API with parameters, mappings, a policy, and answers to show.
fn full(group: &str, name: &str) -> Value {
    json!({
        "group_id": group, "name": name, "type": 2, "req_protocol": "BOTH", "req_method": "POST",
        "req_uri": format!("/{name}/{{id}}"), "match_mode": "SWA", "auth_type": "APP", "backend_type": "HTTP",
        "auth_opt": {"app_code_auth_type": "HEADER"}, "cors": true, "tags": ["one"], "remark": "r",
        "content_type": "application/json", "result_normal_sample": "{}", "body_remark": "b",
        "req_params": [
            {"name": "id", "type": "STRING", "location": "PATH", "required": 1},
            {"name": "page", "type": "NUMBER", "location": "QUERY", "required": 2, "valid_enable": 1, "min_num": 1,
             "max_num": 5, "default_value": "1", "enumerations": "1,2"},
        ],
        "backend_params": [{"origin": "REQUEST", "name": "id", "value": "id", "location": "PATH"}],
        "backend_api": {
            "url_domain": "127.0.0.1:8080", "req_protocol": "HTTP", "req_method": "GET", "req_uri": "/{id}",
            "timeout": 5000, "vpc_channel_status": 2, "retry_count": "1"
        },
        "policy_https": [{
            "name": "others", "effect_mode": "ANY", "url_domain": "127.0.0.1:8081", "req_protocol": "HTTP",
            "req_method": "GET", "req_uri": "/others", "timeout": 100,
            "conditions": [{"condition_origin": "param", "req_param_name": "page", "condition_type": "exact",
                            "condition_value": "2"}],
        }],
    })
}
