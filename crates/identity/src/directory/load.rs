//! From the store to the view.

use super::{Directory, Table};
use crate::role::HELD;
use crate::{
    AccessKey, Actor, Agency, ApplicationCredential, Assignment, CustomPolicy, Domain, Error, Identity,
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
        let (groups_of, members) = load_memberships(reader)?;
        let assignments = Table::load(reader)?;
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
            groups_of,
            members,
            by_actor: by_actor(&assignments),
            assignments,
            roles: HELD.iter().chain(&custom_roles).map(|role| (role.id.clone(), Arc::clone(role))).collect(),
            custom_roles,
            revoked: in_force.filter_map(|revocation| AuditId::parse(&revocation.audit_id)).collect(),
        })
    }

    /// Whether something the view is made of changed since it was loaded.
    pub(crate) fn is_stale(&self, reader: &dyn Reader) -> Result<bool, Error> {
        let changes = reader.changes(self.revision, CHANGES_MAX)?;
        let touched = changes.iter().any(|change| KINDS.contains(&change.address.kind.as_str()));
        Ok(touched || changes.len() >= CHANGES_MAX)
    }
}

/// The groups of each user, and the members of each group.
type Memberships = (HashMap<UserId, Vec<UserGroupId>>, HashMap<UserGroupId, Vec<UserId>>);

fn load_custom_roles(reader: &dyn Reader) -> Result<Vec<Arc<Role>>, Error> {
    let load = |policy: CustomPolicy| {
        let role = policy.to_role();
        role.map(Arc::new).map_err(|source| Error::StoredPolicy { id: policy.id.to_string(), source })
    };
    list::<CustomPolicy>(reader, Scope::All)?.into_iter().map(load).collect()
}

fn load_memberships(reader: &dyn Reader) -> Result<Memberships, Error> {
    let (mut groups_of, mut members) = Memberships::default();
    for Membership { user_id, group_id, .. } in list::<Membership>(reader, Scope::All)? {
        groups_of.entry(user_id.clone()).or_default().push(group_id.clone());
        members.entry(group_id).or_default().push(user_id);
    }
    Ok((groups_of, members))
}

fn by_actor(assignments: &Table<Assignment>) -> HashMap<Actor, Vec<Arc<Assignment>>> {
    let mut by_actor: HashMap<_, Vec<_>> = HashMap::new();
    for assignment in assignments {
        by_actor.entry(assignment.actor.clone()).or_default().push(Arc::clone(assignment));
    }
    by_actor
}
