//! Custom authorizers: a webhook that answers as functions do.

mod factors;
mod memory;

use crate::{
    backend::{Backend, Received},
    client::Response,
    signatures::Call,
    world::{self, APP_KEY, Change, HOST, World, http, id, mock, with_keys},
};
use countersign_gateway::Config;
use countersign_snapshot::{
    Snapshot,
    source::{
        self, Auth, Authorizer, Condition, ContextValues, Effect, IdentitySource, Location, MappedValue,
        Policy, Release, ResponseSet, Side, Source, Subject, Test,
    },
};
use countersign_types::{ResponseType, Timestamp};
use serde_json::{Value, json};
use std::{
    io::Read,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
};

const DENIED: (u16, &str, &str) = (500, "APIG.0305", "Incorrect authentication information.");
const BROKEN: (u16, &str, &str) = (500, "APIG.0601", "Internal server error: custom authorizer");

/// An authorizer that identifies nobody and remembers nothing.
fn authorizer(name: &str, webhook: &Backend) -> Authorizer {
    Authorizer {
        id: id(name),
        url: Some(format!("http://{}/ask?v=1", webhook.address)),
        identities: vec![],
        ttl_seconds: 0,
        user_data: "from the administrator".to_owned(),
        takes_body: false,
        context: ContextValues::Texts,
        timeout_ms: 10_000,
    }
}

fn identified(name: &str, location: Location, pattern: Option<&str>) -> IdentitySource {
    IdentitySource { name: name.to_owned(), location, pattern: pattern.map(str::to_owned) }
}

/// Remembers by the header `x-token`.
fn remembering(webhook: &Backend) -> Authorizer {
    let identities = vec![identified("X-Token", Location::Header, None)];
    Authorizer { identities, ttl_seconds: 60, ..authorizer("front", webhook) }
}

fn guarded(mut api: Release, authorizer: &str) -> Release {
    api.definition.authorizer = Some(id(authorizer));
    if api.definition.auth == Auth::None {
        api.definition.auth = Auth::Authorizer;
    }
    api
}

fn vouched(mut api: Release, authorizer: &str) -> Release {
    api.definition.backend_authorizer = Some(id(authorizer));
    api
}

fn said(side: Side, name: &str) -> MappedValue {
    MappedValue::Authorizer { side, name: name.to_owned() }
}

fn configuration(apis: Vec<Release>, authorizers: Vec<Authorizer>) -> Source {
    Source { authorizers, ..with_keys(world::source(apis)) }
}

fn config() -> Config {
    Config { workers: 1, ..Config::default() }
}

fn serve(apis: Vec<Release>, authorizers: Vec<Authorizer>) -> World {
    World::configured(config(), &configuration(apis, authorizers))
}

fn answer(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n{body}").into_bytes()
}

fn verdict(body: &Value) -> Vec<u8> {
    answer(200, &json!({ "statusCode": 200, "body": body.to_string() }).to_string())
}

fn allowing() -> Backend {
    Backend::with(|_| verdict(&json!({ "status": "allow", "context": { "user": "abc" } })))
}

fn denying() -> Backend {
    Backend::with(|_| verdict(&json!({ "status": "deny", "context": { "why": "no" } })))
}

/// Lets `good` pass, and numbers its answers.
fn counting() -> (Backend, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let asked = Arc::clone(&count);
    let webhook = Backend::with(move |request| {
        let number = asked.fetch_add(1, Ordering::SeqCst);
        let status = if event(request)["headers"]["x-token"] == "good" { "allow" } else { "deny" };
        verdict(&json!({ "status": status, "context": { "number": number.to_string() } }))
    });
    (webhook, count)
}

fn event(request: &Received) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn get(target: &str, headers: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{headers}\r\n")
}

#[track_caller]
fn assert_refused(response: &Response, (status, code, message): (u16, &str, &str)) {
    response.assert_refused(status, code, message);
}

/// What a single webhook does to a call, whose backend must not notice.
#[track_caller]
fn assert_never_allows(webhook: &Backend, timeout_ms: u32) {
    let backend = Backend::ok();
    let impatient = Authorizer { timeout_ms, ..authorizer("front", webhook) };
    let world = serve(vec![guarded(http("GET", "/", backend.address, "/"), "front")], vec![impatient]);
    assert_refused(&world.get("/"), BROKEN);
    backend.assert_untouched();
}

#[test]
fn what_the_function_allows_reaches_the_backend_with_its_context() {
    let (webhook, backend) = (allowing(), Backend::ok());
    let api = guarded(http("GET", "/a", backend.address, "/"), "front")
        .map("x-user", Location::Header, said(Side::Frontend, "user"))
        .map("user", Location::Query, said(Side::Frontend, "user"))
        .map("x-none", Location::Header, said(Side::Frontend, "none"));
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    assert_eq!(world.get("/a").text(), "ok");
    let received = backend.received();
    assert_eq!((received.header("x-user"), received.target.as_str()), (Some("abc"), "/?user=abc"));
    assert_eq!(received.header("x-none"), None);
}

