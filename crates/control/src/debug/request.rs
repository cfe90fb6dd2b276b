//! From what the client asks for to a request that can be sent.

use super::{BODY_BYTES_MAX, Outgoing};
use crate::Error;
use crate::apis::template::is_plain_address;
use crate::apis::{Method, is_parameter_name};
use crate::validate::check;
use countersign_sign::{Payload, Request, Signer};
use countersign_snapshot::encode::{component, push_component};
use countersign_snapshot::path;
use countersign_types::{AccessKeyId, SecretKey, Timestamp};

/// What the debugger says it is.
const USER_AGENT: &str = "APIGatewayDebugClient/1.0";
/// Longest path in characters.
const PATH_CHARS_MAX: usize = 1_024;
/// The environment of a request that names none.
pub(super) const ENVIRONMENT: &str = "RELEASE";
/// What frames the message.
const FRAMING: [&str; 7] =
    ["host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "trailer"];
/// What says who calls.
const CREDENTIALS: [&str; 2] = ["authorization", "x-auth-token"];

/// Which definition is debugged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The draft.
    Developer,
    /// What is published in an environment.
    Consumer,
}

/// How the API is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Over TLS.
    Https,
}

/// What the client asks for.
#[derive(Debug, Clone)]
pub struct DebugRequest {
    /// Which definition.
    pub mode: Mode,
    /// How it is called.
    pub scheme: Scheme,
    /// Method; not [`Method::Any`].
    pub method: Method,
    /// Path, as a person would write it: what may not stand in a path is encoded.
    pub path: String,
    /// Query parameters with their values, not encoded.
    pub query: Vec<(String, Vec<String>)>,
    /// Header lines with their values.
    pub headers: Vec<(String, Vec<String>)>,
    /// Body.
    pub body: String,
    /// Key pair to sign with.
    pub credentials: Option<(AccessKeyId, SecretKey)>,
    /// `Host`; absent is the group's subdomain.
    pub domain: Option<String>,
    /// Name of the environment; absent is RELEASE. A draft is in none, so that it is ignored there.
    pub stage: Option<String>,
}

impl DebugRequest {
    pub(super) fn check(&self) -> Result<(), Error> {
        check("method", self.method != Method::Any)?;
        check("path", self.path.starts_with('/') && self.path.chars().count() <= PATH_CHARS_MAX)?;
        check("path", is_decodable(&self.path))?;
        check("body", self.body.len() <= BODY_BYTES_MAX)?;
        check("domain", self.domain.as_deref().is_none_or(is_plain_address))?;
        let is_sendable = |text: &str| !text.contains(|c: char| c.is_control());
        check("stage", self.stage.as_deref().is_none_or(is_sendable))?;
        for (name, values) in &self.headers {
            check("header", is_free(name) && !name.contains('_') && !self.is_taken(name))?;
            check("header", values.iter().all(|value| is_sendable(value)))?;
        }
        check("query", self.query.iter().all(|(name, _)| is_free(name)))
    }

    /// Name of the environment whose release is called.
    pub(super) fn stage(&self) -> &str {
        self.stage.as_deref().filter(|_| self.mode == Mode::Consumer).unwrap_or(ENVIRONMENT)
    }

    /// Whether the debugger fills in this header itself. Whoever debugs a draft may bring credentials of any kind.
    fn is_taken(&self, name: &str) -> bool {
        let is = |taken: &[&str]| taken.iter().any(|taken| name.eq_ignore_ascii_case(taken));
        is(&FRAMING) || (self.mode == Mode::Consumer && is(&CREDENTIALS))
    }

    /// The request for a group with this subdomain; signed when there are credentials.
    pub(super) fn prepare(&self, subdomain: &str, now: Timestamp) -> Result<Outgoing, Error> {
        let mut headers = vec![
            ("Host".to_owned(), self.domain.clone().unwrap_or_else(|| subdomain.to_owned())),
            ("User-Agent".to_owned(), USER_AGENT.to_owned()),
            ("X-Apig-Mode".to_owned(), "debug".to_owned()),
        ];
        let stage = self.stage.clone().filter(|_| self.mode == Mode::Consumer);
        headers.extend(stage.map(|stage| ("X-Stage".to_owned(), stage)));
        for (name, values) in &self.headers {
            headers.extend(values.iter().map(|value| (canonical_name(name), value.clone())));
        }
        let mut outgoing = Outgoing {
            method: self.method.as_str(),
            scheme: self.scheme,
            target: self.target(),
            headers,
            body: self.body.clone().into_bytes(),
        };
        if let Some((key, secret)) = &self.credentials {
            let added = sign(&outgoing, &Signer::new(key.clone(), secret.clone()), now)?;
            outgoing.headers.extend(added);
        }
        Ok(outgoing)
    }

