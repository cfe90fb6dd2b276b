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
    /// Where the source address of a call stands (features `real_ip_from_xff`, `real_ip_header_getter`).
    pub source_address: SourceAddress,
    /// The header that carries signatures to backends in place of `Authorization` (feature `custom_auth_header`,
    /// `backend_sign_header`).
    pub backend_sign_header: Option<String>,
}

/// Where the source address of a call stands. What headers say is believed of trusted proxies only; whatever else calls
/// is its own source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceAddress {
    /// It is the peer of the connection.
    #[default]
    Peer,
    /// At this position of `X-Forwarded-For`: 0 is the first entry, -1 the last.
    ForwardedFor(i32),
    /// In the header with this name.
    Header(String),
}

impl Default for Features {
    fn default() -> Self {
        Self {
            api_limit: 200,
            apps: AppFeatures::default(),
            source_address: SourceAddress::Peer,
            backend_sign_header: None,
        }
    }
}
