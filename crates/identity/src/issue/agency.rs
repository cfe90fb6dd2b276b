//! Acting as an agency: rights that another account delegates.

use super::DomainRef;
use super::proof::Proven;
use crate::{Agency, Caller, Directory, Error, Limits, Live, Who};
use countersign_token::{Methods, OnlyRoles};
use countersign_types::{DomainId, Timestamp};
use std::sync::Arc;

/// An agency to act as.
pub(super) struct Wanted<'a> {
    /// The account that delegates.
    pub(super) domain: &'a DomainRef,
    /// Name of the agency.
    pub(super) agency: &'a str,
    /// The only roles that are wanted of it.
    pub(super) only: Option<&'a [String]>,
}

impl Live {
    /// The caller must be a user with the right to act for others, and the agency must trust the user's account.
    pub(super) fn take_on(
        &self,
        caller: &Caller,
        wanted: &Wanted<'_>,
        now: Timestamp,
    ) -> Result<Proven, Error> {
        let Wanted { domain, agency: name, only } = *wanted;
        let directory = self.directory()?;
        // An agency's session takes on no further agency: rights only shrink along a chain.
        let Who::User(user) = &caller.who else { return Err(Error::Forbidden) };
        let lender = directory.find_domain(domain).filter(|domain| domain.enabled);
        let agency = lender.and_then(|lender| directory.agencies.find_by_name(lender.id.as_str(), name));
        require(caller, &directory, agency.map(|agency| &**agency))?;
        let agency = agency.filter(|agency| agency.trust_domain_id == user.domain_id);
        let agency = agency.ok_or_else(|| Error::NotFound { kind: "agency", id: name.to_owned() })?;
        let only = only.map(|names| directory.only_roles(&agency.domain_id, names)).transpose()?;
        if agency.expires.is_some_and(|expires| expires <= now) {
            return Err(Error::Forbidden);
        }
        let parent = caller.credential.claims();
        let bounds = [parent.map(|claims| claims.lifetime.expires), agency.expires];
        Ok(Proven {
            who: Who::Agency { agency: Arc::clone(agency), assumed_by: Arc::clone(user) },
            limits: Limits { only, ..Limits::default() },
            methods: Methods::ASSUME_ROLE,
            chain: parent.map(|claims| claims.chain),
            ends: bounds.into_iter().flatten().min(),
        })
    }
}

/// The right is one in the user's own account, whatever the token at hand acts on, unless it is limited.
fn require(caller: &Caller, directory: &Directory, agency: Option<&Agency>) -> Result<(), Error> {
    let resource = match agency {
        Some(agency) => format!("iam:*:{}:agency:{}", agency.domain_id, agency.id),
        None => "iam:*:*:agency:*".to_owned(),
    };
    let home = caller.clone().enter_account(directory)?;
    home.require_one_of(&["iam:tokens:assume", "iam:agencies:assume"], &resource)
}

impl Directory {
    /// The account's roles of these ids or internal names.
    fn only_roles(&self, domain: &DomainId, names: &[String]) -> Result<OnlyRoles, Error> {
        let find = |name: &String| {
            let role = self.roles_of(domain).find(|role| role.id.as_str() == name || role.name == *name);
            role.map(|role| role.id.clone()).ok_or_else(|| Error::NotFound { kind: "role", id: name.clone() })
        };
        let roles = names.iter().map(find).collect::<Result<_, _>>()?;
        OnlyRoles::new(roles).ok_or(Error::Invalid { field: "restrict.roles", reason: "at most 8 roles" })
    }
}
