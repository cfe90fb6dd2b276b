//! Creating, reading, changing and removing authorizers.

use super::{Authorizer, AuthorizerDraft, rules};
use crate::compile::check_authorizer;
use crate::context::put_unique;
use crate::publish::Publication;
use crate::{Api, Control, Error, Filter, InstanceRef, Page, Paging, links, quota};
use countersign_store::{Document, Reader, Scope, list};
use countersign_types::AuthorizerId;

/// Which authorizers a list shows.
#[derive(Debug, Clone, Default)]
pub struct AuthorizerFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
    /// On the side.
    pub side: Filter,
}

/// Finds the authorizer in the transaction of a use-case.
///
/// # Errors
/// `APIG.3081` when the gateway has no such authorizer.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &AuthorizerId) -> Result<Authorizer, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::authorizer_not_found(id))
}

impl Control {
    /// Creates an authorizer.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a function that the installation does not have, a taken name, too many
    /// authorizers.
    pub fn create_authorizer(&self, at: &InstanceRef, draft: AuthorizerDraft) -> Result<Authorizer, Error> {
        let id = self.new_id();
        let authorizer = Authorizer { id, instance_id: at.id.clone(), draft, created: (self.now)() };
        self.check(&authorizer)?;
        self.write(|writer| {
            at.resolve(writer)?;
            let authorizers = writer.count(Authorizer::KIND, Scope::One(at.scope()), None)?;
            quota::AUTHORIZERS.check(authorizers, Error::authorizers_exceeded)?;
            put_unique(writer, &authorizer, Error::authorizer_name_taken)
        })?;
        Ok(authorizer)
    }

    /// One authorizer.
    ///
    /// # Errors
    /// Unknown gateway or authorizer.
    pub fn authorizer(&self, at: &InstanceRef, id: &AuthorizerId) -> Result<Authorizer, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })
    }

    /// A page of the authorizers, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_authorizers(
        &self,
        at: &InstanceRef,
        filter: &AuthorizerFilter,
        paging: Paging,
    ) -> Result<Page<Authorizer>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut authorizers: Vec<Authorizer> = list(reader, Scope::One(at.scope()))?;
            authorizers.retain(|authorizer| {
                filter.id.passes(authorizer.id.as_str())
                    && filter.name.passes(&authorizer.draft.name)
                    && filter.side.passes(authorizer.draft.side.as_str())
            });
            Ok(paging.cut(authorizers))
        })
    }

    /// Replaces the settings. They act at once, and what was remembered under the old ones is forgotten.
    ///
    /// # Errors
    /// Unknown gateway or authorizer, unacceptable values, a function that the installation does not have, a taken
    /// name, another side while APIs use it.
    pub fn update_authorizer(
        &self,
        at: &InstanceRef,
        id: &AuthorizerId,
        draft: &AuthorizerDraft,
    ) -> Result<Authorizer, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let before = require(writer, at, id)?;
            if before.draft.side != draft.side && is_used(writer, at, id)? {
                return Err(Error::parameters("type cannot change while APIs use the authorizer"));
            }
            let authorizer = Authorizer { draft: draft.clone(), ..before };
            self.check(&authorizer)?;
            put_unique(writer, &authorizer, Error::authorizer_name_taken)?;
            Ok(authorizer)
        })
    }

    /// Removes an authorizer that no API uses.
    ///
    /// # Errors
    /// Unknown gateway or authorizer, one that a draft or a published version uses.
    pub fn delete_authorizer(&self, at: &InstanceRef, id: &AuthorizerId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            require(writer, at, id)?;
            if is_used(writer, at, id)? {
                return Err(Error::authorizer_in_use(id));
            }
            writer.delete(Authorizer::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }

    fn check(&self, authorizer: &Authorizer) -> Result<(), Error> {
        rules::check_draft(&authorizer.draft, &self.functions)?;
        check_authorizer(authorizer, &self.functions)
    }
}

/// Whether a draft or what serves asks it.
fn is_used(reader: &dyn Reader, at: &InstanceRef, id: &AuthorizerId) -> Result<bool, Error> {
    let used = |kind| links::is_used(reader, kind, at.scope(), links::AUTHORIZER, id.as_str());
    Ok(used(Api::KIND)? || used(Publication::KIND)?)
}
