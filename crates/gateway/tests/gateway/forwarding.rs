use crate::{
    backend::{Backend, OK, read_request},
    client::Client,
    world::{Change, HOST, World, backend, from, get, http, mock, release},
};
use countersign_snapshot::source::{self, Location};
use std::{
    io::{BufReader, Read, Write},
    net::TcpListener,
    sync::{Mutex, mpsc::channel},
};

#[test]
fn a_request_reaches_the_backend_and_its_answer_the_client() {
    let backend = Backend::answering(
        b"HTTP/1.1 201 Made\r\nContent-Length: 2\r\nX-Backend: yes\r\nServer: nginx\r\n\r\nok",
    );
    let world = World::new(vec![http("POST", "/in", backend.address, "/out")]);
    let response = world
        .call(format!("POST /in?a=1&a=2&b=%20&c HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\n\r\nbody"));
    assert_eq!((response.status, response.text()), (201, "ok"));
    assert_eq!(response.header("x-backend"), Some("yes"));
    assert_eq!(response.header("server"), Some("api-gateway"));
    let received = backend.received();
    assert_eq!((received.method.as_str(), received.target.as_str()), ("POST", "/out?a=1&a=2&b=%20&c"));
    assert_eq!(received.body, b"body");
    assert_eq!(received.header("host"), Some(backend.address.to_string().as_str()));
    assert_eq!(received.header("x-request-id"), response.header("x-request-id"));
}

#[test]
fn backend_connections_are_reused() {
    let backend = Backend::ok();
    let world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let mut client = world.client();
    for _ in 0..5 {
        assert_eq!(client.call(get("/")).text(), "ok");
    }
    assert_eq!(world.get("/").text(), "ok");
    assert_eq!(backend.connections(), 1);
}

#[test]
fn a_pooled_connection_that_died_is_replaced_without_the_client_noticing() {
    let backend = Backend::raw(|mut stream, number| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        if read_request(&mut reader).is_some() {
            stream.write_all(OK).unwrap();
        }
        // The first connection takes a second request and closes without a byte of answer.
        if number == 0 {
            let _taken = read_request(&mut reader);
        } else {
            while read_request(&mut reader).is_some() {
                stream.write_all(OK).unwrap();
            }
        }
    });
    let world = World::new(vec![http("ANY", "/", backend.address, "/")]);
    let mut client = world.client();
    assert_eq!(client.call(get("/")).text(), "ok");
    assert_eq!(client.call(get("/")).text(), "ok");
    assert_eq!(backend.connections(), 2);
}

#[test]
fn a_request_that_may_have_acted_is_not_repeated() {
    let backend = Backend::raw(|mut stream, _| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        if read_request(&mut reader).is_some() {
            stream.write_all(OK).unwrap();
        }
        let _taken = read_request(&mut reader);
    });
    let world = World::new(vec![http("ANY", "/", backend.address, "/")]);
    let mut client = world.client();
    assert_eq!(client.call(get("/")).text(), "ok");
    let post = format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1\r\n\r\nx");
    client.call(post).assert_refused(502, "APIG.0201", "Backend unavailable.");
    assert_eq!(backend.connections(), 1);
}

#[test]
fn a_backend_that_cannot_be_reached_or_does_not_speak_http_is_502() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let deaf = Backend::raw(|stream, _| drop(stream));
    let babbling = Backend::raw(|mut stream, _| {
        let _request = read_request(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.write_all(b"220 smtp ready\r\n").unwrap();
    });
    for address in [gone, deaf.address, babbling.address] {
        let world = World::new(vec![http("GET", "/", address, "/")]);
        world.get("/").assert_refused(502, "APIG.0201", "Backend unavailable.");
    }
}

