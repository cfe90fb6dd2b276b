//! What a caller may do: every operation names an action and a resource, and is refused unless they are allowed.

use crate::{Caller, Credential, Directory, Error, IAM_READ_ONLY_ACCESS, Target};
use countersign_types::ProjectId;

/// Starts of the last part of an action that only reads.
const READS: [&str; 4] = ["get", "list", "show", "check"];

impl Caller {
    /// The name of something of the caller's account in the identity service, as policies write it.
    #[must_use]
    pub fn resource(&self, kind: &str, id: &str) -> String {
        format!("iam:*:{}:{kind}:{id}", self.domain.id)
    }

    /// Refuses what nothing allows. An action reads `service:type:operation`, a resource
    /// `service:region:account:type:path`.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require(&self, action: &str, _resource: &str) -> Result<(), Error> {
        let operation = action.rsplit(':').next().unwrap_or_default();
        let reads = READS.iter().any(|start| operation.starts_with(start));
        let allowed = if action.starts_with("apig:") {
            self.roles.iter().any(|role| role.administers_gateways() || (reads && role.reads_gateways()))
        } else {
            (reads && self.has(&IAM_READ_ONLY_ACCESS)) || self.require_administrator().is_ok()
        };
        if allowed { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// The same caller, acting in a project. A token acts only in the project that it is scoped to; a signature, which
    /// has no scope of its own, in every project of the account in which its user has a role.
    ///
    /// # Errors
    /// [`Error::Forbidden`] for every other project, whether it exists or not; [`Error::ProjectSuspended`].
    pub fn enter_project(self, directory: &Directory, id: &ProjectId) -> Result<Self, Error> {
        if let Target::Project(project) = &self.target
            && project.id == *id
        {
            return project.require_working().map(|()| self);
        }
        if matches!(self.credential, Credential::Token(_)) {
            return Err(Error::Forbidden);
        }
        let scope = countersign_token::Scope::Project(id.clone());
        let (target, roles) =
            directory.enter(&self.who, &self.domain, &self.limits, &scope).ok_or(Error::Forbidden)?;
        if roles.is_empty() {
            return Err(Error::Forbidden);
        }
        if let Target::Project(project) = &target {
            project.require_working()?;
        }
        Ok(Self { target, roles, ..self })
    }
}
