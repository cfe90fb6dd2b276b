//! Lists: their pages, their filters, and how they fare with many items.

use crate::support::{Place, Reply, place};
use countersign_identity::{Actor, Assignment, Membership, Place as At, ROLES, User};
use countersign_store::{put, write};
use serde_json::{Value, json};

async fn get(place: &Place, target: &str) -> Reply {
    place.get(target, &place.domain_token().await).await
}

fn names(reply: &Reply, list: &str) -> Vec<String> {
    let items = reply.body[list].as_array().unwrap();
    items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect()
}

/// The administrator and these many others, in one transaction.
fn users(place: &Place, count: usize) {
    let group = place.live.directory().unwrap().groups.iter().next().unwrap().clone();
    write(place.live.identity().store.as_ref(), |writer| {
        for number in 0..count {
            let name = format!("user-{number}");
            let user = User { id: name.parse_id(), name, ..place.made.user.clone() };
            put(writer, &user)?;
            put(writer, &Membership::new(group.domain_id.clone(), group.id.clone(), user.id))?;
        }
        Ok::<_, countersign_store::Error>(())
    })
    .unwrap();
}

trait ParseId {
    fn parse_id(&self) -> countersign_types::UserId;
}

impl ParseId for String {
    fn parse_id(&self) -> countersign_types::UserId {
        self.clone().try_into().unwrap()
    }
}

#[tokio::test]
async fn pages_are_numbered_from_one_and_know_their_neighbors() {
    let place = place();
    users(&place, 4);
    let page = |number: usize| format!("/v3/users?enabled=true&page={number}&per_page=2");
    let link = |number: usize| {
        json!(format!("http://{}/v3/users?enabled=true&page={number}&per_page=2", crate::support::HOST))
    };
    let first = get(&place, &page(1)).await;
    assert_eq!(names(&first, "users"), ["admin", "user-0"]);
    assert_eq!(first.body["links"]["self"], json!(format!("http://{}{}", crate::support::HOST, page(1))));
    assert_eq!((&first.body["links"]["previous"], &first.body["links"]["next"]), (&Value::Null, &link(2)));
    let second = get(&place, &page(2)).await;
    assert_eq!((&second.body["links"]["previous"], &second.body["links"]["next"]), (&link(1), &link(3)));
    let last = get(&place, &page(3)).await;
    assert_eq!(names(&last, "users"), ["user-3"]);
    assert_eq!((&last.body["links"]["previous"], &last.body["links"]["next"]), (&link(2), &Value::Null));
    assert_eq!(names(&get(&place, &page(9)).await, "users"), Vec::<String>::new());
}

#[tokio::test]
async fn a_list_is_followed_by_limit_and_marker() {
    let place = place();
    users(&place, 4);
    let mut target = "/v3/users?limit=2".to_owned();
    let mut found = Vec::new();
    loop {
        let reply = get(&place, &target).await;
        found.extend(names(&reply, "users"));
        let Some(next) = reply.body["links"]["next"].as_str() else { break };
        next.strip_prefix(&format!("http://{}", crate::support::HOST)).unwrap().clone_into(&mut target);
    }
    assert_eq!(found, ["admin", "user-0", "user-1", "user-2", "user-3"]);
}

#[tokio::test]
async fn every_list_with_pages_refuses_what_is_no_page() {
    let place = place();
    let domain = place.made.domain.id.as_str();
    let given = format!("/v3.0/OS-PERMISSION/role-assignments?domain_id={domain}&");
    let lists = [
        ("/v3/users?".to_owned(), 5_001),
        ("/v3/groups?".to_owned(), 5_001),
        ("/v3/projects?".to_owned(), 5_001),
        ("/v3/roles?".to_owned(), 301),
        ("/v3.0/OS-AGENCY/agencies?".to_owned(), 501),
        (given, 51),
    ];
    for (list, too_many) in lists {
        let too_many = format!("page=1&per_page={too_many}");
        for query in [
            "page=0&per_page=1",
            "page=1&per_page=0",
            "page=-1&per_page=1",
            "page=x&per_page=1",
            "page=1",
            "per_page=1",
            "page=1&per_page=1&limit=1",
            "limit=0",
            "limit=1001",
            "marker=nobody",
            "page=99999999999999999999&per_page=1",
            &too_many,
        ] {
            let reply = get(&place, &format!("{list}{query}")).await;
            assert_eq!(reply.status, 400, "{list}{query}");
            let is_keystone = reply.body["error"]["code"] == json!(400);
            assert!(is_keystone || reply.body["error_code"] == "IAM.0007", "{list}{query} {}", reply.body);
        }
        let far = get(&place, &format!("{list}page=18446744073709551615&per_page=50")).await;
        assert_eq!(far.status, 200, "{list}");
    }
}

#[tokio::test]
async fn a_page_of_roles_says_how_many_there_are() {
    let place = place();
    let page = get(&place, "/v3/roles?page=2&per_page=3").await;
    assert_eq!((names(&page, "roles").len(), &page.body["total_number"]), (3, &json!(ROLES.len())));
}

