//! The command as its users meet it: output, exit codes, next steps. The environment is blank.

#![expect(clippy::unwrap_used, reason = "a failed expectation is a test's job")]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::{Command, Output};
use std::thread::JoinHandle;

const VPC: &str = "http://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs\
                   ?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0";
const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";

fn countersign(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(arguments)
        .env_clear()
        .env("COUNTERSIGN_ACCESS_KEY", "QTWAOYTTINDUT2QVKYUC")
        .env("COUNTERSIGN_SECRET_KEY", SECRET)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Answers one request and returns its head.
fn answer_once(answer: &'static str) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        while !request.windows(4).any(|window| window == b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            request.extend(byte);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        text(&request)
    });
    (address, server)
}

#[test]
fn sign_prints_the_headers_of_the_published_example() {
    let output =
        countersign(&["sign", "-H", "Content-Type: application/json", "--date", "20191115T033655Z", VPC]);
    assert!(output.status.success());
    assert_eq!(
        text(&output.stdout),
        "X-Sdk-Date: 20191115T033655Z\n\
         Authorization: SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, \
         Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe\n"
    );
}

#[test]
fn explain_shows_the_texts_but_never_the_secret() {
    let output = countersign(&["sign", "--explain", "--json", VPC]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(json["canonical_request"].as_str().unwrap().starts_with("GET\n/v1/"));
    assert!(json["string_to_sign"].as_str().unwrap().starts_with("SDK-HMAC-SHA256\n"));
    let help = countersign(&["sign", "--help"]);
    for output in [output, help] {
        assert!(!(text(&output.stdout) + &text(&output.stderr)).contains(SECRET));
    }
}

#[test]
fn wrong_usage_names_the_next_step() {
    for (arguments, code, hint) in [
        (["sign", "/path", ""], 2, "write http://host/path"),
        (["sign", "http://h/", "-Hbroken"], 2, "write -H 'Name: value'"),
        (["sign", "http://h/", "--algorithm=SDK-HMAC-MD5"], 2, "SDK-HMAC-SM3"),
        (["sign", "http://h/", "-d@/nonexistent"], 1, "cannot read the body from /nonexistent"),
        (["call", "ftp://h/", ""], 2, "neither with http:// nor with https://"),
        (["conformance", "verify", "/nonexistent"], 1, "cannot read /nonexistent"),
    ] {
        let arguments: Vec<_> = arguments.into_iter().filter(|argument| !argument.is_empty()).collect();
        let output = countersign(&arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert!(text(&output.stderr).contains(hint), "{arguments:?}: {}", text(&output.stderr));
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn call_sends_the_signed_request_and_prints_the_body() {
    let (address, server) = answer_once("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
    let output = countersign(&["call", "-X", "PUT", "-d", "{}", &format!("{address}/orders?a=%C3%A9")]);
    let request = server.join().unwrap();
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(0), "hi".to_owned()));
    assert!(request.starts_with("PUT /orders?a=%C3%A9 HTTP/1.1\r\n"), "{request}");
    let lower = request.to_lowercase();
    assert!(lower.contains("\r\nauthorization: sdk-hmac-sha256 access=qtwaoyttindut2qvkyuc"));
    assert!(lower.contains("\r\ncontent-length: 2\r\n"));
}

#[test]
fn call_includes_the_head_on_request() {
    let (address, server) = answer_once("HTTP/1.1 204 No Content\r\nX-Request-Id: r1\r\n\r\n");
    let output = countersign(&["call", "-i", &address]);
    server.join().unwrap();
    assert_eq!(text(&output.stdout), "HTTP/1.1 204 No Content\nx-request-id: r1\n\n");
}

#[test]
fn a_refused_signature_exits_22_with_the_reason_and_the_clock_skew() {
    let (address, server) = answer_once(
        "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 17 Dec 2021 06:58:04 GMT\r\nContent-Length: 48\r\n\r\n\
         {\"error_msg\":\"expired\",\"error_code\":\"APIG.0301\"}",
    );
    let output = countersign(&["call", &address]);
    server.join().unwrap();
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(22));
    assert!(stderr.contains("refused the signature: expired"), "{stderr}");
    assert!(stderr.contains("this clock and the server's differ by"), "{stderr}");
}

#[test]
fn conformance_accepts_the_recorded_requests_and_ends_with_the_count() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/vectors/verify/python.json");
    let output = countersign(&["conformance", "verify", file]);
    let stdout = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(stdout.lines().last(), Some("verify: 28 right, 0 wrong, 0 optional refused"));
}

#[test]
fn conformance_grades_its_own_testee_like_any_other() {
    let testee = format!("'{}' conformance testee", env!("CARGO_BIN_EXE_countersign"));
    for (verb, summary) in [("sign", "sign: "), ("verify", "verify: ")] {
        let own = countersign(&["conformance", verb]);
        let other = countersign(&["conformance", verb, "--testee", &testee]);
        assert_eq!(own.status.code(), Some(0), "{}", text(&own.stderr));
        assert_eq!((text(&own.stdout), own.status), (text(&other.stdout), other.status));
        assert!(text(&own.stdout).lines().last().unwrap().starts_with(summary));
    }
}

#[test]
fn conformance_fails_on_a_list_of_failures_that_is_stale() {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("stale-failures.toml");
    std::fs::write(&path, "[sign]\nget-vanilla = \"it once failed\"").unwrap();
    let output = countersign(&["conformance", "sign", "--failures", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("listed as a failure, but get-vanilla passes"));
}

#[test]
fn conformance_fails_on_a_wrong_judgment_and_names_it() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../spec/vectors/verify/published.json");
    let broken = std::fs::read_to_string(file).unwrap().replace("\"sk\":\"", "\"sk\":\"x");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken-vectors.json");
    std::fs::write(&path, broken).unwrap();
    let output = countersign(&["conformance", "verify", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output.stderr).contains("wrong: kat/doc-vpc: refused: Mismatch (\"verify signature fail\")")
    );
    assert_eq!(text(&output.stdout).lines().last(), Some("verify: 0 right, 4 wrong, 0 optional refused"));
}
