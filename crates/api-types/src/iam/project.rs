//! Projects and accounts.

use super::link::SelfLink;
use serde::Serialize;

/// A project.
#[derive(Serialize)]
pub struct ProjectView {
    /// Always false: accounts are not listed as projects.
    pub is_domain: bool,
    /// Free text.
    pub description: String,
    /// Where it is described.
    pub links: SelfLink,
    /// Whether it is in use.
    pub enabled: bool,
    /// Its id.
    pub id: String,
    /// The project it is part of, or its account.
    pub parent_id: String,
    /// Its account.
    pub domain_id: String,
    /// Its name.
    pub name: String,
}

/// An account.
#[derive(Serialize)]
pub struct DomainView {
    /// Free text.
    pub description: String,
    /// Whether it is in use.
    pub enabled: bool,
    /// Its id.
    pub id: String,
    /// Where it is described.
    pub links: SelfLink,
    /// Its name.
    pub name: String,
}
