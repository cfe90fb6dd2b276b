//! The access keys that authenticate right now, for both planes, replaced as a whole at every commit.

use arc_swap::ArcSwap;
use countersign_api_apig::KeySource;
use countersign_identity::{Directory, Principal, Target};
use countersign_snapshot::source::AccessKey;
use countersign_types::ProjectId;
use std::{collections::HashMap, sync::Arc};

type Table = HashMap<String, Arc<countersign_api_apig::Principal>>;

/// What the management API looks keys up in.
#[derive(Default)]
pub(crate) struct Keys(ArcSwap<Table>);

impl Keys {
    /// From now on exactly these authenticate.
    pub(crate) fn replace(&self, principals: &[Principal], directory: &Directory) {
        let entry = |principal: &Principal| {
            (principal.access_key.to_string(), Arc::new(management(principal, directory)))
        };
        self.0.store(Arc::new(principals.iter().map(entry).collect()));
    }
}

impl KeySource for Keys {
    fn find(&self, access_key: &str) -> Option<Arc<countersign_api_apig::Principal>> {
        self.0.load().get(access_key).map(Arc::clone)
    }
}

/// The principal as the management API sees it: it may act where its user administers gateways.
fn management(principal: &Principal, directory: &Directory) -> countersign_api_apig::Principal {
    countersign_api_apig::Principal {
        key: countersign_verify::Key::new(principal.access_key.clone(), principal.secret_key.clone()),
        security_token: None,
        user_id: principal.user.id.clone(),
        user_name: principal.user.name.clone(),
        domain_id: principal.domain.id.clone(),
        projects: administered_projects(principal, directory),
    }
}

fn administered_projects(principal: &Principal, directory: &Directory) -> Vec<ProjectId> {
    let actors = directory.actors(&principal.user);
    let mut projects = directory.projects_of(&principal.domain.id, &actors);
    projects.retain(|project| {
        let roles = directory.roles(&actors, &Target::Project(Arc::clone(project)));
        roles.iter().any(|role| role.administers_gateways())
    });
    projects.iter().map(|project| project.id.clone()).collect()
}

/// The principal as the data plane sees it: it may name any project in which its user has a role.
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
