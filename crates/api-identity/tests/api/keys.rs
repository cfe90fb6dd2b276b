//! Access keys, permanent and temporary, as clients see them.

use crate::support::{Place, Reply, place};
use countersign_sign::Signer;
use countersign_types::{AccessKeyId, SecretKey, SecurityToken};
use serde_json::{Value, json};

const KEYS: &str = "/v3.0/OS-CREDENTIAL/credentials";
const TEMPORARY: &str = "/v3.0/OS-CREDENTIAL/securitytokens";
const SELF: &str = "/v5/caller-identity";

fn pair(access_key: &Value, secret_key: &Value) -> Signer {
    let access_key = AccessKeyId::parse(access_key.as_str().unwrap()).unwrap();
    Signer::new(access_key, SecretKey::new(secret_key.as_str().unwrap()))
}

/// A signer with the temporary key pair of an answer.
fn temporary(reply: &Reply) -> Signer {
    assert_eq!(reply.status, 201, "{}", reply.body);
    let key = &reply.body["credential"];
    pair(&key["access"], &key["secret"])
        .security_token(SecurityToken::new(key["securitytoken"].as_str().unwrap()))
}

async fn by_token(place: &Place, seconds: u64) -> Reply {
    let token = json!({"id": place.domain_token().await, "duration_seconds": seconds});
    let body = json!({"auth": {"identity": {"methods": ["token"], "token": token}}});
    place.send("POST", TEMPORARY, &[], &body.to_string()).await
}

async fn by_agency(place: &Place) -> Reply {
    let role = json!({"domain_name": "Lender", "agency_name": "night", "session_user": {"name": "ada"}});
    let body = json!({"auth": {"identity": {"methods": ["assume_role"], "assume_role": role}}});
    place.signed(&place.signer(), "POST", TEMPORARY, &body.to_string()).await
}

fn create_body(place: &Place) -> String {
    json!({"credential": {"user_id": place.made.user.id.as_str(), "description": "spare"}}).to_string()
}

#[tokio::test]
async fn a_key_shows_its_secret_once_and_authenticates() {
    let place = place();
    let made = place.signed(&place.signer(), "POST", KEYS, &create_body(&place)).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let key = &made.body["credential"];
    assert_eq!(Reply::members(key), ["access", "secret", "status", "user_id", "create_time", "description"]);
    let signer = pair(&key["access"], &key["secret"]);
    let listed = place.signed(&signer, "GET", KEYS, "").await;
    let keys = listed.body["credentials"].as_array().unwrap();
    assert_eq!(
        (keys.len(), &keys[1]["description"], &keys[1]["status"]),
        (2, &json!("spare"), &json!("active"))
    );
    assert!(keys.iter().all(|key| key.get("secret").is_none()));
    let target = format!("{KEYS}/{}", key["access"].as_str().unwrap());
    let shown = place.signed(&signer, "GET", &target, "").await;
    assert_eq!((shown.status.as_u16(), &shown.body["credential"]["access"]), (200, &key["access"]));
}

#[tokio::test]
async fn a_third_key_is_refused_in_the_shape_that_clients_look_for() {
    let place = place();
    let signer = place.signer();
    assert_eq!(place.signed(&signer, "POST", KEYS, &create_body(&place)).await.status, 201);
    let refused = place.signed(&signer, "POST", KEYS, &create_body(&place)).await;
    let expected = json!({"error": {"code": 400, "message": "akSkNumExceed", "title": "Bad Request"}});
    assert_eq!((refused.status.as_u16(), refused.body), (400, expected));
}

