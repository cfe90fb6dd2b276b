//! One recorded request and what the verifier says of it.

use anyhow::{Context, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use countersign_types::{AccessKeyId, SecretKey, Timestamp};
use countersign_verify::{Head, Key, Policy, present};
use serde::Deserialize;
use std::io::Read;

/// A vector file; unknown members are commentary.
#[derive(Deserialize)]
pub(crate) struct File {
    pub(crate) vectors: Vec<Vector>,
}

/// One request as it arrived, and what a verifier must conclude.
#[derive(Deserialize)]
pub(crate) struct Vector {
    pub(crate) id: String,
    pub(crate) producer: String,
    pub(crate) tier: String,
    pub(crate) expect: Expectation,
    now: String,
    credential: Credential,
    wire: Wire,
}

/// What a verifier must conclude.
#[derive(Deserialize)]
pub(crate) struct Expectation {
    pub(crate) result: Verdict,
}

/// The conclusions a vector may ask for.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Verdict {
    Accept,
    MayAccept,
    Reject,
}

#[derive(Deserialize)]
struct Credential {
    ak: String,
    sk: String,
}

#[derive(Deserialize)]
struct Wire {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body_b64: Option<String>,
    body_gz_b64: Option<String>,
}

/// The verifier's word: accepted, or refused for this reason.
pub(crate) type Judgment = Result<(), String>;

impl Vector {
    /// Runs the verifier with the vector's clock and its credential as the only known key.
    ///
    /// The outer error means that the vector itself cannot be read.
    pub(crate) fn verify(&self) -> anyhow::Result<Judgment> {
        let now = Timestamp::parse_basic(self.now.as_bytes()).context("now is no date")?;
        let key =
            Key::new(AccessKeyId::parse(&self.credential.ak)?, SecretKey::new(self.credential.sk.as_str()));
        let (head, body) = (self.wire.head()?, self.wire.body()?);
        Ok(judge(&head, &body, &key, now))
    }
}

fn judge(head: &impl Head, body: &[u8], key: &Key, now: Timestamp) -> Judgment {
    let text = |error: countersign_verify::Error| error.to_string();
    let presented = present(head).map_err(text)?.ok_or("the request is not signed")?;
    presented.check_time(now).map_err(text)?;
    if presented.access_key() != key.access_key().as_str() {
        return Err("unknown access key".to_owned());
    }
    let claim = presented.claim(head, key, Policy::default()).map_err(text)?;
    let mut hasher = claim.body_hasher();
    hasher.update(body);
    claim.finish(hasher).map(drop).map_err(text)
}

struct RawHead {
    method: String,
    target: Vec<u8>,
    headers: Vec<(String, Vec<u8>)>,
}

impl Head for RawHead {
    fn method(&self) -> &str {
        &self.method
    }

    fn target(&self) -> &[u8] {
        &self.target
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice()))
    }
}

impl Wire {
    fn head(&self) -> anyhow::Result<RawHead> {
        let headers = self.headers.iter().map(|(name, value)| Ok((name.clone(), from_latin1(value)?)));
        Ok(RawHead {
            method: self.method.clone(),
            target: from_latin1(&self.target)?,
            headers: headers.collect::<anyhow::Result<_>>()?,
        })
    }

    fn body(&self) -> anyhow::Result<Vec<u8>> {
        match (&self.body_b64, &self.body_gz_b64) {
            (Some(plain), _) => Ok(BASE64_STANDARD.decode(plain)?),
            (None, Some(packed)) => {
                let packed = BASE64_STANDARD.decode(packed)?;
                let mut body = Vec::new();
                flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut body)?;
                Ok(body)
            }
            (None, None) => bail!("the vector has no body"),
        }
    }
}

/// The bytes that a text stands for when each character is one byte.
fn from_latin1(text: &str) -> anyhow::Result<Vec<u8>> {
    ensure!(
        text.chars().all(|character| u32::from(character) < 256),
        "{text:?} has a character above U+00FF"
    );
    Ok(text.chars().map(|character| character as u8).collect())
}
