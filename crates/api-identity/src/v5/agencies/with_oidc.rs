//! `POST /v5/agencies/assume-with-oidc`: a session of an agency for a token of an identity provider, which is the proof.
//!
//! It is a login by that token and then taking on the agency, in one call: the person must have the right to act for
//! others, and the agency must trust the account.

use super::{Agency, duration, parse_urn, refuse_policy_ids, session, view};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::sts::{AssumeAgencyWithOidc, AssumeAgencyWithOidcView};
use countersign_identity::{
    Caller, Error, IdentityProvider, Longest, Proof, ScopeRequest, TemporaryRequest, TokenRequest,
    Unauthenticated,
};
use countersign_types::Token;
use std::sync::Arc;

pub(in crate::v5) fn assume(call: &Call) -> Result<Answer, Refusal> {
    let body: AssumeAgencyWithOidc = call.json()?;
    refuse_policy_ids(body.policy_ids.as_deref())?;
    let agency = Agency::parse(&body.agency_urn)?;
    let session = session(&body.agency_session_name, body.policy.as_deref())?;
    let duration = duration(body.duration_seconds, Longest::HalfDay)?;
    let provider = provider(call, &body.provider_urn)?;
    let proof =
        Proof::IdToken { identity_provider: provider.id.to_string(), token: Token::new(body.id_token) };
    let person = call.live.issue(TokenRequest { proof, scope: ScopeRequest::Unscoped })?.caller;
    let subject_from_id_token = subject(&person);
    let request = TemporaryRequest { proof: agency.proof(person), duration, session };
    let key = call.live.issue_temporary(request)?;
    let (audience, issuer) = parties(&provider);
    Ok(Answer::json(&AssumeAgencyWithOidcView {
        session: view(&key, agency.name, String::new()),
        audience,
        provider: issuer,
        subject_from_id_token,
    }))
}

fn provider(call: &Call, urn: &str) -> Result<Arc<IdentityProvider>, Refusal> {
    let parts = parse_urn(urn, "oidcProvider");
    let (account, id) =
        parts.ok_or_else(|| invalid("provider_urn", "iam::<account id>:oidcProvider:<provider id>"))?;
    let directory = call.directory()?;
    let found = directory.identity_providers.find(id);
    let own = found.filter(|provider| provider.domain_id.as_str() == account);
    own.cloned().ok_or_else(|| Error::from(Unauthenticated::IdentityProvider).into())
}

fn subject(person: &Caller) -> String {
    let federated = person.who.user().and_then(|user| user.federated.as_ref());
    federated.map(|federated| federated.subject.clone()).unwrap_or_default()
}

fn parties(provider: &IdentityProvider) -> (String, String) {
    let config = provider.oidc.as_ref();
    config.map(|config| (config.client_id.clone(), config.idp_url.clone())).unwrap_or_default()
}
