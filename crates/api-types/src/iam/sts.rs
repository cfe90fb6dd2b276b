//! The token service of version 5: sessions of agencies.

use serde::{Deserialize, Serialize};

/// Body of taking on an agency.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssumeAgency {
    /// `iam::<account>:agency:<name>`
    pub agency_urn: String,
    /// Name of the session, for logs.
    pub agency_session_name: String,
    /// For how long.
    pub duration_seconds: Option<u64>,
    /// Who stands behind the caller, for logs; given back as it is.
    pub source_identity: Option<String>,
    /// A secret between the accounts; agencies here ask for none.
    pub external_id: Option<String>,
    /// A document that narrows the rights.
    pub policy: Option<String>,
    /// Policies that narrow the rights.
    pub policy_ids: Option<Vec<String>>,
    /// A second factor.
    pub serial_number: Option<String>,
    /// Its code.
    pub token_code: Option<String>,
    /// What the session is marked with.
    pub tags: Option<Vec<Tag>>,
    /// Which of the tags later sessions of the chain keep.
    pub transitive_tag_keys: Option<Vec<String>>,
}

/// A mark of a session.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tag {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// Body of taking on an agency with a token of an identity provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssumeAgencyWithOidc {
    /// `iam::<account>:oidcProvider:<id>`
    pub provider_urn: String,
    /// `iam::<account>:agency:<name>`
    pub agency_urn: String,
    /// Name of the session, for logs.
    pub agency_session_name: String,
    /// The token.
    pub id_token: String,
    /// For how long.
    pub duration_seconds: Option<u64>,
    /// A document that narrows the rights.
    pub policy: Option<String>,
    /// Policies that narrow the rights.
    pub policy_ids: Option<Vec<String>>,
}

/// Body of opening a message about a denial.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationMessage {
    /// The message, as the denial carried it.
    pub encoded_message: String,
}

/// An opened message about a denial.
#[derive(Serialize)]
pub struct AuthorizationMessageView {
    /// [`DenialView`] as JSON in a text.
    pub decoded_message: String,
}

/// What was denied to whom.
#[derive(Serialize)]
pub struct DenialView {
    /// Always false.
    pub allowed: bool,
    /// What was asked for.
    pub action: String,
    /// On what.
    pub resource: String,
    /// Who asked.
    pub principal: PrincipalView,
}

/// Who calls, in names of resources.
#[derive(Serialize)]
pub struct PrincipalView {
    /// The account whose rights are used.
    pub account_id: String,
    /// `iam::<account>:user:<name>` or `sts::<account>:assumed-agency:<agency>/<session>`
    pub principal_urn: String,
    /// Id of the user, or `<agency id>:<session>`.
    pub principal_id: String,
}

/// A session of an agency, and what the token said.
#[derive(Serialize)]
pub struct AssumeAgencyWithOidcView {
    /// The session.
    #[serde(flatten)]
    pub session: AssumeAgencyView,
    /// Whom the token was for.
    pub audience: String,
    /// Who made it.
    pub provider: String,
    /// Whom it was about.
    pub subject_from_id_token: String,
}

/// A session of an agency.
#[derive(Serialize)]
pub struct AssumeAgencyView {
    /// As in the request.
    pub source_identity: String,
    /// Whose rights.
    pub assumed_agency: AssumedAgencyView,
    /// What to sign with.
    pub credentials: SessionCredentialsView,
}

/// Whose rights.
#[derive(Serialize)]
pub struct AssumedAgencyView {
    /// `sts::<account>:assumed-agency:<agency>/<session>`
    pub urn: String,
    /// `<agency id>:<session>`
    pub id: String,
}

/// What to sign with.
#[derive(Serialize)]
pub struct SessionCredentialsView {
    /// AK.
    pub access_key_id: String,
    /// SK.
    pub secret_access_key: String,
    /// What must accompany every request signed with the pair.
    pub security_token: String,
    /// When it ends.
    pub expiration: String,
}
