//! Who is calling.

use crate::{Agency, BuiltIn, Domain, Limits, Role, Target, User};
use countersign_token::{Assumer, Claims, Session, Subject};
use countersign_types::{AccessKeyId, DomainId, Timestamp};
use std::sync::Arc;

/// An authenticated caller. Only [`crate::Directory`] makes one, so that nothing disabled, deleted or revoked is one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Caller {
    /// Who.
    pub who: Who,
    /// The account of `who`.
    pub domain: Arc<Domain>,
    /// What the credential acts on.
    pub target: Target,
    /// The roles that `who` has for the target right now, within the limits.
    pub roles: Vec<Arc<Role>>,
    /// What the credential does not give of the rights of `who`.
    pub limits: Limits,
    /// When the caller was authenticated.
    pub admitted: Timestamp,
    /// What the caller showed.
    pub credential: Credential,
}

/// A user, or an agency that a user acts as.
#[derive(Debug, Clone)]
pub enum Who {
    /// A user.
    User(Arc<User>),
    /// An agency.
    Agency {
        /// Whose rights are used.
        agency: Arc<Agency>,
        /// The user who uses them.
        assumed_by: Arc<User>,
    },
}

/// What a caller showed.
#[derive(Debug, Clone)]
pub enum Credential {
    /// A token.
    Token(Claims),
    /// A signature with a permanent access key.
    AccessKey(AccessKeyId),
    /// A signature with a temporary access key.
    TemporaryKey {
        /// Whom the key stands for.
        claims: Claims,
        /// What narrows it.
        session: Session,
    },
}

impl Who {
    /// Id of the user or agency.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::User(user) => user.id.as_str(),
            Self::Agency { agency, .. } => agency.id.as_str(),
        }
    }

    /// The account whose rights are used.
    #[must_use]
    pub fn domain_id(&self) -> &DomainId {
        match self {
            Self::User(user) => &user.domain_id,
            Self::Agency { agency, .. } => &agency.domain_id,
        }
    }

    /// The user, unless it is an agency.
    #[must_use]
    pub const fn user(&self) -> Option<&Arc<User>> {
        match self {
            Self::User(user) => Some(user),
            Self::Agency { .. } => None,
        }
    }

    /// What claims say about it.
    pub(crate) fn subject(&self) -> (Subject, u32, Option<Assumer>) {
        match self {
            Self::User(user) => (Subject::User(user.id.clone()), user.epoch, None),
            Self::Agency { agency, assumed_by } => {
                let assumer = Assumer {
                    user_id: assumed_by.id.clone(),
                    domain_id: assumed_by.domain_id.clone(),
                    epoch: assumed_by.epoch,
                };
                (Subject::Agency(agency.id.clone()), agency.epoch, Some(assumer))
            }
        }
    }
}

impl Credential {
    /// The claims of a token or temporary key.
    #[must_use]
    pub const fn claims(&self) -> Option<&Claims> {
        match self {
            Self::Token(claims) | Self::TemporaryKey { claims, .. } => Some(claims),
            Self::AccessKey(_) => None,
        }
    }
}

impl Caller {
    /// Whether the caller has the built-in role for its target.
    #[must_use]
    pub fn has(&self, role: &BuiltIn) -> bool {
        self.roles.iter().any(|held| held.id.as_str() == role.id)
    }

    /// Whether the caller is the user whose account it is, with all of its roles.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        self.limits.keep_every_role()
            && self.who.user().is_some_and(|user| user.domain_id == self.domain.id)
            && self.who.user().map(|user| &user.id) == self.domain.owner_id.as_ref()
    }
}
