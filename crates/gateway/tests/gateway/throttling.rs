//! Calls and their limits.

use crate::{
    client::Response,
    world::{
        APP_KEY, Change, HOST, OTHER_KEY, SECRET, USER_KEY, World, clock, get, id, mock, source, with_keys,
    },
};
use countersign_gateway::{AccessLog, Config};
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::{
    Snapshot,
    source::{AppUser, Auth, Release, Source, Span, Throttle, TimeUnit},
};
use countersign_types::{SecretKey, Timestamp};
use serde_json::Value;
use std::{
    fs,
    sync::atomic::{AtomicU64, Ordering},
    thread,
    time::Duration,
};

const THROTTLED: &str = "The throttling threshold has been reached";

/// A limit for the API alone, in a minute.
fn policy(name: &str, api: u32) -> Throttle {
    Throttle {
        id: id(name),
        shared: false,
        span: Span { count: 1, unit: TimeUnit::Minute },
        api,
        user: None,
        app: None,
        ip: None,
        special_apps: vec![],
        special_users: vec![],
    }
}

fn limited(mut release: Release, policy: &str) -> Release {
    release.throttle_id = Some(id(policy));
    release
}

fn with(policies: Vec<Throttle>, apis: Vec<Release>) -> Source {
    let mut source = with_keys(source(apis));
    source.throttling.policies = policies;
    let user = |app: &str, user: &str| AppUser { app_id: id(app), user_id: user.to_owned() };
    source.throttling.app_users = vec![user("app", "account"), user("other", "account")];
    source
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, ..Config::default() }, source)
}

/// How many of so many calls pass; all others are refused by a limit.
fn passes(calls: usize, call: impl Fn() -> Response) -> usize {
    let passed = |response: &Response| match response.status {
        200 => true,
        429 => false,
        other => panic!("{other}"),
    };
    (0..calls).map(|_| call()).filter(passed).count()
}

