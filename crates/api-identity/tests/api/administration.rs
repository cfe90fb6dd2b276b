//! Users, groups, projects, roles and agencies as administrators manage them.

use crate::support::{Place, Reply, place};
use countersign_identity::{BuiltIn, ROLES};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse";

async fn call(place: &Place, method: &str, target: &str, body: &Value) -> Reply {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    place.signed(&place.signer(), method, target, &body).await
}

async fn done(place: &Place, method: &str, target: &str) {
    let reply = call(place, method, target, &Value::Null).await;
    assert_eq!(reply.status, 204, "{method} {target} {}", reply.body);
}

/// Creates something and returns its id.
async fn create(place: &Place, target: &str, kind: &str, fields: Value) -> String {
    let reply = call(place, "POST", target, &json!({ kind: fields })).await;
    assert_eq!(reply.status, 201, "{}", reply.body);
    reply.body[kind]["id"].as_str().unwrap().to_owned()
}

async fn create_ada(place: &Place) -> String {
    create(place, "/v3/users", "user", json!({"name": "ada", "password": PASSWORD})).await
}

async fn log_in(place: &Place, id: &str, password: &str, scope: Value) -> Reply {
    let user = json!({"id": id, "password": password});
    let identity = json!({"methods": ["password"], "password": {"user": user}});
    place.authenticate(&json!({"auth": {"identity": identity, "scope": scope}})).await
}

fn role(name: &str) -> &'static str {
    BuiltIn::find_by_name(name).unwrap().id
}

#[tokio::test]
async fn a_user_is_created_listed_changed_and_deleted() {
    let place = place();
    let id = create_ada(&place).await;
    let target = format!("/v3/users/{id}");
    let shown = call(&place, "GET", &target, &Value::Null).await;
    assert_eq!(
        Reply::members(&shown.body["user"]),
        ["id", "name", "domain_id", "enabled", "description", "password_expires_at", "options", "links"]
    );
    let listed = call(&place, "GET", "/v3/users?name=ada", &Value::Null).await;
    assert_eq!(listed.body["users"], json!([shown.body["user"]]));
    let changed = call(&place, "PATCH", &target, &json!({"user": {"name": "countess"}})).await;
    assert_eq!((changed.status.as_u16(), &changed.body["user"]["name"]), (200, &json!("countess")));
    done(&place, "DELETE", &target).await;
    assert_eq!(call(&place, "GET", &target, &Value::Null).await.status, 404);
    assert_eq!(log_in(&place, &id, PASSWORD, Value::Null).await.status, 401);
}

#[tokio::test]
async fn names_are_unique_and_bodies_strict() {
    let place = place();
    create_ada(&place).await;
    let again = json!({"user": {"name": "ada", "password": PASSWORD}});
    assert_eq!(call(&place, "POST", "/v3/users", &again).await.status, 409);
    for fields in [
        json!({}),
        json!({"name": ""}),
        json!({"name": "x".repeat(65)}),
        json!({"name": "b", "password": "short"}),
        json!({"name": "b", "password": "x".repeat(5_000)}),
        json!({"name": "b", "enabled": "true"}),
        json!({"name": "b", "surprise": 1}),
    ] {
        let reply = call(&place, "POST", "/v3/users", &json!({"user": fields})).await;
        assert_eq!(reply.status, 400, "{fields}");
    }
    let elsewhere = json!({"user": {"name": "b", "domain_id": "elsewhere"}});
    assert_eq!(call(&place, "POST", "/v3/users", &elsewhere).await.status, 403);
}

#[tokio::test]
async fn a_user_changes_its_own_password_and_its_tokens_end() {
    let place = place();
    let id = create_ada(&place).await;
    let token = log_in(&place, &id, PASSWORD, Value::Null).await.token();
    let target = format!("/v3/users/{id}/password");
    let change = |original: &str| {
        json!({"user": {"original_password": original, "password": "battery staple"}}).to_string()
    };
    let headers = [("x-auth-token", token.as_str())];
    assert_eq!(place.send("POST", &target, &headers, &change("wrong one")).await.status, 401);
    assert_eq!(place.send("POST", &target, &headers, &change(PASSWORD)).await.status, 204);
    assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    assert_eq!(log_in(&place, &id, PASSWORD, Value::Null).await.status, 401);
    assert_eq!(log_in(&place, &id, "battery staple", Value::Null).await.status, 201);
    assert_eq!(
        call(&place, "POST", &target, &json!({"user": {"original_password": "a", "password": "b"}}))
            .await
            .status,
        403
    );
}

#[tokio::test]
async fn disabling_a_user_ends_its_tokens_for_good() {
    let place = place();
    let id = create_ada(&place).await;
    let token = log_in(&place, &id, PASSWORD, Value::Null).await.token();
    for enabled in [false, true] {
        let body = json!({"user": {"enabled": enabled}});
        assert_eq!(call(&place, "PATCH", &format!("/v3/users/{id}"), &body).await.status, 200);
        assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    }
}