#[test]
fn an_unasked_protocol_switch_is_502_and_the_connection_is_not_reused() {
    let backend =
        Backend::answering(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
    let world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let mut client = world.client();
    for _ in 0..2 {
        client.call(get("/")).assert_refused(502, "APIG.0201", "Backend unavailable.");
    }
    assert_eq!(backend.connections(), 2);
}

#[test]
fn a_backend_name_that_does_not_resolve_is_500() {
    let backend = source::Backend::Http {
        tls: false,
        address: "no-such-name.invalid".to_owned(),
        method: "ANY".to_owned(),
        path: "/".to_owned(),
        timeout_ms: 10_000,
        retries: Some(0),
    };
    let world = World::new(vec![release("GET", "/", backend)]);
    world.get("/").assert_refused(500, "APIG.0605", "Domain name resolution failed.");
}

#[test]
fn a_backend_that_does_not_answer_in_time_is_504() {
    let silent = Backend::raw(|mut stream, _| {
        let _until_the_gateway_gives_up = stream.read_to_end(&mut Vec::new());
    });
    let world = World::new(vec![release("GET", "/", backend(silent.address, "/", 50))]);
    world.get("/").assert_refused(504, "APIG.0201", "Backend timeout.");
}

#[test]
fn each_request_has_its_own_time_on_a_shared_connection() {
    let partly = Backend::raw(|mut stream, _| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(request) = read_request(&mut reader) {
            if request.target != "/silent" {
                stream.write_all(OK).unwrap();
            }
        }
    });
    let world = World::new(vec![
        release("GET", "/long", backend(partly.address, "/long", 60_000)),
        release("GET", "/short", backend(partly.address, "/silent", 50)),
    ]);
    let mut client = world.client();
    for _ in 0..2 {
        assert_eq!(client.call(get("/long")).text(), "ok");
        client.call(get("/short")).assert_refused(504, "APIG.0201", "Backend timeout.");
    }
    assert_eq!(partly.connections(), 2);
}

#[test]
fn an_answer_cut_short_by_the_backend_is_never_a_complete_answer() {
    let cut = Backend::raw(|mut stream, _| {
        let _request = read_request(&mut BufReader::new(stream.try_clone().unwrap()));
        stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n").unwrap();
    });
    let world = World::new(vec![http("GET", "/", cut.address, "/")]);
    let mut client = world.client();
    client.send(get("/"));
    let bytes = client.rest();
    let text = String::from_utf8_lossy(&bytes);
    // How much of it was already on its way is a matter of timing; its end never is.
    assert!(!text.ends_with("0\r\n\r\n"), "{text}");
}

#[test]
fn chunked_and_head_and_empty_answers_keep_the_connection() {
    let backend = Backend::with(|request| {
        match request.target.as_str() {
        "/chunked" => b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n".to_vec(),
        "/head" => b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".to_vec(),
        "/informed" => [b"HTTP/1.1 103 Early Hints\r\n\r\n", OK].concat(),
        _ => b"HTTP/1.1 204 No Content\r\n\r\n".to_vec(),
    }
    });
    let world = World::new(vec![http("ANY", "/", backend.address, "/").prefix()]);
    let mut client = world.client();
    for _ in 0..2 {
        assert_eq!(client.call(get("/chunked")).text(), "abcde");
        client.send(get("/head").replace("GET", "HEAD"));
        assert_eq!(client.response_to("HEAD").header("content-length"), Some("1000"));
        assert_eq!(client.call(get("/informed")).text(), "ok");
        assert_eq!(client.call(get("/nothing")).status, 204);
    }
    assert_eq!(backend.connections(), 1);
}

#[test]
fn redirects_of_backends_are_passed_on() {
    let backend = Backend::answering(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
    );
    let world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let response = world.get("/");
    assert_eq!((response.status, response.header("location")), (302, Some("http://127.0.0.1:1/")));
}

#[test]
fn a_mock_answers_with_its_own_status_headers_and_body() {
    let headers =
        vec![("X-Mock".to_owned(), "1".to_owned()), ("Content-Length".to_owned(), "999".to_owned())];
    let mock = source::Backend::Mock { status: 418, body: "short".to_owned(), headers };
    let response = World::new(vec![release("GET", "/", mock)]).get("/");
    assert_eq!((response.status, response.header("x-mock"), response.text()), (418, Some("1"), "short"));
}

