//! `/v3.0/OS-USER`: users with everything that is known about them, and in which ways they may come.

use crate::support::{Place, Reply, place};
use countersign_identity::{Live, User, UserAccess};
use countersign_sign::Signer;
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse";

async fn call(place: &Place, method: &str, target: &str, body: &Value) -> Reply {
    let token = place.domain_token().await;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    place.send(method, target, &[("x-auth-token", &token)], &body).await
}

async fn create(place: &Place, fields: Value) -> Reply {
    call(place, "POST", "/v3.0/OS-USER/users", &json!({"user": fields})).await
}

async fn log_in(place: &Place, id: &str) -> Reply {
    let user = json!({"id": id, "password": PASSWORD});
    place
        .authenticate(&json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}}))
        .await
}

fn path(id: &str) -> String {
    format!("/v3.0/OS-USER/users/{id}")
}

#[tokio::test]
async fn a_user_is_created_with_all_its_members() {
    let place = place();
    let fields = json!({
        "name": "ada", "domain_id": place.made.domain.id.as_str(), "password": PASSWORD,
        "email": "ada@example.com", "areacode": "0086", "phone": "123456789", "access_mode": "programmatic",
        "xuser_id": "4711", "xuser_type": "TenantIdp", "description": "first",
    });
    let made = create(&place, fields).await;
    assert_eq!(made.status, 201, "{}", made.body);
    let user = &made.body["user"];
    let id = user["id"].as_str().unwrap();
    let expected = json!({
        "access_mode": "programmatic", "pwd_status": true, "xuser_id": "4711", "xuser_type": "TenantIdp",
        "description": "first", "name": "ada", "phone": "123456789", "is_domain_owner": false,
        "domain_id": place.made.domain.id.as_str(), "enabled": true, "areacode": "0086",
        "email": "ada@example.com", "create_time": "2023-11-14T22:13:20.000000", "id": id,
        "xdomain_id": "", "xdomain_type": "", "password_expires_at": "",
        "links": {"self": format!("http://{}{}", crate::support::HOST, path(id))},
    });
    assert_eq!(user, &expected);
    assert_eq!(log_in(&place, id).await.status, 201);
}

#[tokio::test]
async fn a_user_is_shown_with_its_history() {
    let place = place();
    let id = place.made.user.id.as_str();
    let shown = call(&place, "GET", &path(id), &Value::Null).await;
    let user = &shown.body["user"];
    assert_eq!((&user["is_domain_owner"], &user["name"]), (&json!(true), &json!("admin")));
    // The token that asks was obtained by the password in the minute that is shown.
    assert_eq!(user["last_login_time"], "2023-11-14T22:13:00.000000");
    assert_eq!(user["pwd_create_time"], "2023-11-14T22:13:20.000000");
    assert_eq!(user["links"]["next"], Value::Null);
    place.plain_user();
    let never = call(&place, "GET", &path("plain"), &Value::Null).await;
    assert_eq!(never.body["user"]["last_login_time"], Value::Null);
    let missing = call(&place, "GET", &path("nobody"), &Value::Null).await;
    assert_eq!((missing.status.as_u16(), &missing.body["error_code"]), (404, &json!("IAM.0004")));
}

#[tokio::test]
async fn an_administrator_changes_a_user_and_a_user_how_it_is_reached() {
    let place = place();
    let made = create(&place, json!({"name": "ada", "password": PASSWORD, "pwd_status": false})).await;
    let id = made.body["user"]["id"].as_str().unwrap().to_owned();
    let token = log_in(&place, &id).await.token();
    let change = json!({"user": {"name": "countess", "email": "countess@example.com", "enabled": true}});
    let changed = call(&place, "PUT", &path(&id), &change).await;
    assert_eq!((changed.status.as_u16(), &changed.body["user"]["name"]), (200, &json!("countess")));
    let contact = json!({"user": {"email": "ada@example.com", "mobile": "0044-1815"}}).to_string();
    let headers = [("x-auth-token", token.as_str())];
    let target = format!("{}/info", path(&id));
    assert_eq!(place.send("PUT", &target, &headers, &contact).await.status, 204);
    let shown = place.get(&path(&id), &token).await;
    let user = &shown.body["user"];
    assert_eq!(
        (&user["email"], &user["areacode"], &user["phone"]),
        (&json!("ada@example.com"), &json!("0044"), &json!("1815"))
    );
    let other = format!("{}/info", path(place.made.user.id.as_str()));
    let refused = place.send("PUT", &other, &headers, &contact).await;
    assert_eq!((refused.status.as_u16(), &refused.body["error_code"]), (403, &json!("IAM.0003")));
    assert_eq!(place.send("PUT", &path(&id), &headers, &change.to_string()).await.status, 403);
}

