//! What is counted of calls, by API and by gateway.

use crate::{
    backend::Backend,
    world::{Change, HOST, World, clock, http, id, mock},
};
use countersign_gateway::CallBook;
use countersign_snapshot::source::Location;
use countersign_types::{Tally, Traffic};
use std::time::Duration;

/// Everything that was counted, once the gateway is down.
fn counted(mut world: World) -> CallBook {
    let calls = world.running.as_ref().unwrap().calls();
    world.shutdown(Duration::from_secs(10));
    calls
}

fn minute() -> u64 {
    clock().unix() / 60
}

fn tally(book: &CallBook, apis: &[&str]) -> Option<Tally> {
    let apis: Vec<_> = apis.iter().map(|api| id(api)).collect();
    let mut calls = book.calls(&apis);
    let tally = calls.remove(&minute());
    assert!(calls.is_empty(), "the clock stands still: {calls:?}");
    tally
}

#[test]
fn calls_are_counted_by_api_and_by_how_they_were_answered() {
    let backend = Backend::ok();
    let failing = Backend::answering(b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
    let mut refusing = mock("GET", "/refusing", "").parameter("q", Location::Query);
    refusing.definition.parameters[0].required = true;
    let world = World::new(vec![
        http("GET", "/good", backend.address, "/"),
        http("GET", "/failing", failing.address, "/"),
        refusing,
        mock("GET", "/idle", ""),
    ]);
    for target in ["/good", "/good", "/failing", "/refusing", "/unknown"] {
        world.get(target);
    }
    let book = counted(world);
    let good = tally(&book, &["GET_good"]).unwrap();
    assert_eq!((good.calls, good.status_2xx, good.exchanges), (2, 2, 2));
    assert!(good.upstream_us <= good.total_us && good.longest_us <= u32::try_from(good.total_us).unwrap());
    let failing = tally(&book, &["GET_failing"]).unwrap();
    assert_eq!((failing.calls, failing.status_5xx, failing.exchanges), (1, 1, 1));
    let refusing = tally(&book, &["GET_refusing"]).unwrap();
    assert_eq!((refusing.calls, refusing.status_4xx, refusing.exchanges), (1, 1, 0));
    assert_eq!((refusing.upstream_us, refusing.longest_upstream_us), (0, 0));
    assert_eq!(tally(&book, &["GET_idle"]), None);
    assert_eq!(tally(&book, &["GET_good", "GET_failing", "GET_idle"]).unwrap().calls, 3);
    assert_eq!(book.since(), minute());
}

#[test]
fn bytes_are_those_on_the_wire() {
    let backend = Backend::with(|_| b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".to_vec());
    let world = World::new(vec![http("POST", "/", backend.address, "/there")]);
    let request = format!("POST /?q=1 HTTP/1.1\r\nhost: {HOST}\r\ncontent-length: 4\r\n\r\nbody");
    let mut client = world.client();
    client.send(request.replace("\r\n\r\n", "\r\nconnection: close\r\n\r\n"));
    let answer = client.rest();
    let sent = backend.received();
    let book = counted(world);
    let Traffic { from_clients, to_clients, from_backends, to_backends } =
        book.traffic(&id("instance"))[&minute()];
    assert_eq!(from_clients, (request.len() + "connection: close\r\n".len()) as u64);
    // The engine adds its date and what it says of the connection.
    let own_lines =
        ["date: Tue, 15 Nov 1994 08:12:31 GMT\r\n", "connection: close\r\n"].concat().len() as u64;
    assert!(to_clients <= answer.len() as u64 && answer.len() as u64 <= to_clients + own_lines);
    assert_eq!(from_backends, "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello".len() as u64);
    let lines: usize = sent.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    let whole = (format!("POST {} HTTP/1.1\r\n\r\nbody", sent.target).len() + lines) as u64;
    // The engine frames the body.
    assert!(to_backends <= whole && whole <= to_backends + "content-length: 4\r\n".len() as u64 + 16);
    let tally = tally(&book, &["POST_"]).unwrap();
    assert_eq!((tally.bytes_in, tally.bytes_out), (from_clients, to_clients));
}
