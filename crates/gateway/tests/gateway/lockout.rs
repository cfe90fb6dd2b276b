use crate::{
    signatures::{signed_get, wrongly_signed_get},
    world::{APP_KEY, Change, USER_KEY, World, mock, source, with_keys},
};
use countersign_gateway::Config;
use countersign_snapshot::{
    AddressSet,
    source::{Auth, SourceAddress},
};

const IAM: &str = "Incorrect IAM authentication information: ";

/// A gateway whose clients name their source.
fn world() -> World {
    let apis = vec![
        mock("GET", "/iam", "in").auth(Auth::Iam),
        mock("GET", "/app", "in").auth(Auth::App).authorized("app"),
    ];
    let mut source = with_keys(source(apis));
    source.gateways[0].features.source_address = SourceAddress::Header("x-source".to_owned());
    let trusted_proxies = AddressSet::parse(["127.0.0.1"]).unwrap();
    World::configured(Config { workers: 2, trusted_proxies, ..Config::default() }, &source)
}

fn from(source: &str, call: &[u8]) -> Vec<u8> {
    let call = str::from_utf8(call).unwrap();
    call.replacen("\r\n", &format!("\r\nX-Source: {source}\r\n"), 1).into_bytes()
}

fn fail(world: &World, times: usize, source: &str) {
    for _ in 0..times {
        let response = world.call(from(source, &wrongly_signed_get(USER_KEY, "/iam")));
        response.assert_refused_with(401, "APIG.0301", &format!("{IAM}verify aksk signature fail"));
    }
}

#[test]
fn the_sixth_wrong_signature_in_a_row_locks_the_key_for_that_source_only() {
    let world = world();
    fail(&world, 6, "192.0.2.1");
    for call in [signed_get(USER_KEY, "/iam"), wrongly_signed_get(USER_KEY, "/iam")] {
        let response = world.call(from("192.0.2.1", &call));
        response.assert_refused(
            401,
            "APIG.0301",
            &format!("{IAM}AK access failed to reach the limit,forbidden"),
        );
    }
    assert_eq!(world.call(from("192.0.2.2", &signed_get(USER_KEY, "/iam"))).status, 200);
}

#[test]
fn a_success_forgives_failures() {
    let world = world();
    for _ in 0..3 {
        fail(&world, 5, "192.0.2.1");
        assert_eq!(world.call(from("192.0.2.1", &signed_get(USER_KEY, "/iam"))).status, 200);
    }
}

#[test]
fn keys_of_apps_and_keys_that_do_not_exist_are_never_locked() {
    let world = world();
    for _ in 0..8 {
        let app = world.call(from("192.0.2.1", &wrongly_signed_get(APP_KEY, "/app")));
        app.assert_refused_with(
            401,
            "APIG.0303",
            "Incorrect app authentication information: verify signature fail",
        );
        let unknown = world.call(from("192.0.2.1", &signed_get("UNKNOWN1234567890123", "/iam")));
        unknown.assert_refused_with(401, "APIG.0301", &format!("{IAM}Get secretKey failed"));
    }
}
