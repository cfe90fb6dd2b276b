use crate::{
    backend::Backend,
    client::Response,
    world::{APP_KEY, Change, HOST, OTHER_KEY, SECRET, World, backend, clock, get, http, id, mock, release},
    world::{source, with_keys},
};
use countersign_gateway::Config;
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::source::{Auth, Location, Release, ResponseSet};
use countersign_types::{ResponseType, SecretKey};

/// A template that tells everything.
const ALL: &str = r#"{"type":"$context.error.type","code":"$context.error.code","message":"$context.error.message","api":"$context.apiId/$context.apiName","app":"$context.appId/$context.appName","request":"$context.requestId","stage":"$context.stage","ip":"$context.sourceIp","path":"$context.reqPath","uri":"$context.reqUri","method":"$context.reqMethod","role":"$context.authorizer.frontend.role"}"#;

fn response(kind: ResponseType, status: Option<u16>, body: &str) -> countersign_snapshot::source::Response {
    countersign_snapshot::source::Response { kind, status, body: body.to_owned(), headers: vec![] }
}

fn set(name: &str, is_default: bool, responses: Vec<countersign_snapshot::source::Response>) -> ResponseSet {
    ResponseSet { id: id(name), is_default, responses }
}

fn world(apis: Vec<Release>, responses: Vec<ResponseSet>) -> World {
    let mut source = with_keys(source(apis));
    source.groups[0].responses = responses;
    World::configured(Config { workers: 1, ..Config::default() }, &source)
}

/// Every type is answered with its own name and the status 299.
fn named() -> Vec<ResponseSet> {
    let each = |kind: &ResponseType| response(*kind, Some(299), "$context.error.type");
    vec![set("default", true, ResponseType::ALL.iter().map(each).collect())]
}

