//! Importing and exporting APIs as documents.

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

#[tokio::test]
async fn what_is_wrong_is_reported_with_its_place_and_everything_else_is_there() {
    let api = Api::new();
    let reply = api.import("/openapi/import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    assert_eq!(reply.status.as_u16(), 200, "{}", reply.body);
    assert_eq!(methods(&reply.body["success"]), [("GET", "/a"), ("GET", "/b")]);
    let failures = reply.body["failure"].as_array().unwrap();
    let told: Vec<_> = failures
        .iter()
        .map(|one| (one["method"].as_str().unwrap(), one["error_code"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("PUT", "APIG.3202"), ("POST", "APIG.2001"), ("DELETE", "APIG.3602")]);
    assert!(
        failures[2]["error_msg"].as_str().unwrap().contains("x-apigateway-backend.type"),
        "{}",
        failures[2]
    );
    let group = api.call("GET", &format!("/api-groups/{}", reply.text("group_id")), Value::Null).await;
    assert_eq!((group.text("name"), group.text("remark")), ("imported".to_owned(), "many".to_owned()));
    for taken in reply.body["success"].as_array().unwrap() {
        let shown = api.call("GET", &format!("/apis/{}", taken["id"].as_str().unwrap()), Value::Null).await;
        assert_eq!(shown.body["req_uri"], taken["path"]);
    }
    let again = api.import("/openapi/import", &Form::new(TWO_GOOD_AND_THREE_BAD)).await;
    assert_eq!(again.refusal(), (400, "APIG.3201"));
}

#[tokio::test]
async fn apis_that_are_there_stay_or_are_replaced_as_the_mode_says() {
    let api = Api::new();
    let group = api.group("orders").await;
    let document = |body: &str| {
        format!(
            "{{swagger: '2.0', info: {{title: t}}, paths: {{/a: {{get: {{operationId: abc, \
             x-apigateway-backend: {{type: MOCK, mockEndpoints: {{result-content: {body}}}}}}}}}}}}}"
        )
    };
    let created = api.import("/openapi/import", &into(&group, &document("one"))).await;
    let id = created.body["success"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(created.body["success"][0]["action"], "create");
    let content = async || {
        api.call("GET", &format!("/apis/{id}"), Value::Null).await.body["mock_info"]["result_content"].clone()
    };
    let kept = api.import("/openapi/import", &into(&group, &document("two"))).await;
    assert_eq!(
        (methods(&kept.body["ignore"]), kept.body["success"].clone()),
        (vec![("GET", "/a")], json!([]))
    );
    assert_eq!(content().await, "one");
    let form = into(&group, &document("two")).with("api_mode", "override");
    let replaced = api.import("/openapi/import", &form).await;
    assert_eq!(
        replaced.body["success"],
        json!([{"path": "/a", "method": "GET", "action": "update", "id": id}])
    );
    assert_eq!(content().await, "two");
}

#[tokio::test]
async fn a_form_that_is_none_or_says_too_much_is_refused_and_changes_nothing() {
    let api = Api::new();
    let before = api.revision();
    let document = "{swagger: '2.0', info: {title: imported}, paths: {}}";
    for (form, refusal) in [
        (Form::new(""), (400, "APIG.3609")),
        (Form::new("{"), (400, "APIG.3600")),
        (Form::new("{swagger: '3.0'}"), (400, "APIG.3601")),
        (Form::new("{swagger: '2.0', info: {title: t}, paths: {}, unknown: 1}"), (400, "APIG.3602")),
        (Form::new(&"x".repeat(10_000_000)), (400, "APIG.3603")),
        (Form::new(&"x".repeat(17_000_000)), (413, "COUNTERSIGN.0413")),
        (Form::new(document).with("is_create_group", "false"), (400, "APIG.2001")),
        (into("0123456789abcdef0123456789abcdef", document), (404, "APIG.3001")),
        (Form::new(document).with("is_create_group", "perhaps"), (400, "APIG.2012")),
        (Form::new(document).with("api_mode", "append"), (400, "APIG.2012")),
        (Form::new(document).with("extend_mode", "append"), (400, "APIG.2012")),
        (Form::new(document).with("color", "red"), (400, "APIG.2000")),
    ] {
        let reply = api.import("/openapi/import", &form).await;
        assert_eq!(reply.refusal(), refusal, "{:?} {}", form.fields, reply.body);
    }
    let json = api.call("POST", "/openapi/import", json!({"file_name": "x"})).await;
    assert_eq!(json.refusal(), (400, "APIG.2000"));
    let torn = api
        .post("/openapi/import", &format!("multipart/form-data; boundary={BOUNDARY}"), b"--a-bound".to_vec())
        .await;
    assert_eq!(torn.refusal(), (400, "APIG.2000"));
    assert_eq!(api.revision(), before);
}

#[tokio::test]
async fn only_imports_may_be_larger_than_other_bodies() {
    let api = Api::new();
    let body = json!({"name": "x".repeat(5_000_000)}).to_string();
    assert_eq!(api.call_raw("POST", &api.path("/envs"), body).await.refusal(), (413, "COUNTERSIGN.0413"));
    let document = format!(
        "{{swagger: '2.0', info: {{title: large}}, paths: {{}}, definitions: {{a: {}}}}}",
        "x".repeat(5_000_000)
    );
    assert_eq!(api.import("/openapi/import", &Form::new(&document)).await.status.as_u16(), 200);
}

#[tokio::test]
async fn too_many_apis_are_refused_as_a_whole() {
    let api = Api::new();
    let paths: String = (0..301).map(|n| format!("/a{n}: {{get: {{operationId: a{n}}}}}, ")).collect();
    let document = format!("{{swagger: '2.0', info: {{title: many}}, paths: {{{paths}}}}}");
    let reply = api.import("/openapi/import", &Form::new(&document).with("mock_mode", "true")).await;
    assert_eq!(reply.refusal(), (403, "APIG.3127"));
    let groups = api.call("GET", "/api-groups?name=many", Value::Null).await;
    assert_eq!(groups.body["total"], 0);
}

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

#[tokio::test]
async fn an_export_imported_into_an_empty_group_exports_equal() {
    let api = Api::new();
    let group = api.group("orders").await;
    let mut ids = Vec::new();
    for name in ["first", "second"] {
        ids.push(api.call("POST", "/apis", full(&group, name)).await.text("id"));
    }
    for (query, kind) in
        [("", "json"), ("", "yaml"), ("?oas_version=3.0", "json"), ("?oas_version=3.0", "yml")]
    {
        let options = json!({"define": "dev", "type": kind});
        let exported = api.export(query, &group, options.clone()).await;
        let document = exported.body.as_str().map_or_else(|| exported.body.to_string(), str::to_owned);
        for id in ids.drain(..) {
            assert_eq!(api.call("DELETE", &format!("/apis/{id}"), Value::Null).await.status.as_u16(), 204);
        }
        let imported = api.import("/openapi/import", &into(&group, &document)).await;
        assert_eq!(
            (imported.body["failure"].clone(), imported.body["ignore"].clone()),
            (json!([]), json!([]))
        );
        let success = imported.body["success"].as_array().unwrap();
        ids.extend(success.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        assert_eq!(ids.len(), 2);
        assert_eq!(api.export(query, &group, options).await.body, exported.body, "{query} {kind}");
    }
}

#[tokio::test]
async fn gateway_responses_come_along_by_name_and_stay_or_are_replaced_as_the_mode_says() {
    let api = Api::new();
    let (group, other) = (api.group("orders").await, api.group("others").await);
    let sets = |group: &str| format!("/api-groups/{group}/gateway-responses");
    let set =
        |body: &str| json!({"name": "friendly", "responses": {"THROTTLED": {"status": 503, "body": body}}});
    let chosen = api.call("POST", &sets(&group), set("first")).await.text("id");
    let mut definition = full(&group, "first");
    definition["response_id"] = json!(chosen);
    api.call("POST", "/apis", definition).await;
    let exported = api.export("", &group, json!({"define": "dev"})).await.body;
    assert_eq!(exported["x-apigateway-responses"]["friendly"]["THROTTLED"]["status"], 503);
    let imported = api.import("/openapi/import", &into(&other, &exported.to_string())).await;
    assert_eq!(imported.body["failure"], json!([]));
    let again = api.export("", &other, json!({"define": "dev"})).await.body;
    assert_eq!(
        (&again["paths"], &again["x-apigateway-responses"]),
        (&exported["paths"], &exported["x-apigateway-responses"])
    );
    let changed = exported.to_string().replace("first\"", "second\"");
    let body = async || {
        api.export("", &other, json!({"define": "dev"})).await.body["x-apigateway-responses"]["friendly"]["THROTTLED"]["body"].clone()
    };
    api.import("/openapi/import", &into(&other, &changed)).await;
    assert_eq!(body().await, json!({"application/json": "first"}));
    api.import("/openapi/import", &into(&other, &changed).with("extend_mode", "override")).await;
    assert_eq!(body().await, json!({"application/json": "second"}));
    let unknown = "{swagger: '2.0', info: {title: t}, paths: {/x: {get: {operationId: abc, x-apigateway-response: nobodys}}}}";
    let reply = api.import("/openapi/import", &into(&other, unknown).with("mock_mode", "true")).await;
    assert_eq!(reply.body["failure"][0]["error_code"], "COUNTERSIGN.0404");
}

#[tokio::test]
async fn a_file_is_named_and_holds_what_was_asked_for() {
    let api = Api::new();
    let group = api.group("订单组").await;
    for name in ["first", "second"] {
        let mut definition = full(&group, name);
        definition["policy_https"] = json!([]);
        let id = api.call("POST", "/apis", definition).await.text("id");
        if name == "first" {
            let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
            assert_eq!(api.call("POST", "/apis/action", online).await.status.as_u16(), 201);
        }
    }
    let spec = api.export("", &group, json!({})).await;
    let disposition = spec.headers["content-disposition"].to_str().unwrap();
    assert_eq!(
        disposition,
        "attachment; filename=\"___-RELEASE-spec-1.json\"; filename*=UTF-8''%E8%AE%A2%E5%8D%95%E7%BB%84-RELEASE-spec-1.json"
    );
    assert_eq!(spec.headers["content-type"], "application/octet-stream");
    let paths: Vec<_> = spec.body["paths"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(paths, ["/first/{id}"]);
    assert!(spec.body["paths"]["/first/{id}"]["post"].get("x-apigateway-backend").is_none());
    let proxy = api.export("", &group, json!({"define": "proxy"})).await;
    assert_eq!(proxy.body["paths"]["/first/{id}"]["post"]["x-apigateway-backend"]["type"], "HTTP");
    let drafts = api.export("?oas_version=3.0", &group, json!({"define": "dev"})).await;
    assert_eq!(
        (drafts.body["openapi"].clone(), drafts.body["paths"].as_object().unwrap().len()),
        (json!("3.0.0"), 2)
    );
}

#[tokio::test]
async fn an_export_of_what_is_not_there_is_refused() {
    let api = Api::new();
    let (group, other) = (api.group("orders").await, api.group("others").await);
    let elsewhere = api.call("POST", "/apis", full(&other, "elsewhere")).await.text("id");
    let none = "0123456789abcdef0123456789abcdef";
    for (body, refusal) in [
        (json!({"group_id": group}), (400, "APIG.2001")),
        (json!({"env_id": RELEASE}), (400, "APIG.2001")),
        (json!({"env_id": none, "group_id": group}), (404, "APIG.3003")),
        (json!({"env_id": RELEASE, "group_id": none}), (404, "APIG.3001")),
        (json!({"env_id": RELEASE, "group_id": group, "apis": [elsewhere]}), (404, "APIG.3002")),
        (json!({"env_id": RELEASE, "group_id": group, "define": "half"}), (400, "APIG.2012")),
        (json!({"env_id": RELEASE, "group_id": group, "type": "xml"}), (400, "APIG.2012")),
        (json!({"env_id": RELEASE, "group_id": group, "colour": "red"}), (400, "APIG.2000")),
    ] {
        assert_eq!(api.call("POST", "/openapi/export", body.clone()).await.refusal(), refusal, "{body}");
    }
    let body = json!({"env_id": RELEASE, "group_id": group});
    assert_eq!(api.call("POST", "/openapi/export?oas_version=3.1", body).await.refusal(), (400, "APIG.2012"));
}

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
