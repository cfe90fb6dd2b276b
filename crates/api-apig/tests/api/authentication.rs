//! Who gets in, and what the others are told.

use crate::support::contract::operations;
use crate::support::{
    ACCESS_KEY, Api, OTHER_PROJECT, PROJECT, Reply, STRANGER_KEY, TEMPORARY_KEY, TOKEN, now, sign, sign_with,
    signer,
};
use axum::body::Body;
use countersign_types::{ProjectId, SecurityToken, Timestamp};
use http::Request;

async fn unsigned(api: &Api, method: &str, target: &str) -> Reply {
    api.send(Request::builder().method(method).uri(target).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_answer_carries_its_own_request_id() {
    let api = Api::new();
    let replies = [
        api.call("GET", "/envs", serde_json::Value::Null).await,
        unsigned(&api, "GET", &api.path("/envs")).await,
        unsigned(&api, "GET", "/nowhere").await,
        unsigned(&api, "PATCH", &api.path("/envs")).await,
    ];
    let mut ids: Vec<_> =
        replies.iter().map(|reply| reply.headers["x-request-id"].to_str().unwrap()).collect();
    assert!(ids.iter().all(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())));
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), replies.len());
}

#[tokio::test]
async fn a_request_without_signature_is_told_in_the_code_of_its_family() {
    let api = Api::new();
    assert_eq!(unsigned(&api, "GET", &api.path("/envs")).await.refusal(), (401, "APIG.1000"));
    assert_eq!(unsigned(&api, "GET", &api.path("")).await.refusal(), (401, "APIC.7100"));
}

/// The path of an operation with the built-in gateway and some id for everything else.
fn target(path: &str, api: &Api, project: &str) -> String {
    let path = path.replace("{project_id}", project).replace("{instance_id}", api.instance.id.as_str());
    path.split('/')
        .map(|part| if part.starts_with('{') { "someid" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn every_operation_refuses_strangers() {
    let api = Api::new();
    for operation in operations() {
        let target = target(operation.path, &api, PROJECT);
        let nobody = unsigned(&api, operation.method, &target).await;
        assert_eq!(nobody.status, 401, "{}", operation.name);
        assert!(matches!(nobody.code(), "APIG.1000" | "APIC.7100"), "{}", operation.name);
        let stranger = sign_with(&signer(STRANGER_KEY), now(), (operation.method, &target), Vec::new(), &[]);
        let stranger = api.send(stranger).await;
        assert_eq!(stranger.status, 403, "{}", operation.name);
        assert!(matches!(stranger.code(), "APIG.1005" | "APIC.7106"), "{}", operation.name);
    }
}

#[tokio::test]
async fn a_gateway_of_another_project_does_not_exist() {
    let api = Api::new();
    for (method, path) in [
        ("GET", "/v2/{project_id}/apigw/instances/{instance_id}"),
        ("DELETE", "/v2/{project_id}/apigw/instances/{instance_id}"),
        ("GET", "/v2/{project_id}/apigw/instances/{instance_id}/apps"),
        ("GET", "/v2/{project_id}/apigw/instances/{instance_id}/apis"),
    ] {
        let target = target(path, &api, OTHER_PROJECT);
        let request = sign_with(&signer(STRANGER_KEY), now(), (method, &target), Vec::new(), &[]);
        assert_eq!(api.send(request).await.status, 404, "{method} {path}");
    }
    let list = format!("/v2/{OTHER_PROJECT}/apigw/instances");
    let request = sign_with(&signer(STRANGER_KEY), now(), ("GET", &list), Vec::new(), &[]);
    assert_eq!(api.send(request).await.body["total"], 0);
}

#[tokio::test]
async fn a_token_alone_is_refused_with_a_hint() {
    let api = Api::new();
    let request = Request::get(api.path("/envs")).header("X-Auth-Token", "MIIE").body(Body::empty()).unwrap();
    let reply = api.send(request).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("access key"), "{}", reply.body);
}

#[tokio::test]
async fn unknown_paths_and_methods_answer_in_the_contracts_shape() {
    let api = Api::new();
    assert_eq!(unsigned(&api, "GET", "/v2/x").await.refusal(), (404, "COUNTERSIGN.0404"));
    assert_eq!(unsigned(&api, "PATCH", &api.path("/envs")).await.refusal(), (405, "COUNTERSIGN.0405"));
}

#[tokio::test]
async fn an_operation_that_is_not_built_says_so_after_authentication() {
    let api = Api::new();
    let target = api.path("/plugins");
    assert_eq!(unsigned(&api, "GET", &target).await.refusal(), (401, "APIG.1000"));
    let reply = api.call("GET", "/plugins", serde_json::Value::Null).await;
    assert_eq!(reply.refusal(), (501, "COUNTERSIGN.0501"));
    assert!(reply.text("error_msg").contains("ListPlugins"), "{}", reply.body);
}

#[tokio::test]
async fn a_wrong_signature_is_refused_with_the_canonical_request() {
    let api = Api::new();
    let mut request = sign("GET", &api.path("/envs"), Vec::new(), &[]);
    request.headers_mut().insert("host", "other.example.com".parse().unwrap());
    let reply = api.send(request).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("canonicalRequest:GET|/v2/"), "{}", reply.body);
}

#[tokio::test]
async fn a_changed_body_is_refused() {
    let api = Api::new();
    let (parts, _) = sign("POST", &api.path("/envs"), b"{\"name\":\"one\"}".to_vec(), &[]).into_parts();
    let reply = api.send(Request::from_parts(parts, Body::from("{\"name\":\"two\"}"))).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
}

#[tokio::test]
async fn an_unknown_key_and_a_stale_date_are_refused() {
    let api = Api::new();
    let target = api.path("/envs");
    let unknown = sign_with(&signer("UNKNOWNKEY"), now(), ("GET", &target), Vec::new(), &[]);
    let reply = api.send(unknown).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("ak not exist"), "{}", reply.body);
    let stale = Timestamp::from_unix(now().unix() - 901);
    let stale = sign_with(&signer(ACCESS_KEY), stale, ("GET", &target), Vec::new(), &[]);
    let reply = api.send(stale).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("signature expired"), "{}", reply.body);
}

