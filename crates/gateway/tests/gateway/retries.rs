//! Further attempts at a backend that does not answer.

use crate::{
    backend::{Backend, OK, read_request},
    world::{Change, HOST, World, backend, get, release},
};
use countersign_snapshot::source::{self, Condition, Effect, Policy, Subject, Test};
use std::{
    io::{BufReader, Read as _, Write as _},
    net::{SocketAddr, TcpListener},
    sync::mpsc::{Receiver, channel},
};

/// Reads a request and hangs up, so many times; then it answers. Bodies arrive at the other end of the channel.
fn hanging_up(times: usize) -> (Backend, Receiver<Vec<u8>>) {
    let (sender, bodies) = channel();
    let backend = Backend::raw(move |mut stream, number| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let request = read_request(&mut reader).unwrap();
        sender.send(request.body).unwrap();
        if number >= times {
            stream.write_all(OK).unwrap();
        }
    });
    (backend, bodies)
}

fn world(address: SocketAddr, count: Option<u8>) -> World {
    World::new(vec![release("ANY", "/", with_retries(backend(address, "/", 20_000), count))])
}

fn with_retries(mut backend: source::Backend, count: impl Into<Option<u8>>) -> source::Backend {
    if let source::Backend::Http { retries, .. } = &mut backend {
        *retries = count.into();
    }
    backend
}

/// An address at which nobody listens.
fn gone() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

fn post(body: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

fn with_method(method: &str) -> String {
    get("/").replace("GET", method)
}

#[test]
fn an_idempotent_request_is_sent_once_more_unless_told_otherwise() {
    for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
        let (backend, _bodies) = hanging_up(1);
        assert_eq!(world(backend.address, None).call(with_method(method)).text(), "ok", "{method}");
        assert_eq!(backend.connections(), 2);
    }
    let (backend, _bodies) = hanging_up(2);
    world(backend.address, None).get("/").assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert_eq!(backend.connections(), 2);
}

#[test]
fn a_post_or_patch_is_never_repeated_unasked() {
    for method in ["POST", "PATCH"] {
        let (backend, _bodies) = hanging_up(1);
        let refused = world(backend.address, None).call(with_method(method));
        refused.assert_refused(502, "APIG.0201", "Backend unavailable.");
        assert_eq!(backend.connections(), 1, "{method}");
    }
}

#[test]
fn an_explicit_count_holds_for_every_method_and_the_body_goes_along() {
    let (backend, bodies) = hanging_up(3);
    let world = world(backend.address, Some(3));
    assert_eq!(world.call(post("the body")).text(), "ok");
    assert_eq!(bodies.try_iter().collect::<Vec<_>>(), vec![b"the body".to_vec(); 4]);
    assert!(world.metrics().contains("countersign_gateway_upstream_retried_total 3\n"));
}

#[test]
fn none_are_made_when_none_are_allowed() {
    let (backend, _bodies) = hanging_up(1);
    world(backend.address, Some(0)).get("/").assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert_eq!(backend.connections(), 1);
}

#[test]
fn a_connection_that_is_refused_is_tried_again() {
    let world = world(gone(), Some(10));
    world.call(post("x")).assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert!(world.metrics().contains("countersign_gateway_upstream_retried_total 10\n"));
}

#[test]
fn the_time_is_that_of_all_attempts_together() {
    let silent = Backend::raw(|mut stream, _| {
        let _until_the_gateway_gives_up = stream.read_to_end(&mut Vec::new());
    });
    let backend = with_retries(backend(silent.address, "/", 50), 10);
    let world = World::new(vec![release("GET", "/", backend)]);
    world.get("/").assert_refused(504, "APIG.0201", "Backend timeout.");
    assert_eq!(silent.connections(), 1);
}

#[test]
fn a_policy_has_its_own_attempts_and_its_own_time() {
    let (moody, _bodies) = hanging_up(1);
    let silent = Backend::raw(|mut stream, _| {
        let _until_the_gateway_gives_up = stream.read_to_end(&mut Vec::new());
    });
    let when = |path: &str, backend| Policy {
        effect: Effect::All,
        conditions: vec![Condition::Text { subject: Subject::Path, test: Test::Equal(path.to_owned()) }],
        backend,
        mappings: vec![],
        authorizer: None,
    };
    let mut api = release("GET", "/", with_retries(backend(silent.address, "/", 50), 0)).prefix();
    api.definition.policies = vec![
        when("/moody", with_retries(backend(moody.address, "/", 20_000), 1)),
        when("/gone", with_retries(backend(gone(), "/", 20_000), 2)),
    ];
    let world = World::new(vec![api]);
    world.get("/").assert_refused(504, "APIG.0201", "Backend timeout.");
    assert_eq!(world.get("/moody").text(), "ok");
    world.get("/gone").assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert!(world.metrics().contains("countersign_gateway_upstream_retried_total 3\n"));
}

#[test]
fn what_a_backend_answers_is_an_answer() {
    let failing = Backend::answering(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy");
    let babbling = Backend::answering(b"I am not HTTP\r\n\r\n");
    let response = world(failing.address, Some(10)).get("/");
    assert_eq!((response.status, response.text()), (503, "busy"));
    world(babbling.address, Some(10)).get("/").assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert_eq!((failing.connections(), babbling.connections()), (1, 1));
}
