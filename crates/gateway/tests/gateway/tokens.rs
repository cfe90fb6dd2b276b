//! Tokens and temporary keys: who gets in, and who does not any more.

use crate::{
    backend::Backend,
    client::Response,
    world::{Change, HOST, USER_KEY, World, clock, http, id, source, with_keys},
};
use countersign_gateway::{AccessLog, Config};
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::{
    Snapshot,
    source::{Auth, Source, TokenKey},
};
use countersign_token::{
    Assumer, AuditId, Claims, KeyId, Keyring, Lifetime, Methods, Scope, Session, Subject, TemporaryKey,
};
use countersign_types::{SecretKey, SecurityToken, Timestamp};
use serde_json::Value;
use std::{fs, time::Duration};

const IAM: &str = "Incorrect IAM authentication information: ";
const OUTDATED: &str = "The token must be updated.";
const NONCE: [u8; 24] = [9; 24];

fn ring(number: u32) -> Keyring {
    let seed = u8::try_from(number).unwrap();
    Keyring::new(countersign_token::TokenKey::from_secret(KeyId(number), [seed; 64]), [])
}

fn token_key(number: u32) -> TokenKey {
    let bytes = ring(number).opening_keys().iter().next().unwrap().to_bytes();
    TokenKey { id: number, opening: SecretKey::new(hex::encode(bytes.as_slice())) }
}

fn claims() -> Claims {
    Claims {
        subject: Subject::User(id("user")),
        epoch: 0,
        domain_id: id("domain"),
        scope: Scope::Project(id("project")),
        methods: Methods::PASSWORD,
        lifetime: Lifetime { issued: clock(), expires: Timestamp::from_unix(clock().unix() + 60) },
        audit_id: AuditId([1; 16]),
        chain: AuditId([2; 16]),
        assumed_by: None,
        only: None,
    }
}

fn delegated() -> Claims {
    Claims {
        subject: Subject::Agency(id("agency")),
        assumed_by: Some(Assumer { user_id: id("partner"), domain_id: id("partners"), epoch: 0 }),
        ..claims()
    }
}

fn expired() -> Claims {
    Claims { lifetime: Lifetime { expires: clock(), ..claims().lifetime }, ..claims() }
}

fn token(claims: &Claims) -> String {
    ring(1).issue(claims, NONCE).expose().to_owned()
}

fn configuration(backend: &Backend) -> Source {
    let mut source = with_keys(source(vec![
        http("ANY", "/app", backend.address, "/").auth(Auth::App).authorized("app").prefix(),
        http("ANY", "/iam", backend.address, "/").auth(Auth::Iam).prefix(),
    ]));
    source.identity.token_keys = vec![token_key(1)];
    source
}

fn serve(source: &Source) -> World {
    World::configured(Config { workers: 1, ..Config::default() }, source)
}

fn bearing(path: &str, token: &str, extra: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {HOST}\r\nX-Auth-Token: {token}\r\n{extra}\r\n")
}

/// Signed with the key pair; `token` may be another pair's, or none.
fn signed(pair: &TemporaryKey, token: Option<&SecurityToken>, extra: &str) -> String {
    let signer = Signer::new(pair.access_key.clone(), pair.secret_key.clone());
    let signer = token.into_iter().fold(signer, |signer, token| signer.security_token(token.clone()));
    let request =
        Request { method: "GET", target: "/iam", headers: &[("Host", HOST)], payload: Payload::Body(b"") };
    let lines = signer.sign(&request, clock()).unwrap().headers;
    let lines: String = lines.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    format!("GET /iam HTTP/1.1\r\nHost: {HOST}\r\n{lines}{extra}\r\n")
}

fn pair(claims: Claims) -> TemporaryKey {
    ring(1).issue_temporary(claims, Session::default(), NONCE)
}

/// What the call is answered when nothing of it may reach a backend.
fn untouched(call: impl FnOnce(&World) -> Response) -> Response {
    let backend = Backend::ok();
    let response = call(&serve(&configuration(&backend)));
    backend.assert_untouched();
    response
}

