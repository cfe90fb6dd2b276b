//! The users and agencies that call, and whether what a token says about them still holds.

mod compile;

use crate::{access::Account, shards::Shards};
use countersign_token::{AuditId, Claims, OpeningKeys, Scope, Subject};
use countersign_types::{AgencyId, DomainId, ProjectId, UserId};
use foldhash::fast::RandomState;
use std::{collections::HashSet, sync::Arc};

/// A user who may call.
#[derive(Debug)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Its name.
    pub name: Box<str>,
    /// Its account.
    pub domain_id: DomainId,
    /// Whether it may act on its account as a whole.
    pub acts_on_account: bool,
    /// Projects it may act in.
    pub project_ids: Box<[ProjectId]>,
    epoch: u32,
}

/// An agency that users of another account may call as.
#[derive(Debug)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its name.
    pub name: Box<str>,
    /// The account that delegates.
    pub domain_id: DomainId,
    /// Whether it may act on its account as a whole.
    pub acts_on_account: bool,
    /// Projects it may act in.
    pub project_ids: Box<[ProjectId]>,
    trust_domain_id: DomainId,
    epoch: u32,
}

/// Who bears a token or temporary key.
#[derive(Debug, Clone, Copy)]
pub enum Bearer<'s> {
    /// A user.
    User(&'s User),
    /// An agency.
    Agency {
        /// Whose rights are used.
        agency: &'s Agency,
        /// The user who uses them.
        assumed_by: &'s User,
    },
}

/// Users, agencies, and what opens and ends their tokens.
#[derive(Debug)]
pub struct Principals {
    domains: Shards<DomainId, Box<str>>,
    users: Shards<UserId, User>,
    agencies: Shards<AgencyId, Agency>,
    opening: Opening,
    revoked: HashSet<AuditId, RandomState>,
}

/// Opening keys; preparing one costs as much as verifying with it.
#[derive(Debug, Clone)]
struct Opening {
    fingerprint: u128,
    keys: Arc<OpeningKeys>,
}

impl Principals {
    /// The user with this id.
    #[must_use]
    pub fn user(&self, id: &str) -> Option<&User> {
        self.users.get(id)
    }

    /// The account with this id, if it is enabled.
    #[must_use]
    pub fn account<'s>(&'s self, id: &'s DomainId) -> Option<Account<'s>> {
        Some(Account { id: id.as_str(), name: self.domains.get(id.as_str())? })
    }

    /// What opens tokens and security tokens.
    #[must_use]
    pub fn opening_keys(&self) -> &OpeningKeys {
        &self.opening.keys
    }

    /// Whom these claims still stand for: nothing they name was revoked, removed, disabled or changed since they were
    /// issued. Time is not looked at.
    #[must_use]
    pub fn admit(&self, claims: &Claims) -> Option<Bearer<'_>> {
        let is_revoked = |id| self.revoked.contains(&id);
        if is_revoked(claims.audit_id) || is_revoked(claims.chain) {
            return None;
        }
        let bearer = self.bearer(claims)?;
        let holds = bearer.domain_id() == &claims.domain_id
            && match &claims.scope {
                Scope::Unscoped => true,
                Scope::Project(id) => bearer.project_ids().contains(id),
                Scope::Domain(id) => bearer.domain_id() == id,
            };
        holds.then_some(bearer)
    }

    fn bearer(&self, claims: &Claims) -> Option<Bearer<'_>> {
        match (&claims.subject, &claims.assumed_by) {
            (Subject::User(id), None) => self.unchanged(id, claims.epoch).map(Bearer::User),
            (Subject::Agency(id), Some(assumer)) => {
                let agency = self.agencies.get(id.as_str()).filter(|agency| agency.epoch == claims.epoch)?;
                let assumed_by = self.unchanged(&assumer.user_id, assumer.epoch)?;
                (assumed_by.domain_id == agency.trust_domain_id)
                    .then_some(Bearer::Agency { agency, assumed_by })
            }
            (Subject::User(_), Some(_)) | (Subject::Agency(_), None) => None,
        }
    }

    fn unchanged(&self, id: &UserId, epoch: u32) -> Option<&User> {
        self.users.get(id.as_str()).filter(|user| user.epoch == epoch)
    }

    #[cfg(test)]
    pub(crate) fn shares_with(&self, other: &Self) -> (usize, bool) {
        (self.users.shared_with(&other.users), Arc::ptr_eq(&self.opening.keys, &other.opening.keys))
    }
}

impl<'s> Bearer<'s> {
    /// The account whose rights are used.
    #[must_use]
    pub const fn domain_id(self) -> &'s DomainId {
        match self {
            Self::User(user) => &user.domain_id,
            Self::Agency { agency, .. } => &agency.domain_id,
        }
    }

    /// Whether it may act on that account as a whole.
    #[must_use]
    pub const fn acts_on_account(self) -> bool {
        match self {
            Self::User(user) => user.acts_on_account,
            Self::Agency { agency, .. } => agency.acts_on_account,
        }
    }

    /// Projects in which it may act.
    #[must_use]
    pub const fn project_ids(self) -> &'s [ProjectId] {
        match self {
            Self::User(user) => &user.project_ids,
            Self::Agency { agency, .. } => &agency.project_ids,
        }
    }
}

#[cfg(test)]
mod tests;