#[tokio::test]
async fn a_user_gets_its_rights_by_its_group_and_loses_them_with_it() {
    let place = place();
    let user = create_ada(&place).await;
    let group = create(&place, "/v3/groups", "group", json!({"name": "readers"})).await;
    let project = place.made.project.id.as_str();
    let scope = json!({"project": {"id": project}});
    let (member, granted) = (
        format!("/v3/groups/{group}/users/{user}"),
        format!("/v3/projects/{project}/groups/{group}/roles/{}", role("readonly")),
    );
    done(&place, "PUT", &member).await;
    assert_eq!(log_in(&place, &user, PASSWORD, scope.clone()).await.status, 401);
    done(&place, "PUT", &granted).await;
    let reply = log_in(&place, &user, PASSWORD, scope.clone()).await;
    assert_eq!(reply.body["token"]["roles"], json!([{"id": "0", "name": "readonly"}]));
    for target in [&member, &granted] {
        done(&place, "HEAD", target).await;
    }
    let members = call(&place, "GET", &format!("/v3/groups/{group}/users"), &Value::Null).await;
    assert_eq!(members.body["users"][0]["id"], user);
    let groups = call(&place, "GET", &format!("/v3/users/{user}/groups"), &Value::Null).await;
    assert_eq!(groups.body["groups"][0]["id"], group);
    done(&place, "DELETE", &member).await;
    assert_eq!(place.get("/v3/auth/domains", &reply.token()).await.status, 401);
    for method in ["HEAD", "DELETE"] {
        assert_eq!(call(&place, method, &member, &Value::Null).await.status, 404);
    }
    done(&place, "DELETE", &granted).await;
    assert_eq!(call(&place, "HEAD", &granted, &Value::Null).await.status, 404);
    done(&place, "DELETE", &format!("/v3/groups/{group}")).await;
}

