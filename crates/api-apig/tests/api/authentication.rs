//! Who gets in, and what the others are told.

use crate::support::people::OTHER_PROJECT;
use crate::support::{Api, PROJECT, Reply, now, sign_with};
use axum::body::{Body, Bytes};
use countersign_identity::{DomainRef, Identity, Live, ScopeRequest};
use countersign_sign::Signer;
use countersign_types::{AccessKeyId, ProjectId, SecretKey, SecurityToken, Timestamp, Token};
use http::Request;
use serde_json::Value;
use std::convert::Infallible;
use std::sync::Arc;

async fn unsigned(api: &Api, method: &str, target: &str) -> Reply {
    api.send(Request::builder().method(method).uri(target).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_answer_carries_its_own_request_id() {
    let api = Api::new();
    let replies = [
        api.call("GET", "/envs", Value::Null).await,
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

#[tokio::test]
async fn a_gateway_of_another_project_does_not_exist() {
    let api = Api::new();
    let stranger = api.stranger().signer();
    for (method, rest) in [("GET", ""), ("DELETE", ""), ("GET", "/apps"), ("GET", "/apis")] {
        let target = api.path(rest).replace(PROJECT, OTHER_PROJECT);
        let request = sign_with(&stranger, now(), (method, &target), Vec::new());
        assert_eq!(api.send(request).await.status, 404, "{method} {rest}");
    }
    let list = format!("/v2/{OTHER_PROJECT}/apigw/instances");
    let reply = api.send(sign_with(&stranger, now(), ("GET", &list), Vec::new())).await;
    assert_eq!(reply.body["total"], 0);
}

async fn with_token(api: &Api, target: &str, token: &Token) -> Reply {
    let request = Request::get(target).header("X-Auth-Token", token.expose());
    api.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_token_for_the_project_is_as_good_as_a_signature() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    assert_eq!(with_token(&api, &api.path("/envs"), &token).await.status, 200);
}

#[tokio::test]
async fn a_token_for_no_project_or_the_account_is_told_what_it_lacks() {
    let api = Api::new();
    let account = DomainRef::Id(api.made.domain.id.to_string());
    for scope in [ScopeRequest::Unscoped, ScopeRequest::Domain(account)] {
        let token = api.owner.token(&api.live, scope);
        assert_eq!(with_token(&api, &api.path("/envs"), &token).await.refusal(), (401, "APIG.1003"));
        assert_eq!(with_token(&api, &api.path(""), &token).await.refusal(), (401, "APIC.7103"));
    }
}

#[tokio::test]
async fn a_token_for_one_project_sees_no_other_whether_it_exists_or_not() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, api.made.project.id.as_str());
    for other in [PROJECT, OTHER_PROJECT, "absent", "n%25o%20id"] {
        let target = format!("/v2/{other}/apigw/instances");
        assert_eq!(with_token(&api, &target, &token).await.refusal(), (403, "APIC.7106"), "{other}");
    }
}

#[tokio::test]
async fn an_altered_token_is_refused() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    let (start, last) = token.expose().split_at(token.expose().len() - 1);
    let altered = Token::new(format!("{start}{}", if last == "A" { "B" } else { "A" }));
    for bad in [altered, Token::new("MIIE"), Token::new("")] {
        let reply = with_token(&api, &api.path("/envs"), &bad).await;
        assert_eq!(reply.refusal(), (401, "APIG.1002"));
        assert!(reply.text("error_msg").starts_with("Incorrect token or token resolution failed"));
    }
}

#[tokio::test]
async fn a_token_whose_time_is_over_is_told_so_in_the_words_of_its_family() {
    let api = Api::new();
    let two_days_ago = || Timestamp::from_unix(now().unix() - 2 * 86_400);
    let then = Identity { now: two_days_ago, ..api.live.identity().clone() };
    let token = api.owner.token_in(&Live::open(then).unwrap(), PROJECT);
    let reply = with_token(&api, &api.path("/envs"), &token).await;
    assert_eq!(reply.refusal(), (401, "APIG.1001"));
    assert_eq!(reply.text("error_msg"), "Session expired. Please try again later.");
    let reply = with_token(&api, &api.path(""), &token).await;
    assert_eq!(
        (reply.code(), reply.text("error_msg").as_str()),
        ("APIC.7101", "Token expired. Try again later.")
    );
}

#[tokio::test]
async fn a_revoked_token_must_be_updated() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    let caller = api.live.admit_token(token.expose()).unwrap();
    api.live.revoke(&caller).unwrap();
    let reply = with_token(&api, &api.path("/envs"), &token).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").ends_with("The token must be updated"), "{}", reply.body);
}

#[tokio::test]
async fn a_token_that_is_revoked_while_the_body_arrives_is_refused() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    let (live, shown) = (Arc::clone(&api.live), token.clone());
    let body = Body::from_stream(futures_util::stream::once(async move {
        live.revoke(&live.admit_token(shown.expose()).unwrap()).unwrap();
        Ok::<_, Infallible>(Bytes::from("{\"name\":\"late\"}"))
    }));
    let request = Request::post(api.path("/envs")).header("x-auth-token", token.expose());
    assert_eq!(api.send(request.body(body).unwrap()).await.refusal(), (401, "APIG.1002"));
}

