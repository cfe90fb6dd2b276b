use crate::{
    backend::Backend,
    world::{APP_KEY, Change, HOST, SECRET, World, get, http, mock, source, with_keys},
};
use countersign_gateway::{AccessLog, Config};
use countersign_snapshot::source::Auth;
use serde_json::Value;
use std::{fs, time::Duration};

fn logged(calls: impl FnOnce(&World)) -> (Vec<Value>, String) {
    let backend = Backend::ok();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("access.log");
    let config = Config { workers: 1, access_log: AccessLog::File(path.clone()), ..Config::default() };
    let apis = vec![
        http("POST", "/in", backend.address, "/"),
        mock("GET", "/app", "").auth(Auth::App).authorized("app"),
    ];
    let mut world = World::configured(config, &with_keys(source(apis)));
    calls(&world);
    world.shutdown(Duration::from_secs(20));
    let text = fs::read_to_string(path).unwrap();
    (text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(), text)
}

#[test]
fn every_request_leaves_one_record() {
    let (records, _) = logged(|world| {
        world.call(format!("POST /in?secret=1 HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4\r\nUser-Agent: a\"\\b\r\n\r\nbody"));
        let id = world.get("/nowhere").header("x-request-id").unwrap().to_owned();
        assert_eq!(id.len(), 32);
        world.call("nonsense\r\n\r\n");
    });
    let [forwarded, refused, malformed] = &records[..] else { panic!("{records:?}") };
    assert_eq!((&forwarded["status"], &forwarded["stage"]), (&200.into(), &"answered".into()));
    assert_eq!((&forwarded["request_bytes"], &forwarded["response_bytes"]), (&4.into(), &2.into()));
    assert_eq!(
        (&forwarded["method"], &forwarded["path"], &forwarded["host"]),
        (&"POST".into(), &"/in".into(), &HOST.into())
    );
    assert_eq!((&forwarded["api_id"], &forwarded["aborted"]), (&"POST_in".into(), &false.into()));
    assert!(
        forwarded["upstream"].as_str().unwrap().starts_with("127.0.0.1:")
            && forwarded["upstream_us"].is_u64()
    );
    assert_eq!(forwarded["user_agent"], "a\"\\b");
    assert_eq!(forwarded["time"], "2026-01-02T03:04:05.000Z");
    assert_eq!(
        (&refused["status"], &refused["stage"], &refused["code"]),
        (&404.into(), &"route".into(), &"APIG.0101".into())
    );
    assert_eq!(refused["reason"], "unknown_path");
    assert_eq!((&malformed["status"], &malformed["reason"]), (&400.into(), &"malformed_head".into()));
}

#[test]
fn neither_query_nor_credentials_nor_canonical_requests_are_logged() {
    let (records, text) = logged(|world| {
        let signed = format!(
            "GET /app?password=hunter2 HTTP/1.1\r\nHost: {HOST}\r\nX-Sdk-Date: 20260102T030405Z\r\nCookie: session=abc\r\n\
             Authorization: SDK-HMAC-SHA256 Access={APP_KEY}, SignedHeaders=host;x-sdk-date, Signature={}\r\n\r\n",
            "ab".repeat(32)
        );
        assert_eq!(world.call(signed).status, 401);
    });
    assert_eq!(records[0]["reason"], "signature_mismatch");
    for secret in [SECRET, "hunter2", "session=abc", "abababab", "SignedHeaders"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn metrics_count_answers_and_refusals_by_stage_and_code() {
    let world = World::new(vec![mock("GET", "/", "four")]);
    let mut client = world.client();
    client.call(get("/"));
    client.call(get("/nowhere"));
    client.call(get("/"));
    let text = world.metrics();
    for line in [
        "countersign_gateway_requests_total{stage=\"answered\",code=\"\",status=\"2xx\"} 2",
        "countersign_gateway_requests_total{stage=\"route\",code=\"APIG.0101\",status=\"404\"} 1",
        "countersign_gateway_connections 1",
        "countersign_gateway_connections_total 1",
    ] {
        assert!(text.lines().any(|own| own == line), "{line} is missing in\n{text}");
    }
}