fn refused(token: &str, reason: &str) {
    let response = untouched(|world| world.call(bearing("/iam", token, "")));
    response.assert_refused(401, "APIG.0301", &format!("{IAM}{reason}"));
}

#[test]
fn a_token_reaches_the_backend_once_and_again_and_is_not_forwarded() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    for claims in [claims(), delegated(), Claims { scope: Scope::Domain(id("domain")), ..claims() }] {
        for _ in 0..2 {
            let extra =
                "Authorization: Basic eDp5\r\nX-User-Id: root\r\nX_Roles: admin\r\nX-Subject-Token: t\r\n";
            let response = world.call(bearing("/iam", &token(&claims), extra));
            assert_eq!((response.status, response.text()), (200, "ok"), "{claims:?}");
            let received = backend.received();
            for name in ["x-auth-token", "authorization", "x-user-id", "x_roles", "x-subject-token"] {
                assert_eq!(received.header(name), None, "{name}");
            }
        }
    }
}

#[test]
fn a_token_for_the_account_ends_with_the_last_role_there_and_one_for_a_project_does_not() {
    let backend = Backend::ok();
    let mut source = configuration(&backend);
    source.identity.users.iter_mut().for_each(|user| user.acts_on_account = false);
    let world = serve(&source);
    let account = Claims { scope: Scope::Domain(id("domain")), ..claims() };
    world.call(bearing("/iam", &token(&account), "")).assert_refused(401, "APIG.0307", OUTDATED);
    assert_eq!(world.call(bearing("/iam", &token(&claims()), "")).status, 200);
}

#[test]
fn a_temporary_key_for_one_project_names_no_other() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    let pair = pair(claims());
    let call = |project| {
        let extra = format!("X-Project-Id: {project}\r\n");
        world.call(signed(&pair, Some(&pair.security_token), &extra)).status
    };
    assert_eq!((call("project"), call("second")), (200, 403));
}

#[test]
fn a_token_needs_no_hash_of_the_body() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    let token = token(&claims());
    let head =
        format!("POST /iam HTTP/1.1\r\nHost: {HOST}\r\nX-Auth-Token: {token}\r\nContent-Length: 4\r\n\r\n");
    assert_eq!(world.call(format!("{head}body")).status, 200);
    assert_eq!(backend.received().body, b"body");
}

#[test]
fn a_token_that_was_not_made_here_is_refused_without_the_body() {
    refused("t", "decrypt token fail");
    refused(&"x".repeat(20_000), "decrypt token fail");
    refused(ring(2).issue(&claims(), NONCE).expose(), "decrypt token fail");
    let mut altered = token(&claims());
    altered.truncate(altered.len() - 1);
    refused(&altered, "decrypt token fail");
    refused(pair(claims()).security_token.expose(), "decrypt token fail");
    let foreign = Keyring::new(countersign_token::TokenKey::from_secret(KeyId(1), [7; 64]), []);
    refused(foreign.issue(&claims(), NONCE).expose(), "decrypt token fail");
    let head = "POST /iam HTTP/1.1\r\nHost: group.example.com\r\nX-Auth-Token: t\r\nContent-Length: 12582912\r\n\r\n";
    untouched(|world| world.call(head)).assert_refused(401, "APIG.0301", &format!("{IAM}decrypt token fail"));
}

#[test]
fn an_expired_or_unscoped_token_is_refused() {
    refused(&token(&expired()), "token expires");
    refused(&token(&Claims { scope: Scope::Unscoped, ..claims() }), "the token has no scope");
}

#[test]
fn an_altered_token_is_refused_also_after_the_true_one_was_seen() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    let good = token(&claims());
    assert_eq!(world.call(bearing("/iam", &good, "")).status, 200);
    let mut client = world.client();
    for position in 0..good.len() {
        let mut altered = good.clone();
        let other = if good[position..].starts_with('A') { "B" } else { "A" };
        altered.replace_range(position..=position, other);
        assert_eq!(client.call(bearing("/iam", &altered, "")).status, 401, "at {position}");
    }
}

