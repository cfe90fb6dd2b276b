//! What can go wrong in the identity service.

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody was authenticated.
    #[error(transparent)]
    Unauthenticated(#[from] Unauthenticated),
    /// The caller may not do this.
    #[error("the caller has no right to do this")]
    Forbidden,
    /// The project is suspended.
    #[error("the project is suspended")]
    ProjectSuspended,
    /// The user may come by a console only.
    #[error("the user only supports console access, not programmatic access")]
    ConsoleOnly,
    /// The user of an access key is disabled.
    #[error("the user {user} with access key {access_key} is disabled")]
    UserDisabled {
        /// Name of the user.
        user: String,
        /// AK.
        access_key: String,
    },
    /// The caller's policies do not allow it.
    #[error("no policy allows {action}")]
    NotAllowed {
        /// What was asked for.
        action: String,
        /// On what.
        resource: String,
    },
    /// A policy document is not one.
    #[error(transparent)]
    Policy(#[from] countersign_policy::Error),
    /// Something is used elsewhere, and stays.
    #[error("the {kind} {id} is in use")]
    InUse {
        /// What kind of object.
        kind: &'static str,
        /// Its id.
        id: String,
    },
    /// There is no such object, or not for this caller.
    #[error("could not find {kind}: {id}")]
    NotFound {
        /// What kind of object.
        kind: &'static str,
        /// The id or name that was asked for.
        id: String,
    },
    /// A member of the request does not hold what it must.
    #[error("invalid {field}: {reason}")]
    Invalid {
        /// Path of the member.
        field: &'static str,
        /// What it must hold.
        reason: &'static str,
    },
    /// Another object has the name.
    #[error("the name {0:?} is taken")]
    NameTaken(String),
    /// The user has as many access keys as a user can have.
    #[error("the user has {max} access keys already")]
    AccessKeyLimit {
        /// How many that are.
        max: usize,
    },
    /// There are as many of these as there can be.
    #[error("there are {max} {kind} already")]
    LimitReached {
        /// What there are.
        kind: &'static str,
        /// How many that is.
        max: usize,
    },
    /// The token that was asked about does not hold.
    #[error("the subject token does not hold")]
    SubjectToken,
    /// Too many passwords are being checked already.
    #[error("too many requests at once")]
    Busy,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] countersign_store::Error),
    /// A stored policy does not compile.
    #[error("the stored policy {id} is none")]
    StoredPolicy {
        /// Its id.
        id: String,
        /// Why.
        #[source]
        source: countersign_policy::Error,
    },
    /// A stored secret key does not open.
    #[error("the secret of access key {access_key} cannot be opened")]
    Sealed {
        /// The key whose secret is unreadable.
        access_key: String,
        /// Why.
        #[source]
        source: countersign_store::Unsealable,
    },
    /// A stored token key does not open.
    #[error("the secret of token key {number} cannot be opened")]
    TokenKeySealed {
        /// The key whose secret is unreadable.
        number: u32,
    },
    /// There is no key to make tokens with.
    #[error("there is no active token key")]
    NoTokenKey,
    /// The password could not be hashed or read back.
    #[error("the password could not be hashed")]
    Password,
    /// The first administrator's credentials could not be written down; nothing was created.
    #[error("the administrator's credentials could not be written down")]
    NotKept(#[source] std::io::Error),
}

/// Why nobody was authenticated. Callers are told apart what they could know anyway, and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unauthenticated {
    /// Unknown user, wrong password, disabled user or account, or too many attempts: one answer for all.
    #[error("the username or password is wrong")]
    Credentials,
    /// The token is not one of ours, or its time is over.
    #[error(transparent)]
    Token(#[from] countersign_token::Error),
    /// What the credential says is no longer so: revoked, deleted, disabled, changed.
    #[error("the credential no longer holds")]
    Stale,
    /// The token of an identity provider does not hold.
    #[error(transparent)]
    IdToken(#[from] countersign_oidc::Refused),
    /// No such identity provider, or it is disabled or not set up.
    #[error("nobody logs in by this identity provider")]
    IdentityProvider,
    /// The identity provider's rules make no user of the person, or a disabled one.
    #[error("the person is no user here")]
    Unmapped,
    /// The user has no role in the scope asked for, or there is no such scope.
    #[error("the user has no right in the requested scope")]
    Scope,
}

impl From<countersign_store::Error> for Error {
    fn from(error: countersign_store::Error) -> Self {
        match error {
            countersign_store::Error::NameTaken { name, .. } => Self::NameTaken(name),
            other => Self::Store(other),
        }
    }
}

impl From<countersign_token::Error> for Error {
    fn from(error: countersign_token::Error) -> Self {
        Self::Unauthenticated(error.into())
    }
}
