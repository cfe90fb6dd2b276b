//! The methods of `POST /v3/auth/tokens` beyond a plain password, and what a token cannot become.

use crate::support::{Place, Reply, place, place_with};
use countersign_api_identity::Site;
use countersign_identity::{Actor, Assignment, Place as At, ROLES, SERVICE, User};
use countersign_types::{AgencyId, DomainId};
use serde_json::{Value, json};

fn by_password(place: &Place, methods: &Value, totp: &Value) -> Value {
    let mut body = place.login_body(Value::Null);
    body["auth"]["identity"]["methods"] = methods.clone();
    if !totp.is_null() {
        body["auth"]["identity"]["totp"] = totp.clone();
    }
    body
}

/// Acts as the lender's agency with this member beside its name.
async fn assume(place: &Place, method: &str, extra: Value, scope: Value) -> Reply {
    let mut role = json!({"domain_name": "Lender", "agency_name": "night"});
    role.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
    let identity = json!({"methods": [method], method: role});
    let body = json!({"auth": {"identity": identity, "scope": scope}}).to_string();
    let token = place.domain_token().await;
    place.send("POST", "/v3/auth/tokens", &[("x-auth-token", &token)], &body).await
}

fn lender_scope() -> Value {
    json!({"domain": {"name": "Lender"}})
}

/// One more role for the lender's agency.
fn give(place: &Place, name: &str) {
    let role = ROLES.iter().find(|role| role.name == name).unwrap().role_id();
    let actor = Actor::Agency(AgencyId::parse("night").unwrap());
    place.store(&Assignment::new(DomainId::parse("lender").unwrap(), actor, At::Domain, role));
}

#[tokio::test]
async fn no_passcode_is_right_and_it_is_told_like_a_wrong_password() {
    let place = place();
    let totp = json!({"user": {"id": place.made.user.id.as_str(), "passcode": "123456"}});
    let before = place.live.hashes();
    let reply = place.authenticate(&by_password(&place, &json!(["password", "totp"]), &totp)).await;
    assert_eq!((reply.status.as_u16(), reply.message()), (401, "The username or password is wrong."));
    assert_eq!(place.live.hashes(), before + 1);
    let passcode_alone = by_password(&place, &json!(["totp"]), &totp);
    assert_eq!(place.authenticate(&passcode_alone).await.status, 400);
    let passcode_missing = by_password(&place, &json!(["totp", "password"]), &Value::Null);
    assert_eq!(place.authenticate(&passcode_missing).await.status, 400);
}

#[tokio::test]
async fn every_wrong_login_costs_one_hash_and_gets_one_answer() {
    let place = place();
    let disabled = place.plain_user();
    place.store(&User { enabled: false, ..disabled });
    let login =
        |user: Value| json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}});
    let right = place.password();
    let domain = json!({"name": "countersign"});
    let wrong = [
        json!({"id": place.made.user.id.as_str(), "password": "guess"}),
        json!({"name": "admin", "domain": domain, "password": "guess"}),
        json!({"id": "nobody", "password": right}),
        json!({"name": "nobody", "domain": domain, "password": right}),
        json!({"name": "admin", "domain": {"id": "nowhere"}, "password": right}),
        json!({"id": "plain", "password": right}),
        json!({"id": "", "password": right}),
        json!({"id": place.made.user.id.as_str(), "password": ""}),
        json!({"id": place.made.user.id.as_str(), "password": "x".repeat(4_096)}),
        // The fourth and fifth wrong one close the account to this source, so that even the right one is wrong.
        json!({"id": place.made.user.id.as_str(), "password": "guess"}),
        json!({"id": place.made.user.id.as_str(), "password": right}),
    ];
    for user in wrong {
        let before = place.live.hashes();
        let reply = place.authenticate(&login(user.clone())).await;
        let expected = json!({"error": {"code": 401, "message": "The username or password is wrong.", "title": "Unauthorized"}});
        assert_eq!((reply.status.as_u16(), reply.body), (401, expected), "{user}");
        assert_eq!(place.live.hashes(), before + 1, "{user}");
    }
}