#[test]
fn what_no_longer_holds_is_told_to_be_updated_with_the_next_snapshot() {
    type Change = fn(&mut Source);
    let changes: [Change; 5] = [
        |source| source.identity.users[0].epoch = 1,
        |source| {
            source.identity.users.remove(0);
            source.identity.access_keys.clear();
        },
        |source| source.identity.users[0].project_ids.clear(),
        |source| source.identity.revoked.push(AuditId([1; 16]).to_string()),
        |source| source.identity.revoked.push(AuditId([2; 16]).to_string()),
    ];
    for change in changes {
        let backend = Backend::ok();
        let mut source = configuration(&backend);
        let world = serve(&source);
        let token = token(&claims());
        let pair = pair(Claims { scope: Scope::Project(id("project")), ..claims() });
        let mut client = world.client();
        assert_eq!(client.call(bearing("/iam", &token, "")).status, 200);
        assert_eq!(client.call(signed(&pair, Some(&pair.security_token), "")).status, 200);
        change(&mut source);
        world.snapshots.swap(Snapshot::compile(&source).unwrap());
        client.call(bearing("/iam", &token, "")).assert_refused(401, "APIG.0307", OUTDATED);
        let response = client.call(signed(&pair, Some(&pair.security_token), ""));
        response.assert_refused(401, "APIG.0307", OUTDATED);
    }
}

#[test]
fn an_agencys_token_ends_with_the_agency_and_with_who_assumed_it() {
    type Change = fn(&mut Source);
    let changes: [Change; 4] = [
        |source| source.identity.agencies[0].epoch = 1,
        |source| source.identity.agencies.clear(),
        |source| source.identity.users[1].epoch = 1,
        |source| source.identity.agencies[0].trust_domain_id = id("others"),
    ];
    for change in changes {
        let backend = Backend::ok();
        let mut source = configuration(&backend);
        change(&mut source);
        let response = serve(&source).call(bearing("/iam", &token(&delegated()), ""));
        response.assert_refused(401, "APIG.0307", OUTDATED);
    }
}

#[test]
fn a_token_reaches_its_own_project_and_account_only() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    let call = |claims: &Claims, line: &str| world.call(bearing("/iam", &token(claims), line));
    let domain = Claims { scope: Scope::Domain(id("domain")), ..claims() };
    assert_eq!(call(&claims(), "X-Project-Id: project\r\nX-Domain-Id: domain\r\n").status, 200);
    assert_eq!(call(&domain, "X-Domain-Id: domain\r\n").status, 200);
    let unavailable = "The project is unavailable.";
    call(&claims(), "X-Project-Id: second\r\n").assert_refused(403, "APIG.0310", unavailable);
    call(&domain, "X-Project-Id: project\r\n").assert_refused(403, "APIG.0310", unavailable);
    let unauthorized = "The IAM user is not authorized to access the API.";
    for claims in [claims(), domain] {
        call(&claims, "X-Domain-Id: partners\r\n").assert_refused(403, "APIG.0302", unauthorized);
    }
}

#[test]
fn an_app_api_takes_no_token() {
    let response = untouched(|world| world.call(bearing("/app", &token(&claims()), "")));
    let message = "Incorrect app authentication information: Authorization not found";
    response.assert_refused(401, "APIG.0303", message);
}

#[test]
fn a_token_beside_another_credential_or_another_token_is_refused() {
    let good = token(&claims());
    let pair = pair(claims());
    let both = signed(&pair, Some(&pair.security_token), &format!("X-Auth-Token: {good}\r\n"));
    let message = format!("{IAM}Authorization and x-auth-token exclude each other");
    untouched(|world| world.call(both)).assert_refused(401, "APIG.0301", &message);
    for (extra, message) in [
        ("X-Apig-AppCode: c\r\n", "x-auth-token and x-apig-appcode exclude each other"),
        ("X-Security-Token: s\r\n", "x-auth-token and x-security-token exclude each other"),
        ("X-Auth-Token: t\r\n", "x-auth-token stands twice"),
    ] {
        let response = untouched(|world| world.call(bearing("/iam", &good, extra)));
        response.assert_refused(401, "APIG.0301", &format!("{IAM}{message}"));
    }
}

