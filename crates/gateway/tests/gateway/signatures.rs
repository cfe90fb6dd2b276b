use crate::{
    backend::{Backend, OK},
    client::Response,
    world::{
        APP_KEY, Change, HOST, OTHER_KEY, SECRET, USER_KEY, World, clock, http, id, mock, source, with_keys,
    },
};
use countersign_gateway::Config;
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::source::{Auth, Source, UnsignedPayload};
use countersign_types::{SecretKey, SecurityToken, Timestamp};

const APP: &str = "Incorrect app authentication information: ";
const IAM: &str = "Incorrect IAM authentication information: ";

/// A signed call under construction.
pub(crate) struct Call<'a> {
    signer: Signer,
    method: &'a str,
    target: &'a str,
    payload: Payload<'a>,
    body: &'a [u8],
    now: Timestamp,
    extra: &'a str,
}

impl<'a> Call<'a> {
    pub(crate) fn new(key: &str, target: &'a str) -> Self {
        let signer = Signer::new(id(key), SecretKey::new(SECRET));
        Self {
            signer,
            method: "GET",
            target,
            payload: Payload::Body(b""),
            body: b"",
            now: clock(),
            extra: "",
        }
    }

    fn post(key: &str, target: &'a str, body: &'a [u8]) -> Self {
        Self { method: "POST", payload: Payload::Body(body), body, ..Self::new(key, target) }
    }

    fn headers(&self) -> String {
        let request = Request {
            method: self.method,
            target: self.target,
            headers: &[("Host", HOST)],
            payload: self.payload,
        };
        let signed = self.signer.sign(&request, self.now).unwrap();
        signed.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect()
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let Self { method, target, extra, .. } = self;
        let length = self.body.len();
        let length = if length > 0 { format!("Content-Length: {length}\r\n") } else { String::new() };
        let head =
            format!("{method} {target} HTTP/1.1\r\nHost: {HOST}\r\n{}{extra}{length}\r\n", self.headers());
        [head.as_bytes(), self.body].concat()
    }
}

/// A call without a body that is signed with the secret of the tests.
pub(crate) fn signed_get(key: &str, target: &str) -> Vec<u8> {
    Call::new(key, target).bytes()
}

/// The same, signed with another secret.
pub(crate) fn wrongly_signed_get(key: &str, target: &str) -> Vec<u8> {
    let signer = Signer::new(id(key), SecretKey::new("another-secret"));
    Call { signer, ..Call::new(key, target) }.bytes()
}

fn world(backend: &Backend) -> World {
    let mut strict = mock("POST", "/strict", "strict").auth(Auth::App).authorized("app");
    strict.definition.unsigned_payload = UnsignedPayload::Deny;
    serve(&with_keys(source(vec![
        http("ANY", "/app", backend.address, "/").auth(Auth::App).authorized("app").prefix(),
        http("ANY", "/iam", backend.address, "/").auth(Auth::Iam).prefix(),
        strict,
    ])))
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, ..Config::default() }, source)
}

fn untouched(call: impl FnOnce(&World) -> Response) -> Response {
    let backend = Backend::ok();
    let response = call(&world(&backend));
    backend.assert_untouched();
    response
}

#[test]
fn an_authorized_app_reaches_the_backend_without_its_signature() {
    let backend = Backend::ok();
    let world = world(&backend);
    let response = world.call(Call::new(APP_KEY, "/app/a%20b/%E4%BD%A0?q=%20x&a=1&a=0&empty").bytes());
    assert_eq!((response.status, response.text()), (200, "ok"));
    let received = backend.received();
    assert_eq!(received.target, "/a%20b/%E4%BD%A0?q=%20x&a=1&a=0&empty");
    assert_eq!(received.header("authorization"), None);
}

#[test]
fn a_signed_body_is_hashed_on_the_way_and_forwarded_after_the_check() {
    let backend = Backend::ok();
    let world = world(&backend);
    let body = vec![b'z'; 3 * 1024 * 1024];
    assert_eq!(world.call(Call::post(APP_KEY, "/app", &body).bytes()).text(), "ok");
    assert_eq!(backend.received().body, body);
}

#[test]
fn a_changed_body_never_reaches_the_backend() {
    let response = untouched(|world| {
        let call = Call { body: b"chanced", ..Call::post(APP_KEY, "/app", b"changed") };
        world.call(call.bytes())
    });
    response.assert_refused_with(
        401,
        "APIG.0303",
        &format!("{APP}verify signature fail, canonicalRequest:POST|/app/||"),
    );
}

#[test]
fn an_iam_user_reaches_an_iam_api() {
    let backend = Backend::ok();
    assert_eq!(world(&backend).call(Call::new(USER_KEY, "/iam").bytes()).text(), "ok");
}

