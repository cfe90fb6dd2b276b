//! Serves one signed API in front of a backend, for measuring the line alone:
//! `line BACKEND:PORT [ACCESS_LOG]` prints the gateway's address and the header lines of a signed call, then
//! serves until its input ends. Its clock stands still, so that the call stays valid.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "an example may stop where it stands")]

use countersign_gateway::{AccessLog, Config, Snapshots, start};
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::{
    Snapshot, Source,
    source::{
        Access, App, AppCode, Auth, Backend, Definition, Features, Gateway, Group, Matching, Protocol,
        Release, UnsignedPayload,
    },
};
use countersign_types::{EnvId, SecretKey, Timestamp};
use std::{io::Read, time::Duration};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const TARGET: &str = "/v1/items?limit=10&marker=abc&name=a%20b&sort=asc";
const HEADERS: [(&str, &str); 3] =
    [("Host", "group.example.com"), ("Content-Type", "application/json"), ("User-Agent", "bench")];

fn clock() -> Timestamp {
    Timestamp::from_unix(1_767_323_045)
}

fn id<T: TryFrom<String>>(text: &str) -> T {
    T::try_from(text.to_owned()).ok().unwrap()
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let source = source(&arguments.next().unwrap());
    let snapshots = Snapshots::default();
    snapshots.swap(Snapshot::compile(&source).unwrap());
    let access_log = arguments.next().map_or(AccessLog::Off, |path| AccessLog::File(path.into()));
    let running = start(Config { workers: 1, access_log, ..Config::default() }, snapshots, clock).unwrap();
    let signer = Signer::new(id("app-key-1234567890"), SecretKey::new("secret"));
    let request = Request { method: "GET", target: TARGET, headers: &HEADERS, payload: Payload::Body(b"") };
    println!("{}\n{TARGET}", running.address());
    for (name, value) in HEADERS {
        println!("{name}: {value}");
    }
    for (name, value) in signer.sign(&request, clock()).unwrap().headers {
        println!("{name}: {value}");
    }
    let _until_the_end = std::io::stdin().read_to_end(&mut Vec::new());
    running.shutdown(Duration::from_secs(1));
}

fn source(backend: &str) -> Source {
    let definition = Definition {
        protocol: Protocol::Both,
        method: "GET".to_owned(),
        path: "/v1/items".to_owned(),
        matching: Matching::Exact,
        auth: Auth::App,
        app_code: AppCode::Refused,
        authorizer: None,
        unsigned_payload: UnsignedPayload::Allow,
        cors: false,
        response_id: None,
        parameters: vec![],
        backend: Backend::Http {
            tls: false,
            address: backend.to_owned(),
            method: "GET".to_owned(),
            path: "/v1/items".to_owned(),
            timeout_ms: 5_000,
            retries: Some(0),
        },
        backend_authorizer: None,
        mappings: vec![],
        policies: vec![],
    };
    let release = Release {
        publish_id: id("publish"),
        version_id: id("version"),
        api_id: id("api"),
        api_name: "items".to_owned(),
        env_id: EnvId::release(),
        env_name: "RELEASE".to_owned(),
        definition,
        authorized_apps: vec![id("app")],
        throttle_id: None,
        access: Access::default(),
        signature: None,
        diagnosed: false,
    };
    let group = Group {
        id: id("group"),
        instance_id: id("instance"),
        subdomain: None,
        hosts: vec!["group.example.com".to_owned()],
        by_address: false,
        releases: vec![release],
        responses: vec![],
    };
    let (key, secret) = (id("app-key-1234567890"), SecretKey::new("secret"));
    let app = App::new(id("app"), "app".to_owned(), key, secret);
    // The clock stands still: all calls come within one second.
    let features = Features { api_limit: u32::MAX, ..Features::default() };
    let gateway = Gateway { id: id("instance"), features };
    Source { gateways: vec![gateway], groups: vec![group], apps: vec![app], ..Source::empty(1) }
}
