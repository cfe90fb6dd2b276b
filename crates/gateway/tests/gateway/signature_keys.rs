//! Requests to backends that carry the signature of a bound key: what arrives is what was signed.

use crate::{
    backend::{Backend, OK, Received, read_request},
    client::Client,
    world::{Change, HOST, NOW, World, clock, from, get, http, source},
};
use countersign_snapshot::source::{
    Location, MappedValue, Release, Signature, SignatureScheme, Source, System,
};
use countersign_types::{AccessKeyId, SecretKey};
use countersign_verify::{Error, Head, Key, Policy, Verified, present};
use std::{
    io::{BufReader, Write},
    sync::mpsc::channel,
};

const KEY: &str = "backend_key";
const SECRET: &str = "backend_secret_1";

/// The request as the raw backend got it.
impl Head for Received {
    fn method(&self) -> &str {
        &self.method
    }

    fn target(&self) -> &[u8] {
        self.target.as_bytes()
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}

fn signed(mut api: Release, scheme: SignatureScheme) -> Release {
    api.signature = Some(Signature { scheme, key: KEY.to_owned(), secret: SecretKey::new(SECRET) });
    api
}

fn hmac(api: Release) -> World {
    World::new(vec![signed(api, SignatureScheme::Hmac)])
}

/// What a backend that knows the key finds.
fn verify(received: &Received) -> Result<Verified, Error> {
    let presented = present(received)?.expect("the request is signed");
    presented.check_time(clock())?;
    assert_eq!(presented.access_key(), KEY);
    let key = Key::new(AccessKeyId::parse(KEY).unwrap(), SecretKey::new(SECRET));
    let claim = presented.claim(received, &key, Policy { unsigned_payload: false, ..Policy::default() })?;
    let mut hasher = claim.body_hasher();
    hasher.update(&received.body);
    claim.finish(hasher)
}

fn signed_names(received: &Received) -> String {
    let authorization = received.header("authorization").unwrap();
    let (_, rest) = authorization.split_once("SignedHeaders=").unwrap();
    rest.split_once(", ").unwrap().0.to_owned()
}

#[test]
fn what_the_backend_receives_is_what_was_signed() {
    let backend = Backend::ok();
    let world = hmac(http("ANY", "/", backend.address, "/base").prefix());
    for target in [
        "/",
        "/a",
        "/a/",
        "/a%20b/%E4%BD%A0",
        "/a;b=c/@x:$&'()*+,=~",
        "/?",
        "/?b=2&a=1",
        "/?a",
        "/?a=&a=%20&a=+",
        "/?%E4%BD%A0=%E5%A5%BD&x=a/b?c",
        "/%C3%A9?q=%25",
    ] {
        for method in ["GET", "DELETE", "PUT"] {
            let body = if method == "PUT" { "{\"name\": \"\u{4f60}\"}" } else { "" };
            let head = format!(
                "{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json; a=\"b\""
            );
            let response = world.call(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()));
            assert_eq!(response.status, 200, "{method} {target}: {}", response.text());
            let received = backend.received();
            assert!(received.target.starts_with("/base"), "{}", received.target);
            verify(&received).unwrap_or_else(|error| panic!("{method} {target}: {error:?} of {received:?}"));
        }
    }
}

#[test]
fn the_signature_has_the_published_form_and_names_what_the_gateway_vouches_for() {
    let backend = Backend::ok();
    let api = http("GET", "/", backend.address, "/")
        .map("X-Stage-Name", Location::Header, MappedValue::System(System::Stage))
        .map("X-Fixed", Location::Header, MappedValue::Constant(" padded ".to_owned()))
        .map("X_Under", Location::Header, MappedValue::Constant("proxies drop it".to_owned()))
        .map("X-Empty", Location::Header, MappedValue::Constant(String::new()));
    hmac(api).call(
        get("/").replace("\r\n\r\n", "\r\nContent-Type: text/plain\r\nX-Other: 1\r\nUser-Agent: me\r\n\r\n"),
    );
    let received = backend.received();
    verify(&received).unwrap();
    let authorization = received.header("authorization").unwrap();
    let (start, signature) = authorization.split_at(authorization.len() - 64);
    assert_eq!(
        start,
        "SDK-HMAC-SHA256 Access=backend_key, SignedHeaders=content-type;host;x-fixed;x-sdk-date;x-stage-name, Signature="
    );
    assert!(signature.bytes().all(|digit| b"0123456789abcdef".contains(&digit)), "{signature}");
    assert_eq!(received.header("x-sdk-date"), Some(NOW));
    assert_eq!(received.header("host"), Some(backend.address.to_string().as_str()));
}

