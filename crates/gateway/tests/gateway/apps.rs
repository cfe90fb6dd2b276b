//! What apps may show instead of a signature.

use crate::{
    backend::Backend,
    client::Response,
    world::{APP_KEY, Change, HOST, OTHER_KEY, SECRET, USER_KEY, World, clock, http, id, source, with_keys},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use countersign_gateway::Config;
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::source::{AppFeatures, Auth, CodeDigest, PreviousSecret, Source};
use countersign_types::{SecretKey, Timestamp};
use sha2::{Digest, Sha256};

const APP: &str = "Incorrect app authentication information: ";
const CODE: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// An AppCode of the app `other`, which is not authorized.
const FOREIGN: &str = "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
/// The secret of the app `app` before it was reset.
const PREVIOUS: &str = "the-secret-before";

/// APIs of app authentication, `/app` for the app `app`: `/code` also takes AppCodes.
fn apis(backend: &Backend, features: AppFeatures) -> Source {
    let api = |path| http("ANY", path, backend.address, "/").auth(Auth::App).authorized("app").prefix();
    let mut source = with_keys(source(vec![api("/app"), api("/code").app_code()]));
    source.gateways[0].features.apps = features;
    source.apps[0].codes = vec![CodeDigest::of(&id("instance"), CODE.as_bytes())];
    source.apps[1].codes = vec![CodeDigest::of(&id("instance"), FOREIGN.as_bytes())];
    source
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, app_code_over_http: true, ..Config::default() }, source)
}

