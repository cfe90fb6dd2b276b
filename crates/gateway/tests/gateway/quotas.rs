//! Quotas of apps.

use crate::{
    client::Response,
    world::{APP_KEY, Change, HOST, OTHER_KEY, SECRET, World, clock, id, mock, source, with_keys},
};
use countersign_gateway::Config;
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::{
    Snapshot,
    source::{AppQuota, Auth, Source, Span, Throttle, TimeUnit},
};
use countersign_types::{SecretKey, Timestamp};
use std::sync::atomic::{AtomicU64, Ordering};

const USED_UP: &str = "The app quota has been used up.";

fn quota(calls: u32) -> AppQuota {
    AppQuota { id: id("quota"), calls, span: Span { count: 2, unit: TimeUnit::Hour }, begin: None }
}

/// Two APIs for both apps, and one for everybody; the app `app` has the quota.
fn limited(quota: Option<AppQuota>) -> Source {
    let api = |path| mock("GET", path, "").auth(Auth::App).authorized("app").authorized("other");
    let mut source = with_keys(source(vec![api("/a"), api("/b"), mock("GET", "/open", "")]));
    source.apps[0].quota = quota;
    source
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 2, ..Config::default() }, source)
}

fn call_at(world: &World, key: &str, target: &str, secret: &str, now: Timestamp) -> Response {
    let request = Request { method: "GET", target, headers: &[("Host", HOST)], payload: Payload::Body(b"") };
    let signed = Signer::new(id(key), SecretKey::new(secret)).sign(&request, now).unwrap();
    let lines: String = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    world.call(format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n"))
}

fn call(world: &World, key: &str, target: &str) -> Response {
    call_at(world, key, target, SECRET, clock())
}

#[test]
fn an_app_makes_as_many_calls_as_its_quota_says_over_all_apis_and_others_go_on() {
    let world = serve(&limited(Some(quota(3))));
    let statuses = ["/a", "/b", "/a", "/b", "/a"].map(|path| call(&world, APP_KEY, path).status);
    assert_eq!(statuses, [200, 200, 200, 405, 405]);
    call(&world, APP_KEY, "/a").assert_refused(405, "APIG.0501", USED_UP);
    assert_eq!(call(&world, OTHER_KEY, "/a").status, 200);
    assert_eq!(world.get("/open").status, 200);
}

#[test]
fn what_is_not_a_call_of_the_app_counts_for_nothing() {
    let world = serve(&limited(Some(quota(1))));
    assert_eq!(call_at(&world, APP_KEY, "/a", "wrong-secret", clock()).status, 401);
    assert_eq!(call(&world, APP_KEY, "/nothing").status, 404);
    assert_eq!(call(&world, APP_KEY, "/a").status, 200);
    assert_eq!(call(&world, APP_KEY, "/a").status, 405);
}

#[test]
fn a_quota_counts_on_through_other_changes_and_begins_anew_with_its_own() {
    let world = serve(&limited(Some(quota(2))));
    let swap = |quota| world.snapshots.swap(Snapshot::compile(&limited(quota)).unwrap());
    assert_eq!(call(&world, APP_KEY, "/a").status, 200);
    swap(Some(quota(2)));
    assert_eq!(call(&world, APP_KEY, "/a").status, 200);
    assert_eq!(call(&world, APP_KEY, "/a").status, 405);
    swap(Some(quota(3)));
    assert_eq!([(); 2].map(|()| call(&world, APP_KEY, "/a").status), [200, 405], "one call more");
    swap(Some(AppQuota { id: id("another"), ..quota(1) }));
    assert_eq!([(); 2].map(|()| call(&world, APP_KEY, "/a").status), [200, 405]);
    swap(None);
    assert_eq!(call(&world, APP_KEY, "/a").status, 200);
}

#[test]
fn a_used_up_quota_is_told_before_a_used_up_limit_and_leaves_the_limit_alone() {
    let mut source = limited(Some(quota(1)));
    let calm = Throttle {
        id: id("calm"),
        shared: false,
        span: Span::DAY,
        api: 3,
        user: None,
        app: None,
        ip: None,
        special_apps: vec![],
        special_users: vec![],
    };
    source.throttling.policies = vec![calm];
    source.groups[0].releases[0].throttle_id = Some(id("calm"));
    let world = serve(&source);
    let statuses = [APP_KEY, APP_KEY, OTHER_KEY, OTHER_KEY].map(|key| call(&world, key, "/a").status);
    assert_eq!(statuses, [200, 405, 200, 200]);
    assert_eq!(call(&world, OTHER_KEY, "/a").status, 429);
}

static TIME: AtomicU64 = AtomicU64::new(1_000_000_000);

fn moving() -> Timestamp {
    Timestamp::from_unix(TIME.load(Ordering::Relaxed))
}

/// Statuses of two calls each at these times.
fn statuses(quota: AppQuota, times: &[u64]) -> Vec<[u16; 2]> {
    let world = World::at(moving, Config { workers: 1, ..Config::default() }, &limited(Some(quota)));
    let at = |time: &u64| {
        TIME.store(*time, Ordering::Relaxed);
        [(); 2].map(|()| call_at(&world, APP_KEY, "/a", SECRET, moving()).status)
    };
    times.iter().map(at).collect()
}

#[test]
fn periods_begin_with_the_first_call_or_when_they_were_told_to() {
    let hours = |hours: u64| 1_000_000_000 + hours * 3_600;
    let by_calls = statuses(quota(1), &[hours(0), hours(1), hours(2), hours(3), hours(5)]);
    assert_eq!(by_calls, [[200, 405], [405, 405], [200, 405], [405, 405], [200, 405]]);
    let told = AppQuota { begin: Some(hours(1)), ..quota(1) };
    let by_clock = statuses(told, &[hours(0), hours(1), hours(2), hours(3), hours(4)]);
    assert_eq!(by_clock, [[200, 405], [200, 405], [405, 405], [200, 405], [405, 405]]);
}

#[test]
fn a_quota_that_allows_nothing_or_has_no_length_is_no_configuration() {
    for broken in [quota(0), AppQuota { span: Span { count: 0, unit: TimeUnit::Day }, ..quota(1) }] {
        assert!(Snapshot::compile(&limited(Some(broken))).is_err());
    }
}
