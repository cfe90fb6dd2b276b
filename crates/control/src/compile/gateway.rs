//! A gateway and the features that act on calls.

mod apps;

use crate::Instance;
use countersign_snapshot::source::{Features, Gateway};
use serde_json::Value;

/// The gateway as the data plane sees it.
pub(super) fn compile(instance: &Instance) -> Gateway {
    Gateway { id: instance.id.clone(), features: features(instance) }
}

/// A setting that says nothing usable leaves the default: settings are kept as they were written.
fn features(instance: &Instance) -> Features {
    let default = Features::default();
    Features {
        api_limit: number(instance, "ratelimit", "api_limits").unwrap_or(default.api_limit),
        apps: apps::apps(instance),
    }
}

/// A number in the setting of a feature that is switched on.
fn number<T: TryFrom<u64>>(instance: &Instance, feature: &str, member: &str) -> Option<T> {
    setting(instance, feature)?.get(member)?.as_u64()?.try_into().ok()
}

/// The setting of a feature that is switched on.
fn setting(instance: &Instance, feature: &str) -> Option<Value> {
    let feature = instance.features.get(feature).filter(|feature| feature.enabled)?;
    serde_json::from_str(&feature.config).ok()
}
