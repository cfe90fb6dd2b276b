//! What clients read before they do anything else, and how they are refused.

use crate::support::{HOST, place};
use countersign_sign::Signer;
use countersign_types::{AccessKeyId, SecretKey};
use serde_json::json;

#[tokio::test]
async fn the_root_offers_a_choice_of_one_version() {
    let place = place();
    let reply = place.send("GET", "/", &[], "").await;
    assert_eq!(reply.status, 300);
    let version = &reply.body["versions"]["values"][0];
    assert_eq!((&version["id"], &version["status"]), (&json!("v3.6"), &json!("stable")));
    assert_eq!(version["links"][0], json!({"rel": "self", "href": format!("http://{HOST}/v3/")}));
    for target in ["/v3", "/v3/"] {
        let reply = place.send("GET", target, &[], "").await;
        assert_eq!((reply.status.as_u16(), &reply.body["version"]), (200, version));
    }
}

#[tokio::test]
async fn the_project_of_a_region_is_found_by_token_and_by_signature() {
    let place = place();
    let token = place.domain_token().await;
    let target = "/v3/projects?name=local-1";
    for reply in [place.get(target, &token).await, place.signed(&place.signer(), "GET", target, "").await] {
        assert_eq!(reply.status, 200);
        let [project] = reply.body["projects"].as_array().unwrap().as_slice() else {
            panic!("{}", reply.body)
        };
        assert_eq!(project["id"], place.made.project.id.as_str());
        assert_eq!(project["parent_id"], place.made.domain.id.as_str());
        assert_eq!(project["is_domain"], false);
    }
    assert_eq!(place.get("/v3/projects?name=elsewhere", &token).await.body["projects"], json!([]));
    assert_eq!(place.get("/v3/projects?enabled=false", &token).await.body["projects"], json!([]));
}

#[tokio::test]
async fn a_caller_finds_its_account_its_projects_and_itself() {
    let place = place();
    let signer = place.signer();
    let (domain, user) = (&place.made.domain, &place.made.user);
    let domains = place.signed(&signer, "GET", "/v3/auth/domains", "").await;
    assert_eq!(domains.body["domains"][0]["id"], domain.id.as_str());
    let projects = place.signed(&signer, "GET", "/v3/auth/projects", "").await;
    assert_eq!(projects.body["projects"][0]["name"], "local-1");
    let own = place.signed(&signer, "GET", &format!("/v3/users/{}/projects", user.id), "").await;
    assert_eq!(own.body["projects"], projects.body["projects"]);
    let itself = place.signed(&signer, "GET", "/v5/caller-identity", "").await;
    let expected = json!({
        "account_id": domain.id.as_str(),
        "principal_urn": format!("iam::{}:user:admin", domain.id),
        "principal_id": user.id.as_str(),
    });
    assert_eq!(itself.body, expected);
}

#[tokio::test]
async fn a_user_without_roles_sees_no_project_and_nobody_elses() {
    let place = place();
    let plain = place.plain_user();
    let (key, secret_key) = place.live.identity().create_access_key(&plain, "").unwrap();
    let signer = Signer::new(key.id, secret_key);
    assert_eq!(place.signed(&signer, "GET", "/v3/projects", "").await.body["projects"], json!([]));
    let target = format!("/v3/users/{}/projects", place.made.user.id);
    assert_eq!(place.signed(&signer, "GET", &target, "").await.status, 403);
}

#[tokio::test]
async fn catalog_regions_services_and_endpoints_agree() {
    let place = place();
    let token = place.domain_token().await;
    let catalog = place.get("/v3/auth/catalog", &token).await.body["catalog"].clone();
    let services = place.get("/v3/services?type=identity", &token).await.body["services"].clone();
    let id = services[0]["id"].as_str().unwrap();
    assert_eq!((catalog[0]["id"].as_str(), services.as_array().unwrap().len()), (Some(id), 1));
    let service = place.get(&format!("/v3/services/{id}"), &token).await;
    assert_eq!(service.body["service"], services[0]);
    let target = format!("/v3/endpoints?interface=public&service_id={id}");
    let endpoints = place.get(&target, &token).await.body["endpoints"].clone();
    assert_eq!(endpoints[0]["url"], catalog[0]["endpoints"][0]["url"]);
    let endpoint =
        place.get(&format!("/v3/endpoints/{}", endpoints[0]["id"].as_str().unwrap()), &token).await;
    assert_eq!(endpoint.body["endpoint"], endpoints[0]);
    let region = place.get("/v3/regions/local-1", &token).await;
    assert_eq!(region.body["region"], place.get("/v3/regions", &token).await.body["regions"][0]);
    for target in ["/v3/regions/x", "/v3/services/x", "/v3/endpoints/x"] {
        assert_eq!(place.get(target, &token).await.status, 404);
    }
}