#[test]
fn any_change_on_the_way_breaks_the_signature() {
    let backend = Backend::ok();
    let api = http("ANY", "/", backend.address, "/there").parameter("X-From", Location::Header).map(
        "X-To",
        Location::Header,
        from("x-from", Location::Header),
    );
    hmac(api).call(format!(
        "POST /?a=1 HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: text/plain\r\nX-From: v\r\nContent-Length: 4\r\n\r\nbody"
    ));
    let received = backend.received();
    verify(&received).unwrap();
    assert_eq!(signed_names(&received), "content-type;host;x-sdk-date;x-to");
    let set = |name: &'static str, value: &'static str| {
        move |received: &mut Received| {
            let line = received.headers.iter_mut().find(|(own, _)| own == name).unwrap();
            line.1 = value.to_owned();
        }
    };
    type Tampering = Box<dyn Fn(&mut Received)>;
    let changes: [(&str, Tampering); 8] = [
        ("method", Box::new(|received| received.method = "PUT".to_owned())),
        ("path", Box::new(|received| received.target = "/there/x?a=1".to_owned())),
        ("query", Box::new(|received| received.target = "/there?a=2".to_owned())),
        ("body", Box::new(|received| received.body[0] ^= 1)),
        ("host", Box::new(set("host", "other"))),
        ("type", Box::new(set("content-type", "text/html"))),
        ("mapped", Box::new(set("x-to", "w"))),
        ("date", Box::new(set("x-sdk-date", "20260102T030406Z"))),
    ];
    for (what, change) in changes {
        let mut tampered = received.clone();
        change(&mut tampered);
        assert!(matches!(verify(&tampered), Err(Error::Mismatch { .. })), "{what}");
    }
}

#[test]
fn what_the_client_signed_with_is_replaced() {
    let backend = Backend::ok();
    hmac(http("POST", "/", backend.address, "/")).call(format!(
        "POST / HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: SDK-HMAC-SHA256 Access=theirs, SignedHeaders=x-sdk-date, Signature=0\r\n\
         X-Sdk-Date: 20200101T000000Z\r\nX_Sdk_Date: 20200101T000000Z\r\nX-Sdk-Content-Sha256: UNSIGNED-PAYLOAD\r\n\
         X-Sdk-Content-Sm3: UNSIGNED-PAYLOAD\r\nContent-Length: 4\r\n\r\nbody"
    ));
    let received = backend.received();
    verify(&received).unwrap();
    for gone in ["x_sdk_date", "x-sdk-content-sha256", "x-sdk-content-sm3"] {
        assert_eq!(received.header(gone), None, "{gone}");
    }
}

#[test]
fn a_header_that_stands_twice_or_is_not_ascii_goes_unsigned() {
    let backend = Backend::ok();
    let api = http("GET", "/", backend.address, "/").parameter("q", Location::Query).map(
        "X-Q",
        Location::Header,
        from("q", Location::Query),
    );
    let world = hmac(api);
    world
        .call(get("/?q=%E4%BD%A0").replace("\r\n\r\n", "\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n"));
    let received = backend.received();
    assert_eq!(signed_names(&received), "host;x-sdk-date");
    assert_eq!(received.header("x-q"), Some("\u{4f60}"));
    verify(&received).unwrap();
}

#[test]
fn a_definition_that_sets_a_header_of_the_signature_cannot_be_signed() {
    let backend = Backend::ok();
    for name in ["X-Sdk-Date", "X-Sdk-Content-Sha256"] {
        let constant = MappedValue::Constant("UNSIGNED-PAYLOAD".to_owned());
        let world = hmac(http("GET", "/", backend.address, "/").map(name, Location::Header, constant));
        world.get("/").assert_refused_with(500, "APIG.0705", "Backend signature calculation failed: ");
    }
    backend.assert_untouched();
}

