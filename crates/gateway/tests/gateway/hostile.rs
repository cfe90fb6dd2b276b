use crate::world::{Change, HOST, World, get, mock};

fn world() -> World {
    World::new(vec![mock("ANY", "/", "in").prefix()])
}

#[test]
fn heads_that_are_not_http_get_the_contracts_answer_and_the_connection_ends() {
    let world = world();
    for head in [
        "hello\r\n\r\n".to_owned(),
        "GET /\r\n\r\n".to_owned(),
        "GET / HTTP/9.9\r\n\r\n".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nBad Header: x\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nX: a\0b\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nX: a\r\n folded\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost: {HOST}\r\n: empty\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nHost : {HOST}\r\n\r\n"),
        format!("GET /a b HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
        format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: -1\r\n\r\n"),
        format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: gzip\r\n\r\n"),
        format!("POST / HTTP/1.0\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"),
    ] {
        let mut client = world.client();
        client.call(&head).assert_refused(400, "APIG.0602", "Bad request.");
        client.finish_sending();
        assert!(client.is_closed(), "{head:?}");
    }
}

#[test]
fn a_malformed_head_after_a_good_request_is_answered_too() {
    let world = world();
    let mut client = world.client();
    assert_eq!(client.call(get("/")).text(), "in");
    client.call("nonsense\r\n\r\n").assert_refused(400, "APIG.0602", "Bad request.");
}

#[test]
fn heads_with_two_meanings_are_refused() {
    let world = world();
    for (head, message) in [
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "the Host header is missing"),
        (
            format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nHost: {HOST}\r\n\r\n"),
            "the Host header stands more than once",
        ),
        (
            format!("GET http://other/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n"),
            "the target names another host than the Host header",
        ),
        (
            format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
            "the only transfer coding accepted is chunked",
        ),
        (
            format!(
                "POST / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            ),
            "a header of the message framing stands more than once",
        ),
        (
            format!("GET / HTTP/1.1\r\nHost: {HOST}\r\nExpect: 200-ok\r\n\r\n"),
            "the only expectation accepted is 100-continue",
        ),
    ] {
        world.call(head).assert_refused(400, "APIG.0201", &format!("API request error: {message}"));
    }
    assert_eq!(world.call(format!("GET http://{HOST}/ HTTP/1.1\r\nHost: {HOST}\r\n\r\n")).text(), "in");
}

#[test]
fn length_and_chunks_together_count_as_chunks_and_end_the_connection() {
    let world = world();
    let mut client = world.client();
    let smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
    let head =
        format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send(head + smuggled);
    assert_eq!(client.response().text(), "in");
    client.finish_sending();
    assert!(client.rest().is_empty());
}

#[test]
fn sizes_over_the_limits_have_their_own_statuses() {
    let world = world();
    let long = |length: usize| "x".repeat(length);
    assert_eq!(world.get(&format!("/{}", long(32 * 1024 - 1))).status, 200);
    for length in [32 * 1024, 70 * 1024] {
        world.get(&format!("/{}", long(length))).assert_refused(414, "APIG.0201", "Request URI too large.");
    }
    let header = |length| get("/").replace("\r\n\r\n", &format!("\r\nX-Long: {}\r\n\r\n", long(length)));
    assert_eq!(world.call(header(32 * 1024)).status, 200);
    let refused =
        |request: String| world.call(request).assert_refused(494, "APIG.0201", "Request headers too large.");
    refused(header(32 * 1024 + 1));
    refused(header(512 * 1024));
    let many = |count: usize| {
        let lines: String = (0..count).map(|number| format!("X-{number}: 1\r\n")).collect();
        get("/").replace("\r\n\r\n", &format!("\r\n{lines}\r\n"))
    };
    assert_eq!(world.call(many(99)).status, 200);
    refused(many(100));
    let wide: String = (0..5).map(|number| format!("X-{number}: {}\r\n", long(30 * 1024))).collect();
    refused(get("/").replace("\r\n\r\n", &format!("\r\n{wide}\r\n")));
}

#[test]
fn pipelined_requests_are_answered_in_order() {
    let world = world();
    let mut client = world.client();
    client.send([get("/a"), get("/%"), get("/b")].concat());
    assert_eq!(
        [client.response().status, client.response().status, client.response().status],
        [200, 400, 200]
    );
}

#[test]
fn a_head_in_single_bytes_is_a_head() {
    let world = world();
    let mut client = world.client();
    for byte in get("/").bytes() {
        client.send([byte]);
    }
    assert_eq!(client.response().text(), "in");
}

#[test]
fn every_cut_of_a_request_leaves_the_gateway_serving() {
    let world = world();
    let request = format!("POST /x HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 3\r\n\r\nabc");
    for cut in 0..request.len() {
        let mut client = world.client();
        client.send(&request[..cut]);
        client.finish_sending();
        let _nothing_or_a_refusal = client.rest();
    }
    assert_eq!(world.call(request).text(), "in");
}

#[test]
fn requests_with_bytes_replaced_at_random_are_answered_or_dropped_and_nothing_worse() {
    let world = world();
    let request = format!(
        "POST /a/b%20c?q=%20&r HTTP/1.1\r\nHost: {HOST}\r\nX-Stage: RELEASE\r\nConnection: keep-alive\r\n\
         Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    );
    // A linear congruential generator (Knuth's constants): the same thousand requests in every run.
    let mut state: u64 = 1;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..1000 {
        let mut bytes = request.clone().into_bytes();
        for _ in 0..=random(3) {
            let at = random(bytes.len());
            bytes[at] = b"\0\r\n /%:;,?#\\\"{}\x7f\x80\xffAz09"[random(22)];
        }
        let mut client = world.client();
        client.send(&bytes);
        client.finish_sending();
        let answer = client.rest();
        assert!(answer.is_empty() || answer.starts_with(b"HTTP/1."), "{answer:?}");
    }
    assert_eq!(world.call(request).text(), "in");
}
