//! Access keys and the principals they stand for.

use crate::manage::require_native;
use crate::uses::forget;
use crate::{AccessKey, Domain, Error, Identity, User, UserAccess};
use countersign_store::{Document, Reader, Scope, Writer, delete, find, list, list_linked, put, read, write};
use countersign_types::{AccessKeyId, SecretKey};
use std::collections::HashMap;

/// Most access keys of one user.
const ACCESS_KEYS_MAX: usize = 2;

/// Who a usable access key stands for: key, user and account are all enabled, and the user may sign.
#[derive(Debug, Clone)]
pub struct Principal {
    /// AK.
    pub access_key: AccessKeyId,
    /// SK, opened.
    pub secret_key: SecretKey,
    /// The user.
    pub user: User,
    /// The user's account.
    pub domain: Domain,
}

impl Identity {
    /// Every access key that authenticates right now.
    ///
    /// # Errors
    /// [`Error::Sealed`] when a secret does not open, or a store fault.
    pub fn access_keys(&self) -> Result<Vec<Principal>, Error> {
        read(self.store.as_ref(), |reader| self.principals(reader))
    }

    /// Creates a key pair for the user; the secret is returned here and never again.
    ///
    /// # Errors
    /// [`Error::AccessKeyLimit`], or a store fault.
    pub fn create_access_key(&self, user: &User, description: &str) -> Result<(AccessKey, SecretKey), Error> {
        require_native(user)?;
        let (record, secret) = self.new_access_key(user);
        let record = AccessKey { description: description.to_owned(), ..record };
        write(self.store.as_ref(), |writer| {
            let held: Vec<AccessKey> = list_linked(writer, Scope::All, &record.owner())?;
            if held.len() >= ACCESS_KEYS_MAX {
                return Err(Error::AccessKeyLimit { max: ACCESS_KEYS_MAX });
            }
            Ok(put(writer, &record)?)
        })?;
        Ok((record, secret))
    }

    /// Replaces status and description of a key. Whatever was issued to the user becomes invalid with a change of the
    /// status.
    ///
    /// # Errors
    /// [`Error::NotFound`], or a store fault.
    pub fn update_access_key(
        &self,
        id: &AccessKeyId,
        active: Option<bool>,
        description: Option<&str>,
    ) -> Result<AccessKey, Error> {
        write(self.store.as_ref(), |writer| {
            let mut key = find_key(writer, id)?;
            if let Some(description) = description {
                description.clone_into(&mut key.description);
            }
            if let Some(active) = active.filter(|active| *active != key.active) {
                key.active = active;
                advance_epoch(writer, &key)?;
            }
            put(writer, &key)?;
            Ok(key)
        })
    }

    /// Deletes a key, and with it whatever was issued to its user.
    ///
    /// # Errors
    /// [`Error::NotFound`], or a store fault.
    pub fn delete_access_key(&self, id: &AccessKeyId) -> Result<(), Error> {
        write(self.store.as_ref(), |writer| {
            let key = find_key(writer, id)?;
            advance_epoch(writer, &key)?;
            delete::<AccessKey>(writer, key.scope(), key.id.as_str())?;
            forget::<AccessKey>(writer, key.id.as_str())
        })
    }

    pub(crate) fn new_access_key(&self, user: &User) -> (AccessKey, SecretKey) {
        let id = self.new_access_key_id();
        let secret = self.new_secret_key();
        let record = AccessKey {
            sealed_secret: self.vault.seal(&AccessKey::context(&id, &user.id), secret.expose()),
            id,
            user_id: user.id.clone(),
            domain_id: user.domain_id.clone(),
            active: true,
            description: String::new(),
            created: (self.now)(),
        };
        (record, secret)
    }

    fn principals(&self, reader: &dyn Reader) -> Result<Vec<Principal>, Error> {
        let domains: HashMap<_, _> = list::<Domain>(reader, Scope::All)?
            .into_iter()
            .filter(|domain| domain.enabled)
            .map(|domain| (domain.id.clone(), domain))
            .collect();
        let mut principals = Vec::new();
        for key in list::<AccessKey>(reader, Scope::All)?.into_iter().filter(|key| key.active) {
            let Some(domain) = domains.get(&key.domain_id) else { continue };
            let user = find::<User>(reader, key.domain_id.as_str(), key.user_id.as_str())?;
            let is_usable = |user: &User| user.enabled && user.access_mode != UserAccess::Console;
            let Some(user) = user.filter(is_usable) else { continue };
            let secret_key = self.open(&key)?;
            principals.push(Principal { access_key: key.id, secret_key, user, domain: domain.clone() });
        }
        Ok(principals)
    }

    pub(crate) fn open(&self, key: &AccessKey) -> Result<SecretKey, Error> {
        let context = AccessKey::context(&key.id, &key.user_id);
        let opened = self.vault.open(&context, &key.sealed_secret);
        opened.map(SecretKey::new).map_err(|source| Error::Sealed { access_key: key.id.to_string(), source })
    }
}

fn find_key(reader: &dyn Reader, id: &AccessKeyId) -> Result<AccessKey, Error> {
    let key = find::<AccessKey>(reader, "", id.as_str())?;
    key.ok_or_else(|| Error::NotFound { kind: "credential", id: id.to_string() })
}

fn advance_epoch(writer: &mut dyn Writer, key: &AccessKey) -> Result<(), Error> {
    if let Some(user) = find::<User>(writer, key.domain_id.as_str(), key.user_id.as_str())? {
        put(writer, &User { epoch: user.epoch + 1, ..user })?;
    }
    Ok(())
}
