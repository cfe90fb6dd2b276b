//! `/v3/auth/tokens` as clients see it.

use crate::support::{Place, Reply, place};
use countersign_identity::{Actor, Assignment, Place as At, SERVICE};
use serde_json::{Value, json};
use std::time::Duration;

fn by_project_name() -> Value {
    json!({"project": {"name": "local-1"}})
}

async fn plain_token(place: &Place) -> String {
    let user = json!({"id": "plain", "password": place.password()});
    let body = json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}});
    let reply = place.authenticate(&body).await;
    assert_eq!(reply.status, 201);
    reply.token()
}

#[tokio::test]
async fn a_project_token_has_the_published_shape() {
    let place = place();
    let reply = place.authenticate(&place.login_body(by_project_name())).await;
    assert_eq!(reply.status, 201);
    let token = &reply.body["token"];
    assert_eq!(
        Reply::members(token),
        [
            "expires_at",
            "methods",
            "catalog",
            "roles",
            "project",
            "is_domain",
            "issued_at",
            "user",
            "audit_ids"
        ]
    );
    assert_eq!(token["methods"], json!(["password"]));
    assert_eq!(token["issued_at"], "2023-11-14T22:13:20.000000Z");
    assert_eq!(token["expires_at"], "2023-11-15T22:13:20.000000Z");
    assert_eq!(token["project"]["name"], "local-1");
    assert_eq!(token["project"]["domain"]["name"], "countersign");
    assert_eq!(token["user"]["name"], "admin");
    assert_eq!(token["user"]["password_expires_at"], "");
    assert_eq!(token["roles"][0], json!({"id": "0", "name": "te_admin"}));
    let kinds: Vec<_> = token["catalog"].as_array().unwrap().iter().map(|entry| &entry["type"]).collect();
    assert_eq!(kinds, ["identity", "iam", "apig"]);
    let first = &token["catalog"][0]["endpoints"];
    let interfaces: Vec<_> = first.as_array().unwrap().iter().map(|entry| &entry["interface"]).collect();
    assert_eq!(interfaces, ["public", "internal", "admin"]);
    assert_eq!(first[0]["url"], format!("http://{}/v3", crate::support::HOST));
}

#[tokio::test]
async fn scopes_are_named_in_every_form_that_clients_use() {
    let place = place();
    let (domain, project) = (place.made.domain.id.as_str(), place.made.project.id.as_str());
    let projects = [
        json!({"project": {"id": project}}),
        by_project_name(),
        json!({"project": {"name": "local-1", "domain": {"name": "countersign"}}}),
        json!({"project": {"name": "local-1", "domain": {"id": domain}}}),
        json!({"project": {"name": "local-1"}, "domain": {"id": domain}}),
    ];
    for scope in projects {
        let reply = place.authenticate(&place.login_body(scope)).await;
        assert_eq!(reply.body["token"]["project"]["id"], project);
    }
    for scope in [json!({"domain": {"id": domain}}), json!({"domain": {"name": "countersign"}})] {
        let reply = place.authenticate(&place.login_body(scope)).await;
        assert_eq!(reply.body["token"]["domain"]["id"], domain);
    }
    for scope in [Value::Null, json!("unscoped")] {
        let reply = place.authenticate(&place.login_body(scope)).await;
        let members = Reply::members(&reply.body["token"]);
        assert_eq!(members, ["expires_at", "methods", "issued_at", "user", "audit_ids"]);
    }
}

#[tokio::test]
async fn nocatalog_leaves_an_empty_catalog() {
    let place = place();
    let body = place.login_body(by_project_name()).to_string();
    let reply = place.send("POST", "/v3/auth/tokens?nocatalog=true", &[], &body).await;
    assert_eq!(reply.body["token"]["catalog"], json!([]));
    let token = reply.token();
    let headers = [("x-auth-token", token.as_str()), ("x-subject-token", token.as_str())];
    let reply = place.send("GET", "/v3/auth/tokens?nocatalog=1", &headers, "").await;
    assert_eq!(reply.body["token"]["catalog"], json!([]));
}

#[tokio::test]
async fn unknown_user_wrong_password_and_locked_user_get_the_same_answer() {
    let place = place();
    let attempt = |name: &'static str, password: &str| {
        let user = json!({"name": name, "password": password, "domain": {"name": "countersign"}});
        json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}})
    };
    let mut answers = vec![place.authenticate(&attempt("nobody", "guess")).await];
    for _ in 0..5 {
        answers.push(place.authenticate(&attempt("admin", "guess")).await);
    }
    answers.push(place.authenticate(&attempt("admin", &place.password())).await);
    let expected = json!({"error": {"code": 401, "message": "The username or password is wrong.", "title": "Unauthorized"}});
    for answer in answers {
        assert_eq!((answer.status.as_u16(), answer.body), (401, expected.clone()));
    }
}

