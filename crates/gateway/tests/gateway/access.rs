use crate::{
    signatures::signed_get,
    world::{APP_KEY, Change, HOST, USER_KEY, World, get, mock, source, with_keys},
};
use countersign_gateway::{AccessLog, Config};
use countersign_snapshot::{
    AddressSet,
    source::{
        Access, AccessList, Auth, Domain, Location, MappedValue, Release, Rule, Source, SourceAddress, System,
    },
};
use serde_json::Value;
use std::{
    fs,
    io::Write,
    net::{IpAddr, SocketAddr, TcpStream},
    time::Duration,
};

fn list(rule: Rule, entries: &[&str]) -> Option<AccessList> {
    Some(AccessList { rule, entries: entries.iter().map(|entry| (*entry).to_owned()).collect() })
}

fn guarded(path: &str, rule: Rule, addresses: &[&str]) -> Release {
    let access = Access { addresses: list(rule, addresses), ..Access::default() };
    Release { access, ..mock("GET", path, "in") }
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, ..Config::default() }, source)
}

/// A gateway that believes loopback peers about the source, as far as this setting says.
fn behind_proxy(apis: Vec<Release>, setting: SourceAddress) -> World {
    let mut source = source(apis);
    source.gateways[0].features.source_address = setting;
    let trusted_proxies = AddressSet::parse(["127.0.0.0/8"]).unwrap();
    World::configured(Config { workers: 1, trusted_proxies, ..Config::default() }, &source)
}

fn with_header(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n")
}

#[test]
fn a_list_of_addresses_lets_pass_or_keeps_out_whom_it_names() {
    let world = World::new(vec![
        guarded("/permitted", Rule::Permit, &["127.0.0.0/8"]),
        guarded("/not-permitted", Rule::Permit, &["192.0.2.1", "::1"]),
        guarded("/denied", Rule::Deny, &["127.0.0.1"]),
        guarded("/not-denied", Rule::Deny, &["127.0.0.2-127.0.0.9"]),
    ]);
    assert_eq!((world.get("/permitted").status, world.get("/not-denied").status), (200, 200));
    for refused in ["/not-permitted", "/denied"] {
        world.get(refused).assert_refused(
            403,
            "APIG.0402",
            "The IP address is not authorized to access the API.",
        );
    }
}

#[test]
fn an_ipv6_peer_is_compared_as_such_and_a_mapped_one_as_ipv4() {
    let address = SocketAddr::from((IpAddr::from([0_u16; 8]), 0));
    let apis = vec![guarded("/six", Rule::Permit, &["::1"]), guarded("/four", Rule::Permit, &["127.0.0.1"])];
    let world = World::configured(Config { workers: 1, address, ..Config::default() }, &source(apis));
    let port = world.address.port();
    let status = |ip: IpAddr, path: &str| {
        crate::client::Client::connect(SocketAddr::from((ip, port))).call(get(path)).status
    };
    let (six, four) = (IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]), IpAddr::from([127, 0, 0, 1]));
    assert_eq!((status(six, "/six"), status(six, "/four")), (200, 403));
    assert_eq!((status(four, "/six"), status(four, "/four")), (403, 200));
}

#[test]
fn who_is_kept_out_by_address_is_not_asked_who_it_is() {
    let world = World::new(vec![guarded("/api", Rule::Deny, &["127.0.0.1"]).auth(Auth::App)]);
    world.get("/api").assert_refused_with(403, "APIG.0402", "");
}

#[test]
fn nobody_is_believed_about_its_source_unless_it_is_a_trusted_proxy() {
    let api = || vec![guarded("/api", Rule::Permit, &["192.0.2.1"])];
    let mut untrusted = source(api());
    untrusted.gateways[0].features.source_address = SourceAddress::ForwardedFor(0);
    let forged = with_header("/api", "X-Forwarded-For: 192.0.2.1\r\n");
    serve(&untrusted).call(&forged).assert_refused_with(403, "APIG.0402", "");
    behind_proxy(api(), SourceAddress::Peer).call(&forged).assert_refused_with(403, "APIG.0402", "");
    assert_eq!(behind_proxy(api(), SourceAddress::ForwardedFor(0)).call(&forged).status, 200);
}

#[test]
fn lines_of_forwarded_for_are_one_list_that_is_counted_from_both_ends() {
    let headers = "X-Forwarded-For: 192.0.2.1, 192.0.2.2\r\nX-Forwarded-For: 192.0.2.3\r\n";
    for (position, expected) in [(0, 200), (1, 403), (-1, 403), (-2, 403), (-3, 200), (5, 403), (-5, 403)] {
        let api = vec![guarded("/api", Rule::Permit, &["192.0.2.1"])];
        let world = behind_proxy(api, SourceAddress::ForwardedFor(position));
        assert_eq!(world.call(with_header("/api", headers)).status, expected, "{position}");
    }
}

#[test]
fn a_header_of_the_operators_choice_names_the_source() {
    let api = || vec![guarded("/api", Rule::Permit, &["2001:db8::1"])];
    let world = behind_proxy(api(), SourceAddress::Header("X-Client".to_owned()));
    assert_eq!(world.call(with_header("/api", "X-Client: 2001:db8::1\r\n")).status, 200);
    for ambiguous in ["", "X-Client: nobody\r\n", "X-Client: 2001:db8::1\r\nX-Client: 2001:db8::1\r\n"] {
        world.call(with_header("/api", ambiguous)).assert_refused_with(403, "APIG.0402", "");
    }
}

