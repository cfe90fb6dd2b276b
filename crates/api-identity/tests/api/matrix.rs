//! Every operation of the contract, called by everybody who must not succeed, and by those who may.

mod operations;
mod victim;

use crate::support::{Place, place};
use countersign_identity::{
    Actor, Assignment, CustomPolicy, Domain, IAM_READ_ONLY_ACCESS, Place as At, ROLES,
    SECURITY_ADMINISTRATOR, User,
};
use countersign_sign::Signer;
use countersign_types::{DomainId, UserId};
use operations::{HARMLESS, OPEN, OPEN_ONE_DAY, OWN_AFFAIRS, Operation, allow, operations, policy};
use serde_json::json;
use std::collections::BTreeSet;
use victim::{VICTIM, custom, restore};

/// A user of `domain` with these roles for all of it.
fn user_with(
    place: &Place,
    domain: &DomainId,
    name: &str,
    roles: &[&countersign_identity::BuiltIn],
) -> Signer {
    let id = UserId::parse(name).unwrap();
    let user =
        User { id: id.clone(), domain_id: domain.clone(), name: name.into(), ..place.made.user.clone() };
    place.store(&user);
    for role in roles {
        for at in [At::Domain, At::AllProjects] {
            place.store(&Assignment::new(domain.clone(), Actor::User(id.clone()), at, role.role_id()));
        }
    }
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    Signer::new(key.id, secret)
}

#[tokio::test]
async fn nobody_gets_past_a_missing_credential() {
    let place = place();
    for operation in operations(&place).iter().filter(|operation| !OPEN.contains(&operation.name)) {
        let reply = place.send(operation.method, &operation.target, &[], &operation.body).await;
        assert_eq!(reply.status, 401, "{}", operation.name);
    }
}

#[tokio::test]
async fn the_administrator_of_another_account_reaches_nothing_of_this_one() {
    let place = place();
    place.lender();
    restore(&place);
    let elsewhere = DomainId::parse("elsewhere").unwrap();
    place.store(&Domain { id: elsewhere.clone(), name: "elsewhere".into(), ..place.made.domain.clone() });
    let all: Vec<_> = ROLES.iter().filter(|role| role.name != "service").collect();
    let stranger = user_with(&place, &elsewhere, "stranger", &all);
    let before = place.live.directory().unwrap();
    let ids = [place.made.domain.id.as_str(), place.made.project.id.as_str(), VICTIM];
    // These are made in the caller's own account, whatever their names.
    let makes_own = ["CreateCustomPolicy", "KeystoneCreateMapping"];
    for operation in operations(&place).iter().filter(|operation| !makes_own.contains(&operation.name)) {
        let reply = place.signed(&stranger, operation.method, &operation.target, &operation.body).await;
        let status = reply.status.as_u16();
        let text = reply.body.to_string();
        if HARMLESS.contains(&operation.name) {
            assert!(status < 400, "{} {status}", operation.name);
            assert!(!ids.iter().any(|id| text.contains(id)), "{} {text}", operation.name);
        } else {
            assert!(matches!(status, 400 | 403 | 404 | 409 | 501), "{} {status} {text}", operation.name);
        }
    }
    let after = place.live.directory().unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after), "something was written");
}

#[tokio::test]
async fn a_user_without_roles_or_with_reading_ones_changes_nothing() {
    let place = place();
    place.lender();
    restore(&place);
    let domain = place.made.domain.id.clone();
    let plain = user_with(&place, &domain, "plain", &[]);
    let reader = user_with(&place, &domain, "reader", &[&IAM_READ_ONLY_ACCESS]);
    let before = place.live.directory().unwrap();
    for operation in
        operations(&place).iter().filter(|operation| operation.method != "GET" && operation.method != "HEAD")
    {
        for signer in [&plain, &reader] {
            let reply = place.signed(signer, operation.method, &operation.target, &operation.body).await;
            assert!(
                matches!(reply.status.as_u16(), 400 | 403 | 404 | 501),
                "{} {}",
                operation.name,
                reply.status
            );
        }
    }
    let after = place.live.directory().unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &after), "something was written");
}

/// A user whose only right is the custom policy of this id.
fn user_under(place: &Place, policy: &CustomPolicy) -> Signer {
    place.store(policy);
    let signer = user_with(place, &policy.domain_id, policy.id.as_str(), &[]);
    let actor = Actor::User(policy.id.to_string().try_into().unwrap());
    place.store(&Assignment::new(policy.domain_id.clone(), actor, At::Domain, policy.id.clone()));
    signer
}

#[test]
fn every_operation_without_a_guard_is_known_to_need_none() {
    let place = place();
    let unguarded: BTreeSet<_> =
        operations(&place).iter().filter(|operation| operation.action == "-").map(|one| one.name).collect();
    let known: BTreeSet<_> = OPEN.into_iter().chain(OWN_AFFAIRS).chain(OPEN_ONE_DAY).collect();
    assert_eq!(unguarded, known);
}

#[tokio::test]
async fn the_action_of_an_operation_and_nothing_else_lets_through() {
    let place = place();
    place.lender();
    let domain = place.made.domain.id.clone();
    let low = user_with(&place, &domain, "low", &[]);
    let administrator = user_with(&place, &domain, "second", &[&SECURITY_ADMINISTRATOR]);
    let with = user_under(&place, &custom(&place, "with", policy(&json!([allow("iam:a:b")]))));
    let without = user_under(&place, &custom(&place, "without", policy(&json!([allow("iam:a:b")]))));
    let mut deviations = Vec::new();
    for operation in operations(&place).iter().filter(|operation| operation.action != "-") {
        let Operation { name, method, action, target, body } = operation;
        restore(&place);
        place.store(&custom(&place, "with", policy(&json!([allow(action)]))));
        let but = json!([allow("iam:*:*"), {"Effect": "Deny", "Action": [action]}]);
        place.store(&custom(&place, "without", policy(&but)));
        for (who, signer) in [("low", &low), ("without", &without)] {
            let reply = place.signed(signer, method, target, body).await;
            if reply.status != 403 {
                deviations.push(format!("{name} {who} {} {}", reply.status, reply.body));
            }
        }
        let owner = place.signer();
        for (who, signer) in [("with", &with), ("administrator", &administrator), ("owner", &owner)] {
            let reply = place.signed(signer, method, target, body).await;
            if !matches!(reply.status.as_u16(), 200..300 | 400 | 404 | 409 | 501) {
                deviations.push(format!("{name} {who} {} {}", reply.status, reply.body));
            }
            if *method != "GET" && *method != "HEAD" {
                restore(&place);
            }
        }
    }
    assert_eq!(deviations, Vec::<String>::new());
}
