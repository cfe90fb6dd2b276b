//! From the hand-written cases of spec/cases/verify to vectors of requests that must be refused.

use super::cases::{Plain, case_task};
use super::verify::{Conclusion, Credential, Verdict, VerifyFile, VerifyVector, Wire};
use crate::bytes::Bytes;
use crate::own;
use crate::protocol::{Answer, SignTask, Signed};
use crate::wire::arrived;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// What is signed, and what becomes of it on the way.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    about: String,
    /// Name of the refusal.
    error: String,
    method: Option<String>,
    target: Option<String>,
    headers: Option<Vec<(String, String)>>,
    body: Option<String>,
    /// The verifier's clock, if it is not the signer's.
    now: Option<String>,
    sent_target: Option<String>,
    sent_body: Option<String>,
    /// Headers that do not arrive.
    #[serde(default)]
    drop: Vec<String>,
    /// Headers that arrive as well, at the end.
    #[serde(default)]
    add: Vec<(String, String)>,
    /// Another Authorization; words in braces stand for the parts of the right one.
    authorization: Option<String>,
}

/// The vectors of a file of cases (TOML).
///
/// # Errors
/// When the file cannot be read, or this project's verifier does not refuse a case by the name that it expects.
pub fn refusals_of(text: &str) -> Result<VerifyFile> {
    let File { case } = toml::from_str(text)?;
    let vectors = case.into_iter().map(|case| {
        let id = case.id.clone();
        case.vector().with_context(|| format!("the case {id}"))
    });
    Ok(VerifyFile { vectors: vectors.collect::<Result<_>>()? })
}

impl Case {
    fn vector(self) -> Result<VerifyVector> {
        let task = case_task(Plain {
            method: self.method.clone(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
        });
        let Answer::Signed(signed) = own::sign(&task) else { bail!("cannot be signed") };
        let vector = self.changed(&task, &signed)?;
        match own::verify(&vector.task()?) {
            Answer::Refused(refusal) if vector.admits(&refusal.error) => Ok(vector),
            Answer::Refused(refusal) => bail!("refused as {}", refusal.error),
            _ => bail!("not refused"),
        }
    }

    fn changed(self, task: &SignTask, signed: &Signed) -> Result<VerifyVector> {
        let mut request = arrived(task, &signed.headers).request;
        request.headers.retain(|(name, _)| !self.drop.iter().any(|drop| drop.eq_ignore_ascii_case(name)));
        if let Some(template) = &self.authorization {
            let (_, value) = request.headers.last_mut().context("the signer adds headers")?;
            *value = filled(template, task, signed)?;
        }
        request.headers.extend(self.add);
        let body = self.sent_body.map_or(request.body, |text| Bytes(text.into_bytes()));
        Ok(VerifyVector {
            id: format!("refuse/{}", self.id),
            about: Some(self.about),
            producer: "protocol".to_owned(),
            tier: "strict".to_owned(),
            now: self.now.unwrap_or_else(|| task.now.clone()),
            credential: Credential {
                ak: task.credential.access_key.clone(),
                sk: task.credential.secret_key.clone(),
            },
            wire: Wire {
                method: request.method,
                target: self.sent_target.unwrap_or(request.target),
                headers: request.headers,
                body_b64: Some(body),
                body_gz_b64: None,
            },
            expect: Conclusion { result: Verdict::Reject, error: Some(self.error) },
        })
    }
}

fn filled(template: &str, task: &SignTask, signed: &Signed) -> Result<String> {
    let signature = signed.signature().context("the signer signs")?;
    let text = template
        .replace("{algorithm}", &task.algorithm)
        .replace("{access}", &task.credential.access_key)
        .replace("{names}", &signed.signed_names().join(";"))
        .replace("{signature}", signature)
        .replace("{SIGNATURE}", &signature.to_uppercase())
        .replace("{signature-but-one}", signature.get(1..).unwrap_or_default());
    ensure!(!text.contains('{'), "{text:?} has a word in braces that stands for nothing");
    Ok(text)
}
