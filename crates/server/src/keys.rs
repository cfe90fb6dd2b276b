//! Access keys as the data plane sees them.

use countersign_identity::{Directory, Principal};
use countersign_snapshot::source::AccessKey;

/// It may name any project in which its user has a role.
pub(crate) fn data_plane(principal: &Principal, directory: &Directory) -> AccessKey {
    let projects = directory.projects_of(&principal.domain.id, &directory.actors(&principal.user));
    AccessKey {
        key: principal.access_key.clone(),
        secret: principal.secret_key.clone(),
        user_id: principal.user.id.clone(),
        user_name: principal.user.name.clone(),
        domain_id: principal.domain.id.clone(),
        project_ids: projects.iter().map(|project| project.id.clone()).collect(),
    }
}
