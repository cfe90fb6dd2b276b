//! `GET /v5/caller-identity`: who is calling, in names of resources.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::sts::PrincipalView;
use countersign_identity::{Caller, Credential, Who};

pub(super) fn handle(_call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    Ok(Answer::json(&principal(caller)))
}

/// Who is calling.
pub(crate) fn principal(caller: &Caller) -> PrincipalView {
    let account = &caller.domain.id;
    let (principal_urn, principal_id) = match &caller.who {
        Who::User(user) => (format!("iam::{account}:user:{}", user.name), user.id.to_string()),
        Who::Agency { agency, .. } => {
            let session = session(&caller.credential);
            let urn = format!("sts::{account}:assumed-agency:{}/{session}", agency.name);
            (urn, format!("{}:{session}", agency.id))
        }
    };
    PrincipalView { account_id: account.to_string(), principal_urn, principal_id }
}

/// The session's name; a token's session is named by its audit id.
fn session(credential: &Credential) -> String {
    match credential {
        Credential::TemporaryKey { session, .. } if !session.name().is_empty() => session.name().to_owned(),
        other => other.claims().map(|claims| claims.audit_id.to_string()).unwrap_or_default(),
    }
}
