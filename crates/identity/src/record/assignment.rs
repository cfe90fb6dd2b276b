//! Who has which role where.

use countersign_store::{Document, Link};
use countersign_types::{AgencyId, DomainId, ProjectId, RoleId, UserGroupId, UserId};
use serde::{Deserialize, Serialize};

/// A role given to an actor for a place.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Assignment {
    /// The account whose rights are given.
    pub domain_id: DomainId,
    /// Who has the role.
    pub actor: Actor,
    /// Where it holds.
    pub place: Place,
    /// The role.
    pub role_id: RoleId,
    /// Address of the record: actor, place and role.
    id: String,
}

/// Who can have a role.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A single user.
    User(UserId),
    /// Every member of a group.
    Group(UserGroupId),
    /// Whoever acts as the agency.
    Agency(AgencyId),
}

/// Where a role holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// For what belongs to the account as a whole.
    Domain,
    /// In every project of the account, present and future.
    AllProjects,
    /// In one project.
    Project(ProjectId),
}

impl Assignment {
    /// The role for the actor at the place.
    #[must_use]
    pub fn new(domain_id: DomainId, actor: Actor, place: Place, role_id: RoleId) -> Self {
        let id = Self::id_of(&actor, &place, &role_id);
        Self { domain_id, actor, place, role_id, id }
    }

    /// Address of the record of this assignment.
    #[must_use]
    pub fn id_of(actor: &Actor, place: &Place, role_id: &RoleId) -> String {
        let (label, actor) = actor.parts();
        match place {
            Place::Domain => format!("{label}/{actor}/domain/{role_id}"),
            Place::AllProjects => format!("{label}/{actor}/projects/{role_id}"),
            Place::Project(project) => format!("{label}/{actor}/project/{project}/{role_id}"),
        }
    }
}

impl Actor {
    /// Kind and id.
    #[must_use]
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::User(id) => ("user", id.as_str()),
            Self::Group(id) => ("group", id.as_str()),
            Self::Agency(id) => ("agency", id.as_str()),
        }
    }
}

impl Document for Assignment {
    const KIND: &'static str = "assignment";
    fn scope(&self) -> &str {
        self.domain_id.as_str()
    }
    fn id(&self) -> &str {
        &self.id
    }
    fn links(&self) -> Vec<Link> {
        let (label, actor) = self.actor.parts();
        let project = match &self.place {
            Place::Project(project) => Some(Link::new("project", project.as_str())),
            Place::Domain | Place::AllProjects => None,
        };
        [Link::new(label, actor), Link::new("role", self.role_id.as_str())]
            .into_iter()
            .chain(project)
            .collect()
    }
}
