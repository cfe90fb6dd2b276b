//! The first start: one account, one project, one administrator.

use crate::account::{Account, Names};
use crate::{Domain, Error, Identity, Project, User};
use countersign_store::{Scope, list, put, read, write};
use countersign_types::{AccessKeyId, SecretKey};

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
        let password = self.new_password();
        let names = Names { domain: DOMAIN_NAME, region, owner: ADMINISTRATOR_NAME };
        let account = Account::new(self, &names, self.hash_password(&password)?);
        let (access_key, secret_key) = self.new_access_key(&account.owner);
        let administrator = Administrator { password, access_key: access_key.id.clone(), secret_key };
        keep(&account.owner.name, &administrator).map_err(Error::NotKept)?;
        write(self.store.as_ref(), |writer| {
            account.store(writer)?;
            Ok::<_, Error>(put(writer, &access_key)?)
        })?;
        let Account { domain, project, owner: user, .. } = account;
        Ok(Bootstrap { domain, project, user, administrator: Some(administrator) })
    }
}