#[tokio::test]
async fn members_that_are_no_users_are_refused_in_the_shape_of_the_path() {
    let place = place();
    let bad = [
        json!({}),
        json!({"name": "b", "access_mode": "sometimes"}),
        json!({"name": "b", "email": "nowhere"}),
        json!({"name": "b", "email": "a b@example.com"}),
        json!({"name": "b", "phone": "123"}),
        json!({"name": "b", "areacode": "0086", "phone": "12x"}),
        json!({"name": "b", "areacode": "00860086", "phone": "123"}),
        json!({"name": "b", "xuser_id": "1"}),
        json!({"name": "b", "xuser_id": "\u{7}", "xuser_type": "x"}),
        json!({"name": "b", "password": "short"}),
        json!({"name": "b", "surprise": 1}),
        json!({"name": ["b"]}),
    ];
    for fields in bad {
        let reply = create(&place, fields.clone()).await;
        assert_eq!(reply.status, 400, "{fields}");
        assert!(reply.body["error_code"].as_str().unwrap().starts_with("IAM."), "{}", reply.body);
        assert!(reply.body["error_msg"].is_string());
    }
    let elsewhere = create(&place, json!({"name": "b", "domain_id": "elsewhere"})).await;
    assert_eq!(elsewhere.status, 403);
    assert_eq!(create(&place, json!({"name": "admin"})).await.status, 409);
    let mobile = json!({"user": {"mobile": "12345"}});
    let target = format!("{}/info", path(place.made.user.id.as_str()));
    assert_eq!(call(&place, "PUT", &target, &mobile).await.status, 400);
}

#[tokio::test]
async fn a_user_that_comes_by_a_console_only_gets_no_token_and_signs_nothing() {
    let place = place();
    let made = create(&place, json!({"name": "ada", "password": PASSWORD})).await;
    let id = made.body["user"]["id"].as_str().unwrap().to_owned();
    let user = place.live.directory().unwrap().users.find(&id).unwrap().as_ref().clone();
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    let signer = Signer::new(key.id.clone(), secret.clone());
    let token = log_in(&place, &id).await.token();
    assert_eq!(place.signed(&signer, "GET", "/v3/auth/domains", "").await.status, 200);

    let change = json!({"user": {"access_mode": "console"}});
    assert_eq!(call(&place, "PUT", &path(&id), &change).await.status, 200);
    assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    let message = "This user only supports console access, not programmatic access.";
    let pair = json!({"access": {"key": key.id.as_str()}, "secret": {"key": secret.expose()}});
    let by_key = json!({"auth": {"identity": {"methods": ["hw_ak_sk"], "hw_ak_sk": pair}}});
    let replies = [
        log_in(&place, &id).await,
        place.authenticate(&by_key).await,
        place.signed(&signer, "GET", "/v3/auth/domains", "").await,
    ];
    for reply in replies {
        assert_eq!((reply.status.as_u16(), reply.message()), (403, message));
    }
    let target = "/v3.0/OS-CREDENTIAL/credentials";
    let reply = place.signed(&signer, "GET", target, "").await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (403, &json!("IAM.0081")));
    assert!(place.live.identity().access_keys().unwrap().iter().all(|held| held.access_key != key.id));
}

