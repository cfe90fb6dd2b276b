use crate::{
    backend::Backend,
    world::{Change, HOST, World, from, get, http},
};
use countersign_snapshot::source::{Location, MappedValue, System};

fn with(headers: &str) -> String {
    get("/").replace("\r\n\r\n", &format!("\r\n{headers}\r\n\r\n"))
}

fn world(backend: &Backend) -> World {
    World::new(vec![http("GET", "/", backend.address, "/")])
}

#[test]
fn undeclared_headers_pass_unchanged_and_in_order() {
    let backend = Backend::ok();
    world(&backend)
        .call(with("X-B: 2\r\nAccept: a\r\nX-A: 1\r\nx-b: 3\r\nAuthorization: Basic eDp5\r\nX-Sdk-Date: d"));
    let received = backend.received();
    assert_eq!(received.all("x-b"), ["2", "3"]);
    assert_eq!(
        received.header("authorization"),
        Some("Basic eDp5"),
        "an API without authentication leaves it alone"
    );
    let names: Vec<_> = received.headers.iter().map(|(name, _)| name.as_str()).collect();
    let position = |name: &str| names.iter().position(|own| *own == name).unwrap();
    assert!(position("x-b") < position("accept") && position("accept") < position("x-a"), "{names:?}");
}

#[test]
fn hop_by_hop_headers_and_those_listed_by_connection_end_at_the_gateway() {
    let backend = Backend::ok();
    let hops = "Connection: X-Mine, x-forwarded-for, X-Request-Id, host\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\n\
        Proxy-Connection: close\r\nTE: trailers\r\nTrailer: x\r\nUpgrade: websocket\r\nProxy-Authorization: y\r\nX-Kept: 1";
    let response = world(&backend).call(with(hops));
    let received = backend.received();
    for gone in [
        "connection",
        "x-mine",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "upgrade",
        "proxy-authorization",
    ] {
        assert_eq!(received.header(gone), None, "{gone}");
    }
    assert_eq!(received.header("x-kept"), Some("1"));
    assert_eq!(received.header("x-request-id"), response.header("x-request-id"));
    assert_eq!(received.header("x-forwarded-for"), Some("127.0.0.1"));
    assert_eq!(received.header("host"), Some(backend.address.to_string().as_str()));
}

#[test]
fn the_gateways_own_headers_are_never_taken_from_outside() {
    let backend = Backend::ok();
    let forged = "X-Real-IP: 1.1.1.1\r\nX_Real_IP: 1.1.1.1\r\nX-Apig-Mode: debug\r\nx_apig_app: admin\r\nX-Forwarded-Proto: https\r\n\
        X-Forwarded-Host: evil\r\nForwarded: for=1.1.1.1\r\nX-Request-Id: mine\r\nX-Auth-Token: t\r\nX-Security-Token: s\r\n\
        X-HW-ID: i\r\nX-HW-AppKey: k\r\nX-Stage: RELEASE\r\nX_Forwarded_For: 1.1.1.1";
    let response = world(&backend).call(with(forged));
    let received = backend.received();
    for gone in [
        "x-real-ip",
        "x_real_ip",
        "x-apig-mode",
        "x_apig_app",
        "forwarded",
        "x-auth-token",
        "x-security-token",
        "x-hw-id",
        "x-hw-appkey",
        "x-stage",
        "x_forwarded_for",
    ] {
        assert_eq!(received.header(gone), None, "{gone}");
    }
    assert_eq!(received.header("x-forwarded-proto"), Some("http"));
    assert_eq!(received.header("x-forwarded-host"), Some(HOST));
    assert_eq!(received.header("x-request-id"), response.header("x-request-id"));
}

#[test]
fn the_peer_is_appended_to_x_forwarded_for() {
    let backend = Backend::ok();
    world(&backend).call(with("X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2, 10.0.0.3"));
    assert_eq!(backend.received().header("x-forwarded-for"), Some("10.0.0.1, 10.0.0.2, 10.0.0.3, 127.0.0.1"));
}

#[test]
fn answers_lose_hop_by_hop_headers_and_cannot_speak_for_the_gateway() {
    let backend = Backend::answering(
        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, X-Internal\r\nX-Internal: 1\r\nKeep-Alive: 5\r\n\
          X-Apig-Latency: 1\r\nX-Request-Id: theirs\r\nServer: nginx\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\nok",
    );
    let response = world(&backend).get("/");
    for gone in ["x-internal", "keep-alive", "x-apig-latency"] {
        assert_eq!(response.header(gone), None, "{gone}");
    }
    assert_eq!(response.header("server"), Some("api-gateway"));
    assert_eq!(response.header("x-request-id").unwrap().len(), 32);
    assert_eq!(response.headers.iter().filter(|(name, _)| name == "set-cookie").count(), 2);
}

#[test]
fn latencies_are_shown_on_demand_only() {
    let backend = Backend::ok();
    let world = world(&backend);
    let plain = world.get("/");
    assert!(plain.header("x-apig-latency").is_none() && plain.header("x-apig-upstream-latency").is_none());
    let debug = world.call(with("X-Apig-Mode: debug"));
    for name in ["x-apig-latency", "x-apig-upstream-latency"] {
        assert!(debug.header(name).unwrap().parse::<u64>().is_ok(), "{name}");
    }
}

#[test]
fn mapped_headers_constants_and_system_parameters_reach_the_backend() {
    let backend = Backend::ok();
    let system = |name: &str, system| (name.to_owned(), MappedValue::System(system));
    let mut api = http("GET", "/", backend.address, "/")
        .parameter("X-From", Location::Header)
        .parameter("q", Location::Query)
        .map("X-To", Location::Header, from("x-from", Location::Header))
        .map("X-Query", Location::Header, from("q", Location::Query))
        .map("X-Constant", Location::Header, MappedValue::Constant("fixed".to_owned()));
    for (name, value) in [
        system("X-Ip", System::SourceIp),
        system("X-Env", System::Stage),
        system("X-Api", System::ApiName),
        system("X-Id", System::RequestId),
        system("X-App", System::AppId),
        system("X-Time", System::HandleTime),
    ] {
        api = api.map(&name, Location::Header, value);
    }
    let world = World::new(vec![api]);
    let response = world.call(with("X-From: value").replace("GET /", "GET /?q=a%20b&other=1"));
    let received = backend.received();
    assert_eq!(received.target, "/?other=1");
    assert_eq!((received.header("x-from"), received.header("x-to")), (None, Some("value")));
    assert_eq!((received.header("x-query"), received.header("x-constant")), (Some("a b"), Some("fixed")));
    assert_eq!((received.header("x-ip"), received.header("x-env")), (Some("127.0.0.1"), Some("RELEASE")));
    assert_eq!(received.header("x-id"), response.header("x-request-id"));
    assert_eq!((received.header("x-api"), received.header("x-app")), (Some("GET_"), None));
    assert_eq!(received.header("x-time"), Some("2026-01-02T03:04:05Z"));
    let newline = world.call(with("X-From: value").replace("GET /", "GET /?q=a%0d%0aX-Evil:%201"));
    newline.assert_refused(
        400,
        "APIG.0201",
        "API request error: the parameter x-query does not fit into a header",
    );
}
