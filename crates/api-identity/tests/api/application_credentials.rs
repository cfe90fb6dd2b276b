//! Application credentials: made by a user, shown by its programs, never worth more than the user's roles.

use crate::support::{Place, Reply, place};
use countersign_identity::{Actor, ApplicationCredential, Assignment, Place as At, ROLES, User};
use countersign_store::{Document, delete, write};
use countersign_token::Scope;
use serde_json::{Value, json};

fn path(user: &str) -> String {
    format!("/v3/users/{user}/application_credentials")
}

/// The administrator's token for the project.
async fn project_token(place: &Place) -> String {
    place.token(json!({"project": {"name": "local-1"}})).await
}

async fn make(place: &Place, token: &str, fields: Value) -> Reply {
    let body = json!({"application_credential": fields}).to_string();
    let target = path(place.made.user.id.as_str());
    place.send("POST", &target, &[("x-auth-token", token)], &body).await
}

async fn made(place: &Place, fields: Value) -> Value {
    let reply = make(place, &project_token(place).await, fields).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body["application_credential"].clone()
}

async fn show(place: &Place, shown: Value, scope: Value) -> Reply {
    let identity = json!({"methods": ["application_credential"], "application_credential": shown});
    place.authenticate(&json!({"auth": {"identity": identity, "scope": scope}})).await
}

async fn by_id(place: &Place, credential: &Value) -> Reply {
    show(place, json!({"id": credential["id"], "secret": credential["secret"]}), Value::Null).await
}

async fn rescope(place: &Place, token: &str, scope: Value) -> Reply {
    let identity = json!({"methods": ["token"], "token": {"id": token}});
    place.authenticate(&json!({"auth": {"identity": identity, "scope": scope}})).await
}

fn expire(place: &Place, credential: &Value) {
    let directory = place.live.directory().unwrap();
    let found = directory.application_credentials.find(credential["id"].as_str().unwrap()).unwrap();
    place.store(&ApplicationCredential { expires: Some(place.live.now()), ..found.as_ref().clone() });
}

#[tokio::test]
async fn it_is_made_listed_shown_and_deleted_and_its_secret_is_shown_once() {
    let place = place();
    let fields =
        json!({"name": "backup", "description": "nightly", "expires_at": "2030-01-02T03:04:05.000000"});
    let credential = made(&place, fields).await;
    assert_eq!(credential["secret"].as_str().unwrap().len(), 64);
    assert_eq!(credential["expires_at"], "2030-01-02T03:04:05.000000Z");
    assert_eq!((&credential["system"], &credential["unrestricted"]), (&Value::Null, &json!(false)));
    let target = path(place.made.user.id.as_str());
    let token = place.domain_token().await;
    let mut shown = credential.clone();
    shown.as_object_mut().unwrap().remove("secret");
    let listed = place.get(&target, &token).await;
    assert_eq!(listed.body["application_credentials"], json!([shown]));
    assert_eq!(
        place.get(&format!("{target}?name=other"), &token).await.body["application_credentials"],
        json!([])
    );
    let one = format!("{target}/{}", credential["id"].as_str().unwrap());
    assert_eq!(place.get(&one, &token).await.body["application_credential"], shown);
    let headers = [("x-auth-token", token.as_str())];
    assert_eq!(place.send("DELETE", &one, &headers, "").await.status, 204);
    assert_eq!(place.send("DELETE", &one, &headers, "").await.status, 404);
    assert_eq!(place.get(&one, &token).await.status, 404);
}

