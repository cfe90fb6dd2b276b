//! A gateway and the features that change what its data plane does.

use super::AppFeatures;
use countersign_types::InstanceId;
use serde::{Deserialize, Serialize};

/// A gateway ("instance").
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gateway {
    /// Its id.
    pub id: InstanceId,
    /// How its features are set.
    pub features: Features,
}

/// Features of a gateway as they act on calls; the default is that of a gateway that nobody configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Features {
    /// Calls per second of an API without a throttling policy (feature `ratelimit`).
    pub api_limit: u32,
    /// How apps may prove who they are.
    pub apps: AppFeatures,
    /// The header that carries signatures to backends in place of `Authorization` (feature `custom_auth_header`,
    /// `backend_sign_header`).
    pub backend_sign_header: Option<String>,
}

impl Default for Features {
    fn default() -> Self {
        Self { api_limit: 200, apps: AppFeatures::default(), backend_sign_header: None }
    }
}
