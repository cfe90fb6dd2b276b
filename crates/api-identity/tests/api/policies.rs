//! Custom policies: written, given, evaluated, taken back; and policies that narrow a session.

use crate::support::{Place, Reply, place};
use countersign_identity::{Actor, Assignment, Place as At, User};
use countersign_sign::Signer;
use countersign_types::{RoleId, SecurityToken};
use serde_json::{Value, json};

const ROLES: &str = "/v3.0/OS-ROLE/roles";
const SECURITY_TOKENS: &str = "/v3.0/OS-CREDENTIAL/securitytokens";

fn policy(actions: &[&str]) -> Value {
    json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": actions}]})
}

fn role(name: &str, policy: &Value) -> Value {
    json!({"role": {"display_name": name, "type": "AX", "description": "of a test", "policy": policy}})
}

async fn create(place: &Place, name: &str, actions: &[&str]) -> String {
    let body = role(name, &policy(actions)).to_string();
    let made = place.signed(&place.signer(), "POST", ROLES, &body).await;
    assert_eq!(made.status, 201, "{}", made.body);
    made.body["role"]["id"].as_str().unwrap().to_owned()
}

/// A user without any role, and its signer.
fn plain(place: &Place) -> (User, Signer) {
    let user = place.plain_user();
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    (user, Signer::new(key.id, secret))
}

fn give(place: &Place, user: &User, role: &str) {
    let (actor, role) = (Actor::User(user.id.clone()), RoleId::parse(role).unwrap());
    place.store(&Assignment::new(user.domain_id.clone(), actor, At::Domain, role));
}

fn text(reply: &Reply) -> (&str, &str) {
    (reply.body["error_code"].as_str().unwrap(), reply.body["error_msg"].as_str().unwrap())
}

#[tokio::test]
async fn a_custom_policy_is_created_shown_listed_changed_and_deleted() {
    let place = place();
    let id = create(&place, "Night-shift", &["iam:users:listUsers"]).await;
    let target = format!("{ROLES}/{id}");
    let shown = place.signed(&place.signer(), "GET", &target, "").await;
    let role = &shown.body["role"];
    let domain = place.made.domain.id.as_str();
    assert_eq!(role["name"], format!("custom_{domain}_1"));
    assert_eq!((&role["catalog"], &role["type"]), (&json!("CUSTOMED"), &json!("AX")));
    assert_eq!((&role["domain_id"], &role["references"]), (&json!(domain), &json!(0)));
    assert_eq!(role["policy"], policy(&["iam:users:listUsers"]));
    assert_eq!(role["created_time"], role["updated_time"]);

    let change = json!({"role": {"type": "XA", "policy": policy(&["apig:*:get*"])}}).to_string();
    let changed = place.signed(&place.signer(), "PATCH", &target, &change).await;
    assert_eq!((changed.status.as_u16(), &changed.body["role"]["type"]), (200, &json!("XA")));
    assert_eq!(changed.body["role"]["display_name"], "Night-shift");

    let listed = place.signed(&place.signer(), "GET", ROLES, "").await;
    assert_eq!((&listed.body["total_number"], &listed.body["roles"][0]["id"]), (&json!(1), &json!(id)));
    let deleted = place.signed(&place.signer(), "DELETE", &target, "").await;
    assert_eq!((deleted.status.as_u16(), &deleted.body["message"]), (200, &json!("Delete success.")));
    assert_eq!(place.signed(&place.signer(), "GET", &target, "").await.status, 404);
}