#[test]
fn a_large_body_in_pieces_is_covered() {
    let backend = Backend::ok();
    let world = hmac(http("PUT", "/", backend.address, "/"));
    let body: Vec<u8> = (0..3_000_001_u32).map(|at| (at % 251) as u8).collect();
    let mut client = world.client();
    client.send(format!("PUT / HTTP/1.1\r\nHost: {HOST}\r\nTransfer-Encoding: chunked\r\n\r\n"));
    for piece in body.chunks(100_000) {
        client.send([format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat());
    }
    assert_eq!(client.call("0\r\n\r\n").status, 200);
    let received = backend.received();
    assert!(received.body == body);
    verify(&received).unwrap();
}

#[test]
fn a_repetition_on_a_fresh_connection_carries_the_same_valid_signature() {
    let (sender, received) = channel();
    let backend = Backend::raw(move |mut stream, number| {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        while let Some(request) = read_request(&mut reader) {
            let ends_here = number == 0 && request.target.ends_with("second");
            sender.send(request).unwrap();
            if ends_here {
                // The pooled connection dies under the request.
                return;
            }
            stream.write_all(OK).unwrap();
        }
    });
    let api = http("GET", "/", backend.address, "/");
    let world = hmac(api.prefix());
    let mut client: Client = world.client();
    for target in ["/first", "/second"] {
        assert_eq!(client.call(get(target)).status, 200);
    }
    let all: Vec<Received> = received.try_iter().collect();
    assert_eq!(
        all.iter().map(|request| request.target.as_str()).collect::<Vec<_>>(),
        ["/first", "/second", "/second"]
    );
    assert!(all.iter().all(|request| verify(request).is_ok()), "{all:?}");
    assert_eq!(all[1].header("authorization"), all[2].header("authorization"));
    assert_eq!(backend.connections(), 2);
}

#[test]
fn basic_credentials_are_those_of_the_key() {
    let backend = Backend::ok();
    let world = World::new(vec![signed(http("GET", "/", backend.address, "/"), SignatureScheme::Basic)]);
    world.call(get("/").replace("\r\n\r\n", "\r\nAuthorization: Bearer theirs\r\n\r\n"));
    // base64 of backend_key:backend_secret_1
    let expected = "Basic YmFja2VuZF9rZXk6YmFja2VuZF9zZWNyZXRfMQ==";
    assert_eq!(backend.received().header("authorization"), Some(expected));
}

fn with_carrier(mut source: Source, name: &str) -> Source {
    source.gateways[0].features.backend_sign_header = Some(name.to_owned());
    source
}

#[test]
fn another_header_carries_the_signature_where_the_gateway_says_so() {
    let backend = Backend::ok();
    let apis = vec![signed(http("GET", "/", backend.address, "/"), SignatureScheme::Hmac)];
    let world = World::configured(Default::default(), &with_carrier(source(apis), "X-Backend-Signature"));
    world.call(get("/").replace(
        "\r\n\r\n",
        "\r\nAuthorization: Bearer theirs\r\nX-Backend-Signature: forged\r\nX_Backend_Signature: forged\r\n\r\n",
    ));
    let mut received = backend.received();
    assert_eq!(received.header("authorization"), Some("Bearer theirs"), "the API leaves it alone");
    assert_eq!(received.header("x_backend_signature"), None);
    assert_eq!(received.all("x-backend-signature").len(), 1);
    received.headers.retain(|(name, _)| name != "authorization");
    received.headers.iter_mut().filter(|(name, _)| name == "x-backend-signature").for_each(|(name, _)| {
        *name = "authorization".to_owned();
    });
    verify(&received).unwrap();
}

#[test]
fn a_key_acts_as_soon_as_it_is_bound_and_no_longer_than_it_is() {
    let backend = Backend::ok();
    let api = http("GET", "/", backend.address, "/");
    let plain = source(vec![api.clone()]);
    let world = World::configured(Default::default(), &plain);
    let call = || {
        world.get("/");
        backend.received().header("authorization").map(str::to_owned)
    };
    let swap = |source: &Source| {
        world.snapshots.swap(countersign_snapshot::Snapshot::compile(source).unwrap());
    };
    assert_eq!(call(), None);
    swap(&source(vec![signed(api, SignatureScheme::Hmac)]));
    assert!(call().unwrap().starts_with("SDK-HMAC-SHA256 Access=backend_key, "));
    swap(&plain);
    assert_eq!(call(), None);
}