#[tokio::test]
async fn an_inactive_or_deleted_key_and_every_token_of_its_user_end_at_once() {
    let place = place();
    let made = place.signed(&place.signer(), "POST", KEYS, &create_body(&place)).await;
    let key = &made.body["credential"];
    let signer = pair(&key["access"], &key["secret"]);
    let target = format!("{KEYS}/{}", key["access"].as_str().unwrap());
    let body = json!({"credential": {"status": "inactive"}}).to_string();
    let token = place.domain_token().await;
    let changed = place.signed(&place.signer(), "PUT", &target, &body).await;
    assert_eq!((changed.status.as_u16(), &changed.body["credential"]["status"]), (200, &json!("inactive")));
    assert_eq!(place.signed(&signer, "GET", SELF, "").await.status, 401);
    assert_eq!(place.get(SELF, &token).await.status, 401);
    assert_eq!(place.signed(&place.signer(), "DELETE", &target, "").await.status, 204);
    assert_eq!(place.signed(&place.signer(), "DELETE", &target, "").await.status, 404);
}

#[tokio::test]
async fn a_user_manages_its_own_keys_and_sees_nobody_elses() {
    let place = place();
    let plain = place.plain_user();
    let (key, secret) = place.live.identity().create_access_key(&plain, "").unwrap();
    let signer = Signer::new(key.id, secret);
    assert_eq!(place.signed(&signer, "GET", KEYS, "").await.body["credentials"].as_array().unwrap().len(), 1);
    assert_eq!(place.signed(&signer, "POST", KEYS, &create_body(&place)).await.status, 403);
    let (administrators, _) = place.key();
    for (key, method) in
        [(administrators.as_str(), "GET"), (administrators.as_str(), "DELETE"), ("none", "GET")]
    {
        assert_eq!(place.signed(&signer, method, &format!("{KEYS}/{key}"), "").await.status, 403);
    }
    let target = format!("{KEYS}?user_id={}", place.made.user.id);
    assert_eq!(place.signed(&signer, "GET", &target, "").await.status, 403);
}

#[tokio::test]
async fn a_token_in_the_body_alone_gets_a_temporary_key_that_signs() {
    let place = place();
    let reply = by_token(&place, 900).await;
    let key = &reply.body["credential"];
    assert_eq!(Reply::members(key), ["access", "secret", "securitytoken", "expires_at"]);
    assert_eq!(key["expires_at"], "2023-11-14T22:28:20.000000Z");
    let answer = place.signed(&temporary(&reply), "GET", SELF, "").await;
    assert_eq!(answer.body["principal_id"], place.made.user.id.as_str());
}

#[tokio::test]
async fn a_temporary_key_means_nothing_without_its_own_security_token() {
    let place = place();
    let (one, another) = (by_token(&place, 900).await, by_token(&place, 900).await);
    let (one, another) = (&one.body["credential"], &another.body["credential"]);
    let bare = pair(&one["access"], &one["secret"]);
    let others = SecurityToken::new(another["securitytoken"].as_str().unwrap());
    let swapped = pair(&one["access"], &one["secret"]).security_token(others.clone());
    let permanent = place.signer().security_token(others);
    for signer in [bare, swapped, permanent] {
        assert_eq!(place.signed(&signer, "GET", SELF, "").await.status, 401);
    }
}

#[tokio::test]
async fn a_temporary_key_ends_with_the_token_it_was_made_by() {
    let place = place();
    let token = place.domain_token().await;
    let body = json!({"auth": {"identity": {"methods": ["token"]}}}).to_string();
    let signer = temporary(&place.send("POST", TEMPORARY, &[("x-auth-token", &token)], &body).await);
    assert_eq!(place.signed(&signer, "GET", SELF, "").await.status, 200);
    let headers = [("x-auth-token", token.as_str()), ("x-subject-token", token.as_str())];
    assert_eq!(place.send("DELETE", "/v3/auth/tokens", &headers, "").await.status, 204);
    assert_eq!(place.signed(&signer, "GET", SELF, "").await.status, 401);
}

