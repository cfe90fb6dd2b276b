//! Accounts. The operator of the installation opens them: whoever administers the account of the first start.

use super::{check_description, check_name};
use crate::account::{Account, Names};
use crate::{Caller, Domain, Error, Live, User};
use countersign_store::write;
use countersign_types::SecretKey;

/// What to set.
#[derive(Default)]
pub struct DomainDraft {
    /// Unique in the installation.
    pub name: Option<String>,
    /// Whether anything of it authenticates.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
}

/// A new account.
pub struct NewDomain {
    /// The account.
    pub domain: Domain,
    /// Its owner, who administers it.
    pub owner: User,
    /// The owner's password, known only now.
    pub password: SecretKey,
}

impl Live {
    /// Opens an account, with a project named like the region and an owner named like the account.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Forbidden`] for every account but the operator's, [`Error::Invalid`],
    /// [`Error::NameTaken`], [`Error::Busy`], or a fault.
    pub fn create_domain(
        &self,
        caller: &Caller,
        region: &str,
        draft: &DomainDraft,
    ) -> Result<NewDomain, Error> {
        caller.require_permanent()?;
        caller.require("iam:domains:createDomain", &caller.resource("domain", "*"))?;
        let directory = self.directory()?;
        if directory.domains.iter().next().is_none_or(|operator| operator.id != caller.domain.id) {
            return Err(Error::Forbidden);
        }
        let name = draft.name.as_deref().ok_or(Error::Invalid { field: "name", reason: "a name" })?;
        check_name(name)?;
        let description = draft.description.clone().unwrap_or_default();
        check_description(&description)?;
        let password = self.identity.new_password();
        let hash = self.hash(&password)?;
        let mut account = Account::new(&self.identity, &Names { domain: name, region, owner: name }, hash);
        account.domain.description = description;
        account.domain.enabled = draft.enabled.unwrap_or(true);
        write(self.identity.store.as_ref(), |writer| account.store(writer))?;
        let Account { domain, owner, .. } = account;
        Ok(NewDomain { domain, owner, password })
    }
}
