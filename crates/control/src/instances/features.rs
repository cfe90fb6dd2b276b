//! Features of gateways: switches and settings with a name.

use super::InstanceRef;
use crate::validate::{check, is_length};
use crate::{Control, Error, Page, Paging};
use countersign_types::Timestamp;
use serde::{Deserialize, Serialize};

/// A feature that somebody switched or configured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// Whether it is on.
    pub enabled: bool,
    /// Its setting, exactly as it was written; often JSON.
    pub config: String,
    /// When it was changed last.
    pub updated: Timestamp,
}

/// A feature as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFeature {
    /// Its name; it identifies the feature on its gateway.
    pub name: String,
    /// Its state.
    pub feature: Feature,
}

/// Every feature of the contract with its default setting. All are off until somebody switches them on.
const CATALOG: &[(&str, &str)] = &[
    ("lts", ""),
    ("gateway_responses", ""),
    ("ratelimit", r#"{"api_limits":200}"#),
    ("request_body_size", "12582912"),
    ("backend_timeout", r#"{"max_timeout":60000}"#),
    (
        "app_token",
        r#"{"enable":"off","app_token_expire_time":3600,"refresh_token_expire_time":7200,"app_token_uri":"/v1/apigw/oauth2/token","app_token_key":""}"#,
    ),
    ("app_api_key", "off"),
    ("app_basic", "off"),
    ("app_secret", "off"),
    ("app_jwt", r#"{"enable":"off","auth_header":"Authorization"}"#),
    ("app_route", "off"),
    ("public_key", r#"{"enable":"off","public_key_uri_prefix":"/apigw/authadv/v2/public-key/"}"#),
    ("backend_token_allow", r#"{"backend_token_allow_users":[]}"#),
    ("backend_client_certificate", r#"{"enable":"off","ca":"","content":"","key":""}"#),
    (
        "ssl_ciphers",
        r#"{"ssl_ciphers":["ECDHE-ECDSA-AES256-GCM-SHA384","ECDHE-RSA-AES256-GCM-SHA384","ECDHE-ECDSA-AES128-GCM-SHA256","ECDHE-RSA-AES128-GCM-SHA256"]}"#,
    ),
    ("real_ip_from_xff", r#"{"enable":"off","xff_index":-1}"#),
    ("real_ip_header_getter", r#"{"enable":"off","header_getter":""}"#),
    ("vpc_name_modifiable", "on"),
    ("default_group_host_trustlist", r#"{"enable":"off","hosts":[]}"#),
    ("throttle_strategy", r#"{"enable":"off","strategy":"cluster"}"#),
    ("custom_log", r#"{"custom_logs":[]}"#),
    ("policy_cookie_param", "off"),
    ("route", r#"{"user_routes":[]}"#),
    ("sign_basic", ""),
    ("multi_auth", ""),
    ("cors", ""),
    ("app_quota", ""),
    ("app_acl", ""),
    ("set_resp_headers", ""),
    ("vpc_backup", ""),
    ("sign_aes", ""),
    ("kafka_log", ""),
    ("backend_retry_count", ""),
    ("policy_sys_param", ""),
    ("breaker", ""),
    ("breakerv2", ""),
    ("content_type_configurable", ""),
    ("rate_limit_plugin", ""),
    ("rate_limit_algorithm", ""),
    ("custom_auth_header", r#"{"app_auth_header":"","backend_sign_header":""}"#),
    ("gzip", r#"{"comp_level":6}"#),
    ("sse_strategy", "off"),
    ("request_custom_config", r#"{"http2":"on","request_body_timeout":8}"#),
    ("api_uri_no_escape", "off"),
    ("vpc_health_status", "off"),
    ("authorizer_context_support_num_bool", "off"),
    ("sm_cipher_type", "off"),
    ("trace", ""),
];

/// Longest setting in characters.
const CONFIG_CHARS_MAX: usize = 65_535;

/// The names of all features.
pub fn names() -> impl Iterator<Item = &'static str> {
    CATALOG.iter().map(|(name, _)| *name)
}

impl Control {
    /// A page of all features with their states.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_features(&self, at: &InstanceRef, paging: Paging) -> Result<Page<NamedFeature>, Error> {
        let mut instance = self.read(|reader| at.resolve(reader))?;
        let untouched =
            |config: &str| Feature { enabled: false, config: config.to_owned(), updated: instance.created };
        let features = CATALOG.iter().map(|(name, config)| NamedFeature {
            feature: instance.features.remove(*name).unwrap_or_else(|| untouched(config)),
            name: (*name).to_owned(),
        });
        Ok(paging.cut(features.collect()))
    }

    /// Switches a feature; without a setting it keeps the one it has.
    ///
    /// # Errors
    /// Unknown gateway or feature, a setting that is too long.
    pub fn set_feature(
        &self,
        at: &InstanceRef,
        name: &str,
        state: FeatureState,
        config: Option<&str>,
    ) -> Result<NamedFeature, Error> {
        let (_, default) =
            CATALOG.iter().find(|(known, _)| *known == name).ok_or_else(|| Error::feature_unknown(name))?;
        check("config", config.is_none_or(|config| is_length(config, (0, CONFIG_CHARS_MAX))))?;
        let updated = (self.now)();
        self.write(|writer| {
            let mut instance = at.resolve(writer)?;
            let kept = instance.features.get(name).map_or(*default, |feature| &feature.config);
            let config = config.unwrap_or(kept).to_owned();
            let feature = Feature { enabled: state == FeatureState::On, config, updated };
            instance.features.insert(name.to_owned(), feature.clone());
            countersign_store::put(writer, &instance)?;
            Ok(NamedFeature { name: name.to_owned(), feature })
        })
    }
}

/// Whether a feature is to be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeatureState {
    /// It is.
    On,
    /// It is not.
    Off,
}