#[tokio::test]
async fn its_token_is_for_its_project_and_says_by_what_it_was_obtained() {
    let place = place();
    let credential = made(&place, json!({"name": "backup", "roles": [{"name": "apig_adm"}]})).await;
    let user = json!({"name": "admin", "domain": {"name": "countersign"}});
    let by_name = json!({"name": "backup", "user": user, "secret": credential["secret"]});
    let by_user_id = json!({"name": "backup", "user": {"id": place.made.user.id.as_str()}, "secret": credential["secret"]});
    let by_id = json!({"id": credential["id"], "secret": credential["secret"]});
    for shown in [by_name, by_user_id, by_id] {
        let reply = show(&place, shown, Value::Null).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        let token = &reply.body["token"];
        assert_eq!(token["methods"], json!(["application_credential"]));
        assert_eq!(token["project"]["name"], "local-1");
        assert_eq!(token["user"]["name"], "admin");
        assert_eq!(reply.role_names(), ["apig_adm"]);
        let expected = json!({"id": credential["id"], "name": "backup", "restricted": true});
        assert_eq!(token["application_credential"], expected);
        let token = reply.token();
        let headers = [("x-auth-token", token.as_str()), ("x-subject-token", token.as_str())];
        let validated = place.send("GET", "/v3/auth/tokens", &headers, "").await;
        assert_eq!(validated.body["token"]["application_credential"], expected);
    }
}

#[tokio::test]
async fn a_wrong_secret_and_an_unknown_credential_are_told_the_same_as_a_wrong_password() {
    let place = place();
    let credential = made(&place, json!({"name": "backup", "expires_at": "2023-11-14T23:00:00Z"})).await;
    let id = credential["id"].clone();
    let shown = [
        json!({"id": id, "secret": "guess"}),
        json!({"id": "nothing", "secret": "guess"}),
        json!({"name": "other", "user": {"id": place.made.user.id.as_str()}, "secret": "guess"}),
        json!({"name": "backup", "user": {"id": "nobody"}, "secret": credential["secret"]}),
    ];
    for shown in shown {
        let reply = show(&place, shown, Value::Null).await;
        assert_eq!((reply.status.as_u16(), reply.message()), (401, "The username or password is wrong."));
    }
    assert_eq!(by_id(&place, &credential).await.status, 201);
    expire(&place, &credential);
    assert_eq!(by_id(&place, &credential).await.message(), "The username or password is wrong.");
}

#[tokio::test]
async fn its_token_ends_when_it_expires_is_deleted_or_its_user_is_disabled() {
    let place = place();
    let credential = made(&place, json!({"name": "short", "expires_at": "2023-11-14T23:13:20Z"})).await;
    let reply = by_id(&place, &credential).await;
    assert_eq!(reply.body["token"]["expires_at"], credential["expires_at"]);

    let credential = made(&place, json!({"name": "deleted"})).await;
    let first = by_id(&place, &credential).await.token();
    let second = rescope(&place, &first, Value::Null).await.token();
    let one = format!("{}/{}", path(place.made.user.id.as_str()), credential["id"].as_str().unwrap());
    let administrator = place.domain_token().await;
    place.send("DELETE", &one, &[("x-auth-token", &administrator)], "").await;
    for token in [first, second] {
        assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    }
    assert_eq!(by_id(&place, &credential).await.status, 401);

    let credential = made(&place, json!({"name": "disabled"})).await;
    let token = by_id(&place, &credential).await.token();
    place.store(&User { enabled: false, ..place.made.user.clone() });
    assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    assert_eq!(by_id(&place, &credential).await.status, 401);
}

#[tokio::test]
async fn it_gives_no_role_that_the_user_lost_and_nothing_without_one() {
    let place = place();
    let roles = json!([{"name": "apig_adm"}, {"name": "te_admin"}]);
    let credential = made(&place, json!({"name": "backup", "roles": roles})).await;
    let token = by_id(&place, &credential).await.token();
    let lose = |name: &str| {
        let role = ROLES.iter().find(|role| role.name == name).unwrap();
        let directory = place.live.directory().unwrap();
        for given in directory.assignments().filter(|given| given.role_id == role.role_id()) {
            let store = place.live.identity().store.as_ref();
            write(store, |writer| delete::<Assignment>(writer, given.scope(), given.id())).unwrap();
        }
    };
    lose("te_admin");
    assert_eq!(by_id(&place, &credential).await.role_names(), ["apig_adm"]);
    lose("apig_adm");
    assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    assert_eq!(by_id(&place, &credential).await.status, 401);
}

