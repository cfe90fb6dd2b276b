//! The access keys that authenticate right now, for both planes, replaced as a whole at every commit.

use arc_swap::ArcSwap;
use countersign_api_apig::KeySource;
use countersign_identity::Principal;
use countersign_snapshot::source::AccessKey;
use std::{collections::HashMap, sync::Arc};

type Table = HashMap<String, Arc<countersign_api_apig::Principal>>;

/// What the management API looks keys up in.
#[derive(Default)]
pub(crate) struct Keys(ArcSwap<Table>);

impl Keys {
    /// From now on exactly these authenticate.
    pub(crate) fn replace(&self, principals: &[Principal]) {
        let table = principals
            .iter()
            .map(|principal| (principal.access_key.to_string(), Arc::new(management(principal))));
        self.0.store(Arc::new(table.collect()));
    }
}

impl KeySource for Keys {
    fn find(&self, access_key: &str) -> Option<Arc<countersign_api_apig::Principal>> {
        self.0.load().get(access_key).map(Arc::clone)
    }
}

/// The principal as the management API sees it.
fn management(principal: &Principal) -> countersign_api_apig::Principal {
    countersign_api_apig::Principal {
        key: countersign_verify::Key::new(principal.access_key.clone(), principal.secret_key.clone()),
        security_token: None,
        user_id: principal.user.id.clone(),
        user_name: principal.user.name.clone(),
        domain_id: principal.domain.id.clone(),
        projects: principal.projects.iter().map(|project| project.id.clone()).collect(),
    }
}

/// The principal as the data plane sees it.
pub(crate) fn data_plane(principal: &Principal) -> AccessKey {
    AccessKey {
        key: principal.access_key.clone(),
        secret: principal.secret_key.clone(),
        user_id: principal.user.id.clone(),
        user_name: principal.user.name.clone(),
        domain_id: principal.domain.id.clone(),
        project_ids: principal.projects.iter().map(|project| project.id.clone()).collect(),
    }
}