#[tokio::test]
async fn a_restricted_agency_token_has_the_named_roles_of_the_agency_and_no_other() {
    let place = place();
    place.lender();
    give(&place, "secu_admin");
    for method in ["hw_assume_role", "assume_role"] {
        let all = assume(&place, method, json!({}), lender_scope()).await;
        assert_eq!(all.role_names(), ["readonly", "secu_admin"]);
        let one = assume(&place, method, json!({"restrict": {"roles": ["readonly"]}}), lender_scope()).await;
        assert_eq!(one.role_names(), ["readonly"]);
        // Roles that the agency has not are not given by naming them.
        let more = json!({"restrict": {"roles": ["readonly", "te_admin"]}});
        assert_eq!(assume(&place, method, more, lender_scope()).await.role_names(), ["readonly"]);
        for (roles, status) in [
            (json!(["te_admin"]), 401),
            (json!([]), 401),
            (json!(["nothing"]), 404),
            (json!(vec!["readonly"; 9]), 400),
            (json!("readonly"), 400),
        ] {
            let reply = assume(&place, method, json!({"restrict": {"roles": roles}}), lender_scope()).await;
            assert_eq!(reply.status, status, "{roles}");
        }
    }
    give(&place, "te_admin");
    let restricted = json!({"restrict": {"roles": ["readonly"]}});
    let token = assume(&place, "hw_assume_role", restricted, lender_scope()).await.token();
    let identity = json!({"methods": ["token"], "token": {"id": token}});
    let again = place.authenticate(&json!({"auth": {"identity": identity, "scope": lender_scope()}})).await;
    assert_eq!(again.role_names(), ["readonly"]);
    let temporary = json!({"auth": {"identity": {"methods": ["token"], "token": {"id": token}}}}).to_string();
    let reply = place.send("POST", "/v3.0/OS-CREDENTIAL/securitytokens", &[], &temporary).await;
    let key = place.live.open_temporary(reply.body["credential"]["securitytoken"].as_str().unwrap()).unwrap();
    let caller = place.live.directory().unwrap().admit_temporary(&key, place.live.now()).unwrap();
    assert_eq!(caller.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["readonly"]);
}

#[tokio::test]
async fn the_legacy_names_are_understood() {
    let place = place();
    place.lender();
    let role = json!({"domain_id": "lender", "xrole_name": "night", "restrict": {"roles": ["readonly"]}});
    let identity = json!({"methods": ["hw_assume_role"], "hw_assume_role": role});
    let body = json!({"auth": {"identity": identity, "scope": lender_scope()}}).to_string();
    let reply = place.signed(&place.signer(), "POST", "/v3/auth/tokens", &body).await;
    assert_eq!((reply.status.as_u16(), reply.role_names()), (201, vec!["readonly"]));
}

#[tokio::test]
async fn a_signed_request_may_name_its_own_account_and_no_other() {
    let place = place();
    place.lender();
    let role = json!({"domain_name": "Lender", "agency_name": "night"});
    let body = json!({"auth": {"identity": {"methods": ["assume_role"], "assume_role": role}}}).to_string();
    let headers = [("host", crate::support::HOST)];
    let request = countersign_sign::Request {
        method: "POST",
        target: "/v3/auth/tokens",
        headers: &headers,
        payload: countersign_sign::Payload::Body(body.as_bytes()),
    };
    let signed = place.signer().sign(&request, place.live.now()).unwrap();
    // Some clients add the header after they have signed.
    for (domain, status) in [(place.made.domain.id.as_str(), 201), ("lender", 403)] {
        let mut headers: Vec<_> =
            signed.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        headers.push(("x-domain-id", domain));
        assert_eq!(place.send("POST", "/v3/auth/tokens", &headers, &body).await.status, status, "{domain}");
    }
}

#[tokio::test]
async fn a_secret_key_in_the_body_is_refused_where_that_is_switched_off() {
    let site = Site { region: "local-1".into(), base_url: None, secret_key_login: false };
    let place = place_with(site);
    let (access_key, secret_key) = place.key();
    let pair = json!({"access": {"key": access_key.as_str()}, "secret": {"key": secret_key.expose()}});
    let reply =
        place.authenticate(&json!({"auth": {"identity": {"methods": ["hw_ak_sk"], "hw_ak_sk": pair}}})).await;
    assert_eq!(reply.status, 400);
    assert!(!reply.body.to_string().contains(secret_key.expose()));
}