#[test]
fn a_temporary_key_signs_with_its_security_token_and_reaches_what_its_holder_reaches() {
    let backend = Backend::ok();
    let world = serve(&configuration(&backend));
    for claims in [claims(), delegated()] {
        let pair = pair(claims);
        for extra in ["", "X-Project-Id: project\r\n"] {
            let response = world.call(signed(&pair, Some(&pair.security_token), extra));
            assert_eq!((response.status, response.text()), (200, "ok"));
            assert_eq!(backend.received().header("x-security-token"), None);
        }
    }
}

#[test]
fn a_temporary_key_without_its_own_living_security_token_is_refused() {
    let (own, other) = (pair(claims()), pair(Claims { audit_id: AuditId([3; 16]), ..claims() }));
    let call = |pair: &TemporaryKey, token: Option<&SecurityToken>, message: &str| {
        let response = untouched(|world| world.call(signed(pair, token, "")));
        response.assert_refused(401, "APIG.0301", &format!("{IAM}{message}"));
    };
    call(&own, None, "x-security-token not found");
    call(&own, Some(&other.security_token), "x-security-token does not belong to the access key");
    call(&own, Some(&SecurityToken::new("s")), "decrypt token fail");
    call(&own, Some(&SecurityToken::new(token(&claims()))), "decrypt token fail");
    // Said before the signature is looked at, which is wrong here.
    let mut late = pair(expired());
    late.secret_key = SecretKey::new("wrong");
    call(&late, Some(&late.security_token), "token expires");
    let mut permanent = pair(claims());
    permanent.access_key = id(USER_KEY);
    let message = "x-security-token does not belong to the access key";
    call(&permanent, Some(&permanent.security_token), message);
}

#[test]
fn a_wrong_signature_with_a_temporary_key_is_refused() {
    let mut forged = pair(claims());
    forged.secret_key = SecretKey::new("0".repeat(40));
    let response = untouched(|world| world.call(signed(&forged, Some(&forged.security_token), "")));
    response.assert_refused_with(401, "APIG.0301", &format!("{IAM}verify aksk signature fail"));
}

#[test]
fn records_and_counters_name_the_scheme_and_who_it_was_and_no_token() {
    let backend = Backend::ok();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("access.log");
    let config = Config { workers: 1, access_log: AccessLog::File(path.clone()), ..Config::default() };
    let mut world = World::configured(config, &configuration(&backend));
    let pair = pair(claims());
    world.call(bearing("/iam", &token(&claims()), ""));
    world.call(bearing("/iam", &token(&delegated()), ""));
    world.call(signed(&pair, Some(&pair.security_token), ""));
    world.call(bearing("/iam", &token(&expired()), ""));
    let metrics = world.metrics();
    world.shutdown(Duration::from_secs(20));
    let text = fs::read_to_string(path).unwrap();
    let records: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [user, agency, temporary, late] = &records[..] else { panic!("{text}") };
    assert_eq!((&user["scheme"], &user["user_id"]), (&"token".into(), &"user".into()));
    assert_eq!((&agency["agency_id"], &agency["assumed_by"]), (&"agency".into(), &"partner".into()));
    assert_eq!((&temporary["scheme"], &temporary["user_id"]), (&"temporary_key".into(), &"user".into()));
    assert_eq!((&late["reason"], late.get("scheme")), (&"expired_token".into(), None));
    for secret in [token(&claims()), pair.security_token.expose().to_owned()] {
        assert!(!text.contains(&secret));
    }
    for line in [
        "countersign_gateway_authenticated_total{scheme=\"token\"} 2",
        "countersign_gateway_authenticated_total{scheme=\"temporary_key\"} 1",
    ] {
        assert!(metrics.lines().any(|own| own == line), "{line} is missing in\n{metrics}");
    }
}
