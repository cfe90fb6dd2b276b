//! How requests name accounts and projects.

use super::proof::Proven;
use crate::{Directory, Domain, Project};
use countersign_token::Scope;
use countersign_types::DomainId;
use std::sync::Arc;

/// What a token shall act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeRequest {
    /// Nothing but the user's own affairs.
    Unscoped,
    /// A project.
    Project(ProjectRef),
    /// An account as a whole.
    Domain(DomainRef),
}

/// Names an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DomainRef {
    /// By id.
    Id(String),
    /// By name.
    Name(String),
}

/// Names a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProjectRef {
    /// By id.
    Id(String),
    /// By name within an account; without one, within the subject's own.
    Name {
        /// The name.
        name: String,
        /// The account.
        domain: Option<DomainRef>,
    },
}

impl Directory {
    /// The scope asked for, by ids. An application credential has one scope, said or unsaid.
    pub(super) fn resolve(&self, proven: &Proven, request: &ScopeRequest) -> Option<Scope> {
        let scope = self.find_scope(proven.who.domain_id(), request)?;
        match &proven.limits.application_credential {
            None => Some(scope),
            Some(credential) => {
                let own = Scope::Project(credential.project_id.clone());
                (scope == own || scope == Scope::Unscoped).then_some(own)
            }
        }
    }

    fn find_scope(&self, home: &DomainId, request: &ScopeRequest) -> Option<Scope> {
        match request {
            ScopeRequest::Unscoped => Some(Scope::Unscoped),
            ScopeRequest::Project(project) => {
                self.find_project(home, project).map(|project| Scope::Project(project.id.clone()))
            }
            ScopeRequest::Domain(domain) => {
                self.find_domain(domain).map(|domain| Scope::Domain(domain.id.clone()))
            }
        }
    }

    /// The account of this id or name.
    #[must_use]
    pub fn find_domain(&self, domain: &DomainRef) -> Option<&Arc<Domain>> {
        match domain {
            DomainRef::Id(id) => self.domains.find(id),
            DomainRef::Name(name) => self.domains.find_by_name("", name),
        }
    }

    /// The project of this id or name.
    #[must_use]
    pub fn find_project(&self, home: &DomainId, project: &ProjectRef) -> Option<&Arc<Project>> {
        match project {
            ProjectRef::Id(id) => self.projects.find(id),
            ProjectRef::Name { name, domain: None } => self.projects.find_by_name(home.as_str(), name),
            ProjectRef::Name { name, domain: Some(domain) } => {
                let domain = self.find_domain(domain)?;
                self.projects.find_by_name(domain.id.as_str(), name)
            }
        }
    }
}