    fn target(&self) -> String {
        let mut target = String::with_capacity(self.path.len());
        for part in self.path.chars() {
            match part {
                'a'..='z' | 'A'..='Z' | '0'..='9' => target.push(part),
                _ if "/-._~!$&'()*+,;=:@%".contains(part) => target.push(part),
                _ => push_component(&mut target, part.encode_utf8(&mut [0; 4])),
            }
        }
        let pairs = self.query.iter().flat_map(|(name, values)| {
            values.iter().map(move |value| format!("{}={}", component(name), component(value)))
        });
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() { target } else { format!("{target}?{query}") }
    }
}

fn sign(outgoing: &Outgoing, signer: &Signer, now: Timestamp) -> Result<Vec<(String, String)>, Error> {
    let headers: Vec<_> =
        outgoing.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let request = Request {
        method: outgoing.method,
        target: &outgoing.target,
        headers: &headers,
        payload: Payload::Body(&outgoing.body),
    };
    let signed = signer.sign(&request, now).map_err(Error::debug_request)?;
    Ok(signed.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// Whether every escape of the path is one, and all of them together are text.
fn is_decodable(path: &str) -> bool {
    !matches!(path::decode(path), Err(path::Refusal::Escape | path::Refusal::NotUtf8))
}

/// A name that belongs neither to the gateway nor to the signature.
fn is_free(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    is_parameter_name(name)
        && lower != "x-stage"
        && !lower.starts_with("x-apig-")
        && !lower.starts_with("x-sdk-")
}

/// `x-MY-hEaDer` becomes `X-My-Header`.
fn canonical_name(name: &str) -> String {
    let capitalized = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|letter| letter.to_ascii_uppercase());
        first.into_iter().chain(letters.map(|letter| letter.to_ascii_lowercase())).collect::<String>()
    };
    name.split('-').map(capitalized).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> DebugRequest {
        DebugRequest {
            mode: Mode::Consumer,
            scheme: Scheme::Http,
            method: Method::Get,
            path: "/a b/%20/你".into(),
            query: vec![("q".into(), vec!["1&2".into(), String::new()])],
            headers: vec![("x-MY-hEaDer".into(), vec!["one".into(), "two".into()])],
            body: String::new(),
            credentials: None,
            domain: None,
            stage: Some("test".into()),
        }
    }

    #[test]
    fn a_request_is_encoded_and_its_header_names_are_made_canonical() {
        let outgoing = request().prepare("group.example.com", Timestamp::from_unix(0)).unwrap();
        assert_eq!(outgoing.target, "/a%20b/%20/%E4%BD%A0?q=1%262&q=");
        let lines: Vec<_> = outgoing.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
        assert_eq!(
            lines,
            [
                "Host: group.example.com",
                "User-Agent: APIGatewayDebugClient/1.0",
                "X-Apig-Mode: debug",
                "X-Stage: test",
                "X-My-Header: one",
                "X-My-Header: two",
            ]
        );
    }

    #[test]
    fn a_draft_is_in_no_environment_and_takes_credentials_of_any_kind() {
        let headers = vec![("X-Auth-Token".into(), vec!["token".into()])];
        let draft = DebugRequest { mode: Mode::Developer, headers, ..request() };
        draft.check().unwrap();
        let outgoing = draft.prepare("group.example.com", Timestamp::from_unix(0)).unwrap();
        assert!(outgoing.headers.iter().all(|(name, _)| name != "X-Stage"));
        assert_eq!(outgoing.headers.last().unwrap().0, "X-Auth-Token");
    }

    #[test]
    fn credentials_sign_the_request() {
        let key = AccessKeyId::parse("access-key").unwrap();
        let credentials = Some((key, SecretKey::new("secret")));
        let headers = vec![];
        let signed = DebugRequest { credentials, headers, ..request() };
        let outgoing = signed.prepare("group.example.com", Timestamp::from_unix(0)).unwrap();
        let (name, value) = outgoing.headers.last().unwrap();
        assert_eq!(name, "Authorization");
        assert!(value.starts_with("SDK-HMAC-SHA256 Access=access-key, SignedHeaders="), "{value}");
        assert!(!format!("{signed:?}").contains("\"secret\""));
    }

    #[test]
    fn what_belongs_to_the_gateway_cannot_be_set() {
        for name in [
            "X-Stage",
            "x-apig-mode",
            "X-Sdk-Date",
            "Authorization",
            "X-Auth-Token",
            "Host",
            "content-length",
            "a b",
            "",
            "a_b",
        ] {
            let forged = DebugRequest { headers: vec![(name.into(), vec![])], ..request() };
            assert!(forged.check().is_err(), "{name:?}");
        }
        let split = DebugRequest { headers: vec![("X-A".into(), vec!["a\r\nb".into()])], ..request() };
        assert!(split.check().is_err());
        assert!(DebugRequest { domain: Some("a b".into()), ..request() }.check().is_err());
        for path in ["a", "/%", "/%zz", "/%ff", "/%0"] {
            assert!(DebugRequest { path: path.into(), ..request() }.check().is_err(), "{path}");
        }
        assert!(DebugRequest { stage: Some("a\nb".into()), ..request() }.check().is_err());
        assert!(DebugRequest { body: "x".repeat(BODY_BYTES_MAX + 1), ..request() }.check().is_err());
        request().check().unwrap();
    }
}
