//! A gateway and the features that act on calls.

mod apps;

use crate::Instance;
use countersign_snapshot::sign_header;
use countersign_snapshot::source::{Features, Gateway};
use serde_json::Value;

/// The gateway as the data plane sees it.
pub(super) fn compile(instance: &Instance) -> Gateway {
    Gateway { id: instance.id.clone(), features: features(instance) }
}

/// A setting that says nothing usable leaves the default: settings are kept as they were written.
pub(crate) fn features(instance: &Instance) -> Features {
    let default = Features::default();
    Features {
        api_limit: number(instance, "ratelimit", "api_limits").unwrap_or(default.api_limit),
        apps: apps::apps(instance),
        backend_sign_header: text(instance, "custom_auth_header", "backend_sign_header")
            .filter(|name| sign_header(name).is_ok()),
    }
}

/// A number in the setting of a feature that is switched on.
fn number<T: TryFrom<u64>>(instance: &Instance, feature: &str, member: &str) -> Option<T> {
    setting(instance, feature)?.get(member)?.as_u64()?.try_into().ok()
}

/// A text in the setting of a feature that is switched on.
fn text(instance: &Instance, feature: &str, member: &str) -> Option<String> {
    Some(setting(instance, feature)?.get(member)?.as_str()?.to_owned())
}

/// The setting of a feature that is switched on.
fn setting(instance: &Instance, feature: &str) -> Option<Value> {
    let feature = instance.features.get(feature).filter(|feature| feature.enabled)?;
    serde_json::from_str(&feature.config).ok()
}