#[test]
fn the_mismatch_message_carries_the_canonical_request_on_one_line() {
    let wrong = |key: &str, target| {
        let call = Call { signer: Signer::new(id(key), SecretKey::new("wrong")), ..Call::new(key, target) };
        untouched(|world| world.call(call.bytes()))
    };
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let canonical = |path: &str| {
        format!(
            "canonicalRequest:GET|{path}/||host:{HOST}|x-sdk-date:20260102T030405Z||host;x-sdk-date|{empty}"
        )
    };
    let app = wrong(APP_KEY, "/app");
    app.assert_refused(401, "APIG.0303", &format!("{APP}verify signature fail, {}", canonical("/app")));
    let iam = wrong(USER_KEY, "/iam");
    iam.assert_refused(401, "APIG.0301", &format!("{IAM}verify aksk signature fail, {}", canonical("/iam")));
    assert!(!app.text().contains(SECRET));
}

#[test]
fn an_unknown_key_is_named_and_keys_of_the_other_family_are_unknown() {
    let call = |key: &str, target| untouched(|world| world.call(Call::new(key, target).bytes()));
    for key in ["nobody-at-all", USER_KEY] {
        call(key, "/app").assert_refused(401, "APIG.0303", &format!("{APP}app not found, appkey {key}"));
    }
    for key in ["NOBODY", APP_KEY] {
        let message = format!("{IAM}Get secretKey failed,ak:{key},err:ak not exist");
        call(key, "/iam").assert_refused(401, "APIG.0301", &message);
    }
}

#[test]
fn a_date_more_than_fifteen_minutes_away_is_refused_with_both_times() {
    let signed_at = |key: &str, target, seconds: i64| {
        let now = Timestamp::from_unix(clock().unix().checked_add_signed(seconds).unwrap());
        let bytes = Call { now, ..Call::new(key, target) }.bytes();
        let backend = Backend::ok();
        world(&backend).call(bytes)
    };
    for inside in [-900, 900] {
        assert_eq!(signed_at(APP_KEY, "/app", inside).status, 200);
    }
    let times = "signature expired, signature time:20260102T024904Z,server time:20260102T030405Z";
    signed_at(APP_KEY, "/app", -901).assert_refused(401, "APIG.0303", &format!("{APP}{times}"));
    let message = format!("{IAM}calc aksk signature fail:{times}");
    signed_at(USER_KEY, "/iam", -901).assert_refused(401, "APIG.0301", &message);
    assert_eq!(signed_at(APP_KEY, "/app", 901).status, 401);
}

#[test]
fn a_bad_key_or_date_is_refused_without_the_body() {
    let backend = Backend::ok();
    let world = world(&backend);
    for call in [
        Call { now: Timestamp::from_unix(0), ..Call::post(APP_KEY, "/app", b"") },
        Call::post("nobody-at-all", "/app", b""),
    ] {
        let call = Call { extra: "Content-Length: 12582912\r\n", ..call };
        let refused = world.call(call.bytes());
        assert_eq!((refused.status, refused.header("connection")), (401, Some("close")));
    }
    backend.assert_untouched();
}

#[test]
fn a_wrong_signature_over_a_declared_digest_is_refused_without_the_body() {
    let digest = "X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD\r\nContent-Length: 12582912\r\n";
    let wrong = Signer::new(id(APP_KEY), SecretKey::new("wrong"));
    let call = Call { signer: wrong, extra: digest, ..Call::post(APP_KEY, "/app", b"") };
    let refused = untouched(|world| world.call(call.bytes()));
    refused.assert_refused_with(401, "APIG.0303", &format!("{APP}verify signature fail"));
}