#[tokio::test]
async fn bodies_that_stray_from_the_contract_are_refused_without_quoting_secrets() {
    let place = place();
    let login = |change: fn(&mut Value)| {
        let mut body = place.login_body(Value::Null);
        change(&mut body);
        body.to_string()
    };
    let deep = format!("{}{}", "[".repeat(2_000), "]".repeat(2_000));
    let bodies = [
        String::new(),
        "{".into(),
        "[]".into(),
        deep,
        login(|body| body["auth"]["identity"]["surprise"] = json!(1)),
        login(|body| body["auth"]["identity"]["methods"] = json!([])),
        login(|body| body["auth"]["identity"]["methods"] = json!(["mapped"])),
        login(|body| body["auth"]["identity"]["methods"] = json!(["password", "token"])),
        login(|body| body["auth"]["identity"]["methods"] = json!(vec!["password"; 9])),
        login(|body| body["auth"]["identity"]["password"] = Value::Null),
        login(|body| body["auth"]["identity"]["password"]["user"]["password"] = json!(["s3cret"])),
        login(|body| body["auth"]["identity"]["password"]["user"]["domain"] = Value::Null),
        login(|body| body["auth"]["identity"]["password"]["user"]["password"] = json!("x".repeat(5_000))),
        login(|body| body["auth"]["scope"] = json!("everything")),
        login(|body| body["auth"]["scope"] = json!({"project": {}})),
    ];
    for body in bodies {
        let reply = place.send("POST", "/v3/auth/tokens", &[], &body).await;
        assert_eq!(reply.status, 400, "{body} {}", reply.body);
        assert_eq!(reply.body["error"]["title"], "Bad Request");
        assert!(!reply.message().contains("s3cret"), "{}", reply.message());
    }
}

#[tokio::test]
async fn a_method_named_many_times_counts_once() {
    let place = place();
    let mut body = place.login_body(Value::Null);
    body["auth"]["identity"]["methods"] = json!(vec!["password"; 8]);
    assert_eq!(place.authenticate(&body).await.status, 201);
}

#[tokio::test]
async fn a_body_of_more_than_64_kib_is_too_large() {
    let place = place();
    let reply = place.send("POST", "/v3/auth/tokens", &[], &" ".repeat(64 * 1024 + 1)).await;
    assert_eq!((reply.status.as_u16(), reply.body["error"]["code"].as_u64()), (413, Some(413)));
}

#[tokio::test]
async fn a_token_is_exchanged_for_another_scope() {
    let place = place();
    let first = place.token(Value::Null).await;
    let identity = json!({"methods": ["token"], "token": {"id": first}});
    let body = json!({"auth": {"identity": identity, "scope": by_project_name()}});
    let reply = place.authenticate(&body).await;
    assert_eq!(reply.status, 201);
    assert_eq!(reply.body["token"]["methods"], json!(["password", "token"]));
    assert_eq!(reply.body["token"]["audit_ids"].as_array().unwrap().len(), 2);
}

#[test]
fn tokens_are_exchanged_and_validated_while_no_thread_may_block() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(1).build();
    runtime.unwrap().block_on(async {
        let place = place();
        let token = place.token(Value::Null).await;
        let (finish, finished) = std::sync::mpsc::channel::<()>();
        let taken = tokio::task::spawn_blocking(move || finished.recv().is_err());
        let work = async {
            let identity = json!({"methods": ["token"], "token": {"id": token}});
            let made = place.authenticate(&json!({"auth": {"identity": identity}})).await;
            let headers = [("x-auth-token", token.as_str()), ("x-subject-token", &made.token())];
            place.send("GET", "/v3/auth/tokens", &headers, "").await
        };
        let shown = tokio::time::timeout(Duration::from_secs(10), work).await.expect("it waits for a thread");
        assert_eq!(shown.status, 200);
        drop(finish);
        assert!(taken.await.unwrap());
    });
}

#[tokio::test]
async fn an_access_key_with_its_secret_in_the_body_gets_a_token() {
    let place = place();
    let (access_key, secret_key) = place.key();
    let pair = json!({"access": {"key": access_key.as_str()}, "secret": {"key": secret_key.expose()}});
    let identity = json!({"methods": ["hw_ak_sk"], "hw_ak_sk": pair});
    let reply =
        place.authenticate(&json!({"auth": {"identity": identity, "scope": by_project_name()}})).await;
    assert_eq!((reply.status.as_u16(), &reply.body["token"]["methods"]), (201, &json!(["hw_ak_sk"])));
}

