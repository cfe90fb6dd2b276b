//! Creating, reading, changing and removing access control policies.

use super::{Acl, Entity, Rule, value};
use crate::context::put_unique;
use crate::validate::{check, is_name};
use crate::{Control, Error, InstanceRef, bindings, quota};
use countersign_store::{Document, Scope, Writer, find};
use countersign_types::AclId;

/// Most policies that one request removes.
const TARGETS_MAX: usize = 1_000;

/// What an access control policy says.
#[derive(Debug, Clone)]
pub struct AclDraft {
    /// Its name.
    pub name: String,
    /// What it means to be on the list: `PERMIT` or `DENY`.
    pub rule: String,
    /// What the list consists of: `IP`, `DOMAIN` or `DOMAIN_ID`.
    pub entity: String,
    /// The list: entries with commas between them.
    pub value: String,
}

/// A policy that a request to remove several could not remove.
#[derive(Debug)]
pub struct StillThere {
    /// Its id as the request named it.
    pub id: AclId,
    /// Its name; empty when there is no such policy.
    pub name: String,
    /// Why.
    pub error: Error,
}

impl AclDraft {
    fn validate(&self) -> Result<(Rule, Entity), Error> {
        check("acl_name", is_name(&self.name))?;
        let rule = Rule::parse(&self.rule).ok_or_else(|| Error::invalid("acl_type"))?;
        let entity = Entity::parse(&self.entity).ok_or_else(|| Error::invalid("entity_type"))?;
        check("acl_value", value::is_list(entity, &self.value))?;
        Ok((rule, entity))
    }
}

/// Stores a policy that is new.
///
/// # Errors
/// A taken name, too many policies.
pub(crate) fn insert(writer: &mut dyn Writer, at: &InstanceRef, acl: &Acl) -> Result<(), Error> {
    let acls = writer.count(Acl::KIND, Scope::One(at.scope()), None)?;
    quota::ACLS.check(acls, Error::acls_exceeded)?;
    put_unique(writer, acl, Error::acl_name_taken)
}

/// Stores what a new policy says under the id of another one.
///
/// # Errors
/// A taken name, another kind of list for a policy that is bound.
pub(crate) fn replace(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    before: &Acl,
    new: Acl,
) -> Result<Acl, Error> {
    if before.entity != new.entity && bindings::count(writer, at, before)? > 0 {
        return Err(Error::acl_in_use());
    }
    let acl = Acl { id: before.id.clone(), ..new };
    put_unique(writer, &acl, Error::acl_name_taken)?;
    Ok(acl)
}

impl Control {
    /// Creates an access control policy.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many policies.
    pub fn create_acl(&self, at: &InstanceRef, draft: &AclDraft) -> Result<Acl, Error> {
        let acl = self.new_acl(at, draft)?;
        self.write(|writer| {
            at.resolve(writer)?;
            insert(writer, at, &acl)
        })?;
        Ok(acl)
    }

    /// The policy that a draft makes; it is stored nowhere yet.
    ///
    /// # Errors
    /// Unacceptable values.
    pub(crate) fn new_acl(&self, at: &InstanceRef, draft: &AclDraft) -> Result<Acl, Error> {
        let (rule, entity) = draft.validate()?;
        Ok(Acl {
            id: self.new_id(),
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            rule,
            entity,
            value: draft.value.clone(),
            updated: (self.now)(),
        })
    }

    /// One access control policy.
    ///
    /// # Errors
    /// Unknown gateway or policy.
    pub fn acl(&self, at: &InstanceRef, id: &AclId) -> Result<Acl, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            bindings::require(reader, at, id)
        })
    }

    /// Changes an access control policy; where it is bound, that acts at once.
    ///
    /// # Errors
    /// Unknown gateway or policy, unacceptable values, a taken name, another kind of list for a policy that is bound:
    /// there it may meet another one of that kind.
    pub fn update_acl(&self, at: &InstanceRef, id: &AclId, draft: &AclDraft) -> Result<Acl, Error> {
        let new = self.new_acl(at, draft)?;
        self.write(|writer| {
            at.resolve(writer)?;
            let acl: Acl = bindings::require(writer, at, id)?;
            replace(writer, at, &acl, new.clone())
        })
    }

    /// Removes an access control policy that is bound nowhere.
    ///
    /// # Errors
    /// Unknown gateway or policy, a policy that is bound.
    pub fn delete_acl(&self, at: &InstanceRef, id: &AclId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            delete(writer, at, id)
        })
    }

    /// Removes several access control policies, each for itself; the answer is those that it could not remove.
    ///
    /// # Errors
    /// Unknown gateway; no policy or too many.
    pub fn delete_acls(&self, at: &InstanceRef, ids: &[AclId]) -> Result<Vec<StillThere>, Error> {
        check("acls", (1..=TARGETS_MAX).contains(&ids.len()))?;
        self.write(|writer| {
            at.resolve(writer)?;
            let mut left = Vec::new();
            for id in ids {
                match delete(writer, at, id) {
                    Ok(()) => {}
                    Err(error @ Error::Refused { .. }) => {
                        let acl: Option<Acl> = find(writer, at.scope(), id.as_str())?;
                        let name = acl.map(|acl| acl.name).unwrap_or_default();
                        left.push(StillThere { id: id.clone(), name, error });
                    }
                    Err(fault) => return Err(fault),
                }
            }
            Ok(left)
        })
    }
}

fn delete(writer: &mut dyn Writer, at: &InstanceRef, id: &AclId) -> Result<(), Error> {
    let acl: Acl = bindings::require(writer, at, id)?;
    if bindings::count(writer, at, &acl)? > 0 {
        return Err(Error::acl_in_use());
    }
    writer.delete(Acl::KIND, at.scope(), acl.id.as_str())?;
    Ok(())
}
