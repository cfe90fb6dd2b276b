//! From the hand-written cases of spec/cases/sign to vectors.

use super::sign::{Expectation, SignFile, SignVector};
use crate::bytes::Bytes;
use crate::own;
use crate::protocol::{Answer, Credential, Payload, Request, SignTask};
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeSet;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// What differs from a plain GET.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    about: String,
    /// Present in a case that must be refused.
    error: Option<String>,
    #[serde(default = "access_key")]
    access_key: String,
    #[serde(default = "secret_key")]
    secret_key: String,
    security_token: Option<String>,
    project_id: Option<String>,
    domain_id: Option<String>,
    #[serde(default = "algorithm")]
    algorithm: String,
    region: Option<String>,
    service: Option<String>,
    #[serde(default = "now")]
    now: String,
    #[serde(default = "method")]
    method: String,
    #[serde(default = "target")]
    target: String,
    #[serde(default = "headers")]
    headers: Vec<(String, String)>,
    body: Option<String>,
    body_base64: Option<Bytes>,
    #[serde(default)]
    unsigned: bool,
}

fn access_key() -> String {
    "QTWAOYTTINDUT2QVKYUC".to_owned()
}

fn secret_key() -> String {
    "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc".to_owned()
}

fn algorithm() -> String {
    "SDK-HMAC-SHA256".to_owned()
}

fn now() -> String {
    "20191115T033655Z".to_owned()
}

fn method() -> String {
    "GET".to_owned()
}

fn target() -> String {
    "/v1/vpcs".to_owned()
}

fn headers() -> Vec<(String, String)> {
    vec![("Host".to_owned(), "service.region.example.com".to_owned())]
}

/// The vectors of a file of cases (TOML).
///
/// # Errors
/// When the file cannot be read, two cases share an id, or this project's signer does not say what a case
/// expects.
pub fn vectors_of(text: &str) -> Result<SignFile> {
    let File { case } = toml::from_str(text)?;
    let mut ids = BTreeSet::new();
    let vectors = case.into_iter().map(|case| {
        ensure!(ids.insert(case.id.clone()), "two cases are named {}", case.id);
        let id = case.id.clone();
        case.vector().with_context(|| format!("the case {id}"))
    });
    Ok(SignFile { vectors: vectors.collect::<Result<_>>()? })
}

/// A plain GET, but for what is given.
pub(super) struct Plain {
    pub(super) method: Option<String>,
    pub(super) target: Option<String>,
    pub(super) headers: Option<Vec<(String, String)>>,
    pub(super) body: Option<String>,
}

/// The task of signing a plain request by the key pair of all cases.
pub(super) fn case_task(plain: Plain) -> SignTask {
    SignTask {
        credential: Credential {
            access_key: access_key(),
            secret_key: secret_key(),
            security_token: None,
            project_id: None,
            domain_id: None,
        },
        algorithm: algorithm(),
        region: None,
        service: None,
        now: now(),
        request: Request {
            method: plain.method.unwrap_or_else(method),
            target: plain.target.unwrap_or_else(target),
            headers: plain.headers.unwrap_or_else(headers),
            body: plain.body.map(|text| Bytes(text.into_bytes())).unwrap_or_default(),
            payload: Payload::Body,
        },
    }
}

impl Case {
    fn vector(self) -> Result<SignVector> {
        let (id, about, error) = (self.id.clone(), self.about.clone(), self.error.clone());
        let task = self.task();
        let expect = match (own::sign(&task), error) {
            (Answer::Refused(refusal), Some(error)) => {
                ensure!(refusal.error == error, "refused as {}", refusal.error);
                Expectation::Error { error }
            }
            (Answer::Signed(signed), None) => {
                let signature = signed.signature().context("no signature")?.to_owned();
                Expectation::Signature {
                    headers: signed.headers,
                    canonical_request: signed.canonical_request.context("no canonical request")?,
                    string_to_sign: signed.string_to_sign.context("no string to sign")?,
                    signature,
                }
            }
            (Answer::Refused(refusal), None) => bail!("refused: {}", refusal.message),
            _ => bail!("not refused"),
        };
        Ok(SignVector { id, about, task, expect })
    }

    fn task(self) -> SignTask {
        let body = self.body.map(|text| Bytes(text.into_bytes())).or(self.body_base64);
        SignTask {
            credential: Credential {
                access_key: self.access_key,
                secret_key: self.secret_key,
                security_token: self.security_token,
                project_id: self.project_id,
                domain_id: self.domain_id,
            },
            algorithm: self.algorithm,
            region: self.region,
            service: self.service,
            now: self.now,
            request: Request {
                method: self.method,
                target: self.target,
                headers: self.headers,
                body: body.unwrap_or_default(),
                payload: if self.unsigned { Payload::Unsigned } else { Payload::Body },
            },
        }
    }
}