#[tokio::test]
async fn a_request_without_or_with_two_credentials_is_refused() {
    let place = place();
    let target = "/v3/auth/domains";
    let none = place.send("GET", target, &[], "").await;
    assert_eq!((none.status.as_u16(), none.headers.contains_key("www-authenticate")), (401, true));
    let token = place.domain_token().await;
    let twice = place.send("GET", target, &[("x-auth-token", &token), ("x-auth-token", &token)], "").await;
    assert_eq!(twice.status, 400);
    let headers = [("host", HOST)];
    let request = countersign_sign::Request {
        method: "GET",
        target,
        headers: &headers,
        payload: countersign_sign::Payload::Body(b""),
    };
    let signed = place.signer().sign(&request, place.live.now()).unwrap();
    let mut both: Vec<_> = signed.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    both.push(("x-auth-token", &token));
    assert_eq!(place.send("GET", target, &both, "").await.status, 400);
}

#[tokio::test]
async fn a_signature_with_a_wrong_secret_or_an_unknown_key_is_refused() {
    let place = place();
    let (access_key, secret_key) = place.key();
    let wrong = Signer::new(access_key, SecretKey::new("wrong"));
    let unknown = Signer::new(AccessKeyId::parse("NOSUCHKEY").unwrap(), secret_key);
    for signer in [wrong, unknown] {
        assert_eq!(place.signed(&signer, "GET", "/v3/auth/domains", "").await.status, 401);
    }
}

#[tokio::test]
async fn hostile_tokens_are_refused_and_never_a_fault() {
    let place = place();
    let token = place.domain_token().await;
    let long = "A".repeat(20_000);
    let altered = token.replacen('A', "B", 1);
    for hostile in ["", "\u{e9}", "AAAA", "MIIatAYJKoZIhvcNAQcC", &long, &altered, &token[1..]] {
        let reply = place.get("/v3/auth/domains", hostile).await;
        assert_eq!(reply.status, 401, "{hostile}");
        assert_eq!(reply.message(), "The X-Auth-Token is invalid!");
    }
}

#[tokio::test]
async fn refusals_have_the_shape_of_their_version() {
    let place = place();
    let token = place.domain_token().await;
    let keystone = place.get("/v3/nowhere", &token).await.body;
    assert_eq!(keystone["error"]["code"], 404);
    let iam = place.get("/v3.0/nowhere", &token).await.body;
    assert_eq!(iam, json!({"error_msg": "The identity API has no such path.", "error_code": "IAM.0004"}));
    let newer = place.get("/v5/nowhere", &token).await;
    assert_eq!(newer.body["request_id"], newer.headers["x-request-id"].to_str().unwrap());
    let method = place.send("PATCH", "/v3/auth/tokens", &[], "").await;
    assert_eq!((method.status.as_u16(), &method.body["error"]["code"]), (405, &json!(405)));
}

#[tokio::test]
async fn operations_that_are_not_built_say_so_to_callers_and_only_to_them() {
    let place = place();
    let token = place.domain_token().await;
    let target = "/v3.0/OS-MFA/virtual-mfa-devices";
    let reply = place.get(target, &token).await;
    assert_eq!((reply.status.as_u16(), &reply.body["error_code"]), (501, &json!("COUNTERSIGN.0501")));
    let stranger = place.send("GET", target, &[], "").await;
    assert_eq!((stranger.status.as_u16(), &stranger.body["error_code"]), (401, &json!("IAM.0001")));
}
