//! Denials in version 5 and what administrators read in them.

use crate::support::{Place, Reply, place};
use countersign_identity::{Actor, Assignment, Domain, Place as At, SECURITY_ADMINISTRATOR, User};
use countersign_sign::Signer;
use countersign_types::{DomainId, UserId};
use serde_json::{Value, json};

const DECODE: &str = "/v5/decode-authorization-message";

async fn decode(place: &Place, signer: &Signer, message: &str) -> Reply {
    let body = json!({ "encoded_message": message }).to_string();
    place.signed(signer, "POST", DECODE, &body).await
}

/// The signer of a user without rights, and the message of its denial.
async fn denied(place: &Place) -> (Signer, String) {
    let user = place.plain_user();
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    let signer = Signer::new(key.id, secret);
    let refused = decode(place, &signer, "x").await;
    assert_eq!(refused.status, 403);
    let members = ["error_code", "error_msg", "request_id", "encoded_authorization_message"];
    assert_eq!(Reply::members(&refused.body), members);
    assert_eq!(refused.body["error_code"], "PAP5.0001");
    let message = refused.body["encoded_authorization_message"].as_str().unwrap().to_owned();
    (signer, message)
}

/// An administrator of another account.
fn stranger(place: &Place) -> Signer {
    let id = DomainId::parse("elsewhere").unwrap();
    place.store(&Domain { id: id.clone(), name: "elsewhere".into(), ..place.made.domain.clone() });
    let user_id = UserId::parse("stranger").unwrap();
    let user = User {
        id: user_id.clone(),
        domain_id: id.clone(),
        name: "stranger".into(),
        ..place.made.user.clone()
    };
    place.store(&user);
    let role = SECURITY_ADMINISTRATOR.role_id();
    place.store(&Assignment::new(id, Actor::User(user_id), At::Domain, role));
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    Signer::new(key.id, secret)
}

#[tokio::test]
async fn an_administrator_reads_what_was_denied_to_whom() {
    let place = place();
    let (_, message) = denied(&place).await;
    let reply = decode(&place, &place.signer(), &message).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    let text = reply.body["decoded_message"].as_str().unwrap();
    let account = place.made.domain.id.as_str();
    let expected = json!({
        "allowed": false,
        "action": "sts:messages:decodeAuthorizationMessage",
        "resource": format!("sts:*:{account}:message:*"),
        "principal": {
            "account_id": account,
            "principal_urn": format!("iam::{account}:user:plain"),
            "principal_id": "plain",
        },
    });
    assert_eq!(serde_json::from_str::<Value>(text).unwrap(), expected);
}

#[tokio::test]
async fn a_message_survives_a_rotation_of_the_token_keys() {
    let place = place();
    let (_, message) = denied(&place).await;
    place.live.identity().rotate_token_keys().unwrap();
    assert_eq!(decode(&place, &place.signer(), &message).await.status, 200);
}

#[tokio::test]
async fn a_message_is_opened_neither_by_its_caller_nor_by_another_account() {
    let place = place();
    let (plain, message) = denied(&place).await;
    assert_eq!(decode(&place, &plain, &message).await.status, 403);
    assert_eq!(decode(&place, &stranger(&place), &message).await.status, 400);
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_a_message_is_no_token() {
    let place = place();
    let (_, message) = denied(&place).await;
    let token = place.domain_token().await;
    let (start, end) = message.split_at(message.len() / 2);
    let other = if end.starts_with('A') { "B" } else { "A" };
    let altered = format!("{start}{other}{}", &end[1..]);
    let long = "A".repeat(60_000);
    for text in ["", "x", "é", &altered, &token, &long] {
        assert_eq!(decode(&place, &place.signer(), text).await.status, 400, "{text}");
    }
    assert_eq!(place.get("/v5/caller-identity", &message).await.status, 401);
}