#[tokio::test]
async fn roles_are_given_everywhere_in_the_same_way() {
    let place = place();
    let domain = place.made.domain.id.as_str();
    let project = place.made.project.id.as_str();
    let user = create_ada(&place).await;
    let group = create(&place, "/v3/groups", "group", json!({"name": "readers"})).await;
    let agency = json!({"name": "night", "trust_domain_id": domain, "duration": "FOREVER"});
    let agency = create(&place, "/v3.0/OS-AGENCY/agencies", "agency", agency).await;
    let role = role("readonly");
    let lists = [
        (format!("/v3/domains/{domain}/groups/{group}/roles"), ""),
        (format!("/v3/projects/{project}/groups/{group}/roles"), ""),
        (format!("/v3/projects/{project}/users/{user}/roles"), ""),
        (format!("/v3/domains/{domain}/users/{user}/roles"), ""),
        (format!("/v3/OS-INHERIT/domains/{domain}/users/{user}/roles"), "/inherited_to_projects"),
        (format!("/v3/OS-INHERIT/domains/{domain}/groups/{group}/roles"), "/inherited_to_projects"),
        (format!("/v3.0/OS-AGENCY/domains/{domain}/agencies/{agency}/roles"), ""),
        (format!("/v3.0/OS-AGENCY/projects/{project}/agencies/{agency}/roles"), ""),
        (format!("/v3.0/OS-INHERIT/domains/{domain}/agencies/{agency}/roles"), "/inherited_to_projects"),
    ];
    for (list, end) in lists {
        let (list, one) = (format!("{list}{end}"), format!("{list}/{role}{end}"));
        assert_eq!(call(&place, "GET", &list, &Value::Null).await.body["roles"], json!([]), "{list}");
        done(&place, "PUT", &one).await;
        done(&place, "HEAD", &one).await;
        let given = call(&place, "GET", &list, &Value::Null).await;
        assert_eq!(given.body["roles"][0]["id"], role, "{list}");
        done(&place, "DELETE", &one).await;
        assert_eq!(call(&place, "DELETE", &one, &Value::Null).await.status, 404, "{one}");
    }
    let nothing = format!("/v3/domains/{domain}/groups/{group}/roles/nothing");
    assert_eq!(call(&place, "PUT", &nothing, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn roles_and_their_assignments_are_listed() {
    let place = place();
    let all = call(&place, "GET", "/v3/roles", &Value::Null).await;
    assert_eq!(all.body["total_number"], ROLES.len());
    let one = call(&place, "GET", "/v3/roles?display_name=APIG%20Administrator", &Value::Null).await;
    assert_eq!(one.body["roles"][0]["name"], "apig_adm");
    let id = one.body["roles"][0]["id"].as_str().unwrap();
    assert_eq!(call(&place, "GET", &format!("/v3/roles/{id}"), &Value::Null).await.body["role"]["id"], id);
    let target = format!("/v3/role_assignments?role.id={id}");
    let given = call(&place, "GET", &target, &Value::Null).await;
    let scopes: Vec<_> =
        given.body["role_assignments"].as_array().unwrap().iter().map(|given| &given["scope"]).collect();
    let domain = json!({"id": place.made.domain.id.as_str()});
    assert_eq!(
        scopes,
        [&json!({"domain": domain}), &json!({"domain": domain, "OS-INHERIT:inherited_to": "projects"})]
    );
}

#[tokio::test]
async fn assignments_are_listed_by_where_they_hold() {
    let place = place();
    let domain = place.made.domain.id.as_str();
    let count = async |query: &str| {
        let target = format!("/v3/role_assignments?{query}");
        let given = call(&place, "GET", &target, &Value::Null).await;
        given.body["role_assignments"].as_array().unwrap().len()
    };
    let all = count("").await;
    assert_eq!(count(&format!("scope.domain.id={domain}")).await, all);
    assert_eq!(count("scope.domain.id=another").await, 0);
    assert_eq!(count(&format!("scope.project.id={}", place.made.project.id)).await, 0);
    assert_eq!(count("scope.OS-INHERIT:inherited_to=projects").await * 2, all);
}

#[tokio::test]
async fn a_project_is_created_below_its_region_and_disabled() {
    let place = place();
    let parent = place.made.project.id.as_str();
    let fields = json!({"name": "local-1_sub", "parent_id": parent, "description": "a part"});
    let id = create(&place, "/v3/projects", "project", fields).await;
    let target = format!("/v3/projects/{id}");
    let shown = call(&place, "GET", &target, &Value::Null).await;
    assert_eq!(shown.body["project"]["parent_id"], parent);
    let scope = json!({"project": {"id": id}});
    let token = place.token(scope.clone()).await;
    let disabled = call(&place, "PATCH", &target, &json!({"project": {"enabled": false}})).await;
    assert_eq!((disabled.status.as_u16(), &disabled.body["project"]["enabled"]), (200, &json!(false)));
    assert_eq!(place.get("/v3/auth/domains", &token).await.status, 401);
    assert_eq!(place.authenticate(&place.login_body(scope)).await.status, 401);
}

#[tokio::test]
async fn an_agency_is_created_changed_and_deleted() {
    let place = place();
    let list = "/v3.0/OS-AGENCY/agencies";
    let fields = json!({"name": "night", "trust_domain_name": "countersign", "duration": "ONEDAY"});
    let made = call(&place, "POST", list, &json!({"agency": fields})).await;
    let agency = &made.body["agency"];
    assert_eq!(
        (&agency["duration"], &agency["expire_time"]),
        (&json!("24"), &json!("2023-11-15T22:13:20.000000"))
    );
    let target = format!("{list}/{}", agency["id"].as_str().unwrap());
    let changed = call(&place, "PUT", &target, &json!({"agency": {"duration": "FOREVER"}})).await;
    assert_eq!(
        (&changed.body["agency"]["duration"], &changed.body["agency"]["expire_time"]),
        (&json!("FOREVER"), &Value::Null)
    );
    assert_eq!(
        call(&place, "GET", list, &Value::Null).await.body["agencies"],
        json!([changed.body["agency"]])
    );
    for fields in [json!({"duration": "SOMETIMES"}), json!({"name": "other"}), json!({"duration": 0})] {
        assert_eq!(call(&place, "PUT", &target, &json!({"agency": fields})).await.status, 400);
    }
    done(&place, "DELETE", &target).await;
    assert_eq!(call(&place, "GET", &target, &Value::Null).await.status, 404);
}

#[tokio::test]
async fn the_operator_opens_an_account_that_its_owner_administers_alone() {
    let place = place();
    let opened = call(&place, "POST", "/v3/domains", &json!({"domain": {"name": "partner"}})).await;
    assert_eq!(opened.status, 201, "{}", opened.body);
    let domain = &opened.body["domain"];
    let owner = &domain["owner"];
    let scope = json!({"domain": {"id": domain["id"]}});
    let (id, password) = (owner["id"].as_str().unwrap(), owner["password"].as_str().unwrap());
    let login = log_in(&place, id, password, scope).await;
    assert_eq!((login.status.as_u16(), owner["name"].as_str()), (201, Some("partner")));
    let token = login.token();
    let users = place.get("/v3/users", &token).await.body["users"].as_array().unwrap().len();
    let projects = place.get("/v3/projects?name=local-1", &token).await;
    assert_eq!((users, projects.body["projects"].as_array().unwrap().len()), (1, 1));

    let body = json!({"domain": {"name": "third"}}).to_string();
    let headers = [("X-Auth-Token", token.as_str())];
    let refused = place.send("POST", "/v3/domains", &headers, &body).await;
    assert_eq!(refused.status, 403, "{}", refused.body);
    let again = call(&place, "POST", "/v3/domains", &json!({"domain": {"name": "partner"}})).await;
    assert_eq!(again.status, 409, "{}", again.body);
    for bad in [json!({"domain": {}}), json!({"domain": {"name": ""}}), json!({"domain": {"name": 1}})] {
        assert_eq!(call(&place, "POST", "/v3/domains", &bad).await.status, 400, "{bad}");
    }
}
