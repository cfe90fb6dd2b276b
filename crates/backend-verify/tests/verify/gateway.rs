//! A real gateway with a signature key in front of the example.

use crate::{KEY, SECRET, backend::app, keys, now};
use countersign_gateway::{Config, Snapshots, start};
use countersign_snapshot::{
    Snapshot, Source,
    source::{
        Auth, Backend, Definition, Features, Gateway, Group, Matching, Protocol, Release, Signature,
        SignatureScheme, UnsignedPayload,
    },
};
use countersign_types::{EnvId, SecretKey};
use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    thread,
    time::Duration,
};

fn id<T: TryFrom<String>>(text: &str) -> T {
    T::try_from(text.to_owned()).ok().expect("an id")
}

fn source(backend: SocketAddr, signature: Option<Signature>) -> Source {
    let definition = Definition {
        protocol: Protocol::Both,
        method: "ANY".to_owned(),
        path: "/api".to_owned(),
        matching: Matching::Prefix,
        auth: Auth::None,
        unsigned_payload: UnsignedPayload::Allow,
        parameters: vec![],
        backend: Backend::Http {
            tls: false,
            address: backend.to_string(),
            method: "ANY".to_owned(),
            path: "/backend".to_owned(),
            timeout_ms: 20_000,
        },
        mappings: vec![],
    };
    let release = Release {
        publish_id: id("publish"),
        version_id: id("version"),
        api_id: id("api"),
        api_name: "api".to_owned(),
        env_id: EnvId::release(),
        env_name: "RELEASE".to_owned(),
        definition,
        authorized_apps: vec![],
        signature,
    };
    let group = Group {
        id: id("group"),
        instance_id: id("instance"),
        hosts: vec![],
        by_address: true,
        releases: vec![release],
    };
    let gateway = Gateway { id: id("instance"), features: Features::default() };
    Source { gateways: vec![gateway], groups: vec![group], ..Source::empty(1) }
}

/// The example, served on a thread that ends with the process.
fn served() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app(keys(), now)).await
        })
    });
    address
}

/// First and last line of the answer.
fn call(address: SocketAddr, target: &str, body: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "PUT {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    );
    stream.write_all(format!("{head}Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    (answer.lines().next().unwrap().to_owned(), answer.lines().next_back().unwrap().to_owned())
}

#[test]
fn the_backend_answers_the_gateway_and_nobody_else() {
    let backend = served();
    let key =
        Signature { scheme: SignatureScheme::Hmac, key: KEY.to_owned(), secret: SecretKey::new(SECRET) };
    let snapshots = Snapshots::default();
    snapshots.swap(Snapshot::compile(&source(backend, Some(key))).unwrap());
    let gateway = start(Config { workers: 1, ..Config::default() }, snapshots.clone(), now).unwrap();
    for target in ["/api", "/api/a%20b/%E4%BD%A0?b=2&a=%2F&empty", "/api/?"] {
        let (status, body) = call(gateway.address(), target, "a body");
        assert_eq!(
            (status.as_str(), body.as_str()),
            ("HTTP/1.1 200 OK", "backend_key brings 6 bytes"),
            "{target}"
        );
    }
    let unsigned =
        ("HTTP/1.1 401 Unauthorized", r#"{"error_msg":"the authorization header has no signature"}"#);
    let (status, body) = call(backend, "/backend", "a body");
    assert_eq!((status.as_str(), body.as_str()), unsigned);
    snapshots.swap(Snapshot::compile(&source(backend, None)).unwrap());
    let (status, body) = call(gateway.address(), "/api", "a body");
    assert_eq!((status.as_str(), body.as_str()), unsigned);
    gateway.shutdown(Duration::from_secs(5));
}
