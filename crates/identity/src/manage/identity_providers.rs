//! Identity providers of the caller's account, and the protocol that their people log in by.

use super::check_description;
use super::users::remove_user;
use crate::{Caller, Directory, Error, Federated, IdentityProvider, Live, MappingRecord, User};
use countersign_store::{Reader, Scope, delete, find, find_by_name, list_linked, put, write};
use countersign_types::{IdentityProviderId, MappingId};

/// The only protocol: OpenID Connect.
pub const OIDC: &str = "oidc";

/// What to set; everything else stays.
#[derive(Default)]
pub struct IdentityProviderDraft {
    /// Whether its people log in.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
}

impl Caller {
    /// Asks for an action on an identity provider of the caller's account; `*` stands for all of them.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require_for_identity_provider(&self, operation: &str, id: &str) -> Result<(), Error> {
        let action = format!("iam:identityProviders:{operation}");
        self.require(&action, &self.resource("identityProvider", id))
    }
}

impl Directory {
    /// The identity provider, when it is one of the caller's account.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub fn identity_provider_of(&self, caller: &Caller, id: &str) -> Result<&IdentityProvider, Error> {
        let found =
            self.identity_providers.find(id).filter(|provider| provider.domain_id == caller.domain.id);
        found.map(AsRef::as_ref).ok_or_else(|| not_found(id))
    }
}

impl Live {
    /// Creates an identity provider that nobody logs in by yet.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NameTaken`] when any account has one of this id, or a fault.
    pub fn create_identity_provider(
        &self,
        caller: &Caller,
        id: IdentityProviderId,
        draft: &IdentityProviderDraft,
    ) -> Result<IdentityProvider, Error> {
        caller.require_for_identity_provider("createIdentityProvider", id.as_str())?;
        let provider = IdentityProvider {
            id,
            domain_id: caller.domain.id.clone(),
            description: String::new(),
            enabled: true,
            mapping_id: None,
            oidc: None,
            created: self.now(),
        };
        let provider = apply(provider, draft)?;
        write(self.identity.store.as_ref(), |writer| {
            if find::<IdentityProvider>(writer, "", provider.id.as_str())?.is_some() {
                return Err(Error::NameTaken(provider.id.to_string()));
            }
            Ok(put(writer, &provider)?)
        })?;
        Ok(provider)
    }

    /// Changes an identity provider. Disabling it ends everything issued to its people.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NotFound`], or a fault.
    pub fn update_identity_provider(
        &self,
        caller: &Caller,
        id: &str,
        draft: &IdentityProviderDraft,
    ) -> Result<IdentityProvider, Error> {
        caller.require_for_identity_provider("updateIdentityProvider", id)?;
        write(self.identity.store.as_ref(), |writer| {
            let provider = apply(get_identity_provider(writer, caller, id)?, draft)?;
            if !provider.enabled {
                for user in list_linked::<User>(writer, Scope::All, &Federated::link(&provider.id))? {
                    put(writer, &User { epoch: user.epoch + 1, ..user })?;
                }
            }
            put(writer, &provider)?;
            Ok(provider)
        })
    }

    /// Deletes an identity provider with its users and everything issued to them.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], or a fault.
    pub fn delete_identity_provider(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require_for_identity_provider("deleteIdentityProvider", id)?;
        write(self.identity.store.as_ref(), |writer| {
            let provider = get_identity_provider(writer, caller, id)?;
            for user in list_linked::<User>(writer, Scope::All, &Federated::link(&provider.id))? {
                remove_user(writer, &user)?;
            }
            delete::<IdentityProvider>(writer, "", id)?;
            Ok(())
        })
    }

    /// Registers the protocol `oidc` with the rules that people log in by.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`] for the provider or the rules, [`Error::NameTaken`] when it is
    /// registered, or a fault.
    pub fn register_protocol(&self, caller: &Caller, id: &str, mapping: &MappingId) -> Result<(), Error> {
        caller.require_for_identity_provider("createProtocol", id)?;
        self.set_protocol(caller, id, Some(mapping), |current| match current {
            None => Ok(()),
            Some(_) => Err(Error::NameTaken(OIDC.to_owned())),
        })
    }

    /// Replaces the rules of the protocol `oidc`; they count from the next login on.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`] for provider, protocol or rules, or a fault.
    pub fn replace_protocol(&self, caller: &Caller, id: &str, mapping: &MappingId) -> Result<(), Error> {
        caller.require_for_identity_provider("updateProtocol", id)?;
        self.set_protocol(caller, id, Some(mapping), require_registered)
    }

    /// Removes the protocol `oidc`: nobody logs in from now on.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], or a fault.
    pub fn remove_protocol(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require_for_identity_provider("deleteProtocol", id)?;
        self.set_protocol(caller, id, None, require_registered)
    }

    fn set_protocol(
        &self,
        caller: &Caller,
        id: &str,
        mapping: Option<&MappingId>,
        check: fn(Option<&MappingId>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        write(self.identity.store.as_ref(), |writer| {
            let provider = get_identity_provider(writer, caller, id)?;
            check(provider.mapping_id.as_ref())?;
            if let Some(mapping) = mapping {
                let found =
                    find_by_name::<MappingRecord>(writer, caller.domain.id.as_str(), mapping.as_str())?;
                found.ok_or_else(|| Error::NotFound { kind: "mapping", id: mapping.to_string() })?;
            }
            Ok(put(writer, &IdentityProvider { mapping_id: mapping.cloned(), ..provider })?)
        })
    }
}

/// The identity provider, when it is one of the caller's account.
pub(super) fn get_identity_provider(
    reader: &dyn Reader,
    caller: &Caller,
    id: &str,
) -> Result<IdentityProvider, Error> {
    let found = find::<IdentityProvider>(reader, "", id)?;
    let own = found.filter(|provider| provider.domain_id == caller.domain.id);
    own.ok_or_else(|| not_found(id))
}

fn not_found(id: &str) -> Error {
    Error::NotFound { kind: "identity provider", id: id.to_owned() }
}

fn require_registered(mapping: Option<&MappingId>) -> Result<(), Error> {
    mapping.map(drop).ok_or_else(|| Error::NotFound { kind: "protocol", id: OIDC.to_owned() })
}

fn apply(mut provider: IdentityProvider, draft: &IdentityProviderDraft) -> Result<IdentityProvider, Error> {
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut provider.description);
    }
    provider.enabled = draft.enabled.unwrap_or(provider.enabled);
    Ok(provider)
}
