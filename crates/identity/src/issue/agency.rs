//! Acting as an agency: rights that another account delegates.

use super::{DomainRef, Proven};
use crate::role::AGENT_OPERATOR;
use crate::{Caller, Directory, Error, Live, Target, User, Who};
use countersign_token::Methods;
use countersign_types::Timestamp;
use std::sync::Arc;

impl Live {
    /// The caller must be a user with the right to act for others, and the agency must trust the user's account.
    pub(super) fn take_on(
        &self,
        caller: Caller,
        domain: &DomainRef,
        agency: &str,
        now: Timestamp,
    ) -> Result<Proven, Error> {
        let directory = self.directory()?;
        // An agency's session takes on no further agency: rights only shrink along a chain.
        let Who::User(user) = caller.who else { return Err(Error::Forbidden) };
        if !directory.may_act_for_others(&user) {
            return Err(Error::Forbidden);
        }
        let not_found = || Error::NotFound { kind: "agency", id: agency.to_owned() };
        let lender = directory.find_domain(domain).filter(|domain| domain.enabled).ok_or_else(not_found)?;
        let agency = directory.agencies.find_by_name(lender.id.as_str(), agency);
        let agency =
            agency.filter(|agency| agency.trust_domain_id == user.domain_id).ok_or_else(not_found)?;
        if agency.expires.is_some_and(|expires| expires <= now) {
            return Err(Error::Forbidden);
        }
        Ok(Proven {
            who: Who::Agency { agency: Arc::clone(agency), assumed_by: user },
            methods: Methods::ASSUME_ROLE,
            parent: caller.credential.claims().map(|claims| (claims.chain, claims.lifetime.expires)),
            ends: agency.expires,
        })
    }
}

impl Directory {
    /// The right is one in the user's own account, whatever the token at hand acts on.
    fn may_act_for_others(&self, user: &User) -> bool {
        self.enabled_domain(&user.domain_id).is_some_and(|home| {
            let roles = self.roles(&self.actors(user), &Target::Domain(Arc::clone(home)));
            roles.iter().any(|role| role.id.as_str() == AGENT_OPERATOR.id)
        })
    }
}