#[test]
fn the_remainder_of_a_prefix_is_appended_as_the_client_spelled_it() {
    let backend = Backend::ok();
    let world = World::new(vec![
        http("GET", "/pre", backend.address, "/base/").prefix(),
        http("GET", "/root/", backend.address, "/").prefix(),
        http("GET", "/v/{id}", backend.address, "/x/{id}").prefix(),
    ]);
    for (sent, target) in [
        ("/pre", "/base/"),
        ("/pre/", "/base/"),
        ("/pre/a%20b/%e4%bd%a0/?q", "/base/a%20b/%e4%bd%a0/?q"),
        ("/root/deep/er", "/deep/er"),
        ("/v/7/tail", "/x/7/tail"),
    ] {
        assert_eq!(world.get(sent).text(), "ok");
        assert_eq!(backend.received().target, target, "{sent}");
    }
}

#[test]
fn path_parameters_are_encoded_into_the_backend_path() {
    let backend = Backend::ok();
    let api = http("GET", "/u/{id}/f/{rest+}", backend.address, "/files/{file}/of/{user}")
        .map("user", Location::Path, from("id", Location::Path))
        .map("file", Location::Path, from("rest", Location::Path));
    let world = World::new(vec![api]);
    assert_eq!(world.get("/u/a%20%3F%23b/f/x/y%25z").text(), "ok");
    assert_eq!(backend.received().target, "/files/x/y%25z/of/a%20%3F%23b");
}

#[test]
fn an_unknown_backend_certificate_is_502() {
    let backend = Backend::ok();
    let mut api = mock("GET", "/", "");
    api.definition.backend = source::Backend::Http {
        tls: true,
        address: backend.address.to_string(),
        method: "ANY".to_owned(),
        path: "/".to_owned(),
        timeout_ms: 5_000,
        retries: Some(0),
    };
    World::new(vec![api]).get("/").assert_refused(502, "APIG.0201", "Backend unavailable.");
}

#[test]
fn http2_with_prior_knowledge_shares_the_port() {
    // Preface, an empty SETTINGS frame, and HEADERS with :method GET, :scheme http, :path /, :authority from literals.
    let world = World::new(vec![mock("GET", "/", "h2")]);
    let mut client = Client::connect(world.address);
    let mut block = vec![0x82, 0x86, 0x84, 0x41, u8::try_from(HOST.len()).unwrap()];
    block.extend_from_slice(HOST.as_bytes());
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00".to_vec();
    bytes.extend_from_slice(&[0, 0, u8::try_from(block.len()).unwrap(), 1, 5, 0, 0, 0, 1]);
    bytes.extend_from_slice(&block);
    client.send(bytes);
    assert_eq!(h2_data(&mut client), b"h2");
}

/// The payload of the first DATA frame.
fn h2_data(client: &mut Client) -> Vec<u8> {
    loop {
        let header = client.exactly(9);
        let length = usize::from(header[0]) << 16 | usize::from(header[1]) << 8 | usize::from(header[2]);
        let payload = client.exactly(length);
        if header[3] == 0 {
            return payload;
        }
    }
}

#[test]
fn a_large_answer_leaves_the_backend_connection_reusable() {
    let backend = Backend::with(|_| {
        let body = vec![b'x'; 3 * 1024 * 1024];
        [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes(), body].concat()
    });
    let world = World::new(vec![http("GET", "/", backend.address, "/")]);
    let mut client = world.client();
    for _ in 0..3 {
        assert_eq!(client.call(get("/")).body.len(), 3 * 1024 * 1024);
    }
    assert_eq!(backend.connections(), 1);
}

#[test]
fn a_backend_that_answers_before_it_took_the_body_is_not_given_another_request() {
    let (over, test_is_over) = channel::<()>();
    let test_is_over = Mutex::new(test_is_over);
    let backend = Backend::raw(move |mut stream, _| {
        // Less than the body fits between the two, so that the gateway cannot have sent it all.
        socket2::SockRef::from(&stream).set_recv_buffer_size(4096).unwrap();
        let _some_of_the_request = stream.read(&mut [0; 1024]).unwrap();
        stream.write_all(OK).unwrap();
        let _never_reading_on = test_is_over.lock().unwrap().recv();
    });
    let world = World::new(vec![http("POST", "/", backend.address, "/")]);
    let mut client = world.client();
    for _ in 0..2 {
        client.send(format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 12582912\r\n\r\n"));
        client.send(vec![b'x'; 12 * 1024 * 1024]);
        assert_eq!(client.response().text(), "ok");
    }
    assert_eq!(backend.connections(), 2);
    drop(over);
}
