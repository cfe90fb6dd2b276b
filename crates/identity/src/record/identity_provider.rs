//! Identity providers that an account trusts.

use super::EVERYWHERE;
use countersign_store::Document;
use countersign_types::{DomainId, IdentityProviderId, MappingId, Timestamp};
use serde::{Deserialize, Serialize};

/// An identity provider: its people log in to the account `domain_id`.
///
/// Requests of people who are not logged in name it alone, so its id is unique in the installation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IdentityProvider {
    /// Its id, chosen by the account.
    pub id: IdentityProviderId,
    /// The account that trusts it.
    pub domain_id: DomainId,
    /// Free text.
    pub description: String,
    /// Nobody logs in by a disabled one.
    pub enabled: bool,
    /// The rules of its protocol `oidc`, once that is registered.
    pub mapping_id: Option<MappingId>,
    /// What its tokens are checked with.
    pub oidc: Option<OidcConfig>,
    /// When it was created.
    pub created: Timestamp,
}

/// OpenID Connect, as seen from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OidcConfig {
    /// Who may log in how.
    pub access_mode: AccessMode,
    /// The issuer of its tokens.
    pub idp_url: String,
    /// Whom its tokens must be for.
    pub client_id: String,
    /// Its public keys as it publishes them: a JSON Web Key Set.
    pub signing_key: String,
}

/// Who may log in how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessMode {
    /// Programs, with a token that they have.
    Program,
    /// People, too, by way of a browser.
    ProgramConsole(Browser),
}

/// Where and how a browser is sent to log in. There is no console here; the values are kept for those who have one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// Address of the provider's login page.
    pub authorization_endpoint: String,
    /// What is asked for: `openid`, and maybe `email` and `profile`.
    pub scope: String,
    /// How the answer comes: `fragment` or `form_post`.
    pub response_mode: String,
}

impl Document for IdentityProvider {
    const KIND: &'static str = "identity_provider";
    fn scope(&self) -> &str {
        EVERYWHERE
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
}