#[tokio::test]
async fn a_policy_that_is_none_is_refused_with_its_code() {
    let place = place();
    let good = policy(&["iam:users:getUser"]);
    for (policy, code) in [
        (json!([]), "IAM.1020"),
        (json!({"Version": "1.0", "Statement": []}), "IAM.1024"),
        (policy(&["iam:users:getUser,\n iam:users:listUsers"]), "IAM.1035"),
        (json!({"Version": "1.1", "Statement": [], "More": 1}), "IAM.1059"),
    ] {
        let body = role("bad", &policy).to_string();
        let refused = place.signed(&place.signer(), "POST", ROLES, &body).await;
        assert_eq!((refused.status.as_u16(), text(&refused).0), (400, code), "{policy}");
    }
    let deep = format!(r#"{{"role":{}1{}}}"#, r#"{"a":"#.repeat(5_000), "}".repeat(5_000));
    assert_eq!(place.signed(&place.signer(), "POST", ROLES, &deep).await.status, 400);
    let body = role("twice", &good).to_string();
    assert_eq!(place.signed(&place.signer(), "POST", ROLES, &body).await.status, 201);
    let again = place.signed(&place.signer(), "POST", ROLES, &body).await;
    assert_eq!((again.status.as_u16(), text(&again).0), (409, "IAM.0005"));
}

#[tokio::test]
async fn a_right_counts_at_once_and_a_policy_in_use_stays() {
    let place = place();
    let (user, signer) = plain(&place);
    let refused = place.signed(&signer, "GET", "/v3/users", "").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.message(), "Policy doesn't allow iam:users:listUsers to be performed.");
    let id = create(&place, "readers", &["iam:users:list*"]).await;
    give(&place, &user, &id);
    assert_eq!(place.signed(&signer, "GET", "/v3/users", "").await.status, 200);
    assert_eq!(place.signed(&signer, "GET", "/v3/groups", "").await.status, 403);

    let target = format!("{ROLES}/{id}");
    let kept = place.signed(&place.signer(), "DELETE", &target, "").await;
    assert_eq!((kept.status.as_u16(), text(&kept).0), (409, "IAM.0005"));
    let body = json!({"role": {"policy": policy(&["iam:groups:list*"])}}).to_string();
    assert_eq!(place.signed(&place.signer(), "PATCH", &target, &body).await.status, 200);
    assert_eq!(place.signed(&signer, "GET", "/v3/users", "").await.status, 403);
    assert_eq!(place.signed(&signer, "GET", "/v3/groups", "").await.status, 200);
}

#[tokio::test]
async fn a_denial_wins_over_a_built_in_role_but_not_over_the_owner() {
    let place = place();
    let deny =
        json!({"Version": "1.1", "Statement": [{"Effect": "Deny", "Action": ["iam:users:listUsers"]}]});
    let body = role("no-users", &deny).to_string();
    let made = place.signed(&place.signer(), "POST", ROLES, &body).await;
    let id = made.body["role"]["id"].as_str().unwrap();
    let (user, signer) = plain(&place);
    give(&place, &user, countersign_identity::SECURITY_ADMINISTRATOR.id);
    assert_eq!(place.signed(&signer, "GET", "/v3/users", "").await.status, 200);
    give(&place, &user, id);
    give(&place, &place.made.user, id);
    assert_eq!(place.signed(&signer, "GET", "/v3/users", "").await.status, 403);
    assert_eq!(place.signed(&place.signer(), "GET", "/v3/users", "").await.status, 200);
}

#[tokio::test]
async fn resources_and_conditions_of_a_policy_count() {
    let place = place();
    let (user, signer) = plain(&place);
    let owner = place.made.user.id.as_str();
    let document = json!({"Version": "1.1", "Statement": [
        {"Effect": "Allow", "Action": ["iam:users:getUser"], "Resource": [format!("iam:*:*:user:{owner}")]},
        {"Effect": "Allow", "Action": ["iam:groups:listGroups"],
         "Condition": {"StringEquals": {"g:UserName": ["somebody"]}}},
        {"Effect": "Allow", "Action": ["iam:agencies:listAgencies"],
         "Condition": {"StringEquals": {"g:UserName": ["plain"]}, "Bool": {"g:MFAPresent": ["false"]},
                       "DateGreaterThan": {"g:CurrentTime": ["2020-01-01T00:00:00Z"]}}}]});
    let body = role("narrow", &document).to_string();
    let made = place.signed(&place.signer(), "POST", ROLES, &body).await;
    give(&place, &user, made.body["role"]["id"].as_str().unwrap());
    let status = async |target: String| place.signed(&signer, "GET", &target, "").await.status.as_u16();
    assert_eq!(status(format!("/v3/users/{owner}")).await, 200);
    assert_eq!(status("/v3/users/other".into()).await, 403);
    assert_eq!(status("/v3/groups".into()).await, 403);
    assert_eq!(status("/v3.0/OS-AGENCY/agencies".into()).await, 200);
}

