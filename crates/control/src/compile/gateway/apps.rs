//! The features that decide how apps may prove who they are.

use super::setting;
use crate::Instance;
use countersign_snapshot::source::{AppFeatures, AppTokens};
use serde_json::Value;

/// Where tokens are given when the setting names no path.
const TOKEN_PATH: &str = "/v1/apigw/oauth2/token";
/// Most seconds for which a token holds.
const TOKEN_SECONDS_MAX: u32 = 72_000;

pub(super) fn apps(instance: &Instance) -> AppFeatures {
    let api_key = is_on(instance, "app_api_key");
    AppFeatures {
        header: setting(instance, "custom_auth_header").and_then(|it| header(it.get("app_auth_header")?)),
        basic: is_on(instance, "app_basic"),
        // Where the key alone is enough, the pair in headers of its own is not taken.
        secret: is_on(instance, "app_secret") && !api_key,
        api_key,
        stamp_header: enabled(instance, "app_jwt")
            .map(|it| it.get("auth_header").and_then(header).unwrap_or_else(|| "authorization".to_owned())),
        tokens: enabled(instance, "app_token").map(|it| tokens(&it)),
    }
}

/// Whether a feature is switched on whose setting is `on` or `off`.
fn is_on(instance: &Instance, feature: &str) -> bool {
    instance.features.get(feature).is_some_and(|feature| feature.enabled && feature.config == "on")
}

/// The setting of a feature that is switched on, also by the setting itself.
fn enabled(instance: &Instance, feature: &str) -> Option<Value> {
    setting(instance, feature).filter(|it| it.get("enable").is_some_and(|enable| enable == "on"))
}

/// The name of a header, in lower case; nothing for what is none.
fn header(value: &Value) -> Option<String> {
    let name = value.as_str().filter(|name| !name.is_empty())?;
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    name.bytes().all(is_name).then(|| name.to_ascii_lowercase())
}

fn tokens(setting: &Value) -> AppTokens {
    let seconds = |member: &str, default: u32| {
        let seconds = setting.get(member).and_then(Value::as_u64).and_then(|it| u32::try_from(it).ok());
        seconds.filter(|seconds| (1..=TOKEN_SECONDS_MAX).contains(seconds)).unwrap_or(default)
    };
    let path = setting.get("app_token_uri").and_then(Value::as_str).filter(|path| path.starts_with('/'));
    AppTokens {
        path: path.unwrap_or(TOKEN_PATH).to_owned(),
        access_seconds: seconds("app_token_expire_time", 3_600),
        refresh_seconds: seconds("refresh_token_expire_time", 7_200),
    }
}
