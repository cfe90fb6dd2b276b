//! Who is calling: the AK/SK signature of a management request, by the same verifier as the gateway's.

use crate::refusal::Refusal;
use countersign_api_edge::RequestHead;
use countersign_types::{DomainId, ProjectId, SecurityToken, Timestamp, UserId};
use countersign_verify::{Algorithms, Claim, Error, Key, Policy, Presented, present};
use http::request::Parts;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Looks access keys up. It must answer from memory: it is asked on the runtime's threads.
pub trait KeySource: Send + Sync + 'static {
    /// Whom the access key stands for.
    fn find(&self, access_key: &str) -> Option<Arc<Principal>>;
}

/// An access key and whom it stands for.
pub struct Principal {
    /// The key pair, prepared for verification.
    pub key: Key,
    /// The token that must accompany a temporary key; `None` for a permanent one.
    pub security_token: Option<SecurityToken>,
    /// The user.
    pub user_id: UserId,
    /// The user's name.
    pub user_name: String,
    /// The user's account.
    pub domain_id: DomainId,
    /// Projects the user may act in.
    pub projects: Vec<ProjectId>,
}

/// Neither `Host` nor `X-Project-Id` need be signed: official clients leave them out. They also send
/// `UNSIGNED-PAYLOAD` unasked.
const POLICY: Policy = Policy { unsigned_payload: true, raw_path: false, algorithms: Algorithms::ALL };

/// A caller whose signature holds as far as the head goes.
pub(crate) struct Claimed {
    /// Whom the key stands for.
    pub(crate) principal: Arc<Principal>,
    claim: Claim,
}

impl Claimed {
    /// Checks everything that needs no body: signature, date, token, and that `project` is the caller's.
    pub(crate) fn check(
        parts: &Parts,
        project: &str,
        keys: &dyn KeySource,
        now: Timestamp,
    ) -> Result<Self, Refusal> {
        let head = RequestHead(parts);
        let presented = present(&head).map_err(bad_signature)?.ok_or_else(|| unsigned(parts))?;
        presented.check_time(now).map_err(bad_signature)?;
        let principal = keys.find(presented.access_key()).ok_or_else(|| unknown_key(&presented))?;
        check_token(&presented, principal.security_token.as_ref())?;
        let named_project = presented.project_id();
        let claim = presented.claim(&head, &principal.key, POLICY).map_err(bad_signature)?;
        check_project(project, named_project, &principal.projects)?;
        Ok(Self { principal, claim })
    }

    /// The caller, once the whole body is there.
    pub(crate) fn finish(self, body: &[u8]) -> Result<Arc<Principal>, Refusal> {
        let mut hasher = self.claim.body_hasher();
        hasher.update(body);
        self.claim.finish(hasher).map_err(bad_signature)?;
        Ok(self.principal)
    }
}

/// A temporary key goes with its own token, a permanent one with none.
fn check_token(presented: &Presented<'_>, expected: Option<&SecurityToken>) -> Result<(), Refusal> {
    let fits = match (presented.security_token(), expected) {
        (None, None) => true,
        (Some(sent), Some(expected)) => bool::from(sent.ct_eq(expected.expose().as_bytes())),
        _ => false,
    };
    if fits {
        Ok(())
    } else {
        Err(Refusal::BadSignature("the security token does not fit the access key".into()))
    }
}

/// The project of the path must be the caller's, and `X-Project-Id`, when sent, the same. Clients of the C++ kind
/// send the header empty when they have no project.
fn check_project(project: &str, named: Option<&[u8]>, allowed: &[ProjectId]) -> Result<(), Refusal> {
    let agrees = named.is_none_or(|named| named.is_empty() || named == project.as_bytes());
    if agrees && allowed.iter().any(|id| id.as_str() == project) { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// Tokens are not understood yet; who sends one is told what to do instead.
fn unsigned(parts: &Parts) -> Refusal {
    if parts.headers.contains_key("x-auth-token") {
        return Refusal::BadSignature("sign the request with an access key instead".into());
    }
    Refusal::Unauthenticated
}

fn unknown_key(presented: &Presented<'_>) -> Refusal {
    Refusal::BadSignature(format!("Get secretKey failed,ak:{},err:ak not exist", presented.access_key()))
}

fn bad_signature(error: Error) -> Refusal {
    Refusal::BadSignature(match error {
        Error::Mismatch { canonical_request } => {
            let echo = canonical_request.replace('\n', "|");
            format!("verify aksk signature fail, canonicalRequest:{echo}")
        }
        other => other.to_string(),
    })
}
