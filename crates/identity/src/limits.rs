//! What holds a caller's rights below those of the user or agency that it acts as.

use crate::{ApplicationCredential, Role, Target};
use countersign_policy::Policy;
use countersign_token::OnlyRoles;
use std::sync::Arc;

/// The limits of a credential; without any, its bearer has every role of the user or agency.
#[derive(Debug, Clone, Default)]
pub struct Limits {
    /// The application credential that it was obtained by.
    pub application_credential: Option<Arc<ApplicationCredential>>,
    /// The only roles it gives.
    pub only: Option<OnlyRoles>,
    /// What the roles are narrowed to for this session.
    pub(crate) session: Option<Arc<Policy>>,
}

impl Limits {
    /// Whether the role for the target is within the limits.
    #[must_use]
    pub fn allow(&self, role: &Role, target: &Target) -> bool {
        let by_only = self.only.as_ref().is_none_or(|only| only.contains(role.id.as_str()));
        let by_credential = self.application_credential.as_ref().is_none_or(|credential| {
            matches!(target, Target::Project(project) if project.id == credential.project_id)
                && credential.roles.contains(&role.id)
        });
        by_only && by_credential
    }

    /// Whether no role is taken away.
    pub(crate) const fn keep_every_role(&self) -> bool {
        self.application_credential.is_none() && self.only.is_none()
    }

    /// Whether the bearer may make credentials that last longer than this one or give more.
    pub(crate) fn allow_further_credentials(&self) -> bool {
        let by_credential =
            self.application_credential.as_ref().is_none_or(|credential| credential.unrestricted);
        by_credential && self.only.is_none() && self.session.is_none()
    }
}
