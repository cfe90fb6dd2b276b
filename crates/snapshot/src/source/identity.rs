//! Who calls IAM-authenticated APIs: what is needed to verify signatures, tokens and temporary keys without asking.

use super::secret_text;
use countersign_types::{AccessKeyId, AgencyId, DomainId, ProjectId, SecretKey, UserId};
use serde::{Deserialize, Serialize};

/// The identity records that authenticate callers. Whatever is disabled is left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Enabled accounts.
    pub domains: Vec<Domain>,
    /// Enabled users of enabled accounts.
    pub users: Vec<User>,
    /// Agencies of enabled accounts.
    pub agencies: Vec<Agency>,
    /// Active access keys of those users.
    pub access_keys: Vec<AccessKey>,
    /// Keys that open tokens and security tokens.
    pub token_keys: Vec<TokenKey>,
    /// Audit ids of credentials that were revoked before they expired, each as 32 hex digits. An entry is needed no
    /// longer than the credential would have held, a day at most.
    pub revoked: Vec<String>,
}

/// An account.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// Its name.
    pub name: String,
}

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Its name.
    pub name: String,
    /// Its account.
    pub domain_id: DomainId,
    /// Tokens and temporary keys of another epoch no longer hold.
    pub epoch: u32,
    /// Whether it may act on its account as a whole.
    pub acts_on_account: bool,
    /// Projects it may act in.
    pub project_ids: Vec<ProjectId>,
}

/// An agency: rights that an account delegates.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: String,
    /// The account that delegates.
    pub domain_id: DomainId,
    /// The account whose users may act as the agency.
    pub trust_domain_id: DomainId,
    /// Tokens and temporary keys of another epoch no longer hold.
    pub epoch: u32,
    /// Whether it may act on its account as a whole.
    pub acts_on_account: bool,
    /// Projects it may act in.
    pub project_ids: Vec<ProjectId>,
}

/// An access key of a user.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKey {
    /// AK.
    pub key: AccessKeyId,
    /// SK.
    #[serde(with = "secret_text")]
    pub secret: SecretKey,
    /// Its user, one of [`Identity::users`].
    pub user_id: UserId,
}

/// What verifiers hold of a token key.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenKey {
    /// The id that tokens name.
    pub id: u32,
    /// The 96 bytes as hex digits.
    #[serde(with = "secret_text")]
    pub opening: SecretKey,
}