#[tokio::test]
async fn nobody_gets_the_installation_as_a_scope() {
    let place = place();
    let system = json!({"system": {"all": true}});
    assert_eq!(place.authenticate(&place.login_body(system)).await.status, 401);
    let with_project = json!({"system": {"all": true}, "project": {"name": "local-1"}});
    let reply = place.authenticate(&place.login_body(with_project)).await;
    assert_eq!(reply.body["token"]["project"]["name"], "local-1");
}

#[tokio::test]
async fn contradictory_and_unknown_methods_are_refused() {
    let place = place();
    for methods in [json!(["password", "token"]), json!(["magic"]), json!([""]), json!(["password", "magic"])]
    {
        assert_eq!(
            place.authenticate(&by_password(&place, &methods, &Value::Null)).await.status,
            400,
            "{methods}"
        );
    }
    for identity in [
        json!({"methods": ["application_credential"], "application_credential": {"secret": "x"}}),
        json!({"methods": ["application_credential"], "application_credential": {"name": "x", "secret": "x"}}),
        json!({"methods": ["application_credential"]}),
        json!({"methods": ["hw_assume_role"], "assume_role": {"domain_id": "x", "agency_name": "y"}}),
        json!({"methods": ["token"], "token": {}}),
        json!({"methods": "password"}),
    ] {
        let reply = place.authenticate(&json!({"auth": {"identity": identity.clone()}})).await;
        assert_eq!(reply.status, 400, "{identity}");
    }
}

#[tokio::test]
async fn a_token_leaves_neither_its_account_nor_its_agency_by_being_exchanged() {
    let place = place();
    place.lender();
    let user = place.domain_token().await;
    let agency = assume(&place, "assume_role", json!({}), lender_scope()).await.token();
    let exchange = async |token: &str, scope: Value| {
        let identity = json!({"methods": ["token"], "token": {"id": token}});
        place.authenticate(&json!({"auth": {"identity": identity, "scope": scope}})).await
    };
    assert_eq!(exchange(&user, lender_scope()).await.status, 401);
    let home = json!({"domain": {"name": "countersign"}});
    for scope in [home, json!({"project": {"id": place.made.project.id.as_str()}})] {
        assert_eq!(exchange(&agency, scope).await.status, 401);
    }
    for scope in [Value::Null, lender_scope()] {
        let again = exchange(&agency, scope).await;
        assert_eq!(again.body["token"]["user"]["name"], "Lender/night");
        assert_eq!(again.body["token"]["assumed_by"]["user"]["name"], "admin");
    }
    let headers = [("x-auth-token", agency.as_str())];
    let key = json!({"credential": {"user_id": place.made.user.id.as_str()}}).to_string();
    assert_eq!(place.send("POST", "/v3.0/OS-CREDENTIAL/credentials", &headers, &key).await.status, 403);
    let password =
        json!({"user": {"original_password": place.password(), "password": "long enough"}}).to_string();
    let target = format!("/v3/users/{}/password", place.made.user.id);
    assert_eq!(place.send("POST", &target, &headers, &password).await.status, 403);
}

#[tokio::test]
async fn a_service_is_told_about_a_token_that_has_just_ended_and_about_no_revoked_one() {
    let place = place();
    let service = place.plain_user();
    let role = Assignment::new(service.domain_id, Actor::User(service.id), At::Domain, SERVICE.role_id());
    place.store(&role);
    let user = json!({"id": "plain", "password": place.password()});
    let scope = json!({"domain": {"name": "countersign"}});
    let identity = json!({"methods": ["password"], "password": {"user": user}});
    let asking = place.authenticate(&json!({"auth": {"identity": identity, "scope": scope}})).await.token();
    let token = place.domain_token().await;
    let ask = async |caller: &str, query: &str| {
        let headers = [("x-auth-token", caller), ("x-subject-token", token.as_str())];
        place.send("GET", &format!("/v3/auth/tokens{query}"), &headers, "").await.status.as_u16()
    };
    assert_eq!(ask(&asking, "?allow_expired=1").await, 200);
    let headers = [("x-auth-token", token.as_str()), ("x-subject-token", token.as_str())];
    assert_eq!(place.send("DELETE", "/v3/auth/tokens", &headers, "").await.status, 204);
    assert_eq!(ask(&asking, "?allow_expired=1").await, 404);
    assert_eq!(ask(&asking, "").await, 404);
}
