//! Bodies and tokens that nobody in good faith sends, to every operation of the contract.

use crate::support::{Place, Reply, place};
use serde_json::{Value, json};

const TABLE: &str = include_str!("../../../../spec/operations/iam-v3.tsv");

/// Parts of addresses at which the proof is in the body, so that a header changes nothing.
const OPEN: [&str; 4] = ["/securitytokens", "id-token", "/protocols/protocol_id/auth", "assume-with-oidc"];

/// Method and address of every operation, with ids of things that exist where that matters.
fn operations(place: &Place) -> Vec<(&'static str, String)> {
    let values = [
        ("{user_id}", place.made.user.id.as_str()),
        ("{domain_id}", place.made.domain.id.as_str()),
        ("{project_id}", place.made.project.id.as_str()),
        ("{agency_id}", "night"),
    ];
    let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let fields: Vec<_> = row.split('\t').collect();
        let fill = |target: String, (name, value): &(&str, &str)| target.replace(name, value);
        (fields[1], values.iter().fold(fields[2].to_owned(), fill).replace(['{', '}'], ""))
    })
    .collect()
}

/// A refusal has the shape of its path.
fn is_well_formed(target: &str, reply: &Reply) -> bool {
    if reply.status.as_u16() < 400 || reply.body.is_null() {
        return true;
    }
    let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
    if target.starts_with("/v3.0") || target.starts_with("/v3-ext") || target.starts_with("/v5") {
        text(&reply.body["error_code"]) && text(&reply.body["error_msg"])
    } else {
        let error = &reply.body["error"];
        error["code"] == json!(reply.status.as_u16()) && text(&error["message"]) && text(&error["title"])
    }
}

fn bodies() -> Vec<String> {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(1_000), close.repeat(1_000));
    let member = |value: Value| {
        json!({
            "auth": value, "user": value, "group": value, "project": value, "agency": value, "credential": value,
            "application_credential": value, "login_protect": value,
        })
    };
    let mut bodies = vec![
        "{".to_owned(),
        "[]".to_owned(),
        "null".to_owned(),
        "\"text\"".to_owned(),
        "{}{}".to_owned(),
        deep("[", "]"),
        deep("{\"auth\":", "}").replace(":}", ":1}"),
        deep("{\"user\":", "}").replace(":}", ":1}"),
        format!("{{\"user\":{{\"name\":\"{}\"}}}}", "x".repeat(60_000)),
    ];
    for name in ["auth", "user", "group", "project", "agency", "credential", "application_credential"] {
        for value in [json!(null), json!([]), json!("text"), json!(7), json!({}), json!({"surprise": 1})] {
            bodies.push(json!({ name: value }).to_string());
        }
    }
    bodies.push(member(json!({"name": {"$ne": null}})).to_string());
    bodies
}

#[tokio::test]
async fn no_body_whatsoever_makes_an_operation_fail_itself() {
    let place = place();
    let (bodies, operations) = (bodies(), operations(&place));
    let mut bad_requests = 0;
    for (method, target) in
        operations.iter().filter(|(method, _)| matches!(*method, "POST" | "PUT" | "PATCH"))
    {
        let signer = place.signer();
        for body in &bodies {
            let reply = place.signed(&signer, method, target, body).await;
            let status = reply.status.as_u16();
            bad_requests += usize::from(status == 400);
            let start: String = body.chars().take(80).collect();
            assert!(status < 500 || status == 501, "{method} {target} {start} {status}");
            assert!(is_well_formed(target, &reply), "{method} {target} {start} {}", reply.body);
        }
    }
    assert!(bad_requests > 20 * bodies.len(), "only {bad_requests} were read at all");
}

#[tokio::test]
async fn no_token_but_a_good_one_passes_any_operation() {
    let place = place();
    let good = place.domain_token().await;
    let foreign = crate::support::place().domain_token().await;
    let altered = format!("{}{}", &good[..good.len() - 1], if good.ends_with('A') { "B" } else { "A" });
    let tokens = [
        "",
        "nonsense",
        &good[..good.len() / 2],
        &altered,
        &foreign,
        &"A".repeat(16_000),
        "MIIatAYJKoZIhvcNAQcC",
    ];
    for (method, target) in operations(&place) {
        // The proof of these is in the body, or they need none.
        if matches!(target.as_str(), "/" | "/v3" | "/v3/auth/tokens") {
            continue;
        }
        for token in tokens {
            let reply = place.send(method, &target, &[("x-auth-token", token)], "").await;
            let status = reply.status.as_u16();
            let is_open = OPEN.iter().any(|part| target.contains(part));
            let is_refused = status == 401 || (is_open && matches!(status, 400 | 404));
            assert!(
                is_refused && is_well_formed(&target, &reply),
                "{method} {target} {status} {}",
                reply.body
            );
        }
    }
}
