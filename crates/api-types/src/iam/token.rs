//! What a token says, as the answers to its creation and validation show it.

use super::federation::FederationView;
use serde::Serialize;
use serde_json::value::RawValue;

/// The body.
#[derive(Serialize)]
pub struct TokenAnswer<'a> {
    /// Its only member.
    pub token: TokenView<'a>,
}

/// A token.
#[derive(Serialize)]
pub struct TokenView<'a> {
    /// When it ends: `yyyy-MM-ddTHH:mm:ss.mmm000Z`, like all times here.
    pub expires_at: String,
    /// How the bearer proved itself.
    pub methods: Vec<&'static str>,
    /// Services and where they are, a list of [`super::catalog::CatalogView`] in JSON; absent from tokens without a scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog: Option<&'a RawValue>,
    /// Roles in the scope; absent from tokens without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<RoleView>>,
    /// The project of the scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<ScopedView>,
    /// Whether that project stands for an account, which none does; absent without a project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_domain: Option<bool>,
    /// The account of the scope.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<NamedView>,
    /// When it was made.
    pub issued_at: String,
    /// Whom it makes its bearer.
    pub user: UserView,
    /// Who acts as `user`, when that is an agency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed_by: Option<AssumedByView>,
    /// The application credential that it was obtained by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application_credential: Option<LimitedByView>,
    /// Names the token, and the first one of its chain when that is another.
    pub audit_ids: Vec<String>,
}

/// Something with id and name.
#[derive(Serialize)]
pub struct NamedView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Something of an account.
#[derive(Serialize)]
pub struct ScopedView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its account.
    pub domain: NamedView,
}

/// A role of a token.
#[derive(Serialize)]
pub struct RoleView {
    /// Always `0`: services decide by the name.
    pub id: &'static str,
    /// Internal name.
    pub name: String,
}

/// A user or agency.
#[derive(Serialize)]
pub struct UserView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Always empty: passwords do not end by themselves.
    pub password_expires_at: &'static str,
    /// Its account.
    pub domain: NamedView,
    /// Where it comes from, when that is an identity provider.
    #[serde(rename = "OS-FEDERATION", skip_serializing_if = "Option::is_none")]
    pub federation: Option<FederationView>,
}

/// The application credential that a token was obtained by.
#[derive(Serialize)]
pub struct LimitedByView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it makes no further credentials.
    pub restricted: bool,
}

/// Who acts as an agency.
#[derive(Serialize)]
pub struct AssumedByView {
    /// The user.
    pub user: UserView,
}
