//! Tokens of apps: given for a key pair, shown instead of a signature.

use crate::{
    backend::Backend,
    client::Response,
    world::{APP_KEY, Change, HOST, OTHER_KEY, SECRET, World, http, source, with_keys},
};
use countersign_gateway::Config;
use countersign_snapshot::{
    Snapshot,
    source::{AppFeatures, AppTokens, Auth, Source},
};
use countersign_types::SecretKey;

const PATH: &str = "/v1/apigw/oauth2/token";

/// An API for the app `app` on a gateway that gives tokens; those for calls hold for that long.
fn tokens(backend: &Backend, access_seconds: u32) -> Source {
    let api = http("ANY", "/app", backend.address, "/").auth(Auth::App).authorized("app");
    let mut source = with_keys(source(vec![api]));
    let tokens = AppTokens { path: PATH.to_owned(), access_seconds, refresh_seconds: 7_200 };
    source.gateways[0].features.apps = AppFeatures { tokens: Some(tokens), ..AppFeatures::default() };
    source
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, ..Config::default() }, source)
}

fn ask(world: &World, form: &str) -> Response {
    send(world, "POST", "application/x-www-form-urlencoded", form)
}

fn send(world: &World, method: &str, kind: &str, form: &str) -> Response {
    let length = form.len();
    world.call(format!(
        "{method} {PATH} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{form}"
    ))
}

fn client(key: &str, secret: &str) -> String {
    format!("grant_type=client_credentials&client_id={key}&client_secret={secret}&scope=default")
}

fn refresh(key: &str, token: &str) -> String {
    format!("grant_type=refresh_token&client_id={key}&client_secret={SECRET}&refresh_token={token}")
}

fn member(response: &Response, name: &str) -> String {
    let body: serde_json::Value = serde_json::from_slice(&response.body).unwrap();
    body[name].as_str().unwrap_or_else(|| panic!("{name} in {body}")).to_owned()
}

fn with_token(world: &World, token: &str) -> Response {
    world.call(format!("GET /app HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n\r\n"))
}

#[test]
fn a_token_given_for_a_key_pair_calls_and_ends_at_the_gateway() {
    let backend = Backend::ok();
    let world = serve(&tokens(&backend, 3_600));
    let given = ask(&world, &client(APP_KEY, SECRET));
    assert_eq!((given.status, given.header("cache-control")), (200, Some("no-store")));
    assert!(given.text().contains(r#""token_type":"bearer","expires_in":3600"#), "{}", given.text());
    assert_eq!(with_token(&world, &member(&given, "access_token")).status, 200);
    assert_eq!(backend.received().header("authorization"), None);
    let renewed = ask(&world, &refresh(APP_KEY, &member(&given, "refresh_token")));
    assert_eq!(with_token(&world, &member(&renewed, "access_token")).status, 200);
    assert_ne!(member(&renewed, "access_token"), member(&given, "access_token"));
}

#[test]
fn what_is_wrong_with_asking_is_said_with_its_code() {
    let backend = Backend::ok();
    let world = serve(&tokens(&backend, 3_600));
    send(&world, "GET", "x", "").assert_refused_with(400, "APIG.2206", "");
    send(&world, "POST", "application/json", "{}").assert_refused_with(400, "APIG.2204", "");
    for (form, code) in [
        ("client_id=x".to_owned(), "APIG.2210"),
        (client("short", SECRET), "APIG.1009"),
        (client(APP_KEY, "short"), "APIG.1009"),
        (client("nobodys-key", SECRET), "APIG.2201"),
        (client(APP_KEY, "not-the-secret"), "APIG.2201"),
        (refresh(APP_KEY, "nonsense"), "APIG.2202"),
    ] {
        ask(&world, &form).assert_refused_with(400, code, "");
    }
    let given = ask(&world, &client(APP_KEY, SECRET));
    ask(&world, &refresh(OTHER_KEY, &member(&given, "refresh_token"))).assert_refused_with(
        401,
        "APIG.1003",
        "",
    );
    ask(&world, &refresh(APP_KEY, &member(&given, "access_token"))).assert_refused_with(400, "APIG.2202", "");
    ask(&world, &format!("{}&x={}", client(APP_KEY, SECRET), "x".repeat(20_000))).assert_refused_with(
        413,
        "APIG.0201",
        "",
    );
    backend.assert_untouched();
}

#[test]
fn a_token_that_does_not_hold_is_refused_and_why() {
    let backend = Backend::ok();
    let world = serve(&tokens(&backend, 3_600));
    let given = ask(&world, &client(APP_KEY, SECRET));
    let access = member(&given, "access_token");
    with_token(&world, "nonsense").assert_refused_with(400, "APIG.2203", "");
    with_token(&world, &member(&given, "refresh_token")).assert_refused_with(400, "APIG.2203", "");
    with_token(&world, &format!("{access}A")).assert_refused_with(400, "APIG.2203", "");
    with_token(&world, &member(&ask(&world, &client(OTHER_KEY, SECRET)), "access_token"))
        .assert_refused_with(403, "APIG.0304", "");
    world.snapshots.swap(Snapshot::compile(&tokens(&backend, 0)).unwrap());
    with_token(&world, &member(&ask(&world, &client(APP_KEY, SECRET)), "access_token")).assert_refused_with(
        401,
        "APIG.1002",
        "",
    );
    backend.assert_untouched();
}

#[test]
fn a_new_secret_ends_tokens_and_so_does_the_end_of_the_app() {
    let backend = Backend::ok();
    let mut source = tokens(&backend, 3_600);
    let world = serve(&source);
    let given = ask(&world, &client(APP_KEY, SECRET));
    source.apps[0].secret = SecretKey::new("another-secret");
    world.snapshots.swap(Snapshot::compile(&source).unwrap());
    with_token(&world, &member(&given, "access_token")).assert_refused_with(400, "APIG.2203", "");
    let form = refresh(APP_KEY, &member(&given, "refresh_token")).replace(SECRET, "another-secret");
    ask(&world, &form).assert_refused_with(400, "APIG.2202", "");
    source.apps.remove(0);
    source.groups[0].releases[0].authorized_apps.clear();
    world.snapshots.swap(Snapshot::compile(&source).unwrap());
    with_token(&world, &member(&given, "access_token")).assert_refused_with(401, "APIG.1004", "");
}

#[test]
fn without_the_feature_there_is_no_endpoint_and_no_token() {
    let backend = Backend::ok();
    let mut source = tokens(&backend, 3_600);
    let world = serve(&source);
    let given = ask(&world, &client(APP_KEY, SECRET));
    source.gateways[0].features.apps.tokens = None;
    world.snapshots.swap(Snapshot::compile(&source).unwrap());
    ask(&world, &client(APP_KEY, SECRET)).assert_refused_with(404, "APIG.0101", "");
    with_token(&world, &member(&given, "access_token")).assert_refused_with(
        401,
        "APIG.0303",
        "Incorrect app authentication information: Authorization not found",
    );
}