#[test]
fn the_function_is_told_headers_query_and_user_data() {
    let webhook = allowing();
    let api = guarded(mock("GET", "/a", "hello"), "front");
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    let headers =
        "X-A: 1\r\nX-A: 2\r\nAuthorization: Basic eA==\r\nConnection: keep-alive\r\nTE: trailers\r\n";
    let response = world.call(get("/a?q=%20x&two=1&two=2&flag", headers));
    assert_eq!(response.text(), "hello");
    let request = webhook.received();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/ask?v=1"));
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert_eq!(request.header("x-request-id"), response.header("x-request-id"));
    let expected = json!({
        "headers": { "host": HOST, "x-a": "1, 2", "authorization": "Basic eA==" },
        "queryStringParameters": { "q": " x", "two": ["1", "2"], "flag": "" },
        "user_data": "from the administrator",
    });
    assert_eq!(event(&request), expected);
}

#[test]
fn what_the_function_denies_does_not_reach_the_backend() {
    let (webhook, backend) = (denying(), Backend::ok());
    let api = guarded(http("GET", "/", backend.address, "/"), "front");
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    assert_refused(&world.get("/"), DENIED);
    backend.assert_untouched();
}

#[test]
fn a_missing_repeated_or_malformed_identity_is_refused_without_asking() {
    let webhook = allowing();
    let identities = vec![
        identified("X-Token", Location::Header, Some("[a-z]+")),
        identified("who", Location::Query, Some("user[0-9]")),
    ];
    let strict = Authorizer { identities, ..authorizer("front", &webhook) };
    let world = serve(vec![guarded(mock("GET", "/", "hello"), "front")], vec![strict]);
    for (target, headers, fault) in [
        ("/?who=user1", "", "X-Token is missing"),
        ("/?who=user1", "X-Token:\r\n", "X-Token is missing"),
        ("/?who=user1", "X-Token: a\r\nX-Token: a\r\n", "X-Token stands more than once"),
        ("/?who=user1", "X-Token: a1\r\n", "X-Token is not valid"),
        ("/?who=user1", "X-Token: \u{e4}\r\n", "X-Token is not valid"),
        ("/", "X-Token: a\r\n", "who is missing"),
        ("/?who=", "X-Token: a\r\n", "who is missing"),
        ("/?who=user1&who=user1", "X-Token: a\r\n", "who stands more than once"),
        ("/?who=user1&%77ho=user2", "X-Token: a\r\n", "who stands more than once"),
        ("/?who=user10", "X-Token: a\r\n", "who is not valid"),
        ("/?who=%ff", "X-Token: a\r\n", "who is not valid"),
    ] {
        let message = format!("Incorrect authentication information: the identity {fault}");
        assert_refused(&world.call(get(target, headers)), (401, "APIG.0305", &message));
    }
    webhook.assert_untouched();
    assert_eq!(world.call(get("/?%77ho=user1", "x-token: a\r\n")).text(), "hello");
}

#[test]
fn an_authorizer_that_is_not_there_or_has_no_function_refuses_every_call() {
    let backend = Backend::ok();
    let api = || guarded(http("GET", "/", backend.address, "/"), "front");
    assert_refused(&serve(vec![api()], vec![]).get("/"), BROKEN);
    let without = Authorizer { url: None, ..authorizer("front", &backend) };
    assert_refused(&serve(vec![api()], vec![without]).get("/"), BROKEN);
    backend.assert_untouched();
}

#[test]
fn a_function_that_answers_nonsense_never_allows() {
    let allow = r#"{"statusCode":200,"body":"{\"status\":\"allow\"}"}"#;
    let too_large = format!(r#"{{"x":"{}",{}"#, "x".repeat(1024 * 1024), &allow[1..]);
    for bytes in [
        answer(200, ""),
        answer(200, "allow"),
        answer(200, r#"{"status":"allow"}"#),
        answer(200, &allow.replace("200", "403")),
        answer(500, allow),
        answer(204, ""),
        answer(302, allow),
        answer(200, &too_large),
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}".to_vec(),
        b"hello\r\n\r\n".to_vec(),
        b"".to_vec(),
    ] {
        let webhook = Backend::raw(move |mut stream, _| {
            crate::backend::read_request(&mut std::io::BufReader::new(&stream));
            std::io::Write::write_all(&mut stream, &bytes).unwrap();
        });
        assert_never_allows(&webhook, 10_000);
    }
}

#[test]
fn a_function_that_refuses_connections_never_allows() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut gone = Backend::ok();
    gone.address = listener.local_addr().unwrap();
    drop(listener);
    assert_never_allows(&gone, 10_000);
}

