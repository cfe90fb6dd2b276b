//! A real gateway with a signature key in front of the example.

use crate::{
    KEY, SECRET,
    backend::app,
    client::{Client, Response},
    keys,
    world::{Change, World, clock, http, source},
};
use countersign_snapshot::{
    Snapshot,
    source::{Release, Signature, SignatureScheme},
};
use countersign_types::SecretKey;
use std::{
    net::{SocketAddr, TcpListener},
    thread,
};

/// The example, served on a thread that ends with the process.
fn served() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), app(keys(), clock)).await
        })
    });
    address
}

fn signed(api: Release) -> Release {
    let key = KEY.to_owned();
    let signature = Signature { scheme: SignatureScheme::Hmac, key, secret: SecretKey::new(SECRET) };
    Release { signature: Some(signature), ..api }
}

fn put(address: SocketAddr, target: &str) -> Response {
    let lines = format!("Host: {address}\r\nContent-Type: text/plain\r\nContent-Length: 6");
    Client::connect(address).call(format!("PUT {target} HTTP/1.1\r\n{lines}\r\n\r\na body"))
}

#[test]
fn the_backend_answers_the_gateway_and_nobody_else() {
    let backend = served();
    let api = http("PUT", "/api", backend, "/backend").prefix();
    let world = World::new(vec![signed(api.clone())]);
    for target in ["/api", "/api/a%20b/%E4%BD%A0?b=2&a=%2F&empty", "/api/?"] {
        let answer = put(world.address, target);
        assert_eq!(
            (answer.status, answer.text()),
            (200, r#"{"access_key":"backend_key","body_bytes":6}"#),
            "{target}"
        );
    }
    let unsigned = (
        401,
        r#"{"error_code":"MissingAuthorization","error_msg":"the authorization header has no signature"}"#,
    );
    let answer = put(backend, "/backend");
    assert_eq!((answer.status, answer.text()), unsigned);
    world.snapshots.swap(Snapshot::compile(&source(vec![api])).unwrap());
    let answer = put(world.address, "/api");
    assert_eq!((answer.status, answer.text()), unsigned);
}