/// A call with these header lines, and what the backend got of it, if anything.
fn call(world: &World, target: &str, lines: &str) -> Response {
    world.call(format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n"))
}

fn refused(features: AppFeatures, target: &str, lines: &str) -> Response {
    let backend = Backend::ok();
    let response = call(&serve(&apis(&backend, features)), target, lines);
    backend.assert_untouched();
    response
}

fn basic(key: &str, secret: &str) -> String {
    format!("Authorization: Basic {}\r\n", STANDARD.encode(format!("{key}:{secret}")))
}

fn stamp(header: &str, key: &str, secret: &str, time: u64) -> String {
    let digest = hex::encode(Sha256::digest(format!("{key}{secret}{time}")));
    format!("{header}: {digest}\r\nTimestamp: {time}\r\n")
}

fn signed(key: &str, secret: &str, target: &str) -> Vec<(&'static str, String)> {
    signed_as(key, secret, target, Payload::Body(b""))
}

fn signed_as(key: &str, secret: &str, target: &str, payload: Payload<'_>) -> Vec<(&'static str, String)> {
    let request = Request { method: "GET", target, headers: &[("Host", HOST)], payload };
    Signer::new(id(key), SecretKey::new(secret)).sign(&request, clock()).unwrap().headers
}

fn lines(signed: &[(&str, String)]) -> String {
    signed.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect()
}

fn code(code: &str) -> String {
    format!("X-Apig-AppCode: {code}\r\n")
}

fn now() -> u64 {
    clock().unix()
}

#[test]
fn an_app_code_is_enough_where_the_api_takes_it_and_ends_at_the_gateway() {
    let backend = Backend::ok();
    let world = serve(&apis(&backend, AppFeatures::default()));
    assert_eq!(call(&world, "/code?a=1", &code(CODE)).status, 200);
    let received = backend.received();
    assert_eq!((received.target.as_str(), received.header("x-apig-appcode")), ("/?a=1", None));
    assert!(world.metrics().contains("authenticated_total{scheme=\"app_code\"} 1"), "{}", world.metrics());
    assert_eq!(
        call(&world, "/code", &lines(&signed(APP_KEY, SECRET, "/code"))).status,
        200,
        "or a signature"
    );
}

#[test]
fn an_app_code_is_refused_in_the_clear_unless_that_is_allowed() {
    let backend = Backend::ok();
    let source = apis(&backend, AppFeatures::default());
    let world = World::configured(Config { workers: 1, ..Config::default() }, &source);
    for shown in [CODE, "wrong"] {
        call(&world, "/code", &code(shown)).assert_refused_with(
            401,
            "APIG.0303",
            &format!("{APP}AppCode is accepted over https only"),
        );
    }
    backend.assert_untouched();
}

#[test]
fn an_unknown_app_code_and_one_of_another_gateway_are_nobodys() {
    let backend = Backend::ok();
    let mut source = apis(&backend, AppFeatures::default());
    source.apps[0].codes = vec![CodeDigest::of(&id("elsewhere"), CODE.as_bytes())];
    let world = serve(&source);
    let long = "c".repeat(4_000);
    for shown in [CODE, &CODE[..63], "", "x", &long] {
        call(&world, "/code", &code(shown)).assert_refused_with(
            401,
            "APIG.0303",
            &format!("{APP}app not found, appcode is not valid"),
        );
    }
    backend.assert_untouched();
}

#[test]
fn the_app_code_of_an_app_without_authorization_is_403() {
    refused(AppFeatures::default(), "/code", &code(FOREIGN)).assert_refused_with(403, "APIG.0304", "");
}

#[test]
fn an_api_that_takes_no_app_code_misses_its_credential() {
    refused(AppFeatures::default(), "/app", &code(CODE)).assert_refused_with(
        401,
        "APIG.0303",
        &format!("{APP}Authorization not found"),
    );
}

/// Every feature on its own, and what apps show by it.
fn shown() -> Vec<(AppFeatures, String, &'static str)> {
    let default = AppFeatures::default;
    let pair = format!("X-HW-ID: {APP_KEY}\r\nX-HW-AppKey: {SECRET}\r\n");
    let key = format!("apikey: {APP_KEY}\r\n");
    vec![
        (AppFeatures { basic: true, ..default() }, basic(APP_KEY, SECRET), "authorization"),
        (AppFeatures { secret: true, ..default() }, pair, "x-hw-appkey"),
        (AppFeatures { api_key: true, ..default() }, key, "apikey"),
        (
            AppFeatures { stamp_header: Some("authorization".into()), ..default() },
            stamp("Authorization", APP_KEY, SECRET, now()),
            "authorization",
        ),
        (
            AppFeatures { stamp_header: Some("x-stamp".into()), ..default() },
            stamp("X-Stamp", APP_KEY, SECRET, now()),
            "x-stamp",
        ),
    ]
}

#[test]
fn each_credential_is_taken_while_its_feature_is_on_and_ends_at_the_gateway() {
    for (features, lines, carrier) in shown() {
        let backend = Backend::ok();
        assert_eq!(
            call(&serve(&apis(&backend, features.clone())), "/app", &lines).status,
            200,
            "{features:?}"
        );
        assert_eq!(backend.received().header(carrier), None, "{carrier}");
    }
}

#[test]
fn no_credential_is_taken_while_its_feature_is_off() {
    for (_, lines, _) in shown() {
        refused(AppFeatures::default(), "/app", &lines).assert_refused_with(
            401,
            "APIG.0303",
            &format!("{APP}Authorization not found"),
        );
    }
}

#[test]
fn an_app_key_in_the_query_is_taken_out_of_it() {
    let backend = Backend::ok();
    let world = serve(&apis(&backend, AppFeatures { api_key: true, ..AppFeatures::default() }));
    let response = call(&world, &format!("/app?a=1&api%6Bey={APP_KEY}&b"), "");
    assert_eq!((response.status, backend.received().target.as_str()), (200, "/?a=1&b"));
    let twice = format!("/app?apikey={APP_KEY}&apikey={APP_KEY}");
    call(&world, &twice, "").assert_refused_with(401, "APIG.0303", &format!("{APP}apikey stands twice"));
}

#[test]
fn without_its_feature_an_apikey_is_the_backends_affair() {
    let backend = Backend::ok();
    let world = serve(&apis(&backend, AppFeatures::default()));
    let target = "/app?apikey=x";
    let lines = format!("apikey: y\r\n{}", lines(&signed(APP_KEY, SECRET, target)));
    assert_eq!(call(&world, target, &lines).status, 200);
    let received = backend.received();
    assert_eq!((received.target.as_str(), received.header("apikey")), ("/?apikey=x", Some("y")));
}

#[test]
fn what_is_wrong_with_a_credential_is_said_without_its_secret() {
    let all = AppFeatures {
        basic: true,
        secret: true,
        api_key: true,
        stamp_header: Some("x-stamp".into()),
        ..AppFeatures::default()
    };
    let late = stamp("X-Stamp", APP_KEY, SECRET, now() - 901);
    for (lines, detail) in [
        (basic("nobodys-key", SECRET), "app not found, appkey nobodys-key"),
        (basic(USER_KEY, SECRET), "app not found, appkey USERKEY1234567890123"),
        (basic(APP_KEY, "wrong"), "verify appsecret fail"),
        (basic(APP_KEY, ""), "verify appsecret fail"),
        ("Authorization: Basic !\r\n".into(), "the basic credential is malformed"),
        ("Authorization: Basic bm9jb2xvbg==\r\n".into(), "the basic credential is malformed"),
        (format!("X-HW-ID: {APP_KEY}\r\n"), "x-hw-appkey not found"),
        ("X-HW-AppKey: s\r\n".into(), "x-hw-id not found"),
        (format!("X-HW-ID: {APP_KEY}\r\nX-HW-AppKey: wrong\r\n"), "verify appsecret fail"),
        ("apikey: nobodys-key\r\n".into(), "app not found, appkey nobodys-key"),
        (late, "timestamp expired, timestamp:20260102T024904Z,server time:20260102T030405Z"),
        (stamp("X-Stamp", APP_KEY, "wrong", now()), "verify jwt fail"),
        (stamp("X-Stamp", OTHER_KEY, SECRET, now()), "verify jwt fail"),
        ("X-Stamp: 00\r\nTimestamp: 1\r\n".into(), "x-stamp is not a SHA-256 digest in hex"),
        (format!("X-Stamp: {}\r\n", "0".repeat(64)), "timestamp not found"),
        (format!("X-Stamp: {}\r\nTimestamp: x\r\n", "0".repeat(64)), "timestamp is not a Unix time"),
    ] {
        refused(all.clone(), "/app", &lines).assert_refused_with(401, "APIG.0303", &format!("{APP}{detail}"));
    }
}

#[test]
fn a_stamp_holds_for_fifteen_minutes_in_either_direction() {
    let features = AppFeatures { stamp_header: Some("authorization".into()), ..AppFeatures::default() };
    let backend = Backend::ok();
    let world = serve(&apis(&backend, features));
    for (time, status) in [(now() - 900, 200), (now() + 900, 200), (now() - 901, 401), (now() + 901, 401)] {
        let response = call(&world, "/app", &stamp("Authorization", APP_KEY, SECRET, time));
        assert_eq!(response.status, status, "{time}");
    }
}

#[test]
fn two_credentials_are_refused_whichever_they_are() {
    let all = AppFeatures {
        basic: true,
        secret: true,
        api_key: true,
        stamp_header: Some("x-stamp".into()),
        ..AppFeatures::default()
    };
    let each = [
        basic(APP_KEY, SECRET),
        code(CODE),
        format!("X-HW-ID: {APP_KEY}\r\nX-HW-AppKey: {SECRET}\r\n"),
        format!("apikey: {APP_KEY}\r\n"),
        stamp("X-Stamp", APP_KEY, SECRET, now()),
        "X-Auth-Token: t\r\n".to_owned(),
    ];
    let backend = Backend::ok();
    let world = serve(&apis(&backend, all));
    for (position, one) in each.iter().enumerate() {
        for other in &each[..position] {
            let response = call(&world, "/code", &format!("{one}{other}"));
            response.assert_refused_with(401, "APIG.0303", "");
            assert!(response.text().contains("exclude each other"), "{one} {other} {}", response.text());
        }
        let in_query = call(&world, &format!("/code?apikey={APP_KEY}"), one);
        in_query.assert_refused_with(401, "APIG.0303", "");
    }
    backend.assert_untouched();
}

#[test]
fn a_header_of_ones_own_stands_in_for_authorization() {
    let features = AppFeatures { header: Some("x-my-auth".into()), basic: true, ..AppFeatures::default() };
    let backend = Backend::ok();
    let world = serve(&apis(&backend, features));
    let mut signature = signed(APP_KEY, SECRET, "/app");
    assert_eq!(call(&world, "/app", &lines(&signature)).status, 401, "Authorization is not looked at");
    for (name, _) in &mut signature {
        *name = if *name == "Authorization" { "X-My-Auth" } else { name };
    }
    let with_own = format!("Authorization: for the backend\r\n{}", lines(&signature));
    assert_eq!(call(&world, "/app", &with_own).status, 200);
    let received = backend.received();
    assert_eq!(
        (received.header("authorization"), received.header("x-my-auth")),
        (Some("for the backend"), None)
    );
    let basic = basic(APP_KEY, SECRET).replace("Authorization", "X-My-Auth");
    assert_eq!(call(&world, "/app", &basic).status, 200);
}

/// The app `app` with a secret that was reset and holds until this time.
fn rotating(backend: &Backend, until: Timestamp) -> World {
    let features =
        AppFeatures { basic: true, stamp_header: Some("x-stamp".into()), ..AppFeatures::default() };
    let mut source = apis(backend, features);
    source.apps[0].previous = Some(PreviousSecret { secret: SecretKey::new(PREVIOUS), until });
    serve(&source)
}

/// Every credential that is made with a secret, with this one.
fn made_with(secret: &str) -> [String; 4] {
    let declared = signed_as(APP_KEY, secret, "/app", Payload::Digest(Sha256::digest(b"").into()));
    [
        lines(&signed(APP_KEY, secret, "/app")),
        lines(&declared),
        basic(APP_KEY, secret),
        stamp("X-Stamp", APP_KEY, secret, now()),
    ]
}

#[test]
fn a_replaced_secret_holds_as_long_as_it_was_said_to() {
    let backend = Backend::ok();
    let world = rotating(&backend, Timestamp::from_unix(now() + 1));
    for secret in [SECRET, PREVIOUS] {
        for lines in made_with(secret) {
            assert_eq!(call(&world, "/app", &lines).status, 200, "{secret} {lines}");
        }
    }
    for lines in made_with("neither-of-both") {
        assert_eq!(call(&world, "/app", &lines).status, 401, "{lines}");
    }
    let world = rotating(&backend, clock());
    for lines in made_with(PREVIOUS) {
        assert_eq!(call(&world, "/app", &lines).status, 401, "{lines}");
    }
}