#[tokio::test]
async fn its_token_stays_in_its_project_with_its_roles() {
    let place = place();
    let fields = json!({"name": "local-1_other", "parent_id": place.made.project.id.as_str()});
    let body = json!({"project": fields}).to_string();
    let administrator = place.domain_token().await;
    let other = place.send("POST", "/v3/projects", &[("x-auth-token", &administrator)], &body).await;
    assert_eq!(other.status, 201);
    let credential = made(&place, json!({"name": "backup", "roles": [{"name": "apig_adm"}]})).await;
    let token = by_id(&place, &credential).await.token();
    for scope in [Value::Null, json!({"project": {"name": "local-1"}}), json!("unscoped")] {
        let reply = rescope(&place, &token, scope).await;
        assert_eq!(reply.role_names(), ["apig_adm"]);
        assert_eq!(reply.body["token"]["methods"], json!(["token", "application_credential"]));
    }
    let elsewhere = [
        json!({"domain": {"name": "countersign"}}),
        json!({"project": {"id": other.body["project"]["id"]}}),
        json!({"system": {"all": true}}),
    ];
    for scope in elsewhere {
        assert_eq!(rescope(&place, &token, scope.clone()).await.status, 401, "{scope}");
        let shown = json!({"id": credential["id"], "secret": credential["secret"]});
        assert_eq!(show(&place, shown, scope).await.status, 401);
    }
}

#[tokio::test]
async fn only_an_unrestricted_one_makes_further_credentials() {
    let place = place();
    let user = place.made.user.id.as_str();
    let restricted = made(&place, json!({"name": "restricted"})).await;
    let token = by_id(&place, &restricted).await.token();
    assert_eq!(make(&place, &token, json!({"name": "child"})).await.status, 403);
    let headers = [("x-auth-token", token.as_str())];
    let key = json!({"credential": {"user_id": user}}).to_string();
    assert_eq!(place.send("POST", "/v3.0/OS-CREDENTIAL/credentials", &headers, &key).await.status, 403);
    let one = format!("{}/{}", path(user), restricted["id"].as_str().unwrap());
    assert_eq!(place.send("DELETE", &one, &headers, "").await.status, 403);

    let fields = json!({"name": "unrestricted", "unrestricted": true, "roles": [{"name": "apig_adm"}]});
    let unrestricted = made(&place, fields).await;
    let token = by_id(&place, &unrestricted).await.token();
    let child = make(&place, &token, json!({"name": "child"})).await;
    assert_eq!(child.status, 201);
    let names: Vec<_> = child.body["application_credential"]["roles"].as_array().unwrap().iter().collect();
    assert_eq!((names.len(), &names[0]["name"]), (1, &json!("apig_adm")));
    let more = make(&place, &token, json!({"name": "more", "roles": [{"name": "te_admin"}]})).await;
    assert_eq!(more.status, 400);
}

#[tokio::test]
async fn nobody_makes_one_for_somebody_else_or_without_a_project_or_as_an_agency() {
    let place = place();
    place.lender();
    let plain = place.plain_user();
    let token = project_token(&place).await;
    let body = json!({"application_credential": {"name": "backup"}}).to_string();
    let headers = [("x-auth-token", token.as_str())];
    assert_eq!(place.send("POST", &path(plain.id.as_str()), &headers, &body).await.status, 403);
    assert_eq!(make(&place, &place.domain_token().await, json!({"name": "backup"})).await.status, 400);
    let role = json!({"domain_name": "Lender", "agency_name": "night"});
    let identity = json!({"methods": ["assume_role"], "assume_role": role});
    let scope = json!({"domain": {"name": "Lender"}});
    let body = json!({"auth": {"identity": identity, "scope": scope}}).to_string();
    let agency = place.send("POST", "/v3/auth/tokens", &headers, &body).await;
    assert_eq!(agency.status, 201);
    assert_eq!(make(&place, &agency.token(), json!({"name": "backup"})).await.status, 403);
}