#[tokio::test]
async fn why_a_key_may_not_sign_is_told_only_to_who_has_its_secret() {
    let place = place();
    let user = place.plain_user();
    let (key, secret) = place.live.identity().create_access_key(&user, "").unwrap();
    place.store(&User { enabled: false, ..user });
    let target = "/v3.0/OS-CREDENTIAL/credentials";
    let holder = Signer::new(key.id.clone(), secret);
    let reply = place.signed(&holder, "GET", target, "").await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (403, &json!("IAM.0080")));
    let stranger = Signer::new(key.id, countersign_types::SecretKey::new("guess"));
    let reply = place.signed(&stranger, "GET", target, "").await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (401, &json!("IAM.0001")));
}

#[tokio::test]
async fn a_wrong_password_does_not_tell_that_a_user_comes_by_a_console_only() {
    let place = place();
    place.store(&User { access_mode: UserAccess::Console, ..place.made.user.clone() });
    let user = json!({"id": place.made.user.id.as_str(), "password": "guess"});
    let body = json!({"auth": {"identity": {"methods": ["password"], "password": {"user": user}}}});
    let reply = place.authenticate(&body).await;
    assert_eq!((reply.status.as_u16(), reply.message()), (401, "The username or password is wrong."));
}

#[tokio::test]
async fn the_protection_of_logins_is_kept_and_shown() {
    let place = place();
    place.plain_user();
    let target = format!("{}/login-protect", path("plain"));
    let off = json!({"user_id": "plain", "enabled": false, "verification_method": "none"});
    assert_eq!(call(&place, "GET", &target, &Value::Null).await.body["login_protect"], off);
    let list = "/v3.0/OS-USER/login-protects";
    assert_eq!(call(&place, "GET", list, &Value::Null).await.body["login_protects"], json!([]));
    let change = json!({"login_protect": {"enabled": true, "verification_method": "sms"}});
    let on = json!({"user_id": "plain", "enabled": true, "verification_method": "sms"});
    assert_eq!(call(&place, "PUT", &target, &change).await.body["login_protect"], on);
    assert_eq!(call(&place, "GET", list, &Value::Null).await.body["login_protects"], json!([on]));
    for fields in [
        json!({"enabled": true, "verification_method": "vmfa"}),
        json!({"enabled": true, "verification_method": "luck"}),
        json!({"enabled": true}),
    ] {
        assert_eq!(call(&place, "PUT", &target, &json!({"login_protect": fields})).await.status, 400);
    }
}

async fn last_use(place: &Place) -> Value {
    let (key, _) = place.key();
    let target = format!("/v3.0/OS-CREDENTIAL/credentials/{key}");
    call(place, "GET", &target, &Value::Null).await.body["credential"]["last_use_time"].clone()
}

#[tokio::test]
async fn the_last_use_of_a_key_is_shown_by_the_minute_and_survives_a_restart_once_written() {
    let place = place();
    assert_eq!(last_use(&place).await, "");
    let wrong = Signer::new(place.key().0, countersign_types::SecretKey::new("guess"));
    place.signed(&wrong, "GET", "/v3/auth/domains", "").await;
    assert_eq!(last_use(&place).await, "");
    let before = place.live.directory().unwrap();
    place.signed(&place.signer(), "GET", "/v3/auth/domains", "").await;
    assert_eq!(last_use(&place).await, "2023-11-14T22:13:00.000000Z");
    place.live.write_uses().unwrap();
    assert!(
        std::sync::Arc::ptr_eq(&before, &place.live.directory().unwrap()),
        "uses are no part of the view"
    );
    let restarted = Live::open(place.live.identity().clone()).unwrap();
    let at = restarted.last_key_use(&place.key().0).unwrap().unwrap();
    assert_eq!(at.rfc3339().to_string(), "2023-11-14T22:13:00Z");
    place.live.identity().delete_access_key(&place.key().0).unwrap();
    assert!(restarted.last_key_use(&place.key().0).unwrap().is_none());
}
