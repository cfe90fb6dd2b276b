//! Listing access control policies.

use super::Acl;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, bindings};
use countersign_store::{Scope, list};

/// Which access control policies a list shows.
#[derive(Debug, Clone, Default)]
pub struct AclFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
    /// On what it means to be on the list.
    pub rule: Filter,
    /// On what the list consists of.
    pub entity: Filter,
}

/// An entry of the list of access control policies.
#[derive(Debug, Clone)]
pub struct ListedAcl {
    /// The policy.
    pub acl: Acl,
    /// To how many publications it is bound.
    pub bindings: usize,
}

impl AclFilter {
    fn passes(&self, acl: &Acl) -> bool {
        self.id.passes(acl.id.as_str())
            && self.name.passes(&acl.name)
            && self.rule.passes(acl.rule.as_str())
            && self.entity.passes(acl.entity.as_str())
    }
}

impl Control {
    /// A page of the access control policies, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_acls(
        &self,
        at: &InstanceRef,
        filter: &AclFilter,
        paging: Paging,
    ) -> Result<Page<ListedAcl>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut acls: Vec<Acl> = list(reader, Scope::One(at.scope()))?;
            acls.retain(|acl| filter.passes(acl));
            let Page { total, items } = paging.cut(acls);
            let listed = |acl: Acl| Ok(ListedAcl { bindings: bindings::count(reader, at, &acl)?, acl });
            Ok(Page { total, items: items.into_iter().map(listed).collect::<Result<_, Error>>()? })
        })
    }
}