#[tokio::test]
async fn what_cannot_be_kept_is_refused() {
    let place = place();
    let token = project_token(&place).await;
    let bad = [
        json!({}),
        json!({"name": ""}),
        json!({"name": "x".repeat(65)}),
        json!({"name": "x", "surprise": 1}),
        json!({"name": "x", "secret": "short"}),
        json!({"name": "x", "secret": "x".repeat(5_000)}),
        json!({"name": "x", "expires_at": "tomorrow"}),
        json!({"name": "x", "expires_at": "2020-01-01T00:00:00Z"}),
        json!({"name": "x", "roles": [{}]}),
        json!({"name": "x", "roles": [{"name": "reader"}]}),
        json!({"name": "x", "access_rules": [{"path": "/v2"}]}),
        json!({"name": "x", "project_id": "elsewhere"}),
    ];
    for fields in bad {
        let reply = make(&place, &token, fields.clone()).await;
        assert_eq!((reply.status.as_u16(), &reply.body["error"]["code"]), (400, &json!(400)), "{fields}");
    }
    assert_eq!(make(&place, &token, json!({"name": "x"})).await.status, 201);
    assert_eq!(make(&place, &token, json!({"name": "x"})).await.status, 409);
}

#[tokio::test]
async fn a_user_has_no_more_than_64() {
    let place = place();
    let credential = made(&place, json!({"name": "0"})).await;
    let found = place.live.directory().unwrap();
    let first = found.application_credentials.find(credential["id"].as_str().unwrap()).unwrap();
    for number in 1..64 {
        let mut next = first.as_ref().clone();
        next.id = format!("credential-{number}").try_into().unwrap();
        next.name = number.to_string();
        place.store(&next);
    }
    let reply = make(&place, &project_token(&place).await, json!({"name": "64"})).await;
    assert_eq!(reply.status, 403);
}

#[tokio::test]
async fn a_temporary_key_by_its_token_has_no_more_roles_and_reaches_no_other_project() {
    let place = place();
    let credential = made(&place, json!({"name": "backup", "roles": [{"name": "apig_adm"}]})).await;
    let token = by_id(&place, &credential).await.token();
    let body = json!({"auth": {"identity": {"methods": ["token"], "token": {"id": token}}}}).to_string();
    let reply = place.send("POST", "/v3.0/OS-CREDENTIAL/securitytokens", &[], &body).await;
    let security_token = reply.body["credential"]["securitytoken"].as_str().unwrap();
    let key = place.live.open_temporary(security_token).unwrap();
    let directory = place.live.directory().unwrap();
    let caller = directory.admit_temporary(&key, place.live.now()).unwrap();
    assert!(caller.require_permanent().is_err());
    assert_eq!(key.claims.scope, Scope::Project(place.made.project.id.clone()));
    let inside = caller.enter_project(&directory, &place.made.project.id).unwrap();
    assert_eq!(inside.roles.iter().map(|role| role.name.as_str()).collect::<Vec<_>>(), ["apig_adm"]);
    let other = Assignment::new(
        place.made.domain.id.clone(),
        Actor::User(place.made.user.id.clone()),
        At::AllProjects,
        ROLES[0].role_id(),
    );
    place.store(&other);
    let one = format!("{}/{}", path(place.made.user.id.as_str()), credential["id"].as_str().unwrap());
    let administrator = place.domain_token().await;
    place.send("DELETE", &one, &[("x-auth-token", &administrator)], "").await;
    assert!(place.live.directory().unwrap().admit_temporary(&key, place.live.now()).is_err());
}
