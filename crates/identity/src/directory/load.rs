//! From the store to the view.

use super::{Directory, Table};
use crate::role::HELD;
use crate::{
    AccessKey, Agency, ApplicationCredential, Assignment, CustomPolicy, Domain, Error, Identity,
    IdentityProvider, MappingRecord, Membership, Project, Revocation, Role, TokenKeyRecord, User, UserGroup,
};
use countersign_store::{Document, Reader, Scope, list};
use countersign_token::AuditId;
use countersign_types::{UserGroupId, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// What the view is made of.
const KINDS: [&str; 14] = [
    Domain::KIND,
    Project::KIND,
    User::KIND,
    UserGroup::KIND,
    Membership::KIND,
    Assignment::KIND,
    Agency::KIND,
    AccessKey::KIND,
    ApplicationCredential::KIND,
    TokenKeyRecord::KIND,
    Revocation::KIND,
    IdentityProvider::KIND,
    MappingRecord::KIND,
    CustomPolicy::KIND,
];
/// How many changes are looked through before the view is simply loaded anew.
const CHANGES_MAX: usize = 256;

impl Directory {
    pub(crate) fn load(identity: &Identity, reader: &dyn Reader) -> Result<Self, Error> {
        let now = (identity.now)();
        let custom_roles = load_custom_roles(reader)?;
        let revocations = list::<Revocation>(reader, Scope::All)?;
        let in_force = revocations.into_iter().filter(|revocation| now < revocation.expires);
        Ok(Self {
            domains: Table::load(reader)?,
            projects: Table::load(reader)?,
            users: Table::load(reader)?,
            groups: Table::load(reader)?,
            agencies: Table::load(reader)?,
            access_keys: Table::load(reader)?,
            identity_providers: Table::load(reader)?,
            mappings: Table::load(reader)?,
            application_credentials: Table::load(reader)?,
            revision: reader.revision()?,
            ring: identity.load_ring(reader)?,
            groups_of: load_memberships(reader)?,
            assignments: load_assignments(reader)?,
            roles: HELD.iter().chain(&custom_roles).map(|role| (role.id.clone(), Arc::clone(role))).collect(),
            custom_roles,
            revoked: in_force.filter_map(|revocation| audit_id(&revocation)).collect(),
        })
    }

    /// Whether something the view is made of changed since it was loaded.
    pub(crate) fn is_stale(&self, reader: &dyn Reader) -> Result<bool, Error> {
        let changes = reader.changes(self.revision, CHANGES_MAX)?;
        let touched = changes.iter().any(|change| KINDS.contains(&change.address.kind.as_str()));
        Ok(touched || changes.len() >= CHANGES_MAX)
    }
}

/// Nothing but [`AuditId`]s is ever stored here.
fn audit_id(revocation: &Revocation) -> Option<AuditId> {
    let mut id = [0; 16];
    hex::decode_to_slice(&revocation.audit_id, &mut id).ok().map(|()| AuditId(id))
}

fn load_custom_roles(reader: &dyn Reader) -> Result<Vec<Arc<Role>>, Error> {
    let load = |policy: CustomPolicy| {
        let role = policy.to_role();
        role.map(Arc::new).map_err(|source| Error::StoredPolicy { id: policy.id.to_string(), source })
    };
    list::<CustomPolicy>(reader, Scope::All)?.into_iter().map(load).collect()
}

fn load_memberships(reader: &dyn Reader) -> Result<HashMap<UserId, Vec<UserGroupId>>, Error> {
    let mut groups_of: HashMap<_, Vec<_>> = HashMap::new();
    for membership in list::<Membership>(reader, Scope::All)? {
        groups_of.entry(membership.user_id).or_default().push(membership.group_id);
    }
    Ok(groups_of)
}

fn load_assignments(reader: &dyn Reader) -> Result<HashMap<crate::Actor, Vec<Arc<Assignment>>>, Error> {
    let mut by_actor: HashMap<_, Vec<_>> = HashMap::new();
    for assignment in list::<Assignment>(reader, Scope::All)? {
        by_actor.entry(assignment.actor.clone()).or_default().push(Arc::new(assignment));
    }
    Ok(by_actor)
}
