//! Identity providers: their configuration, and logins by their tokens.

use super::auth::Scope;
use super::link::SelfLink;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Body of creating or changing an identity provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProviderWrite {
    /// Its only member.
    pub identity_provider: IdentityProviderFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityProviderFields {
    /// What its people become; only when it is created.
    pub sso_type: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// Whether its people log in.
    pub enabled: Option<bool>,
}

/// An identity provider.
#[derive(Serialize)]
pub struct IdentityProviderView {
    /// What its people become: always `virtual_user_sso`, users of their own.
    pub sso_type: &'static str,
    /// Its id.
    pub id: String,
    /// Free text.
    pub description: String,
    /// Whether its people log in.
    pub enabled: bool,
    /// Always empty.
    pub remote_ids: [&'static str; 0],
    /// Where it is.
    pub links: IdentityProviderLinks,
}

/// Where an identity provider is.
#[derive(Serialize)]
pub struct IdentityProviderLinks {
    /// The provider.
    #[serde(rename = "self")]
    pub this: String,
    /// Its protocols.
    pub protocols: String,
}

/// Body of registering or changing a protocol.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolWrite {
    /// Its only member.
    pub protocol: ProtocolFields,
}

/// What to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProtocolFields {
    /// The rules that people log in by.
    pub mapping_id: String,
}

/// A protocol.
#[derive(Serialize)]
pub struct ProtocolView {
    /// Its id.
    pub id: String,
    /// The rules that people log in by.
    pub mapping_id: String,
    /// Where it is.
    pub links: ProtocolLinks,
}

/// Where a protocol is.
#[derive(Serialize)]
pub struct ProtocolLinks {
    /// The provider.
    pub identity_provider: String,
    /// The protocol.
    #[serde(rename = "self")]
    pub this: String,
}

/// Body of creating or changing rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingWrite {
    /// Its only member.
    pub mapping: MappingFields,
}

/// What to set.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MappingFields {
    /// The rules, a document of their own.
    pub rules: Value,
}

/// Rules.
#[derive(Serialize)]
pub struct MappingView {
    /// Their id.
    pub id: String,
    /// Where they are.
    pub links: SelfLink,
    /// The rules as given.
    pub rules: Value,
}

/// Body of saying what tokens are checked with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfigWrite {
    /// Its only member.
    pub openid_connect_config: OidcConfigFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OidcConfigFields {
    /// `program` or `program_console`.
    pub access_mode: Option<String>,
    /// Issuer of the tokens.
    pub idp_url: Option<String>,
    /// Whom the tokens must be for.
    pub client_id: Option<String>,
    /// The login page; for `program_console` only, as the three that follow.
    pub authorization_endpoint: Option<String>,
    /// What is asked for, separated by spaces.
    pub scope: Option<String>,
    /// `id_token`.
    pub response_type: Option<String>,
    /// `fragment` or `form_post`.
    pub response_mode: Option<String>,
    /// A JSON Web Key Set as text.
    pub signing_key: Option<String>,
}

/// What tokens are checked with.
#[derive(Serialize)]
pub struct OidcConfigView {
    /// `program` or `program_console`.
    pub access_mode: &'static str,
    /// Issuer of the tokens.
    pub idp_url: String,
    /// Whom the tokens must be for.
    pub client_id: String,
    /// The login page; null for `program`, as the three that follow.
    pub authorization_endpoint: Option<String>,
    /// What is asked for, separated by spaces.
    pub scope: Option<String>,
    /// `id_token`.
    pub response_type: Option<&'static str>,
    /// `fragment` or `form_post`.
    pub response_mode: Option<String>,
    /// A JSON Web Key Set as text.
    pub signing_key: String,
}

/// Body of a login by a token of an identity provider, which a header names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdTokenCreate {
    /// Its only member.
    pub auth: IdTokenAuth,
}

/// The token, and what the answered one shall act on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdTokenAuth {
    /// The token.
    pub id_token: IdTokenText,
    /// A project or account.
    pub scope: Option<Scope>,
}

/// A token of an identity provider.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdTokenText {
    /// Its compact form.
    pub id: String,
}

/// Where a federated user comes from.
#[derive(Serialize)]
pub struct FederationView {
    /// The provider.
    pub identity_provider: IdView,
    /// How it logged in.
    pub protocol: IdView,
    /// Its groups here.
    pub groups: Vec<GroupRefView>,
}

/// Something with an id.
#[derive(Serialize)]
pub struct IdView {
    /// Its id.
    pub id: String,
}

/// A group of users.
#[derive(Serialize)]
pub struct GroupRefView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}
