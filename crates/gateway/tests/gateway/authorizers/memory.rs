//! What is remembered of a function's answers, and for how long.

use super::*;

static SECONDS: AtomicU64 = AtomicU64::new(1_000);

fn moving() -> Timestamp {
    Timestamp::from_unix(SECONDS.load(Ordering::SeqCst))
}

#[test]
fn allow_and_deny_hold_for_their_time_and_no_longer() {
    let (webhook, asked) = counting();
    let backend = Backend::ok();
    let api = guarded(http("GET", "/", backend.address, "/"), "front").map(
        "x-number",
        Location::Header,
        said(Side::Frontend, "number"),
    );
    let world = World::at(moving, config(), &configuration(vec![api], vec![remembering(&webhook)]));
    let call = |token: &str| world.call(get("/", &format!("X-Token: {token}\r\n"))).status;
    assert_eq!([call("good"), call("good"), call("bad"), call("bad")], [200, 200, 500, 500]);
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    SECONDS.fetch_add(59, Ordering::SeqCst);
    assert_eq!(([call("good"), call("bad")], asked.load(Ordering::SeqCst)), ([200, 500], 2));
    SECONDS.fetch_add(1, Ordering::SeqCst);
    assert_eq!(([call("good"), call("bad")], asked.load(Ordering::SeqCst)), ([200, 500], 4));
    let numbers: Vec<_> = (0..4).map(|_| backend.received().header("x-number").map(str::to_owned)).collect();
    assert_eq!(numbers, ["0", "0", "0", "2"].map(|number| Some(number.to_owned())));
}

#[test]
fn without_a_time_every_call_asks() {
    let (webhook, asked) = counting();
    let forgetting = Authorizer { ttl_seconds: 0, ..remembering(&webhook) };
    let world = serve(vec![guarded(mock("GET", "/", "hello"), "front")], vec![forgetting]);
    for _ in 0..3 {
        assert_eq!(world.call(get("/", "X-Token: good\r\n")).status, 200);
    }
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[test]
fn a_changed_authorizer_asks_again() {
    let (webhook, asked) = counting();
    let apis = || vec![guarded(mock("GET", "/", "hello"), "front")];
    let world = serve(apis(), vec![remembering(&webhook)]);
    assert_eq!(world.call(get("/", "X-Token: good\r\n")).status, 200);
    let (denying, changed) = (denying(), remembering(&webhook));
    let same = configuration(apis(), vec![remembering(&webhook)]);
    let recompile = |source: &Source| {
        let current = world.snapshots.current().unwrap();
        world.snapshots.swap(Snapshot::recompile(&current, source).unwrap());
    };
    recompile(&same);
    assert_eq!(world.call(get("/", "X-Token: good\r\n")).status, 200);
    assert_eq!(asked.load(Ordering::SeqCst), 1, "nothing changed");
    let url = Some(format!("http://{}/", denying.address));
    recompile(&configuration(apis(), vec![Authorizer { url, ..changed }]));
    assert_refused(&world.call(get("/", "X-Token: good\r\n")), DENIED);
    recompile(&same);
    assert_eq!(world.call(get("/", "X-Token: bad\r\n")).status, 500);
}

#[test]
fn two_identities_never_share_a_verdict_however_they_are_cut() {
    let webhook = Backend::with(|request| {
        let told = event(request);
        let is_good = told["headers"]["x-a"] == "a" && told["headers"]["x-b"] == "b,c";
        verdict(&json!({ "status": if is_good { "allow" } else { "deny" } }))
    });
    let identities =
        vec![identified("X-A", Location::Header, None), identified("X-B", Location::Header, None)];
    let authorizer = Authorizer { identities, ..remembering(&webhook) };
    let world = serve(vec![guarded(mock("GET", "/", "hello"), "front")], vec![authorizer]);
    let call = |a: &str, b: &str| world.call(get("/", &format!("X-A: {a}\r\nX-B: {b}\r\n"))).status;
    assert_eq!(call("a", "b,c"), 200);
    for (a, b) in [("a,b", "c"), ("a, b", ",c"), ("ab,", "c"), ("b,c", "a"), ("a,b,c", "a,b,c")] {
        assert_eq!(call(a, b), 500, "{a} {b}");
    }
    assert_eq!(call("a", "b,c"), 200);
}

#[test]
fn calls_at_the_same_time_ask_once() {
    let (release, gate) = mpsc::channel::<()>();
    let gate = std::sync::Mutex::new(gate);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let webhook = Backend::with(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        gate.lock().unwrap().recv().unwrap();
        verdict(&json!({ "status": "allow" }))
    });
    let world = serve(vec![guarded(mock("GET", "/", "hello"), "front")], vec![remembering(&webhook)]);
    let mut clients: Vec<_> = (0..5).map(|_| world.client()).collect();
    for client in &mut clients {
        client.send(get("/", "X-Token: good\r\n"));
    }
    release.send(()).unwrap();
    for client in &mut clients {
        assert_eq!(client.response().text(), "hello");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}
