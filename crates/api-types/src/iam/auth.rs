//! The body of `POST /v3/auth/tokens`: how the requester proves itself, and what for.

use serde::Deserialize;

/// The body.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthCreate {
    /// Its only member.
    pub auth: Auth,
}

/// Proof and scope.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Auth {
    /// The proof.
    pub identity: Identity,
    /// What the token shall act on.
    #[serde(default)]
    pub scope: Option<Scope>,
}

/// The same body when only the names of its methods matter; whatever else is there is passed over.
#[derive(Deserialize)]
pub struct AuthMethods {
    auth: NamedAuth,
}

#[derive(Deserialize)]
struct NamedAuth {
    identity: NamedIdentity,
}

#[derive(Deserialize)]
struct NamedIdentity {
    methods: Vec<String>,
}

impl AuthMethods {
    /// The names as they stand.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.auth.identity.methods.iter().map(String::as_str)
    }
}

/// The methods and, for each, a member of its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// Names of methods; repetitions mean nothing.
    pub methods: Vec<String>,
    /// Of method `password`.
    pub password: Option<Password>,
    /// Of method `totp`, beside `password`.
    pub totp: Option<Totp>,
    /// Of method `token`.
    pub token: Option<TokenId>,
    /// Of method `hw_ak_sk`.
    pub hw_ak_sk: Option<AccessKeyPair>,
    /// Of method `assume_role`.
    pub assume_role: Option<AssumeRole>,
    /// Of method `hw_assume_role`, an older name of `assume_role`.
    pub hw_assume_role: Option<AssumeRole>,
    /// Of method `application_credential`.
    pub application_credential: Option<ApplicationCredentialProof>,
}

/// A user with a password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// The user.
    pub user: PasswordUser,
}

/// A user by id, or by name and account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PasswordUser {
    /// Id.
    pub id: Option<String>,
    /// Name within the account.
    pub name: Option<String>,
    /// The account.
    pub domain: Option<DomainName>,
    /// The password.
    pub password: String,
}

/// A second factor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Totp {
    /// The user, as in the method `password`, and what its device shows.
    pub user: TotpUser,
}

/// A user and what its device shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotpUser {
    /// Id.
    pub id: Option<String>,
    /// Name within the account.
    pub name: Option<String>,
    /// The account.
    pub domain: Option<DomainName>,
    /// Six digits.
    pub passcode: String,
}

/// An application credential by id, or by name and user, with its secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApplicationCredentialProof {
    /// Id.
    pub id: Option<String>,
    /// Name among those of the user.
    pub name: Option<String>,
    /// The user.
    pub user: Option<UserName>,
    /// The secret.
    pub secret: String,
}

/// A user by id, or by name and account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UserName {
    /// Id.
    pub id: Option<String>,
    /// Name within the account.
    pub name: Option<String>,
    /// The account.
    pub domain: Option<DomainName>,
}

/// An account by id or by name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DomainName {
    /// Id.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// Another token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenId {
    /// The token.
    pub id: String,
}

/// An access key with its secret.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccessKeyPair {
    /// AK.
    pub access: KeyText,
    /// SK.
    pub secret: KeyText,
}

/// Half of a key pair.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyText {
    /// The text.
    pub key: String,
}

/// An agency of another account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssumeRole {
    /// The account that delegates, by id.
    pub domain_id: Option<String>,
    /// The account that delegates, by name.
    pub domain_name: Option<String>,
    /// Name of the agency; older clients call it `xrole_name`.
    #[serde(alias = "xrole_name")]
    pub agency_name: String,
    /// The only roles that are wanted of the agency's.
    pub restrict: Option<Restrict>,
}

/// Fewer roles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restrict {
    /// Ids or internal names.
    pub roles: Vec<String>,
}

/// What the token shall act on: an object, or the text `unscoped`.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Scope {
    /// `unscoped`.
    Text(String),
    /// A project or an account.
    Place(ScopePlace),
}

/// A project, an account or everything; of several, the project counts, then the account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopePlace {
    /// A project.
    pub project: Option<ScopeProject>,
    /// An account.
    pub domain: Option<DomainName>,
    /// The installation as a whole, which is no scope here.
    pub system: Option<serde::de::IgnoredAny>,
}

/// A project by id, or by name and perhaps account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScopeProject {
    /// Id.
    pub id: Option<String>,
    /// Name.
    pub name: Option<String>,
    /// The account.
    pub domain: Option<DomainName>,
}
