//! Rules that people of identity providers log in by.

use super::get;
use crate::{Caller, Error, Live, MappingRecord};
use countersign_oidc::Mapping;
use countersign_store::{Document, delete, find, put, write};
use countersign_types::MappingId;
use serde_json::Value;

impl Live {
    /// Creates rules.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NameTaken`], or a fault.
    pub fn create_mapping(
        &self,
        caller: &Caller,
        id: MappingId,
        rules: Value,
    ) -> Result<MappingRecord, Error> {
        caller.require_for_identity_provider("createMapping", "*")?;
        check(&rules)?;
        let mapping = MappingRecord { id, domain_id: caller.domain.id.clone(), rules };
        write(self.identity.store.as_ref(), |writer| {
            if find::<MappingRecord>(writer, mapping.scope(), mapping.id.as_str())?.is_some() {
                return Err(Error::NameTaken(mapping.id.to_string()));
            }
            Ok(put(writer, &mapping)?)
        })?;
        Ok(mapping)
    }

    /// Replaces rules; they count from the next login on.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::Invalid`], [`Error::NotFound`], or a fault.
    pub fn update_mapping(&self, caller: &Caller, id: &str, rules: &Value) -> Result<MappingRecord, Error> {
        caller.require_for_identity_provider("updateMapping", "*")?;
        check(rules)?;
        write(self.identity.store.as_ref(), |writer| {
            let mapping: MappingRecord = get(writer, caller, "mapping", id)?;
            let mapping = MappingRecord { rules: rules.clone(), ..mapping };
            put(writer, &mapping)?;
            Ok(mapping)
        })
    }

    /// Deletes rules; nobody logs in by a protocol that still names them.
    ///
    /// # Errors
    /// [`Error::Forbidden`], [`Error::NotFound`], or a fault.
    pub fn delete_mapping(&self, caller: &Caller, id: &str) -> Result<(), Error> {
        caller.require_for_identity_provider("deleteMapping", "*")?;
        write(self.identity.store.as_ref(), |writer| {
            let mapping: MappingRecord = get(writer, caller, "mapping", id)?;
            delete::<MappingRecord>(writer, mapping.scope(), id)?;
            Ok(())
        })
    }
}

fn check(rules: &Value) -> Result<(), Error> {
    let read = Mapping::parse(rules);
    read.map(drop).map_err(|invalid| Error::Invalid { field: "mapping.rules", reason: invalid.0 })
}
