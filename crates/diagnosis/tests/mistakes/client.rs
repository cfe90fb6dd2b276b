//! A client of its own: it knows the protocol only as far as one request goes, and each step of its signing can be
//! spoiled. It shares no code with the crate.

use countersign_diagnosis::{Diagnosis, Kind, Place, Received, Situation, diagnose};
use countersign_types::{AccessKeyId, SecretKey, SecurityToken, Timestamp};
use countersign_verify::{Key, Policy};
use hmac::{KeyInit, Mac};
use sha2::Digest;

pub(crate) const ACCESS_KEY: &str = "QTWAOYTTINDUT2QVKYUC";
pub(crate) const SECRET: &str = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
pub(crate) const DATE: &str = "20250102T030405Z";
pub(crate) const BODY: &str = "{\"size\": 2, \"name\": \"caf\u{e9}/1\"}";
const NOW: u64 = 1_735_787_045;

/// One request: what is sent, what is signed, and what is known about it.
pub(crate) struct Case {
    pub(crate) method: &'static str,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) credential: String,
    /// SignedHeaders as written.
    pub(crate) listed: String,
    pub(crate) signing: Signing,
    /// The HMAC key.
    pub(crate) key: Vec<u8>,
    pub(crate) spell: fn(&[u8]) -> String,
    pub(crate) authorization: Option<String>,
    pub(crate) known: Known,
}

/// The lines that are signed, and how they are put together.
pub(crate) struct Signing {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) block: Vec<(String, String)>,
    pub(crate) names: String,
    pub(crate) payload: String,
    pub(crate) token: String,
    pub(crate) date: String,
    pub(crate) canonical: fn(&Signing) -> String,
    pub(crate) string_to_sign: fn(&Signing, &str) -> String,
    pub(crate) code: fn(&[u8], &[u8]) -> Vec<u8>,
}

/// What the verifier knows.
pub(crate) struct Known {
    pub(crate) secret: String,
    pub(crate) security_token: Option<String>,
    pub(crate) kinds: Option<(Kind, Kind)>,
    pub(crate) others: Vec<Key>,
    pub(crate) hosts: Vec<&'static str>,
    pub(crate) prefixes: Vec<&'static str>,
    pub(crate) now: u64,
    pub(crate) policy: Policy,
    pub(crate) has_key: bool,
}

/// A request with everything that can go wrong, signed rightly.
pub(crate) fn right() -> Case {
    let headers = [
        ("Host", "Api.example.com:8443"),
        ("X-Sdk-Date", DATE),
        ("Content-Type", "application/json"),
        ("X-Custom", "two  words"),
        ("User-Agent", "test"),
    ];
    let block = [
        ("content-type", "application/json"),
        ("host", "Api.example.com:8443"),
        ("x-custom", "two  words"),
        ("x-sdk-date", DATE),
    ];
    let owned = |lines: &[(&str, &str)]| {
        lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>()
    };
    let names = "content-type;host;x-custom;x-sdk-date";
    Case {
        method: "POST",
        target: "/v1/shops/caf%C3%A9/a%20b/x:y?b-c=1&b=2&a=x%20y&Z=1&t=9&t=8&none&p=%2F:".to_owned(),
        headers: owned(&headers),
        body: BODY.into(),
        credential: format!("Access={ACCESS_KEY}"),
        listed: names.to_owned(),
        signing: Signing {
            method: "POST".to_owned(),
            path: "/v1/shops/caf%C3%A9/a%20b/x%3Ay/".to_owned(),
            query: "Z=1&a=x%20y&b=2&b-c=1&none=&p=%2F%3A&t=8&t=9".to_owned(),
            block: owned(&block),
            names: names.to_owned(),
            payload: sha256(BODY.as_bytes()),
            token: "SDK-HMAC-SHA256".to_owned(),
            date: DATE.to_owned(),
            canonical: |signing| signing.canonical_lines("\n"),
            string_to_sign: |signing, canonical| {
                format!("{}\n{}\n{}", signing.token, signing.date, sha256(canonical.as_bytes()))
            },
            code: hmac_sha256,
        },
        key: SECRET.into(),
        spell: |code| hex::encode(code),
        authorization: None,
        known: Known {
            secret: SECRET.to_owned(),
            security_token: None,
            kinds: None,
            others: Vec::new(),
            hosts: Vec::new(),
            prefixes: Vec::new(),
            now: NOW,
            policy: Policy::default(),
            has_key: true,
        },
    }
}

