use crate::{
    backend::Backend,
    client::Response,
    world::{HOST, World, get, http, mock},
};
use countersign_snapshot::source::{Auth, Release};

const ORIGIN: &str = "access-control-allow-origin";

fn cors(mut api: Release) -> Release {
    api.definition.cors = true;
    api
}

fn preflight(world: &World, path: &str) -> Response {
    world.call(format!(
        "OPTIONS {path} HTTP/1.1\r\nHost: {HOST}\r\nOrigin: http://www.cors.com\r\nAccess-Control-Request-Method: PUT\r\n\r\n"
    ))
}

#[test]
fn every_origin_may_read_unless_the_backend_says_otherwise() {
    let silent = Backend::ok();
    let strict = Backend::answering(
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nAccess-Control-Allow-Origin: http://a\r\n\r\nok",
    );
    let world = World::new(vec![
        cors(http("GET", "/silent", silent.address, "/")),
        cors(http("GET", "/strict", strict.address, "/")),
        http("GET", "/off", silent.address, "/"),
    ]);
    assert_eq!(world.get("/silent").header(ORIGIN), Some("*"));
    assert_eq!(world.get("/strict").header(ORIGIN), Some("http://a"));
    assert_eq!(world.get("/off").header(ORIGIN), None);
}

#[test]
fn refusals_of_the_api_may_be_read_too() {
    let mut guarded = cors(mock("GET", "/guarded", "x"));
    guarded.definition.auth = Auth::App;
    let world = World::new(vec![guarded]);
    let refused = world.get("/guarded");
    assert_eq!((refused.status, refused.header(ORIGIN)), (401, Some("*")));
    assert_eq!(world.get("/elsewhere").header(ORIGIN), None);
}

#[test]
fn an_options_mock_without_authentication_answers_preflights_with_the_published_lists() {
    let world = World::new(vec![cors(mock("OPTIONS", "/", "")), cors(mock("PUT", "/", "put"))]);
    let answer = preflight(&world, "/");
    assert_eq!(answer.status, 200);
    for (name, value) in [
        (ORIGIN, "*"),
        ("access-control-max-age", "172800"),
        ("access-control-allow-methods", "GET,POST,PUT,DELETE,HEAD,OPTIONS,PATCH"),
        (
            "access-control-allow-headers",
            "X-Stage,X-Sdk-Date,X-Sdk-Nonce,X-Proxy-Signed-Headers,X-Sdk-Content-Sha256,X-Forwarded-For,\
             Authorization,Content-Type,Accept,Accept-Ranges,Cache-Control,Range",
        ),
        (
            "access-control-expose-headers",
            "X-Request-Id,X-Apig-Latency,X-Apig-Upstream-Latency,X-Apig-RateLimit-Api,X-Apig-RateLimit-User,\
             X-Apig-RateLimit-App,X-Apig-RateLimit-Ip,X-Apig-RateLimit-Api-Allenv",
        ),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let put = world.call(get("/").replace("GET", "PUT"));
    assert_eq!((put.header(ORIGIN), put.header("access-control-max-age")), (Some("*"), None));
}

#[test]
fn other_options_apis_answer_no_preflight() {
    let backend = Backend::ok();
    let world = World::new(vec![
        mock("OPTIONS", "/off", ""),
        cors(http("OPTIONS", "/backend", backend.address, "/")),
        cors(mock("ANY", "/any", "")),
    ]);
    assert_eq!(preflight(&world, "/off").header(ORIGIN), None);
    for path in ["/backend", "/any"] {
        let answer = preflight(&world, path);
        assert_eq!(answer.header(ORIGIN), Some("*"), "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), None, "{path}");
    }
}