#[test]
fn a_function_that_is_too_slow_never_allows() {
    let silent = Backend::raw(|mut stream, _| drop(stream.read_to_end(&mut Vec::new())));
    assert_never_allows(&silent, 50);
    let stalling = Backend::raw(|mut stream, _| {
        std::io::Write::write_all(&mut stream, b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").unwrap();
        drop(stream.read_to_end(&mut Vec::new()));
    });
    assert_never_allows(&stalling, 50);
}

#[test]
fn the_body_is_told_only_to_who_wants_it_and_goes_on_as_it_came() {
    let (webhook, backend) = (allowing(), Backend::ok());
    let wanting = Authorizer { takes_body: true, ..authorizer("front", &webhook) };
    let api = guarded(http("POST", "/", backend.address, "/"), "front");
    let world = serve(vec![api], vec![wanting]);
    let body = "{\"a\":\"\u{4f60}\"}\0";
    let length = body.len();
    let request = format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: {length}\r\n\r\n{body}");
    assert_eq!(world.call(request).text(), "ok");
    let told = event(&webhook.received());
    assert_eq!((told["body"].as_str(), &told["isBase64Encoded"]), (Some("eyJhIjoi5L2gIn0A"), &json!(true)));
    assert_eq!(backend.received().body, body.as_bytes());
    let empty = format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 0\r\n\r\n");
    assert_eq!(world.call(empty).text(), "ok");
    assert_eq!(event(&webhook.received())["body"], "");
}

#[test]
fn who_is_denied_by_the_head_need_not_send_a_body() {
    let (webhook, backend) = (denying(), Backend::ok());
    let api = guarded(http("POST", "/", backend.address, "/"), "front");
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    let head = format!("POST / HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 1000000\r\n\r\n");
    assert_refused(&world.call(head), DENIED);
}

#[test]
fn a_connection_that_the_function_closed_is_replaced() {
    let webhook = Backend::raw(|stream, _| {
        let mut stream = stream;
        crate::backend::read_request(&mut std::io::BufReader::new(&stream));
        std::io::Write::write_all(&mut stream, &verdict(&json!({ "status": "allow" }))).unwrap();
    });
    let world = serve(vec![guarded(mock("GET", "/", "hello"), "front")], vec![authorizer("front", &webhook)]);
    for _ in 0..3 {
        assert_eq!(world.get("/").text(), "hello");
    }
    assert_eq!(webhook.connections(), 3);
}

#[test]
fn identity_headers_from_outside_do_not_pass_and_authorization_does() {
    let (webhook, backend) = (allowing(), Backend::ok());
    let api = guarded(http("GET", "/", backend.address, "/"), "front");
    let world = serve(vec![api], vec![authorizer("front", &webhook)]);
    world.call(get("/", "X-User-Id: admin\r\nAuthorization: Bearer x\r\n"));
    let received = backend.received();
    assert_eq!((received.header("x-user-id"), received.header("authorization")), (None, Some("Bearer x")));
}

#[test]
fn counters_name_the_scheme_and_the_refusal() {
    let (yes, no) = (allowing(), denying());
    let apis = vec![guarded(mock("GET", "/yes", "hello"), "yes"), guarded(mock("GET", "/no", "hello"), "no")];
    let world = serve(apis, vec![authorizer("yes", &yes), authorizer("no", &no)]);
    assert_eq!((world.get("/yes").status, world.get("/no").status), (200, 500));
    let metrics = world.metrics();
    for counted in [r#"scheme="authorizer"} 1"#, r#"stage="authenticate",code="APIG.0305",status="500"} 1"#] {
        assert!(metrics.contains(counted), "{counted} in {metrics}");
    }
}

#[test]
fn a_gateway_response_tells_the_type_and_what_the_function_said() {
    let (no, yes) = (denying(), allowing());
    let strict = Authorizer {
        identities: vec![identified("X-Token", Location::Header, None)],
        ..authorizer("strict", &yes)
    };
    let mut broken = guarded(mock("GET", "/broken", "hello"), "yes");
    broken.definition.authorizer = Some(id("missing"));
    let mut limited = guarded(mock("GET", "/limited", "hello"), "yes").parameter("q", Location::Query);
    limited.definition.parameters[0].required = true;
    let apis = vec![
        guarded(mock("GET", "/no", "hello"), "no"),
        vouched(mock("GET", "/back", "hello"), "no"),
        guarded(mock("GET", "/strict", "hello"), "strict"),
        broken,
        limited,
    ];
    let mut source = configuration(apis, vec![authorizer("no", &no), authorizer("yes", &yes), strict]);
    let told = |kind: &ResponseType| {
        source::Response {
        kind: *kind,
        status: Some(299),
        body: "$context.error.type $context.authorizer.frontend.why $context.authorizer.backend.why $context.authorizer.frontend.user"
            .to_owned(),
        headers: vec![],
    }
    };
    let responses = ResponseType::ALL.iter().map(told).collect();
    source.groups[0].responses = vec![ResponseSet { id: id("default"), is_default: true, responses }];
    let world = World::configured(config(), &source);
    for (path, text) in [
        ("/no", "AUTHORIZER_FAILURE no  "),
        ("/back", "AUTHORIZER_FAILURE  no "),
        ("/strict", "AUTHORIZER_IDENTITIES_FAILURE   "),
        ("/broken", "AUTHORIZER_CONF_FAILURE   "),
        ("/limited", "REQUEST_PARAMETERS_FAILURE   abc"),
    ] {
        assert_eq!(world.get(path).text(), text, "{path}");
    }
}
