//! The first start: one account, one project, one administrator.

use crate::role::ADMINISTRATORS;
use crate::{
    AccessKey, Actor, Assignment, BuiltIn, Domain, Error, Identity, Membership, Place, Profile, Project,
    ProjectStatus, User, UserAccess, UserGroup,
};
use countersign_store::{Scope, Writer, list, put, read, write};
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, UserGroupId, UserId};

/// What the first start found or made.
#[derive(Debug, Clone)]
pub struct Bootstrap {
    /// The account.
    pub domain: Domain,
    /// Its project, named like the region.
    pub project: Project,
    /// The administrator.
    pub user: User,
    /// Present only when this call created everything.
    pub administrator: Option<Administrator>,
}

/// The administrator's credentials, known only at creation.
#[derive(Debug, Clone)]
pub struct Administrator {
    /// A random password.
    pub password: SecretKey,
    /// AK.
    pub access_key: AccessKeyId,
    /// SK.
    pub secret_key: SecretKey,
}

/// Writes down a new administrator's name and credentials.
pub type Keep<'a> = &'a dyn Fn(&str, &Administrator) -> std::io::Result<()>;

const DOMAIN_NAME: &str = "countersign";
const ADMINISTRATOR_NAME: &str = "admin";
const ADMINISTRATORS_NAME: &str = "admin";

impl Identity {
    /// Creates account, project (named `region`) and administrator, unless an account exists already.
    ///
    /// `keep` receives the administrator's name and credentials before anything is stored: a crash in between leaves
    /// an installation that was not bootstrapped, never one whose credentials nobody knows.
    ///
    /// # Errors
    /// What `keep` returns as [`Error::NotKept`], a store fault, or [`Error::Password`].
    pub fn bootstrap(&self, region: &str, keep: Keep<'_>) -> Result<Bootstrap, Error> {
        match self.find_bootstrapped()? {
            Some(found) => Ok(found),
            None => self.create(region, keep),
        }
    }

    fn find_bootstrapped(&self) -> Result<Option<Bootstrap>, Error> {
        read(self.store.as_ref(), |reader| {
            let first = list::<Domain>(reader, Scope::All)?.into_iter().next();
            let Some(domain) = first else { return Ok(None) };
            let project = list::<Project>(reader, Scope::One(domain.id.as_str()))?.into_iter().next();
            let user = list::<User>(reader, Scope::One(domain.id.as_str()))?.into_iter().next();
            let (Some(project), Some(user)) = (project, user) else { return Ok(None) };
            Ok(Some(Bootstrap { domain, project, user, administrator: None }))
        })
    }

    fn create(&self, region: &str, keep: Keep<'_>) -> Result<Bootstrap, Error> {
        let created = (self.now)();
        let user_id = UserId::parse(&self.new_id()).expect("hex digits are an identifier");
        let domain = Domain {
            id: DomainId::parse(&self.new_id()).expect("hex digits are an identifier"),
            name: DOMAIN_NAME.to_owned(),
            enabled: true,
            owner_id: Some(user_id.clone()),
            description: String::new(),
            created,
        };
        let project = Project {
            id: ProjectId::parse(&self.new_id()).expect("hex digits are an identifier"),
            domain_id: domain.id.clone(),
            name: region.to_owned(),
            enabled: true,
            status: ProjectStatus::Normal,
            description: String::new(),
            parent_id: None,
            created,
        };
        let password = self.new_password();
        let user = User {
            id: user_id,
            domain_id: domain.id.clone(),
            name: ADMINISTRATOR_NAME.to_owned(),
            password_hash: self.hash_password(&password)?,
            enabled: true,
            access_mode: UserAccess::Default,
            profile: Profile { password_set: Some(created), ..Profile::default() },
            description: String::new(),
            epoch: 0,
            federated: None,
            created,
        };
        let (access_key, secret_key) = self.new_access_key(&user);
        let administrator = Administrator { password, access_key: access_key.id.clone(), secret_key };
        keep(&user.name, &administrator).map_err(Error::NotKept)?;
        self.store_all(&domain, &project, &user, &access_key)?;
        Ok(Bootstrap { domain, project, user, administrator: Some(administrator) })
    }

    fn store_all(
        &self,
        domain: &Domain,
        project: &Project,
        user: &User,
        access_key: &AccessKey,
    ) -> Result<(), Error> {
        let group = UserGroup {
            id: UserGroupId::parse(&self.new_id()).expect("hex digits are an identifier"),
            domain_id: domain.id.clone(),
            name: ADMINISTRATORS_NAME.to_owned(),
            description: String::new(),
            created: domain.created,
        };
        write(self.store.as_ref(), |writer| {
            put(writer, domain)?;
            put(writer, project)?;
            put(writer, user)?;
            put(writer, access_key)?;
            put(writer, &group)?;
            put(writer, &Membership::new(domain.id.clone(), group.id.clone(), user.id.clone()))?;
            make_administrators(writer, &group)
        })
    }
}

/// Gives the group every administrative role for the account and for all its projects.
fn make_administrators(writer: &mut dyn Writer, group: &UserGroup) -> Result<(), Error> {
    for role in ADMINISTRATORS.iter().filter_map(|name| BuiltIn::find_by_name(name)) {
        for place in [Place::Domain, Place::AllProjects] {
            let actor = Actor::Group(group.id.clone());
            put(writer, &Assignment::new(group.domain_id.clone(), actor, place, role.role_id()))?;
        }
    }
    Ok(())
}