#[tokio::test]
async fn two_credentials_are_refused() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    let header = || token.expose().parse::<http::HeaderValue>().unwrap();
    let mut both = api.sign("GET", &api.path("/envs"), Vec::new());
    both.headers_mut().append("x-auth-token", header());
    let mut twice = Request::get(api.path("/envs")).body(Body::empty()).unwrap();
    twice.headers_mut().append("x-auth-token", header());
    twice.headers_mut().append("x-auth-token", header());
    for request in [both, twice] {
        let reply = api.send(request).await;
        assert_eq!(reply.refusal(), (401, "APIG.1002"));
        assert!(reply.text("error_msg").contains("more than one credential"), "{}", reply.body);
    }
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
    let reply = api.call("GET", "/plugins", Value::Null).await;
    assert_eq!(reply.refusal(), (501, "COUNTERSIGN.0501"));
    assert!(reply.text("error_msg").contains("ListPlugins"), "{}", reply.body);
}

#[tokio::test]
async fn a_wrong_signature_is_refused_with_the_canonical_request() {
    let api = Api::new();
    let mut request = api.sign("GET", &api.path("/envs"), Vec::new());
    request.headers_mut().insert("host", "other.example.com".parse().unwrap());
    let reply = api.send(request).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("canonicalRequest:GET|/v2/"), "{}", reply.body);
}

#[tokio::test]
async fn a_changed_body_is_refused() {
    let api = Api::new();
    let (parts, _) = api.sign("POST", &api.path("/envs"), b"{\"name\":\"one\"}".to_vec()).into_parts();
    let reply = api.send(Request::from_parts(parts, Body::from("{\"name\":\"two\"}"))).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
}

#[tokio::test]
async fn an_unknown_key_and_a_stale_date_are_refused() {
    let api = Api::new();
    let target = api.path("/envs");
    let unknown = AccessKeyId::parse("UNKNOWNKEY").unwrap();
    let unknown = Signer::new(unknown, SecretKey::new("MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"));
    let reply = api.send(sign_with(&unknown, now(), ("GET", &target), Vec::new())).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("ak not exist"), "{}", reply.body);
    let stale = Timestamp::from_unix(now().unix() - 901);
    let stale = sign_with(&api.owner.signer(), stale, ("GET", &target), Vec::new());
    let reply = api.send(stale).await;
    assert_eq!(reply.refusal(), (401, "APIG.1002"));
    assert!(reply.text("error_msg").contains("signature expired"), "{}", reply.body);
}

#[tokio::test]
async fn a_temporary_key_needs_its_own_token_and_a_permanent_one_none() {
    let api = Api::new();
    let target = api.path("/envs");
    let ((key, token), (_, other)) = (api.owner.temporary(&api.live), api.owner.temporary(&api.live));
    let sign = |signer: &Signer| sign_with(signer, now(), ("GET", &target), Vec::new());
    let own = sign(&key.clone().security_token(token.clone()));
    assert_eq!(api.send(own).await.status, 200);
    let alien = api.owner.signer().security_token(token);
    for refused in [key.clone(), key.clone().security_token(other), key.security_token(bad_token()), alien] {
        assert_eq!(api.send(sign(&refused)).await.refusal(), (401, "APIG.1002"));
    }
}

fn bad_token() -> SecurityToken {
    SecurityToken::new("gQpjbi1ub3J0aC00")
}

#[tokio::test]
async fn a_key_that_was_switched_off_is_refused_at_once() {
    let api = Api::new();
    let person = api.user("somebody", &["apig_adm"]);
    let request = || sign_with(&person.signer(), now(), ("GET", &api.path("/envs")), Vec::new());
    assert_eq!(api.send(request()).await.status, 200);
    api.live.identity().update_access_key(&person.access_key, Some(false), None).unwrap();
    assert_eq!(api.send(request()).await.refusal(), (401, "APIG.1002"));
}

#[tokio::test]
async fn a_project_that_is_not_the_callers_is_forbidden() {
    let api = Api::new();
    let other = "/v2/ffffffffffffffffffffffffffffffff/apigw/instances";
    assert_eq!(api.call_at("GET", other, Value::Null).await.refusal(), (403, "APIC.7106"));
    let target = api.path("/envs");
    let with = |project: &str| {
        let signer = api.owner.signer().project_id(ProjectId::parse(project).unwrap());
        sign_with(&signer, now(), ("GET", &target), Vec::new())
    };
    assert_eq!(api.send(with(PROJECT)).await.status, 200);
    assert_eq!(api.send(with("another")).await.refusal(), (403, "APIG.1005"));
}

#[tokio::test]
async fn headers_that_are_added_after_signing_must_agree_with_the_caller() {
    let api = Api::new();
    let token = api.owner.token_in(&api.live, PROJECT);
    let account = api.made.domain.id.as_str();
    for (name, value, status) in [
        ("x-project-id", PROJECT, 200),
        ("x-project-id", "", 200),
        ("x-project-id", OTHER_PROJECT, 403),
        ("x-domain-id", account, 200),
        ("x-domain-id", "", 200),
        ("x-domain-id", "another", 403),
    ] {
        let mut signed = api.sign("GET", &api.path("/envs"), Vec::new());
        signed.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(api.send(signed).await.status, status, "{name}: {value}");
        let shown =
            Request::get(api.path("/envs")).header("x-auth-token", token.expose()).header(name, value);
        assert_eq!(api.send(shown.body(Body::empty()).unwrap()).await.status, status, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_body_over_the_cap_is_refused() {
    let api = Api::new();
    let body = vec![b' '; 4 * 1024 * 1024 + 1];
    let reply = api.call_raw("POST", &api.path("/envs"), body).await;
    assert_eq!(reply.refusal(), (413, "COUNTERSIGN.0413"));
}