#[test]
fn what_the_backend_and_the_log_are_told_is_the_source_too() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("access.log");
    let backend = crate::backend::Backend::ok();
    let api = crate::world::http("GET", "/api", backend.address, "/").map(
        "X-Source",
        Location::Header,
        MappedValue::System(System::SourceIp),
    );
    let mut source = source(vec![api]);
    source.gateways[0].features.source_address = SourceAddress::ForwardedFor(-1);
    let config = Config {
        workers: 1,
        trusted_proxies: AddressSet::parse(["127.0.0.1"]).unwrap(),
        access_log: AccessLog::File(path.clone()),
        ..Config::default()
    };
    let mut world = World::configured(config, &source);
    world.call(with_header("/api", "X-Forwarded-For: 192.0.2.7\r\n"));
    world.get("/api");
    let (named, peer) = (backend.received(), backend.received());
    assert_eq!(named.header("x-source"), Some("192.0.2.7"));
    assert_eq!(named.header("x-forwarded-for"), Some("192.0.2.7, 127.0.0.1"));
    assert_eq!(peer.header("x-source"), Some("127.0.0.1"));
    world.shutdown(Duration::from_secs(20));
    let log = fs::read_to_string(path).unwrap();
    let records: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&records[0]["source"], records[1].get("source")), (&"192.0.2.7".into(), None));
    assert!(records[0]["peer"].as_str().unwrap().starts_with("127.0.0.1:"));
}

#[test]
fn an_app_calls_only_from_where_its_own_list_says() {
    let api = || vec![mock("GET", "/app", "in").auth(Auth::App).authorized("app")];
    let world_of = |rule, addresses: &[&str]| {
        let mut source = with_keys(source(api()));
        source.apps[0].addresses = list(rule, addresses);
        serve(&source)
    };
    let call = signed_get(APP_KEY, "/app");
    assert_eq!(world_of(Rule::Permit, &["127.0.0.1"]).call(&call).status, 200);
    for world in [world_of(Rule::Deny, &["127.0.0.0/8"]), world_of(Rule::Permit, &["192.0.2.1"])] {
        let response = world.call(&call);
        response.assert_refused_with(403, "APIG.0405", "");
    }
}

/// An API that the account `domain` (named `company`) may or may not call.
fn by_account(auth: Auth, names: Option<AccessList>, ids: Option<AccessList>) -> World {
    let access = Access { account_names: names, account_ids: ids, ..Access::default() };
    let api = Release { access, ..mock("GET", "/api", "in") }.auth(auth).authorized("app");
    let mut source = with_keys(source(vec![api]));
    let id = "domain".to_owned().try_into().unwrap();
    source.identity.domains = vec![Domain { id, name: "company".to_owned() }];
    serve(&source)
}

#[test]
fn lists_of_accounts_know_iam_callers_by_name_and_by_id() {
    let call = signed_get(USER_KEY, "/api");
    for (names, ids, expected) in [
        (list(Rule::Permit, &["company"]), None, 200),
        (list(Rule::Permit, &["other"]), None, 403),
        (list(Rule::Deny, &["company"]), None, 403),
        (None, list(Rule::Permit, &["domain"]), 200),
        (None, list(Rule::Deny, &["domain"]), 403),
        // The one that permits counts, whichever it is.
        (list(Rule::Permit, &["company"]), list(Rule::Deny, &["domain"]), 200),
        (list(Rule::Deny, &["company"]), list(Rule::Permit, &["domain"]), 200),
        (list(Rule::Permit, &["other"]), list(Rule::Deny, &["another"]), 403),
        // Of one kind, both count.
        (list(Rule::Permit, &["company"]), list(Rule::Permit, &["other"]), 403),
        (list(Rule::Deny, &["other"]), list(Rule::Deny, &["domain"]), 403),
    ] {
        let response = by_account(Auth::Iam, names.clone(), ids.clone()).call(&call);
        assert_eq!(response.status, expected, "{names:?} {ids:?}");
        if expected == 403 {
            response.assert_refused_with(403, "APIG.0302", "The IAM user is not authorized");
        }
    }
}

#[test]
fn callers_without_an_account_are_on_no_list() {
    for (auth, call) in [(Auth::None, get("/api").into_bytes()), (Auth::App, signed_get(APP_KEY, "/api"))] {
        let response = by_account(auth, list(Rule::Permit, &["company"]), None).call(&call);
        response.assert_refused_with(403, "APIG.0306", "");
        assert_eq!(by_account(auth, list(Rule::Deny, &["company"]), None).call(&call).status, 200);
    }
}

#[test]
fn an_account_that_nobody_can_name_passes_no_list() {
    let access = Access { account_names: list(Rule::Deny, &["other"]), ..Access::default() };
    let api = Release { access, ..mock("GET", "/api", "in") }.auth(Auth::Iam);
    let world = serve(&with_keys(source(vec![api])));
    world.call(signed_get(USER_KEY, "/api")).assert_refused_with(403, "APIG.0302", "");
}

#[test]
fn another_loopback_address_is_another_source() {
    let world = World::new(vec![guarded("/api", Rule::Deny, &["127.0.0.2"])]);
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.bind(&SocketAddr::from(([127, 0, 0, 2], 0)).into()).unwrap();
    socket.connect(&world.address.into()).unwrap();
    let mut stream = TcpStream::from(socket);
    stream.write_all(get("/api").as_bytes()).unwrap();
    crate::client::Client::over(stream).response().assert_refused_with(403, "APIG.0402", "");
    assert_eq!(world.get("/api").status, 200);
}