#[test]
fn a_request_without_a_signature_is_told_what_is_missing() {
    let call = |path: &str, extra: &str| {
        untouched(|world| world.call(format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\n{extra}\r\n")))
    };
    call("/app", "").assert_refused(401, "APIG.0303", &format!("{APP}Authorization not found"));
    call("/app", "Authorization: Basic eDp5\r\n").assert_refused(
        401,
        "APIG.0303",
        &format!("{APP}Authorization not found"),
    );
    call("/iam", "").assert_refused(
        401,
        "APIG.0301",
        &format!("{IAM}Authorization or x-auth-token not found"),
    );
    call("/iam", "X-Auth-Token: t\r\n").assert_refused(401, "APIG.0301", &format!("{IAM}decrypt token fail"));
    let empty = "X-Sdk-Date: 20260102T030405Z\r\nAuthorization: SDK-HMAC-SHA256 Access=, SignedHeaders=x-sdk-date, Signature=00\r\n";
    call("/app", empty).assert_refused(
        401,
        "APIG.0303",
        &format!("{APP}Access or Credential is empty in Authorization"),
    );
}

#[test]
fn two_credentials_or_doubled_headers_are_refused() {
    for extra in ["X-Auth-Token: t\r\n", "X-Apig-AppCode: c\r\n", "X-HW-ID: i\r\n"] {
        let call = Call { extra, ..Call::new(APP_KEY, "/app") };
        untouched(|world| world.call(call.bytes())).assert_refused_with(
            401,
            "APIG.0303",
            &format!("{APP}Authorization and x-"),
        );
    }
    let date = "x-sdk-date: 20260102T030405Z\r\n";
    for extra in [
        date,
        "Authorization: SDK-HMAC-SHA256 x\r\n",
        "X-Sdk-Content-Sha256: a\r\nX-Sdk-Content-Sha256: a\r\n",
    ] {
        let call = Call { extra, ..Call::new(APP_KEY, "/app") };
        assert_eq!(untouched(|world| world.call(call.bytes())).status, 401, "{extra}");
    }
    let host = Call { extra: "Host: group.example.com\r\n", ..Call::new(APP_KEY, "/app") };
    assert_eq!(untouched(|world| world.call(host.bytes())).status, 400);
}

#[test]
fn an_app_without_authorization_is_403_only_after_its_signature_holds() {
    let call = Call::new(OTHER_KEY, "/app");
    let refused = untouched(|world| world.call(call.bytes()));
    refused.assert_refused(403, "APIG.0304", "The app is not authorized to access the API.");
    let wrong =
        Call { signer: Signer::new(id(OTHER_KEY), SecretKey::new("wrong")), ..Call::new(OTHER_KEY, "/app") };
    assert_eq!(untouched(|world| world.call(wrong.bytes())).status, 401);
}

#[test]
fn projects_and_accounts_that_are_not_the_users_are_403_signed_or_not() {
    let backend = Backend::ok();
    let world = world(&backend);
    let signer = || Signer::new(id(USER_KEY), SecretKey::new(SECRET));
    let own = Call { signer: signer().project_id(id("project")), ..Call::new(USER_KEY, "/iam") };
    assert_eq!(world.call(own.bytes()).status, 200);
    let unsigned =
        Call { extra: "X-Project-Id: project\r\nX-Domain-Id: domain\r\n", ..Call::new(USER_KEY, "/iam") };
    assert_eq!(world.call(unsigned.bytes()).status, 200);
    let foreign = Call { signer: signer().project_id(id("foreign")), ..Call::new(USER_KEY, "/iam") };
    world.call(foreign.bytes()).assert_refused(403, "APIG.0310", "The project is unavailable.");
    let foreign = Call { extra: "X-Domain-Id: foreign\r\n", ..Call::new(USER_KEY, "/iam") };
    let message = "The IAM user is not authorized to access the API.";
    world.call(foreign.bytes()).assert_refused(403, "APIG.0302", message);
}

#[test]
fn a_security_token_does_not_belong_to_a_permanent_key() {
    let signer =
        Signer::new(id(USER_KEY), SecretKey::new(SECRET)).security_token(SecurityToken::new("token"));
    let call = Call { signer, ..Call::new(USER_KEY, "/iam") };
    let refused = untouched(|world| world.call(call.bytes()));
    refused.assert_refused(
        401,
        "APIG.0301",
        &format!("{IAM}x-security-token does not belong to the access key"),
    );
}

#[test]
fn an_unsigned_payload_is_accepted_or_refused_as_the_api_says() {
    let backend = Backend::ok();
    let world = world(&backend);
    let call =
        |target| Call { payload: Payload::Unsigned, ..Call::post(APP_KEY, target, b"anything") }.bytes();
    assert_eq!(world.call(call("/app")).text(), "ok");
    assert_eq!(backend.received().body, b"anything");
    world.call(call("/strict")).assert_refused(
        401,
        "APIG.0303",
        &format!("{APP}an unsigned payload is not accepted"),
    );
}

#[test]
fn a_signature_holds_for_no_other_request() {
    let bytes = String::from_utf8(Call::new(APP_KEY, "/app/x?a=1").bytes()).unwrap();
    let changes = [
        ("GET /app/x?a=1", "DELETE /app/x?a=1"),
        ("/app/x?a=1", "/app/y?a=1"),
        ("/app/x?a=1", "/app/x?a=2"),
        ("/app/x?a=1", "/app/x?a=1&b=2"),
        ("Host: group.example.com", "Host: group.example.com:80"),
        ("x-sdk-date, Signature", "x-sdk-date;x-other, Signature"),
        ("Signature=", "Signature=0"),
    ];
    for (from, to) in changes {
        assert!(bytes.contains(from), "{from}");
        assert_eq!(untouched(|world| world.call(bytes.replacen(from, to, 1))).status, 401, "{to}");
    }
}

#[test]
fn new_authorizations_and_keys_act_on_the_next_request() {
    let backend = Backend::answering(OK);
    let before = source(vec![http("GET", "/", backend.address, "/").auth(Auth::App)]);
    let world = serve(&before);
    let mut client = world.client();
    let call = Call::new(APP_KEY, "/").bytes();
    assert_eq!(client.call(&call).status, 401);
    let mut source = with_keys(before);
    let swap = |source: &Source| {
        let previous = world.snapshots.current().unwrap();
        world.snapshots.swap(countersign_snapshot::Snapshot::recompile(&previous, source).unwrap());
    };
    swap(&source);
    assert_eq!(client.call(&call).status, 403);
    source.groups[0].releases[0].authorized_apps.push(id("app"));
    swap(&source);
    assert_eq!(client.call(&call).status, 200);
    source.apps.clear();
    source.groups[0].releases[0].authorized_apps.clear();
    swap(&source);
    assert_eq!(client.call(&call).status, 401);
}