#[tokio::test]
async fn durations_and_policies_outside_of_the_contract_are_refused() {
    let place = place();
    for seconds in [0, 899, 86_401, u64::MAX] {
        let reply = by_token(&place, seconds).await;
        assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (400, &json!("IAM.0007")));
    }
    let identity =
        json!({"methods": ["token"], "token": {"id": "x"}, "policy": {"Version": "1.1", "Statement": []}});
    let reply =
        place.send("POST", TEMPORARY, &[], &json!({"auth": {"identity": identity}}).to_string()).await;
    assert_eq!(reply.status, 400);
}

#[tokio::test]
async fn a_session_of_an_agency_acts_in_the_lending_account_and_makes_no_permanent_key() {
    let place = place();
    place.lender();
    let signer = temporary(&by_agency(&place).await);
    let answer = place.signed(&signer, "GET", SELF, "").await;
    let expected = json!({
        "account_id": "lender",
        "principal_urn": "sts::lender:assumed-agency:night/ada",
        "principal_id": "night:ada",
    });
    assert_eq!(answer.body, expected);
    assert_eq!(place.signed(&signer, "POST", KEYS, &create_body(&place)).await.status, 403);
    let own = temporary(&by_token(&place, 900).await);
    assert_eq!(place.signed(&own, "POST", KEYS, &create_body(&place)).await.status, 403);
}

#[tokio::test]
async fn the_newer_token_service_gives_sessions_of_agencies() {
    let place = place();
    place.lender();
    let assume = |change: fn(&mut Value)| {
        let mut body = json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "ada"});
        change(&mut body);
        body.to_string()
    };
    let target = "/v5/agencies/assume";
    let reply = place.signed(&place.signer(), "POST", target, &assume(|_| ())).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    assert_eq!(reply.body["assumed_agency"]["urn"], "sts::lender:assumed-agency:night/ada");
    let credentials = &reply.body["credentials"];
    assert_eq!(credentials["expiration"], "2023-11-14T23:13:20.000000Z");
    let token = SecurityToken::new(credentials["security_token"].as_str().unwrap());
    let signer = pair(&credentials["access_key_id"], &credentials["secret_access_key"]).security_token(token);
    assert_eq!(place.signed(&signer, "GET", SELF, "").await.body["account_id"], "lender");
    let refused: [fn(&mut Value); 11] = [
        |body| body["agency_urn"] = json!("night"),
        |body| body["agency_session_name"] = json!(""),
        |body| body["duration_seconds"] = json!(43_201),
        |body| body["policy"] = json!("{}"),
        |body| body["serial_number"] = json!("iam::lender:mfa:phone"),
        |body| body["token_code"] = json!("123456"),
        |body| body["external_id"] = json!("x"),
        |body| body["source_identity"] = json!("x".repeat(65)),
        |body| body["tags"] = json!([{"key": "team", "value": "core"}]),
        |body| body["transitive_tag_keys"] = json!(["team"]),
        |body| body["surprise"] = json!(1),
    ];
    for change in refused {
        let reply = place.signed(&place.signer(), "POST", target, &assume(change)).await;
        assert_eq!((reply.status.as_u16(), reply.body.get("request_id").is_some()), (400, true));
    }
    let again = place.signed(&signer, "POST", target, &assume(|_| ())).await;
    assert_eq!(again.status, 403);
}

#[tokio::test]
async fn a_session_by_way_of_a_temporary_key_is_an_hour_at_most() {
    let place = place();
    place.lender();
    let signer = temporary(&by_token(&place, 86_400).await);
    for (seconds, status) in [(3_601, 400), (3_600, 200)] {
        let body = json!({
            "agency_urn": "iam::lender:agency:night",
            "agency_session_name": "ada",
            "duration_seconds": seconds,
            "external_id": "between us",
            "source_identity": "ada",
            "tags": [],
        });
        let reply = place.signed(&signer, "POST", "/v5/agencies/assume", &body.to_string()).await;
        assert_eq!(reply.status, status, "{}", reply.body);
    }
}