/// Every look at ten thousand users takes each of them once.
#[tokio::test]
async fn ten_thousand_users_are_listed_in_pages_and_as_members() {
    let place = place();
    users(&place, 10_000);
    let directory = place.live.directory().unwrap();
    let group = directory.groups.iter().next().unwrap().id.to_string();
    let token = place.domain_token().await;
    for target in [
        "/v3/users?page=100&per_page=100".to_owned(),
        format!("/v3/groups/{group}/users?page=100&per_page=100"),
        "/v3/users?limit=100&marker=user-9000".to_owned(),
    ] {
        let reply = place.get(&target, &token).await;
        assert_eq!(reply.body["users"].as_array().unwrap().len(), 100, "{target}");
    }
    let member = format!("/v3/groups/{group}/users/user-9999");
    assert_eq!(place.send("HEAD", &member, &[("x-auth-token", &token)], "").await.status, 204);
}

#[tokio::test]
async fn role_assignments_are_found_by_who_where_and_which() {
    let place = place();
    let domain = place.made.domain.id.clone();
    let project = place.made.project.id.clone();
    let user = place.plain_user();
    let role = ROLES[0].role_id();
    let actor = Actor::User(user.id.clone());
    place.store(&Assignment::new(domain.clone(), actor, At::Project(project.clone()), role.clone()));
    let base = format!("/v3.0/OS-PERMISSION/role-assignments?domain_id={domain}");
    let found = get(&place, &format!("{base}&subject.user_id=plain")).await;
    let entry = json!({
        "user": {"id": "plain"}, "role": {"id": role.as_str()}, "scope": {"project": {"id": project.as_str()}},
        "is_inherited": false,
    });
    assert_eq!(found.body, json!({"total_num": 1, "role_assignments": [entry]}));
    let count = async |query: &str| {
        let reply = get(&place, &format!("{base}&{query}")).await;
        assert_eq!(reply.status, 200, "{query} {}", reply.body);
        reply.body["total_num"].as_u64().unwrap()
    };
    let admin = place.made.user.id.as_str();
    let of_admin = count(&format!("subject.user_id={admin}")).await;
    assert_eq!(of_admin, count("subject=group").await);
    assert_eq!(count(&format!("subject.user_id={admin}&include_group=false")).await, 0);
    assert_eq!(count("subject=agency").await, 0);
    assert_eq!(count("scope=project").await, 1);
    assert_eq!(count(&format!("scope.project_id={project}")).await, 1);
    assert_eq!(count("is_inherited=true").await * 2, of_admin);
    assert_eq!(count(&format!("role_id={role}&subject=user")).await, 1);
    assert_eq!(count("subject.user_id=nobody").await, 0);
    let page = get(&place, &format!("{base}&page=1&per_page=2")).await;
    assert_eq!(page.body["role_assignments"].as_array().unwrap().len(), 2);
    assert_eq!(page.body["total_num"].as_u64().unwrap(), of_admin + 1);
    for (target, status) in [
        ("/v3.0/OS-PERMISSION/role-assignments".to_owned(), 400),
        ("/v3.0/OS-PERMISSION/role-assignments?domain_id=elsewhere".to_owned(), 403),
        (format!("{base}&is_inherited=maybe"), 400),
    ] {
        assert_eq!(get(&place, &target).await.status, status, "{target}");
    }
}

#[tokio::test]
async fn a_project_is_suspended_and_works_again() {
    let place = place();
    let id = place.made.project.id.clone();
    let target = format!("/v3-ext/projects/{id}");
    let token = place.domain_token().await;
    let shown = place.get(&target, &token).await;
    let expected = json!({
        "domain_id": place.made.domain.id.as_str(), "is_domain": false,
        "parent_id": place.made.domain.id.as_str(), "name": "local-1", "description": "", "id": id.as_str(),
        "enabled": true, "status": "normal",
    });
    assert_eq!(shown.body["project"], expected);
    let put = async |status: &str| {
        let body = json!({"project": {"status": status}}).to_string();
        place.send("PUT", &target, &[("x-auth-token", &token)], &body).await
    };
    let in_project = place.token(json!({"project": {"name": "local-1"}})).await;
    let enter = || {
        let caller = place.live.admit_token(&in_project).unwrap();
        caller.enter_project(&place.live.directory().unwrap(), &id)
    };
    assert!(enter().is_ok());
    assert_eq!(put("suspended").await.status, 204);
    assert_eq!(place.get(&target, &token).await.body["project"]["status"], "suspended");
    assert!(matches!(enter(), Err(countersign_identity::Error::ProjectSuspended)));
    assert_eq!(put("normal").await.status, 204);
    assert!(enter().is_ok());
    let refused = put("tired").await;
    assert_eq!((refused.status.as_u16(), &refused.body["error_code"]), (400, &json!("IAM.0011")));
    let plain = place.plain_user();
    let (key, secret) = place.live.identity().create_access_key(&plain, "").unwrap();
    let signer = countersign_sign::Signer::new(key.id, secret);
    let body = json!({"project": {"status": "suspended"}}).to_string();
    assert_eq!(place.signed(&signer, "PUT", &target, &body).await.status, 403);
    assert_eq!(place.signed(&signer, "GET", &target, "").await.status, 404);
}