#[tokio::test]
async fn roles_are_listed_by_kind_and_place_in_pages() {
    let place = place();
    for number in 0..5 {
        create(&place, &format!("own-{number}"), &["iam:users:getUser"]).await;
    }
    let domain = place.made.domain.id.as_str();
    let list =
        async |query: &str| place.signed(&place.signer(), "GET", &format!("/v3/roles{query}"), "").await;
    let names = |reply: &Reply| -> Vec<String> {
        let roles = reply.body["roles"].as_array().unwrap().iter();
        roles.map(|role| role["display_name"].as_str().unwrap().to_owned()).collect()
    };
    let page = list(&format!("?domain_id={domain}&page=2&per_page=2")).await;
    // The query's order is part of what a client signs.
    assert_eq!((names(&page), &page.body["total_number"]), (vec!["own-2".into(), "own-3".into()], &json!(5)));
    for (neighbor, number) in [("next", "page=3"), ("previous", "page=1")] {
        let link = page.body["links"][neighbor].as_str().unwrap();
        assert!(link.contains(number) && link.contains("per_page=2"), "{link}");
    }
    let policies = list("?permission_type=policy").await;
    assert!(names(&policies).contains(&"APIG FullAccess".to_owned()));
    assert!(policies.body["roles"].as_array().unwrap().iter().all(|role| role["flag"] == "fine_grained"));
    assert!(!names(&list("?type=project").await).contains(&"Security Administrator".to_owned()));
    assert!(names(&list("?display_name=own-1").await).is_empty());
    for bad in ["?page=1", "?page=0&per_page=1", "?page=1&per_page=301", "?page=x&per_page=1", "?type=x"] {
        assert_eq!(list(bad).await.status, 400, "{bad}");
    }
    assert_eq!(list("?domain_id=elsewhere").await.status, 403);
}

async fn session(place: &Place, policy: Value) -> Signer {
    let token = place.domain_token().await;
    let body =
        json!({"auth": {"identity": {"methods": ["token"], "token": {"id": token}, "policy": policy}}});
    let made = place.send("POST", SECURITY_TOKENS, &[], &body.to_string()).await;
    assert_eq!(made.status, 201, "{}", made.body);
    signer(&made.body["credential"], ["access", "secret", "securitytoken"])
}

fn signer(credential: &Value, members: [&str; 3]) -> Signer {
    let [access, secret, token] = members.map(|name| credential[name].as_str().unwrap().to_owned());
    let access = countersign_types::AccessKeyId::parse(&access).unwrap();
    let secret = countersign_types::SecretKey::new(secret);
    Signer::new(access, secret).security_token(SecurityToken::new(token))
}

#[tokio::test]
async fn a_session_policy_takes_rights_away_and_gives_none() {
    let place = place();
    let narrow = session(&place, policy(&["iam:users:listUsers"])).await;
    assert_eq!(place.signed(&narrow, "GET", "/v3/users", "").await.status, 200);
    let refused = place.signed(&narrow, "GET", "/v3/groups", "").await;
    assert_eq!(refused.message(), "Policy doesn't allow iam:groups:listGroups to be performed.");
    let own = format!("/v3/users/{}", place.made.user.id);
    assert_eq!(place.signed(&narrow, "GET", &own, "").await.status, 403, "own affairs, too");
    let wide = session(&place, Value::Null).await;
    assert_eq!(place.signed(&wide, "GET", &own, "").await.status, 200);

    let (user, plain) = plain(&place);
    let body = json!({"auth": {"identity": {"methods": ["password"], "password": {"user":
        {"id": user.id.as_str(), "password": place.password()}}}}});
    let token = place.authenticate(&body).await.token();
    let body = json!({"auth": {"identity": {"methods": ["token"], "token": {"id": token},
        "policy": policy(&["iam:*:*"])}}});
    let made = place.send("POST", SECURITY_TOKENS, &[], &body.to_string()).await;
    let greedy = signer(&made.body["credential"], ["access", "secret", "securitytoken"]);
    for signer in [&plain, &greedy] {
        assert_eq!(place.signed(signer, "GET", "/v3/users", "").await.status, 403);
    }
}

