//! Credentials that a user makes for its programs.

use countersign_store::{Document, Link};
use countersign_token::AuditId;
use countersign_types::{ApplicationCredentialId, DomainId, ProjectId, RoleId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// Some of a user's roles in one project, behind a secret of their own.
///
/// Its `Debug` leaves the hash of the secret out.
#[derive(Clone, Serialize, Deserialize)]
pub struct ApplicationCredential {
    /// Its id.
    pub id: ApplicationCredentialId,
    /// Whose it is.
    pub user_id: UserId,
    /// The user's account.
    pub domain_id: DomainId,
    /// The only project in which it acts.
    pub project_id: ProjectId,
    /// Unique among those of the user.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// The roles it gives at most: those of them that the user still has count.
    pub roles: Vec<RoleId>,
    /// Argon2id in PHC form.
    pub secret_hash: String,
    /// Whether it may make further application credentials and access keys.
    pub unrestricted: bool,
    /// From when on nobody authenticates with it; `None` for never.
    pub expires: Option<Timestamp>,
    /// When it was created.
    pub created: Timestamp,
}

impl ApplicationCredential {
    /// What everything obtained by it is named by.
    pub(crate) fn chain(&self) -> Option<AuditId> {
        AuditId::parse(self.id.as_str())
    }
}

impl std::fmt::Debug for ApplicationCredential {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, user_id, project_id, name, unrestricted, .. } = self;
        write!(
            f,
            "ApplicationCredential {{ {id:?}, {user_id:?}, {project_id:?}, {name:?}, unrestricted: {unrestricted} }}"
        )
    }
}

impl Document for ApplicationCredential {
    const KIND: &'static str = "application_credential";
    fn scope(&self) -> &str {
        self.user_id.as_str()
    }
    fn id(&self) -> &str {
        self.id.as_str()
    }
    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
    fn links(&self) -> Vec<Link> {
        vec![Link::new("user", self.user_id.as_str()), Link::new("project", self.project_id.as_str())]
    }
}