#[tokio::test]
async fn a_temporary_key_needs_its_own_token_and_a_permanent_one_none() {
    let api = Api::new();
    let target = api.path("/envs");
    let with = |key: &str, token: Option<&str>| {
        let signer = signer(key);
        let signer = token
            .map_or_else(|| signer.clone(), |token| signer.clone().security_token(SecurityToken::new(token)));
        sign_with(&signer, now(), ("GET", &target), Vec::new(), &[])
    };
    assert_eq!(api.send(with(TEMPORARY_KEY, Some(TOKEN))).await.status, 200);
    assert_eq!(api.send(with(TEMPORARY_KEY, Some("other"))).await.refusal(), (401, "APIG.1002"));
    assert_eq!(api.send(with(TEMPORARY_KEY, None)).await.refusal(), (401, "APIG.1002"));
    assert_eq!(api.send(with(ACCESS_KEY, Some(TOKEN))).await.refusal(), (401, "APIG.1002"));
}

#[tokio::test]
async fn a_project_that_is_not_the_callers_is_forbidden() {
    let api = Api::new();
    let other = "/v2/ffffffffffffffffffffffffffffffff/apigw/instances";
    assert_eq!(api.call_at("GET", other, serde_json::Value::Null).await.refusal(), (403, "APIC.7106"));
    let target = api.path("/envs");
    let with = |project: &str| {
        let signer = signer(ACCESS_KEY).project_id(ProjectId::parse(project).unwrap());
        sign_with(&signer, now(), ("GET", &target), Vec::new(), &[])
    };
    assert_eq!(api.send(with(PROJECT)).await.status, 200);
    assert_eq!(api.send(with("another")).await.refusal(), (403, "APIG.1005"));
}

#[tokio::test]
async fn headers_that_terraform_adds_after_signing_are_accepted() {
    let api = Api::new();
    let mut request = sign("GET", &api.path("/envs"), Vec::new(), &[]);
    request.headers_mut().insert("x-project-id", PROJECT.parse().unwrap());
    assert_eq!(api.send(request).await.status, 200);
}

#[tokio::test]
async fn a_body_over_the_cap_is_refused() {
    let api = Api::new();
    let body = vec![b' '; 4 * 1024 * 1024 + 1];
    let reply = api.call_raw("POST", &api.path("/envs"), body).await;
    assert_eq!(reply.refusal(), (413, "COUNTERSIGN.0413"));
}
