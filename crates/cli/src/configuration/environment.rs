//! What the environment says, in our names and in those of the official SDKs.

use super::{Field, Settings};
use std::env;

/// The variable that names a profile.
const PROFILE: &str = "COUNTERSIGN_PROFILE";

/// The official SDKs' variables.
const SDK: [(Field, &str); 5] = [
    (Field::AccessKey, "HUAWEICLOUD_SDK_AK"),
    (Field::SecretKey, "HUAWEICLOUD_SDK_SK"),
    (Field::SecurityToken, "HUAWEICLOUD_SDK_SECURITY_TOKEN"),
    (Field::ProjectId, "HUAWEICLOUD_SDK_PROJECT_ID"),
    (Field::DomainId, "HUAWEICLOUD_SDK_DOMAIN_ID"),
];

/// Our variables.
pub(super) fn countersign() -> Settings {
    Field::ALL.into_iter().filter_map(|field| Some((field, text(&field.variable())?))).collect()
}

/// The official SDKs' variables, which count together or not at all: without a key pair they are about no one.
pub(super) fn sdk() -> Settings {
    let settings: Settings =
        SDK.into_iter().filter_map(|(field, variable)| Some((field, text(variable)?))).collect();
    if settings.has_key() { settings } else { Settings::default() }
}

/// The profile that the environment names.
pub(super) fn profile() -> Option<String> {
    text(PROFILE)
}

/// The variable's text; empty is unset.
#[expect(clippy::disallowed_methods, reason = "the command line reads the environment")]
pub(crate) fn text(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|text| !text.is_empty())
}
