//! `explain` as its users meet it: what it reads, what it prints, how it ends.

use crate::home::{Home, Ran};

const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
/// The published example of the protocol.
const RIGHT: &str = "GET /v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0 HTTP/1.1\n\
    Host: service.region.example.com\n\
    Content-Type: application/json\n\
    X-Sdk-Date: 20191115T033655Z\n\
    Authorization: SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, \
    Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe\n\n";

fn home(secret: &str) -> Home {
    Home::new().with("COUNTERSIGN_ACCESS_KEY", "QTWAOYTTINDUT2QVKYUC").with("COUNTERSIGN_SECRET_KEY", secret)
}

fn explain(home: &Home, text: &str, more: &[&str]) -> Ran {
    home.write("request", text);
    home.run(&[&["explain", "request"], more].concat())
}

#[test]
fn a_right_request_is_accepted_and_the_command_ends_with_zero() {
    let ran = explain(&home(SECRET), RIGHT, &["--at", "20191115T034000Z"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "accepted: verifies\n  The signature is right.\n"));
}

#[test]
fn a_wrong_request_gets_the_name_of_its_mistake_and_the_line_that_differs() {
    let sent = RIGHT.replace("Host: service.region.example.com", "Host: service.region.example.com:8443");
    let ran = explain(&home(SECRET), &sent, &["--at", "2019-11-15T03:40:00Z"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.starts_with("refused: host-without-port\n"), "{}", ran.out);
    let marked = "- host:service.region.example.com:8443\n+ host:service.region.example.com\n";
    assert!(ran.out.contains(marked), "{}", ran.out);
}

#[test]
fn a_secret_that_was_pasted_with_a_line_break_is_found_and_not_shown() {
    let secret = format!("{SECRET}\n");
    let ran = explain(&home(&secret), RIGHT, &[]);
    assert!(ran.out.starts_with("refused: secret-with-blank\n"), "{ran:?}");
    assert!(ran.out.contains("The time was not judged"), "{}", ran.out);
    assert!(!format!("{ran:?}").contains(SECRET), "{ran:?}");
}

#[test]
fn json_has_code_sentence_remedy_and_both_canonical_requests() {
    let ran = explain(&home(SECRET), &RIGHT.replace("vpcs?", "vpcs/?"), &["--json"]);
    assert_eq!(ran.json()["code"], "verifies");
    let ran = explain(&home(SECRET), &RIGHT.replace("limit=2&", ""), &["--json"]);
    let verdict: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, verdict["code"].as_str()), (Some(1), Some("unknown")), "{ran:?}");
    let ran = explain(&home(SECRET), RIGHT, &["--json", "--at", "20191115T113700Z"]);
    let verdict: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(verdict["mistakes"][0]["code"], "local-time", "{verdict}");
    assert_eq!(verdict["mistakes"][0]["proof"], "seen");
}

#[test]
fn a_curl_line_is_read_as_curl_would_send_it() {
    let line = "curl 'https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&\
                marker=13551d6b-755d-4757-b956-536f674975c0' -H 'content-type: application/json' \\\n  \
                -H 'X-Sdk-Date: 20191115T033655Z' -H 'Authorization: SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, \
                SignedHeaders=content-type;host;x-sdk-date, \
                Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe' --compressed";
    let ran = explain(&home(SECRET), line, &[]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

#[test]
fn a_har_tells_the_time_of_its_answer() {
    let har = serde_json::json!({"log": {"entries": [{
        "request": {
            "method": "GET",
            "url": "https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
            "headers": [
                {"name": "Content-Type", "value": "application/json"},
                {"name": "X-Sdk-Date", "value": "20191115T033655Z"},
                {"name": "Authorization", "value": "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"},
            ],
        },
        "response": {"status": 401, "headers": [{"name": "Date", "value": "Fri, 15 Nov 2019 05:00:00 GMT"}]},
    }]}});
    let ran = explain(&home(SECRET), &har.to_string(), &[]);
    assert!(ran.out.starts_with("refused: clock-off\n"), "{ran:?}");
    assert!(!ran.out.contains("The time was not judged"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_wrong_usage_with_one_sentence() {
    for text in ["", "hello", "curl --nonsense h", "{}"] {
        let ran = explain(&home(SECRET), text, &[]);
        assert_eq!(ran.code, Some(2), "{text}: {ran:?}");
        assert!(ran.err.starts_with("countersign: this is no request that can be read: "), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    let ran = home(SECRET).run(&["explain", "nowhere"]);
    assert!(ran.err.contains("cannot read nowhere"), "{ran:?}");
}