impl Signing {
    pub(crate) fn canonical_lines(&self, newline: &str) -> String {
        let Self { method, path, query, names, payload, .. } = self;
        let block: String =
            self.block.iter().map(|(name, value)| format!("{name}:{value}{newline}")).collect();
        [method, path, query, &block, names, payload].map(String::as_str).join(newline)
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        let line = self.block.iter_mut().find(|line| line.0 == name).expect("the line is signed");
        value.clone_into(&mut line.1);
    }
}

impl Case {
    pub(crate) fn send(&mut self, name: &str, value: &str) {
        self.headers.retain(|line| line.0 != name);
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    /// Signs and sends one more header.
    pub(crate) fn sign_and_send(&mut self, name: &str, value: &str) {
        self.send(name, value);
        self.sign(name, value);
    }

    /// Signs one more header.
    pub(crate) fn sign(&mut self, name: &str, value: &str) {
        self.signing.block.push((name.to_ascii_lowercase(), value.to_owned()));
        self.signing.block.sort();
        let names: Vec<_> = self.signing.block.iter().map(|line| line.0.as_str()).collect();
        self.listed = names.join(";");
        self.signing.names.clone_from(&self.listed);
    }

    /// Sends this body and signs that one.
    pub(crate) fn bodies(&mut self, sent: &str, signed: &str) {
        self.body = sent.into();
        self.signing.payload = sha256(signed.as_bytes());
    }

    /// Sends this target and signs that path and query.
    pub(crate) fn targets(&mut self, target: &str, path: &str, query: &str) {
        target.clone_into(&mut self.target);
        path.clone_into(&mut self.signing.path);
        query.clone_into(&mut self.signing.query);
    }

    pub(crate) fn signature(&self) -> Vec<u8> {
        let signing = &self.signing;
        let canonical = (signing.canonical)(signing);
        (signing.code)(&self.key, (signing.string_to_sign)(signing, &canonical).as_bytes())
    }

    pub(crate) fn diagnose(&self) -> Diagnosis {
        let signature = (self.spell)(&self.signature());
        let own = format!(
            "{} {}, SignedHeaders={}, Signature={signature}",
            self.signing.token, self.credential, self.listed
        );
        self.diagnose_with(self.authorization.as_ref().unwrap_or(&own))
    }

    fn diagnose_with(&self, authorization: &str) -> Diagnosis {
        let mut headers: Vec<_> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        if !authorization.is_empty() {
            headers.push(("Authorization", authorization.as_bytes()));
        }
        let request =
            Received { method: self.method, target: self.target.as_bytes(), headers, body: Some(&self.body) };
        let known = &self.known;
        let key = Key::new(AccessKeyId::parse(ACCESS_KEY).unwrap(), SecretKey::new(known.secret.as_str()));
        let token = known.security_token.as_deref().map(SecurityToken::new);
        let place = Place {
            policy: known.policy,
            hosts: known.hosts.clone(),
            prefixes: known.prefixes.clone(),
            ..Place::new(Timestamp::from_unix(known.now))
        };
        let situation = Situation {
            security_token: token.as_ref(),
            kinds: known.kinds,
            others: &known.others,
            ..Situation::new(&request, known.has_key.then_some(&key), place)
        };
        diagnose(&situation)
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}

pub(crate) fn sm3(bytes: &[u8]) -> String {
    hex::encode(sm3::Sm3::digest(bytes))
}

pub(crate) fn hmac_sha256(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}

pub(crate) fn hmac_sm3(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut mac = hmac::Hmac::<sm3::Sm3>::new_from_slice(key).unwrap();
    mac.update(text);
    mac.finalize().into_bytes().to_vec()
}
