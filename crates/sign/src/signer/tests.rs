use super::*;

fn signer(access_key: &str, secret: &str) -> Signer {
    Signer::new(AccessKeyId::parse(access_key).unwrap(), SecretKey::new(secret))
}

fn time(text: &str) -> Timestamp {
    Timestamp::parse_basic(text.as_bytes()).unwrap()
}

fn get<'a>(target: &'a str, headers: &'a [(&'a str, &'a str)]) -> Request<'a> {
    Request { method: "GET", target, headers, payload: Payload::Body(b"") }
}

fn refusal(headers: &[(&str, &str)]) -> Error {
    signer("AccessKey", "SecretKey").sign(&get("/", headers), time("20060102T150405Z")).err().unwrap()
}

const VPC_TARGET: &str =
    "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0";
const VPC_SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const VPC_HEADERS: [(&str, &str); 2] =
    [("Content-Type", "application/json"), ("Host", "service.region.example.com")];

#[test]
fn the_published_vpc_example_is_reproduced() {
    let signed = signer("QTWAOYTTINDUT2QVKYUC", VPC_SECRET)
        .sign(&get(VPC_TARGET, &VPC_HEADERS), time("20191115T033655Z"))
        .unwrap();
    let (_, authorization) = signed.headers.last().unwrap();
    assert_eq!(
        authorization,
        "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, \
         Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"
    );
    assert!(
        signed.string_to_sign.ends_with("b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a")
    );
}

#[test]
fn headers_are_signed_trimmed_sorted_and_without_those_that_proxies_rewrite() {
    let headers = [
        ("X-B", " two "),
        ("Host", "h"),
        ("X-B", "one"),
        ("X_Under", "1"),
        ("X-Blank", " "),
        ("Content-Length", "0"),
    ];
    let signed =
        signer("AccessKey", "SecretKey").sign(&get("/a", &headers), time("20060102T150405Z")).unwrap();
    assert_eq!(
        signed.canonical_request,
        "GET\n/a/\n\nhost:h\nx-b:one\nx-b:two\nx-sdk-date:20060102T150405Z\n\nhost;x-b;x-sdk-date\n\
         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn identity_headers_are_added_and_signed() {
    let signed = signer("AccessKey", "SecretKey")
        .project_id(ProjectId::parse("p1").unwrap())
        .domain_id(DomainId::parse("d1").unwrap())
        .security_token(SecurityToken::new("token"))
        .sign(&get("/", &[("host", "h")]), time("20060102T150405Z"))
        .unwrap();
    let names: Vec<_> = signed.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["X-Sdk-Date", "X-Project-Id", "X-Domain-Id", "X-Security-Token", "Authorization"]);
    assert!(
        signed.canonical_request.contains("\nhost;x-domain-id;x-project-id;x-sdk-date;x-security-token\n")
    );
}

#[test]
fn an_unsigned_payload_is_declared_in_a_signed_header() {
    let request = Request { payload: Payload::Unsigned, ..get("/", &[("host", "h")]) };
    let signed = signer("AccessKey", "SecretKey").sign(&request, time("20060102T150405Z")).unwrap();
    assert!(signed.headers.contains(&("X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD".to_owned())));
    assert!(signed.canonical_request.ends_with("\nUNSIGNED-PAYLOAD"));
}

#[test]
fn a_digest_signs_like_the_body_it_stands_for() {
    let body = b"{}";
    let digest = Hasher::digest(crate::Hash::Sha256, &[body]);
    let sign = |payload| {
        let request = Request { payload, ..get("/", &[("host", "h")]) };
        signer("AccessKey", "SecretKey").sign(&request, time("20060102T150405Z")).unwrap().headers
    };
    assert_eq!(sign(Payload::Body(body)), sign(Payload::Digest(digest)));
}

#[test]
fn a_scoped_algorithm_names_its_scope_and_needs_one() {
    let scoped = signer("AccessKey", "SecretKey").algorithm(Algorithm::V11HmacSha256);
    let sign = |signer: Signer| signer.sign(&get("/", &[("host", "h")]), time("20060102T150405Z"));
    let signed = sign(scoped.clone().scope("test-region-1", "demo")).unwrap();
    let (_, authorization) = signed.headers.last().unwrap();
    assert!(authorization.starts_with("V11-HMAC-SHA256 Credential=AccessKey/20060102/test-region-1/demo, "));
    assert_eq!(sign(scoped.clone()).err(), Some(Error::MissingScope));
    assert_eq!(sign(scoped.scope("a/b", "demo")).err(), Some(Error::BadScope));
}

#[test]
fn what_cannot_be_sent_or_would_be_ambiguous_is_refused() {
    assert_eq!(refusal(&[]), Error::MissingHost);
    assert_eq!(refusal(&[("host", "h"), ("a", "b\r\nc: d")]), Error::BadHeader("a".to_owned()));
    assert_eq!(refusal(&[("host", "h"), ("a b", "c")]), Error::BadHeader("a b".to_owned()));
    assert_eq!(refusal(&[("host", "h"), ("Host", "i")]), Error::TakenHeader("Host".to_owned()));
    assert_eq!(refusal(&[("host", "h"), ("x-sdk-date", "i")]), Error::TakenHeader("x-sdk-date".to_owned()));
    let sign = |method, target| {
        let request = Request { method, ..get(target, &[("host", "h")]) };
        signer("AccessKey", "SecretKey").sign(&request, time("20060102T150405Z")).err()
    };
    assert_eq!(sign("GE T", "/"), Some(Error::BadMethod));
    assert_eq!(sign("GET", "http://h/"), Some(Error::BadTarget));
    assert_eq!(sign("GET", "/a b"), Some(Error::BadTarget));
}
