use crate::{
    backend::Backend,
    world::{Change, HOST, SECRET, World, http, mock, source},
};
use countersign_gateway::{Config, Timeouts};
use std::time::Duration;

const CAP: usize = 12 * 1024 * 1024;
const TOO_LARGE: &str = "Request entity too large.";

fn world(backend: &Backend) -> World {
    World::new(vec![http("POST", "/", backend.address, "/")])
}

fn head(framing: &str) -> String {
    format!("POST / HTTP/1.1\r\nHost: {HOST}\r\n{framing}\r\n\r\n")
}

#[test]
fn the_largest_body_passes_with_its_length_and_one_byte_more_is_refused_unread() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    client.send(head(&format!("Content-Length: {CAP}")));
    client.send(vec![b'x'; CAP]);
    assert_eq!(client.response().text(), "ok");
    assert_eq!(backend.received().body.len(), CAP);
    let refused = client.call(head(&format!("Content-Length: {}", CAP + 1)));
    refused.assert_refused(413, "APIG.0201", TOO_LARGE);
    assert_eq!(refused.header("connection"), Some("close"));
    client.finish_sending();
    assert!(client.is_closed());
}

#[test]
fn the_largest_body_passes_chunked_and_one_byte_more_is_refused() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    client.send(head("Transfer-Encoding: chunked"));
    let chunk = [b"100000\r\n".to_vec(), vec![b'x'; 0x10_0000], b"\r\n".to_vec()].concat();
    for _ in 0..12 {
        client.send(&chunk);
    }
    assert_eq!(client.call("0\r\n\r\n").text(), "ok");
    let received = backend.received();
    assert_eq!((received.body.len(), received.header("content-length")), (CAP, Some("12582912")));
    client.send(head("Transfer-Encoding: chunked"));
    for _ in 0..12 {
        client.send(&chunk);
    }
    client.send("1\r\nx\r\n");
    let refused = client.response();
    refused.assert_refused(413, "APIG.0201", TOO_LARGE);
    assert_eq!(refused.header("connection"), Some("close"));
}

#[test]
fn an_endless_chunked_body_is_answered_while_the_client_still_sends() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    client.send(head("Transfer-Encoding: chunked"));
    let chunk = [b"100000\r\n".to_vec(), vec![b'x'; 0x10_0000], b"\r\n".to_vec()].concat();
    // The client does not look before it has sent 20 MiB: its answer must still be there.
    for _ in 0..20 {
        client.send(&chunk);
    }
    client.response().assert_refused(413, "APIG.0201", TOO_LARGE);
    backend.assert_untouched();
}

#[test]
fn tiny_chunks_arrive_in_order() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    let text: Vec<u8> = (0..20_000_u32).map(|number| b'a' + u8::try_from(number % 26).unwrap()).collect();
    let chunks: Vec<u8> = text.iter().flat_map(|byte| [b'1', b'\r', b'\n', *byte, b'\r', b'\n']).collect();
    client.send(head("Transfer-Encoding: chunked"));
    client.send(chunks);
    assert_eq!(client.call("0\r\nX-Trailer: dropped\r\n\r\n").text(), "ok");
    assert_eq!(backend.received().body, text);
}

#[test]
fn a_truncated_or_malformed_body_is_400_and_nothing_is_forwarded() {
    let backend = Backend::ok();
    let world = world(&backend);
    for (framing, body) in [
        ("Content-Length: 10", "short"),
        ("Transfer-Encoding: chunked", "5\r\nabc"),
        ("Transfer-Encoding: chunked", "5\r\nabcde\r\n"),
        ("Transfer-Encoding: chunked", "zz\r\nabc\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", "ffffffffffffffffff\r\n"),
    ] {
        let mut client = world.client();
        client.send(head(framing));
        client.send(body);
        client.finish_sending();
        let bytes = client.rest();
        let text = String::from_utf8_lossy(&bytes);
        // A client that closed its side may be gone altogether; it is never told of success.
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 400"), "{framing}: {text}");
    }
    backend.assert_untouched();
}

#[test]
fn a_malformed_chunk_is_answered_with_the_contracts_body() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    client.send(head("Transfer-Encoding: chunked"));
    client.send("zz\r\n");
    let expected = "API request error: the body is incomplete or malformed";
    client.response().assert_refused(400, "APIG.0201", expected);
    backend.assert_untouched();
}

#[test]
fn a_body_that_comes_too_slowly_is_408() {
    let backend = Backend::ok();
    let timeouts = Timeouts { body: Duration::from_millis(50), ..Timeouts::default() };
    let config = Config { workers: 1, timeouts, ..Config::default() };
    let world = World::configured(config, &source(vec![http("POST", "/", backend.address, "/")]));
    let refused = world.call(head("Content-Length: 10") + "abc");
    refused.assert_refused(408, "APIG.0201", "API request error: the body came too slowly");
    backend.assert_untouched();
}

#[test]
fn bodies_beyond_the_memory_budget_are_503_and_the_budget_comes_back() {
    let backend = Backend::ok();
    let config = Config { workers: 1, body_budget_bytes: 1000, ..Config::default() };
    let world = World::configured(config, &source(vec![http("POST", "/", backend.address, "/")]));
    let body = |bytes: usize| head(&format!("Content-Length: {bytes}")) + &"x".repeat(bytes);
    for _ in 0..3 {
        world.call(body(1001)).assert_refused(503, "APIG.0201", "The gateway is overloaded.");
        assert_eq!(world.call(body(1000)).text(), "ok");
    }
}

#[test]
fn a_client_that_expects_100_is_told_to_continue_only_when_its_head_is_accepted() {
    let backend = Backend::ok();
    let world = World::new(vec![
        http("POST", "/", backend.address, "/"),
        mock("POST", "/signed", "").auth(countersign_snapshot::source::Auth::App),
    ]);
    let mut client = world.client();
    assert_eq!(client.call(head("Content-Length: 2\r\nExpect: 100-continue")).status, 100);
    assert_eq!(client.call("hi").text(), "ok");
    let refused = client.call(head("Content-Length: 2\r\nExpect: 100-continue").replace("/ ", "/signed "));
    assert_eq!((refused.status, refused.header("connection")), (401, Some("close")));
    assert!(!refused.text().contains(SECRET));
}

#[test]
fn a_refusal_with_a_small_unread_body_does_not_disturb_the_next_request() {
    let backend = Backend::ok();
    let world = world(&backend);
    let mut client = world.client();
    let unread = head("Content-Length: 5").replace("/ ", "/nowhere ") + "GET /";
    client.call(unread).assert_refused_with(404, "APIG.0101", "The API does not exist");
    assert_eq!(client.call(head("Content-Length: 2") + "ok").text(), "ok");
}