fn signed(world: &World, key: &str, target: &str) -> Response {
    let headers = [("Host", HOST)];
    let request = Request { method: "GET", target, headers: &headers, payload: Payload::Body(b"") };
    let signed = Signer::new(id(key), SecretKey::new(SECRET)).sign(&request, clock()).unwrap();
    let lines: String = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    world.call(format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n"))
}

fn debugged(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\nX-Apig-Mode: debug\r\n\r\n")
}

#[test]
fn an_api_passes_as_many_calls_as_its_policy_says_and_tells_the_others_why() {
    let apis = vec![limited(mock("GET", "/a", ""), "calm"), mock("GET", "/b", "")];
    let world = serve(&with(vec![policy("calm", 3)], apis));
    assert_eq!(passes(5, || world.get("/a")), 3);
    assert_eq!(passes(5, || world.get("/b")), 5);
    let told = format!("{THROTTLED}: policy api over ratelimit,limit:3,time:1 minute");
    world.get("/a").assert_refused(429, "APIG.0308", &told);
}

#[test]
fn an_exclusive_policy_counts_each_api_apart_and_a_shared_one_all_together() {
    let shared = Throttle { shared: true, ..policy("shared", 3) };
    let apis = [("/a", "own"), ("/b", "own"), ("/c", "shared"), ("/d", "shared")];
    let apis = apis.map(|(path, policy)| limited(mock("GET", path, ""), policy)).to_vec();
    let world = serve(&with(vec![policy("own", 3), shared], apis));
    assert_eq!((passes(4, || world.get("/a")), passes(4, || world.get("/b"))), (3, 3));
    assert_eq!((passes(2, || world.get("/c")), passes(4, || world.get("/d"))), (2, 1));
}

#[test]
fn apps_and_users_have_limits_of_their_own_and_special_ones_in_their_place() {
    let calm = Throttle {
        user: Some(8),
        app: Some(2),
        special_apps: vec![(id("other"), 5)],
        special_users: vec![("domain".to_owned(), 3)],
        ..policy("calm", 100)
    };
    let apis = vec![
        limited(mock("GET", "/app", "").auth(Auth::App).authorized("app").authorized("other"), "calm"),
        limited(mock("GET", "/iam", "").auth(Auth::Iam), "calm"),
    ];
    let world = serve(&with(vec![calm], apis));
    assert_eq!(passes(4, || signed(&world, APP_KEY, "/app")), 2);
    assert_eq!(passes(8, || signed(&world, OTHER_KEY, "/app")), 5);
    assert_eq!(passes(5, || signed(&world, USER_KEY, "/iam")), 3);
    let told = format!("{THROTTLED}: policy app over ratelimit,limit:2,time:1 minute");
    signed(&world, APP_KEY, "/app").assert_refused(429, "APIG.0308", &told);
}

#[test]
fn the_apps_of_one_user_share_its_limit() {
    let calm = Throttle { user: Some(3), ..policy("calm", 100) };
    let app = mock("GET", "/app", "").auth(Auth::App).authorized("app").authorized("other");
    let world = serve(&with(vec![calm], vec![limited(app, "calm")]));
    assert_eq!(passes(2, || signed(&world, APP_KEY, "/app")), 2);
    assert_eq!(passes(4, || signed(&world, OTHER_KEY, "/app")), 1);
}

#[test]
fn a_refused_call_uses_up_nothing_of_what_others_may_call() {
    let calm = Throttle { app: Some(1), ..policy("calm", 3) };
    let app = mock("GET", "/app", "").auth(Auth::App).authorized("app").authorized("other");
    let world = serve(&with(vec![calm], vec![limited(app, "calm")]));
    assert_eq!(passes(9, || signed(&world, APP_KEY, "/app")), 1);
    assert_eq!(passes(1, || signed(&world, OTHER_KEY, "/app")), 1);
    // Strangers are refused as strangers, and use up nothing either.
    for _ in 0..9 {
        assert_eq!(world.get("/app").status, 401);
    }
    let standing = signed_debug(&world, OTHER_KEY);
    assert_eq!(standing.status, 429);
    assert_eq!(standing.header("x-apig-ratelimit-app"), Some("remain:0,limit:1,time:1 minute"));
}

fn signed_debug(world: &World, key: &str) -> Response {
    let headers = [("Host", HOST), ("X-Apig-Mode", "debug")];
    let request = Request { method: "GET", target: "/app", headers: &headers, payload: Payload::Body(b"") };
    let signed = Signer::new(id(key), SecretKey::new(SECRET)).sign(&request, clock()).unwrap();
    let lines: String = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    world.call(format!("GET /app HTTP/1.1\r\nHost: {HOST}\r\nX-Apig-Mode: debug\r\n{lines}\r\n"))
}

#[test]
fn a_limit_that_nobody_could_pass_is_told_before_the_credential_is_checked() {
    let app = mock("GET", "/app", "").auth(Auth::App).authorized("app");
    let world = serve(&with(vec![policy("calm", 1)], vec![limited(app, "calm")]));
    assert_eq!(signed(&world, APP_KEY, "/app").status, 200);
    assert_eq!(world.get("/app").status, 429);
}

#[test]
fn one_source_address_may_use_up_its_own_limit_only() {
    let calm = Throttle { ip: Some(2), ..policy("calm", 100) };
    let world = serve(&with(vec![calm], vec![limited(mock("GET", "/a", ""), "calm")]));
    assert_eq!(passes(4, || world.get("/a")), 2);
    let refused = world.call(debugged("/a"));
    refused.assert_refused(
        429,
        "APIG.0308",
        &format!("{THROTTLED}: policy ip over ratelimit,limit:2,time:1 minute"),
    );
}

#[test]
fn without_a_policy_the_default_counts_all_environments_together() {
    let mut staged = mock("GET", "/a", "");
    (staged.publish_id, staged.env_id, staged.env_name) = (id("staged"), id("stage"), "STAGE".to_owned());
    let mut source = with(vec![], vec![mock("GET", "/a", ""), staged]);
    source.gateways[0].features.api_limit = 3;
    let world = serve(&source);
    let stage = || world.call(format!("GET /a HTTP/1.1\r\nHost: {HOST}\r\nX-Stage: STAGE\r\n\r\n"));
    assert_eq!((passes(2, || world.get("/a")), passes(4, stage)), (2, 1));
    let told = format!("{THROTTLED}: policy api-allenv over ratelimit,limit:3,time:1 second");
    world.get("/a").assert_refused(429, "APIG.0308", &told);
}

#[test]
fn the_default_subdomain_serves_few_calls_a_day_and_other_names_are_not_counted() {
    let mut source = with(vec![], vec![mock("GET", "/a", "")]);
    source.groups[0].subdomain = Some("group.apic.example.com".to_owned());
    let world =
        World::configured(Config { workers: 1, subdomain_calls_per_day: 2, ..Config::default() }, &source);
    let debug = || world.call("GET /a HTTP/1.1\r\nHost: group.apic.example.com\r\n\r\n");
    assert_eq!(passes(4, || world.get("/a")), 4);
    assert_eq!(passes(4, debug), 2);
    let told = format!("{THROTTLED}: policy subdomain over ratelimit,limit:2,time:1 day");
    debug().assert_refused(429, "APIG.0308", &told);
    assert_eq!(passes(1, || world.get("/a")), 1);
}

#[test]
fn debugging_tells_how_every_limit_stands_and_nobody_else_is_told() {
    let calm = Throttle { user: Some(9), app: Some(8), ip: Some(7), ..policy("calm", 10) };
    let app = mock("GET", "/app", "").auth(Auth::App).authorized("app");
    let mut source = with(vec![calm], vec![limited(app, "calm"), mock("GET", "/free", "")]);
    source.gateways[0].features.api_limit = 5;
    let world = serve(&source);
    let answer = signed_debug(&world, APP_KEY);
    for (name, remaining, limit) in [("api", 9, 10), ("user", 8, 9), ("app", 7, 8), ("ip", 6, 7)] {
        let told = format!("remain:{remaining},limit:{limit},time:1 minute");
        assert_eq!(answer.header(&format!("x-apig-ratelimit-{name}")), Some(told.as_str()));
    }
    let answer = world.call(debugged("/free"));
    assert_eq!(answer.header("x-apig-ratelimit-api-allenv"), Some("remain:4,limit:5,time:1 second"));
    assert_eq!(answer.header("x-apig-ratelimit-api"), None);
    assert_eq!(signed(&world, APP_KEY, "/app").header("x-apig-ratelimit-api"), None);
}

#[test]
fn a_changed_policy_acts_at_once_on_what_was_counted_before() {
    let apis = || vec![limited(mock("GET", "/a", ""), "calm")];
    let world = serve(&with(vec![policy("calm", 3)], apis()));
    let change = |source: &Source| world.snapshots.swap(Snapshot::compile(source).unwrap());
    assert_eq!(passes(4, || world.get("/a")), 3);
    change(&with(vec![policy("calm", 5)], apis()));
    assert_eq!(passes(4, || world.get("/a")), 2);
    change(&with(vec![policy("other", 7)], vec![limited(mock("GET", "/a", ""), "other")]));
    assert_eq!(passes(4, || world.get("/a")), 2);
    change(&with(vec![], vec![mock("GET", "/a", "")]));
    assert_eq!(passes(9, || world.get("/a")), 9);
}

static MINUTES: AtomicU64 = AtomicU64::new(0);

fn by_the_minute() -> Timestamp {
    Timestamp::from_unix(clock().unix() + 60 * MINUTES.load(Ordering::SeqCst))
}

#[test]
fn a_new_window_begins_with_the_minute() {
    let source = with(vec![policy("calm", 2)], vec![limited(mock("GET", "/a", ""), "calm")]);
    let world = World::at(by_the_minute, Config { workers: 1, ..Config::default() }, &source);
    assert_eq!(passes(3, || world.get("/a")), 2);
    MINUTES.fetch_add(1, Ordering::SeqCst);
    assert_eq!(passes(3, || world.get("/a")), 2);
}

#[test]
fn several_workers_share_the_counts() {
    let source = with(vec![policy("calm", 50)], vec![limited(mock("GET", "/a", ""), "calm")]);
    let world = World::configured(Config { workers: 4, ..Config::default() }, &source);
    let passed: usize = thread::scope(|scope| {
        let callers: Vec<_> = (0..8).map(|_| scope.spawn(|| passes(20, || world.call(get("/a"))))).collect();
        callers.into_iter().map(|caller| caller.join().unwrap()).sum()
    });
    assert_eq!(passed, 50);
}

#[test]
fn a_refusal_is_explained_in_the_log_and_counted() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("access.log");
    let config = Config { workers: 1, access_log: AccessLog::File(path.clone()), ..Config::default() };
    let calm = Throttle { app: Some(1), ..policy("calm", 10) };
    let app = mock("GET", "/app", "").auth(Auth::App).authorized("app");
    let mut world = World::configured(config, &with(vec![calm], vec![limited(app, "calm")]));
    assert_eq!(passes(2, || signed(&world, APP_KEY, "/app")), 1);
    let metrics = world.metrics();
    for line in [
        "countersign_gateway_throttled_total{limit=\"app\"} 1",
        "countersign_gateway_throttled_total{limit=\"api\"} 0",
        "countersign_gateway_requests_total{stage=\"throttle\",code=\"APIG.0308\",status=\"429\"} 1",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is missing in\n{metrics}");
    }
    world.shutdown(Duration::from_secs(20));
    let text = fs::read_to_string(path).unwrap();
    let record: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    for (member, value) in [
        ("stage", "throttle"),
        ("reason", "app_limit"),
        ("limit_of", "app"),
        ("limit_whose", "app"),
        ("limit_time", "1 minute"),
        ("limit_until", "2026-01-02T03:05:00Z"),
    ] {
        assert_eq!(record[member], value, "{member} in {record}");
    }
    assert_eq!(record["limit"], 1);
}