#[tokio::test]
async fn a_session_of_an_agency_is_narrowed_alike() {
    let place = place();
    place.lender();
    let reader = countersign_identity::IAM_READ_ONLY_ACCESS.role_id();
    let lender = countersign_types::DomainId::parse("lender").unwrap();
    let night = Actor::Agency("night".to_owned().try_into().unwrap());
    place.store(&Assignment::new(lender, night, At::Domain, reader));
    let narrow = policy(&["iam:groups:listGroups"]);
    let assume = async |policy: &str| {
        let body = json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "night-shift",
            "policy": policy});
        place.signed(&place.signer(), "POST", "/v5/agencies/assume", &body.to_string()).await
    };
    let made = assume(&narrow.to_string()).await;
    let members = ["access_key_id", "secret_access_key", "security_token"];
    let by_sts = signer(&made.body["credentials"], members);
    let body = json!({"auth": {"identity": {"methods": ["assume_role"], "policy": narrow,
        "assume_role": {"domain_id": "lender", "agency_name": "night"}}}});
    let made = place.signed(&place.signer(), "POST", SECURITY_TOKENS, &body.to_string()).await;
    let by_iam = signer(&made.body["credential"], ["access", "secret", "securitytoken"]);
    for signer in [by_sts, by_iam] {
        assert_eq!(place.signed(&signer, "GET", "/v3/groups", "").await.status, 200);
        assert_eq!(place.signed(&signer, "GET", "/v3/users", "").await.status, 403);
    }
    assert_eq!(text(&assume("{}").await).0, "IAM.1024");
    assert_eq!(text(&assume("no json").await).0, "IAM.1020");
    assert_eq!(assume(&" ".repeat(2_049)).await.status, 400);
}

#[tokio::test]
async fn a_narrowed_session_acts_as_an_agency_only_when_its_policy_says_so() {
    let place = place();
    place.lender();
    let body =
        json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "night-shift"}).to_string();
    let without = session(&place, policy(&["iam:users:*"])).await;
    let refused = place.signed(&without, "POST", "/v5/agencies/assume", &body).await;
    assert_eq!((refused.status.as_u16(), text(&refused).0), (403, "PAP5.0001"));
    let with = session(&place, policy(&["iam:tokens:assume"])).await;
    assert_eq!(place.signed(&with, "POST", "/v5/agencies/assume", &body).await.status, 200);
}

#[tokio::test]
async fn the_older_form_lends_single_agencies() {
    let place = place();
    place.lender();
    let (user, signer) = plain(&place);
    let body =
        json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "night-shift"}).to_string();
    for (agency, status) in [("other", 403), ("night", 200)] {
        let document = json!({"Version": "1.1", "Statement": [{"Effect": "Allow",
            "Action": ["iam:agencies:assume"], "Resource": {"uri": [format!("/iam/agencies/{agency}")]}}]});
        let body_of_role = role(agency, &document).to_string();
        let made = place.signed(&place.signer(), "POST", ROLES, &body_of_role).await;
        give(&place, &user, made.body["role"]["id"].as_str().unwrap());
        let reply = place.signed(&signer, "POST", "/v5/agencies/assume", &body).await;
        assert_eq!(reply.status.as_u16(), status, "{agency}");
    }
}

#[tokio::test]
async fn no_borrowed_or_temporary_session_makes_what_outlives_it() {
    let place = place();
    place.lender();
    let temporary = session(&place, Value::Null).await;
    let body =
        json!({"agency_urn": "iam::lender:agency:night", "agency_session_name": "night-shift"}).to_string();
    let made = place.signed(&place.signer(), "POST", "/v5/agencies/assume", &body).await;
    let borrowed =
        signer(&made.body["credentials"], ["access_key_id", "secret_access_key", "security_token"]);
    let (key, _) = place.key();
    let (user, password) = (place.made.user.id.as_str(), place.password());
    let operations = [
        ("POST", "/v3.0/OS-CREDENTIAL/credentials".to_owned(), json!({"credential": {"user_id": user}})),
        (
            "PUT",
            format!("/v3.0/OS-CREDENTIAL/credentials/{key}"),
            json!({"credential": {"status": "inactive"}}),
        ),
        ("DELETE", format!("/v3.0/OS-CREDENTIAL/credentials/{key}"), Value::Null),
        (
            "POST",
            format!("/v3/users/{user}/password"),
            json!({"user": {"original_password": password, "password": "another one"}}),
        ),
        (
            "POST",
            format!("/v3/users/{user}/application_credentials"),
            json!({"application_credential": {"name": "lasting"}}),
        ),
    ];
    for (method, target, body) in operations {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        for signer in [&temporary, &borrowed] {
            let reply = place.signed(signer, method, &target, &body).await;
            assert_eq!(reply.status, 403, "{method} {target} {}", reply.body);
        }
    }
}
