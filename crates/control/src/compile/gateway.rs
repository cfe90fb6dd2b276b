//! A gateway and the features that act on calls.

mod apps;

use crate::Instance;
use countersign_snapshot::sign_header;
use countersign_snapshot::source::{Features, Gateway, SourceAddress};
use http::HeaderName;
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
        source_address: source_address(instance).unwrap_or(default.source_address),
        backend_sign_header: text(instance, "custom_auth_header", "backend_sign_header")
            .filter(|name| sign_header(name).is_ok()),
    }
}

/// Whether a switch is on: enabled, and its setting does not say otherwise.
pub(super) fn is_on(instance: &Instance, feature: &str) -> bool {
    instance.features.get(feature).is_some_and(|feature| feature.enabled && feature.config.trim() != "off")
}

/// A header that was named for the purpose wins over a position in the list that every proxy extends.
fn source_address(instance: &Instance) -> Option<SourceAddress> {
    header_of_source(instance).or_else(|| {
        let setting = active(instance, "real_ip_from_xff")?;
        let position = setting.get("xff_index").map_or(Some(-1), Value::as_i64)?;
        Some(SourceAddress::ForwardedFor(position.try_into().ok()?))
    })
}

fn header_of_source(instance: &Instance) -> Option<SourceAddress> {
    let setting = active(instance, "real_ip_header_getter")?;
    let name = setting.get("header_getter")?.as_str()?.strip_prefix("header:")?;
    HeaderName::from_bytes(name.as_bytes()).ok().map(|name| SourceAddress::Header(name.to_string()))
}

/// The setting of a feature that is switched on, unless the setting itself says `"enable": "off"`.
fn active(instance: &Instance, feature: &str) -> Option<Value> {
    setting(instance, feature).filter(|setting| setting.get("enable").is_none_or(|enable| enable != "off"))
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
