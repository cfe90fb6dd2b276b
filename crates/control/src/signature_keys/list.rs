//! Listing signature keys.

use super::{OpenSignatureKey, SignatureKey};
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, bindings};
use countersign_store::{Scope, list};

/// Which signature keys a list shows.
#[derive(Debug, Clone, Default)]
pub struct KeyFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
}

impl KeyFilter {
    fn passes(&self, key: &SignatureKey) -> bool {
        self.id.passes(key.id.as_str()) && self.name.passes(&key.name)
    }
}

/// An entry of the list of signature keys.
#[derive(Debug, Clone)]
pub struct ListedKey {
    /// The key and its secret.
    pub open: OpenSignatureKey,
    /// How many publications it is bound to.
    pub bindings: usize,
}

impl Control {
    /// A page of the signature keys, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_signature_keys(
        &self,
        at: &InstanceRef,
        filter: &KeyFilter,
        paging: Paging,
    ) -> Result<Page<ListedKey>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut keys: Vec<SignatureKey> = list(reader, Scope::One(at.scope()))?;
            keys.retain(|key| filter.passes(key));
            let Page { total, items } = paging.cut(keys);
            let listed = items.into_iter().map(|key| {
                let bindings = bindings::count(reader, at, &key)?;
                Ok(ListedKey { open: self.open_signature_key(key)?, bindings })
            });
            Ok(Page { total, items: listed.collect::<Result<_, Error>>()? })
        })
    }
}