fn signed(world: &World, key: &str, target: &str) -> Response {
    let signer = Signer::new(id(key), SecretKey::new(SECRET));
    let headers = &[("Host", HOST)];
    let request = Request { method: "GET", target, headers, payload: Payload::Body(b"") };
    let signed = signer.sign(&request, clock()).unwrap();
    let lines: String = signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    world.call(format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n{lines}\r\n"))
}

fn json(response: &Response) -> serde_json::Value {
    serde_json::from_slice(&response.body).unwrap()
}

#[test]
fn every_stage_after_the_host_is_answered_by_its_type() {
    let silent = Backend::raw(|stream, _| std::mem::forget(stream));
    let mut slow = release("GET", "/slow", backend(silent.address, "/", 50));
    slow.definition.auth = Auth::None;
    let mut needs = mock("GET", "/needs", "x").parameter("q", Location::Query);
    needs.definition.parameters[0].required = true;
    let world = world(
        vec![
            mock("GET", "/app", "x").auth(Auth::App).authorized("app"),
            mock("GET", "/iam", "x").auth(Auth::Iam),
            needs,
            http("GET", "/down", ([127, 0, 0, 1], 1).into(), "/"),
            slow,
        ],
        named(),
    );
    for (answer, expected) in [
        (world.get("/nowhere"), "NOT_FOUND"),
        (world.call(get("/app").replace("GET", "POST")), "NOT_FOUND"),
        (world.get("/a//b"), "REQUEST_PARAMETERS_FAILURE"),
        (world.get("/needs"), "REQUEST_PARAMETERS_FAILURE"),
        (world.get("/app"), "AUTH_HEADER_MISSING"),
        (world.get("/iam"), "AUTH_HEADER_MISSING"),
        (signed(&world, "unknown-key-1", "/app"), "AUTH_FAILURE"),
        (signed(&world, APP_KEY, "/iam"), "AUTH_FAILURE"),
        (signed(&world, OTHER_KEY, "/app"), "UNAUTHORIZED"),
        (world.get("/down"), "BACKEND_UNAVAILABLE"),
        (world.get("/slow"), "BACKEND_TIMEOUT"),
    ] {
        assert_eq!((answer.status, answer.text()), (299, expected));
    }
    assert_eq!(signed(&world, APP_KEY, "/app").text(), "x");
}

#[test]
fn before_the_host_is_known_the_built_in_body_answers() {
    let world = world(vec![], named());
    let elsewhere = world.call(get("/").replace(HOST, "elsewhere.example.com"));
    elsewhere.assert_refused_with(404, "APIG.0101", "The API does not exist");
    world.call("GET / HTTP/1.1\r\n\r\n").assert_refused_with(400, "APIG.0201", "API request error");
    world.call("nonsense\r\n\r\n").assert_refused_with(400, "APIG.0602", "Bad request");
}

#[test]
fn untouched_types_are_answered_as_ever() {
    let world = world(
        vec![mock("GET", "/app", "x").auth(Auth::App)],
        vec![set("default", true, vec![response(ResponseType::NotFound, Some(410), "{}")])],
    );
    assert_eq!(world.get("/nowhere").status, 410);
    signed(&world, APP_KEY, "/app").assert_refused(
        403,
        "APIG.0304",
        "The app is not authorized to access the API.",
    );
}

#[test]
fn an_api_chooses_its_set_and_without_status_a_refusal_keeps_its_own() {
    let mut choosing = mock("GET", "/choosing", "x").auth(Auth::App);
    choosing.definition.response_id = Some(id("other"));
    let mut orphan = mock("GET", "/orphan", "x").auth(Auth::App);
    orphan.definition.response_id = Some(id("gone"));
    let kind = ResponseType::AuthHeaderMissing;
    let world = world(
        vec![choosing, orphan],
        vec![
            set("default", true, vec![response(kind, Some(418), "default")]),
            set("other", false, vec![response(kind, None, "other")]),
        ],
    );
    let choosing = world.get("/choosing");
    assert_eq!((choosing.status, choosing.text()), (401, "other"));
    let orphan = world.get("/orphan");
    assert_eq!((orphan.status, orphan.text()), (418, "default"));
}

#[test]
fn templates_are_filled_in_with_what_was_found_out_until_then() {
    let api = mock("GET", "/app/{x}", "x").auth(Auth::App);
    let known = (api.api_id.to_string(), api.api_name.clone());
    let kinds = [ResponseType::Unauthorized, ResponseType::NotFound];
    let set = set("default", true, kinds.map(|kind| response(kind, None, ALL)).into());
    let world = world(vec![api], vec![set]);
    let unauthorized = signed(&world, APP_KEY, "/app/1?q=%22");
    let found = json(&unauthorized);
    let expected = serde_json::json!({
        "type": "UNAUTHORIZED", "code": "APIG.0304", "message": "The app is not authorized to access the API.",
        "api": format!("{}/{}", known.0, known.1), "app": "app/app",
        "request": unauthorized.header("x-request-id"), "stage": "RELEASE", "ip": "127.0.0.1",
        "path": "/app/1", "uri": "/app/1?q=%22", "method": "GET", "role": "",
    });
    assert_eq!(found, expected);
    assert_eq!(unauthorized.header("content-type"), Some("application/json"));
    let unknown = json(&world.get("/nowhere"));
    assert_eq!((unknown["api"].as_str(), unknown["app"].as_str()), (Some("/"), Some("/")));
}

#[test]
fn what_the_client_sent_breaks_out_of_nothing() {
    let body = r#"{"message":"$context.error.message","uri":"$context.reqUri","safe":true}"#;
    let mut answer = response(ResponseType::AuthFailure, None, body);
    answer.headers = vec![("X-Message".to_owned(), "<$context.error.message$context.reqUri>".to_owned())];
    let api = mock("GET", "/app", "x").auth(Auth::App).prefix();
    let world = world(vec![api], vec![set("default", true, vec![answer])]);
    let evil = r#"","safe":false,"x":"\"#;
    for target in ["/app?%0d%0aSet-Cookie:a=b", "/app?'\\u0022{}", "/app?\u{e9}\\"] {
        let signer = Signer::new(id(APP_KEY), SecretKey::new("wrong"));
        let headers = &[("Host", HOST), ("X-Evil", evil)];
        let request = Request { method: "GET", target, headers, payload: Payload::Body(b"") };
        let signed = signer.sign(&request, clock()).unwrap();
        let lines: String =
            signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let answer =
            world.call(format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\nX-Evil: {evil}\r\n{lines}\r\n"));
        assert_eq!(answer.status, 401, "{target}");
        let told = json(&answer);
        assert_eq!((&told["uri"], &told["safe"]), (&target.into(), &true.into()));
        assert!(told["message"].as_str().is_some_and(|message| message.contains(evil)), "{told}");
        let header = answer.header("x-message").unwrap();
        assert!(header.starts_with('<') && header.contains(evil) && header.ends_with('>'), "{header}");
        assert_eq!(answer.header("set-cookie"), None);
    }
}

#[test]
fn headers_are_added_and_an_answer_without_body_stays_without() {
    let mut answer = response(ResponseType::NotFound, Some(204), "never sent");
    answer.headers = vec![
        ("Content-Type".to_owned(), "text/plain".to_owned()),
        ("X-Stage".to_owned(), "a".to_owned()),
        ("X-Stage".to_owned(), "$context.error.code".to_owned()),
    ];
    let world = world(vec![mock("GET", "/", "next")], vec![set("default", true, vec![answer])]);
    let mut client = world.client();
    let empty = client.call(get("/nowhere"));
    assert_eq!((empty.status, empty.text()), (204, ""));
    let stages: Vec<_> = empty.headers.iter().filter(|(name, _)| name == "x-stage").collect();
    assert_eq!(stages.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["a", "APIG.0101"]);
    assert_eq!(empty.header("server"), Some("api-gateway"));
    assert_eq!(client.call(get("/")).text(), "next");
}