#[tokio::test]
async fn an_agency_is_taken_on_with_a_token_or_a_signature_and_with_every_spelling() {
    let place = place();
    place.lender();
    let by_name = json!({"domain_name": "Lender", "agency_name": "night"});
    let by_id = json!({"domain_id": "lender", "xrole_name": "night"});
    for (method, role) in [("assume_role", by_name), ("hw_assume_role", by_id)] {
        let mut identity = json!({"methods": [method]});
        identity[method] = role;
        let body =
            json!({"auth": {"identity": identity, "scope": {"domain": {"name": "Lender"}}}}).to_string();
        let token = place.domain_token().await;
        let by_token = place.send("POST", "/v3/auth/tokens", &[("x-auth-token", &token)], &body).await;
        let by_signature = place.signed(&place.signer(), "POST", "/v3/auth/tokens", &body).await;
        for reply in [by_token, by_signature] {
            assert_eq!(reply.status, 201, "{}", reply.body);
            let token = &reply.body["token"];
            assert_eq!(token["user"]["name"], "Lender/night");
            assert_eq!(token["user"]["domain"]["id"], "lender");
            assert_eq!(token["assumed_by"]["user"]["name"], "admin");
            assert_eq!(token["roles"], json!([{"id": "0", "name": "readonly"}]));
        }
        assert_eq!(place.send("POST", "/v3/auth/tokens", &[], &body).await.status, 401);
    }
}

#[tokio::test]
async fn a_token_validates_checks_and_revokes_itself() {
    let place = place();
    let token = place.domain_token().await;
    let headers = [("x-auth-token", token.as_str()), ("x-subject-token", token.as_str())];
    let shown = place.send("GET", "/v3/auth/tokens", &headers, "").await;
    assert_eq!((shown.status.as_u16(), shown.token()), (200, token.clone()));
    assert_eq!(shown.body["token"]["user"]["name"], "admin");
    let checked = place.send("HEAD", "/v3/auth/tokens", &headers, "").await;
    assert_eq!((checked.status.as_u16(), checked.body), (200, Value::Null));
    assert_eq!(place.send("DELETE", "/v3/auth/tokens", &headers, "").await.status, 204);
    let refused = place.send("GET", "/v3/auth/tokens", &headers, "").await;
    assert_eq!((refused.status.as_u16(), refused.message()), (401, "The token must be updated"));
}

#[tokio::test]
async fn a_subject_token_that_does_not_hold_is_not_found() {
    let place = place();
    let token = place.domain_token().await;
    let altered = format!("{}x", &token[..token.len() - 2]);
    for subject in ["", "nonsense", &altered, &token[..40]] {
        let headers = [("x-auth-token", token.as_str()), ("x-subject-token", subject)];
        let reply = place.send("GET", "/v3/auth/tokens", &headers, "").await;
        let expected = json!({"error": {"code": 404, "message": "X-Subject-Token is invalid in the request", "title": "Not Found"}});
        assert_eq!((reply.status.as_u16(), reply.body), (404, expected));
    }
}

#[tokio::test]
async fn somebody_elses_token_is_for_administrators_and_services_only() {
    let place = place();
    let user = place.plain_user();
    let plain = plain_token(&place).await;
    let admin = place.domain_token().await;
    let ask = async |caller: &str, subject: &str| {
        let headers = [("x-auth-token", caller), ("x-subject-token", subject)];
        place.send("GET", "/v3/auth/tokens", &headers, "").await.status.as_u16()
    };
    assert_eq!(ask(&admin, &plain).await, 200);
    assert_eq!(ask(&plain, &admin).await, 403);
    let actor = Actor::User(user.id);
    let service = Assignment::new(user.domain_id, actor, At::AllProjects, SERVICE.role_id());
    place.store(&service);
    let identity = json!({"methods": ["token"], "token": {"id": plain}});
    let scoped =
        place.authenticate(&json!({"auth": {"identity": identity, "scope": by_project_name()}})).await;
    assert_eq!(ask(&scoped.token(), &admin).await, 200);
}

#[tokio::test]
async fn a_signature_may_ask_about_a_token() {
    let place = place();
    let token = place.domain_token().await;
    let headers = [("host", crate::support::HOST)];
    let request = countersign_sign::Request {
        method: "GET",
        target: "/v3/auth/tokens",
        headers: &headers,
        payload: countersign_sign::Payload::Body(b""),
    };
    let signed = place.signer().sign(&request, place.live.now()).unwrap();
    let mut headers: Vec<_> = signed.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    headers.push(("x-subject-token", &token));
    assert_eq!(place.send("GET", "/v3/auth/tokens", &headers, "").await.status, 200);
}
