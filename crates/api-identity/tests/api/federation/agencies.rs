//! People of an identity provider who take on an agency in one call.

use super::{ISSUER, PROVIDER, administer, claims, federate, made};
use crate::provider::{Key, ed25519};
use crate::support::{Place, Reply, place};
use countersign_identity::{AGENT_OPERATOR, Actor, Assignment, Place as At};
use countersign_sign::Signer;
use countersign_types::{AccessKeyId, SecretKey, SecurityToken};
use serde_json::{Value, json};

/// The group `operators`, whose members may act for others.
async fn operators(place: &Place) {
    let group = made(place, "POST", "/v3/groups", json!({"group": {"name": "operators"}})).await;
    let id = group["group"]["id"].as_str().unwrap().to_owned().try_into().unwrap();
    let domain = place.made.domain.id.clone();
    place.store(&Assignment::new(domain, Actor::Group(id), At::Domain, AGENT_OPERATOR.role_id()));
}

fn assume(place: &Place, key: &Key, groups: &[&str]) -> Value {
    json!({
        "provider_urn": format!("iam::{}:oidcProvider:corp", place.made.domain.id),
        "agency_urn": "iam::lender:agency:night",
        "agency_session_name": "build-7",
        "id_token": key.issue("one", "EdDSA", &claims(place, "a-1", "Ada", groups)),
    })
}

async fn assumed(place: &Place, body: &Value) -> Reply {
    place.send("POST", "/v5/agencies/assume-with-oidc", &[], &body.to_string()).await
}

#[tokio::test]
async fn a_person_with_the_right_takes_on_an_agency_in_one_call() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    place.lender();
    operators(&place).await;
    let reply = assumed(&place, &assume(&place, &key, &["operators"])).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let members =
        ["source_identity", "assumed_agency", "credentials", "audience", "provider", "subject_from_id_token"];
    assert_eq!(Reply::members(&reply.body), members);
    assert_eq!(reply.body["assumed_agency"]["urn"], "sts::lender:assumed-agency:night/build-7");
    assert_eq!(reply.body["subject_from_id_token"], "a-1");
    assert_eq!((&reply.body["audience"], &reply.body["provider"]), (&json!("countersign"), &json!(ISSUER)));
    let credentials = &reply.body["credentials"];
    let text = |name: &str| credentials[name].as_str().unwrap();
    let signer = Signer::new(
        AccessKeyId::parse(text("access_key_id")).unwrap(),
        SecretKey::new(text("secret_access_key")),
    )
    .security_token(SecurityToken::new(text("security_token")));
    let identity = place.signed(&signer, "GET", "/v5/caller-identity", "").await;
    assert_eq!(identity.body["principal_urn"], "sts::lender:assumed-agency:night/build-7");
    assert_eq!(administer(&place, "DELETE", PROVIDER, &Value::Null).await.status, 204);
    assert_eq!(place.signed(&signer, "GET", "/v5/caller-identity", "").await.status, 401);
}

#[tokio::test]
async fn an_agency_is_not_taken_on_without_the_right_or_with_a_bad_request() {
    let (place, key) = (place(), ed25519());
    federate(&place, &key, "EdDSA").await;
    place.lender();
    operators(&place).await;
    let status = async |name: &str, value: Value| {
        let mut body = assume(&place, &key, &["operators"]);
        body[name] = value;
        let reply = assumed(&place, &body).await;
        assert!(reply.body.get("request_id").is_some());
        reply.status.as_u16()
    };
    assert_eq!(assumed(&place, &assume(&place, &key, &["readers"])).await.status, 403);
    assert_eq!(status("id_token", json!("a.b.c")).await, 401);
    assert_eq!(status("provider_urn", json!("iam::lender:oidcProvider:corp")).await, 401);
    assert_eq!(status("provider_urn", json!("corp")).await, 400);
    assert_eq!(status("agency_urn", json!("iam::lender:agency:day")).await, 404);
    assert_eq!(status("agency_urn", json!("night")).await, 400);
    assert_eq!(status("agency_session_name", json!("a/b")).await, 400);
    assert_eq!(status("duration_seconds", json!(899)).await, 400);
    assert_eq!(status("policy", json!("{}")).await, 400);
    assert_eq!(status("surprise", json!(1)).await, 400);
}
