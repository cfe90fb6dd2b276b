//! The identity records as one immutable view in memory, so that no request waits for the store.

mod load;
mod table;

pub use table::Table;

use crate::role::HELD;
use crate::{
    AccessKey, Actor, Agency, ApplicationCredential, Assignment, Domain, IdentityProvider, MappingRecord,
    Place, Project, Role, User, UserGroup,
};
use countersign_token::{AuditId, Keyring, OpeningKeys};
use countersign_types::{DomainId, RoleId, UserGroupId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// All identity records at one revision of the store.
pub struct Directory {
    /// Accounts.
    pub domains: Table<Domain>,
    /// Projects.
    pub projects: Table<Project>,
    /// Users.
    pub users: Table<User>,
    /// Groups of users.
    pub groups: Table<UserGroup>,
    /// Agencies.
    pub agencies: Table<Agency>,
    /// Permanent access keys.
    pub access_keys: Table<AccessKey>,
    /// Identity providers that accounts trust.
    pub identity_providers: Table<IdentityProvider>,
    /// Rules that their people log in by.
    pub mappings: Table<MappingRecord>,
    /// Application credentials.
    pub application_credentials: Table<ApplicationCredential>,
    pub(crate) revision: u64,
    pub(crate) ring: Keyring,
    groups_of: HashMap<UserId, Vec<UserGroupId>>,
    members: HashMap<UserGroupId, Vec<UserId>>,
    assignments: Table<Assignment>,
    by_actor: HashMap<Actor, Vec<Arc<Assignment>>>,
    roles: HashMap<RoleId, Arc<Role>>,
    /// Those that are accounts' own, in creation order.
    custom_roles: Vec<Arc<Role>>,
    revoked: HashSet<AuditId>,
}

/// What a caller acts on.
#[derive(Debug, Clone)]
pub enum Target {
    /// Nothing but its own affairs.
    Unscoped,
    /// A project.
    Project(Arc<Project>),
    /// An account as a whole.
    Domain(Arc<Domain>),
}

impl Directory {
    /// The enabled account with this id.
    #[must_use]
    pub fn enabled_domain(&self, id: &DomainId) -> Option<&Arc<Domain>> {
        self.domains.find(id.as_str()).filter(|domain| domain.enabled)
    }

    /// The groups that the user is in.
    pub fn groups_of<'a>(&'a self, user: &UserId) -> impl Iterator<Item = &'a Arc<UserGroup>> {
        let ids = self.groups_of.get(user).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.groups.find(id.as_str()))
    }

    /// The members of the group, in the order in which they joined.
    pub fn members<'a>(&'a self, group: &UserGroup) -> impl Iterator<Item = &'a Arc<User>> {
        let ids = self.members.get(&group.id).map(Vec::as_slice).unwrap_or_default();
        ids.iter().filter_map(|id| self.users.find(id.as_str()))
    }

    /// Whether the user is in the group.
    #[must_use]
    pub fn is_member(&self, group: &UserGroup, user: &str) -> bool {
        self.groups_of.get(user).is_some_and(|groups| groups.contains(&group.id))
    }

    /// Every role given, in the order in which they were.
    pub fn assignments(&self) -> impl Iterator<Item = &Arc<Assignment>> {
        self.assignments.iter()
    }

    /// Every role given in the account, in the order in which they were.
    pub fn given_in(&self, domain: &DomainId) -> impl Iterator<Item = &Arc<Assignment>> {
        self.assignments.of(domain.as_str())
    }

    /// Every role given to this actor itself.
    pub fn given_to(&self, actor: &Actor) -> impl Iterator<Item = &Arc<Assignment>> {
        self.by_actor.get(actor).into_iter().flatten()
    }

    /// The roles that the actors have for the target, each once.
    #[must_use]
    pub fn roles(&self, actors: &[Actor], target: &Target) -> Vec<Arc<Role>> {
        let mut roles: Vec<Arc<Role>> = Vec::new();
        for assignment in actors.iter().filter_map(|actor| self.by_actor.get(actor)).flatten() {
            let Some(role) = self.role(&assignment.domain_id, assignment.role_id.as_str()) else { continue };
            if holds(assignment, target) && !roles.iter().any(|held| held.id == role.id) {
                roles.push(Arc::clone(role));
            }
        }
        roles
    }

    /// The role with this id: a built-in one, or the account's own.
    #[must_use]
    pub fn role(&self, domain: &DomainId, id: &str) -> Option<&Arc<Role>> {
        self.roles.get(id).filter(|role| role.domain_id.as_ref().is_none_or(|owner| owner == domain))
    }

    /// Every role that the account can give: the built-in ones, then its own.
    pub fn roles_of<'a>(&'a self, domain: &'a DomainId) -> impl Iterator<Item = &'a Arc<Role>> {
        let own = self.custom_roles.iter().filter(move |role| role.domain_id.as_ref() == Some(domain));
        HELD.iter().chain(own)
    }

    /// The user, and every group it is in, as holders of roles.
    #[must_use]
    pub fn actors(&self, user: &User) -> Vec<Actor> {
        let groups = self.groups_of(&user.id).map(|group| Actor::Group(group.id.clone()));
        std::iter::once(Actor::User(user.id.clone())).chain(groups).collect()
    }

    /// The enabled projects of the account in which one of the actors has a role.
    #[must_use]
    pub fn projects_of(&self, domain: &DomainId, actors: &[Actor]) -> Vec<Arc<Project>> {
        let mut in_all = false;
        let mut named = HashSet::new();
        for given in actors.iter().flat_map(|actor| self.given_to(actor)) {
            match &given.place {
                _ if self.role(&given.domain_id, given.role_id.as_str()).is_none() => {}
                Place::Domain => {}
                Place::AllProjects => in_all |= given.domain_id == *domain,
                Place::Project(id) => {
                    named.insert(id);
                }
            }
        }
        let reached = |project: &&Arc<Project>| project.enabled && (in_all || named.contains(&project.id));
        if in_all || !named.is_empty() {
            self.projects.of(domain.as_str()).filter(reached).cloned().collect()
        } else {
            Vec::new()
        }
    }

    /// What opens tokens and temporary keys.
    #[must_use]
    pub const fn opening_keys(&self) -> &OpeningKeys {
        self.ring.opening_keys()
    }

    /// Audit ids of what was given back before its time.
    pub fn revoked(&self) -> impl Iterator<Item = AuditId> {
        self.revoked.iter().copied()
    }

    /// Those of [`Self::projects_of`] in which services work.
    #[must_use]
    pub fn working_projects_of(&self, domain: &DomainId, actors: &[Actor]) -> Vec<Arc<Project>> {
        let mut projects = self.projects_of(domain, actors);
        projects.retain(|project| project.require_working().is_ok());
        projects
    }

    pub(crate) fn is_revoked(&self, id: AuditId) -> bool {
        self.revoked.contains(&id)
    }
}

fn holds(assignment: &Assignment, target: &Target) -> bool {
    match (&assignment.place, target) {
        (Place::Domain, Target::Domain(domain)) => assignment.domain_id == domain.id,
        (Place::AllProjects, Target::Project(project)) => assignment.domain_id == project.domain_id,
        (Place::Project(id), Target::Project(project)) => *id == project.id,
        _ => false,
    }
}
