//! Every operation that is built is called once with success: status and shape must be the published ones.

mod apis;
mod apps;
mod gateways;
mod groups;
mod policies;

use crate::support::contract::{Operation, Optional, deviations, members, operations};
use crate::support::{Api, PROJECT, Reply};
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
    gateways::gateways(&mut walk).await;
    groups::groups(&mut walk).await;
    groups::environments(&mut walk).await;
    apps::apps(&mut walk).await;
    apps::app_quotas(&mut walk).await;
    apis::apis(&mut walk).await;
    apps::authorizations(&mut walk).await;
    policies::throttling(&mut walk).await;
    policies::authorizers(&mut walk).await;
    apis::microservices(&mut walk).await;
    policies::access_control(&mut walk).await;
    policies::signature_keys(&mut walk).await;
    apis::documents(&mut walk).await;
    covers_what_is_built(&walk);
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
