//! A new account: what it needs so that somebody can administer it.

use crate::role::ADMINISTRATORS;
use crate::{
    Actor, Assignment, BuiltIn, Domain, Error, Identity, Membership, Place, Profile, Project, ProjectStatus,
    User, UserAccess, UserGroup,
};
use countersign_store::{Writer, put};
use countersign_types::{DomainId, ProjectId, UserGroupId, UserId};

const ADMINISTRATORS_NAME: &str = "admin";

/// An account with its project of the region, its owner, and the group that administers it.
pub(crate) struct Account {
    pub(crate) domain: Domain,
    pub(crate) project: Project,
    pub(crate) owner: User,
    administrators: UserGroup,
}

/// What the parts of an account are called.
pub(crate) struct Names<'a> {
    pub(crate) domain: &'a str,
    /// Its first project is named like the region.
    pub(crate) region: &'a str,
    pub(crate) owner: &'a str,
}

impl Account {
    /// The records; nothing is stored.
    pub(crate) fn new(identity: &Identity, names: &Names<'_>, password_hash: String) -> Self {
        let created = (identity.now)();
        let owner_id = UserId::parse(&identity.new_id()).expect("hex digits are an identifier");
        let domain = Domain {
            id: DomainId::parse(&identity.new_id()).expect("hex digits are an identifier"),
            name: names.domain.to_owned(),
            enabled: true,
            owner_id: Some(owner_id.clone()),
            description: String::new(),
            created,
        };
        let project = Project {
            id: ProjectId::parse(&identity.new_id()).expect("hex digits are an identifier"),
            domain_id: domain.id.clone(),
            name: names.region.to_owned(),
            enabled: true,
            status: ProjectStatus::Normal,
            description: String::new(),
            parent_id: None,
            created,
        };
        let owner = User {
            id: owner_id,
            domain_id: domain.id.clone(),
            name: names.owner.to_owned(),
            password_hash,
            enabled: true,
            access_mode: UserAccess::Default,
            profile: Profile { password_set: Some(created), ..Profile::default() },
            description: String::new(),
            epoch: 0,
            federated: None,
            created,
        };
        let administrators = UserGroup {
            id: UserGroupId::parse(&identity.new_id()).expect("hex digits are an identifier"),
            domain_id: domain.id.clone(),
            name: ADMINISTRATORS_NAME.to_owned(),
            description: String::new(),
            created,
        };
        Self { domain, project, owner, administrators }
    }

    /// Stores them; the group gets every administrative role for the account and for all its projects.
    pub(crate) fn store(&self, writer: &mut dyn Writer) -> Result<(), Error> {
        let Self { domain, project, owner, administrators } = self;
        put(writer, domain)?;
        put(writer, project)?;
        put(writer, owner)?;
        put(writer, administrators)?;
        put(writer, &Membership::new(domain.id.clone(), administrators.id.clone(), owner.id.clone()))?;
        for role in ADMINISTRATORS.iter().filter_map(|name| BuiltIn::find_by_name(name)) {
            for place in [Place::Domain, Place::AllProjects] {
                let actor = Actor::Group(administrators.id.clone());
                put(writer, &Assignment::new(domain.id.clone(), actor, place, role.role_id()))?;
            }
        }
        Ok(())
    }
}
