//! The quotas of the contract: name, value, and what a client is told about them.

use crate::Error;

/// One quota.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Name in the contract.
    pub name: &'static str,
    /// Most that may exist.
    pub most: usize,
    /// In words.
    pub remark: &'static str,
}

impl Quota {
    /// Passes while one more may be created.
    pub(crate) fn check(&self, existing: usize, exceeded: impl FnOnce() -> Error) -> Result<(), Error> {
        if existing < self.most { Ok(()) } else { Err(exceeded()) }
    }
}

macro_rules! quotas {
    ($($constant:ident = $name:literal $most:literal $remark:literal;)*) => {
        $(#[doc = $remark] pub const $constant: Quota = Quota { name: $name, most: $most, remark: $remark };)*
        /// The quotas of a gateway, as clients read them.
        pub const OF_GATEWAY: &[Quota] = &[$($constant),*];
    };
}

/// Gateways of a project.
pub const INSTANCES: Quota = Quota { name: "INSTANCE_NUM_LIMIT", most: 5, remark: "Gateways of a project" };

/// Sets of gateway responses of a group, beside its default one.
pub const RESPONSES: Quota =
    Quota { name: "RESPONSE_NUM_LIMIT", most: 4, remark: "Gateway responses of an API group" };

/// APIs that one app may call, each environment counted.
pub const APP_AUTHS: Quota = Quota { name: "APP_AUTH_NUM_LIMIT", most: 1_000, remark: "APIs of an app" };

/// AI API keys of an app; the contract names no number.
pub const AI_API_KEYS: Quota =
    Quota { name: "AI_API_KEY_NUM_LIMIT", most: 20, remark: "AI API keys of an app" };

/// Quotas of apps on a gateway; the contract names no number, and an app has one at most.
pub const APP_QUOTAS: Quota = Quota { name: "APP_QUOTA_NUM_LIMIT", most: 50, remark: "Quotas of apps" };

/// Load balance channels of a gateway; the contract tells the number only.
pub const CHANNELS: Quota =
    Quota { name: "VPC_CHANNEL_NUM_LIMIT", most: 200, remark: "Load balance channels of a gateway" };

quotas! {
    APIS = "API_NUM_LIMIT" 8_000 "APIs of a gateway";
    APPS = "APP_NUM_LIMIT" 50 "Apps of a gateway";
    APP_CODES = "APP_CODE_NUM_LIMIT" 5 "AppCodes of an app";
    ACLS = "ACL_NUM_LIMIT" 100 "Access control policies of a gateway";
    GROUPS = "APIGROUP_NUM_LIMIT" 1_500 "API groups of a gateway";
    AUTHORIZERS = "AUTHORIZER_NUM_LIMIT" 50 "Custom authorizers of a gateway";
    ENVS = "ENVIRONMENT_NUM_LIMIT" 10 "Environments of a gateway";
    VARIABLES = "VARIABLE_NUM_LIMIT" 50 "Variables of an API group in an environment";
    THROTTLES = "THROTTLE_NUM_LIMIT" 300 "Request throttling policies of a gateway";
    THROTTLE_SPECIALS = "THROTTLE_SPECIAL_NUM_LIMIT" 30 "Special limits of a request throttling policy for apps, and as many for users";
    API_VERSIONS = "API_VERSION_NUM_LIMIT" 10 "Versions that are kept of an API in an environment";
    API_PARAMETERS = "API_PARAM_NUM_LIMIT" 50 "Request parameters of an API";
    API_POLICIES = "API_POLICY_NUM_LIMIT" 5 "Policy backends of an API";
    API_CONDITIONS = "API_CONDITION_NUM_LIMIT" 50 "Conditions of a policy backend";
    API_TAGS = "API_TAG_NUM_LIMIT" 10 "Tags of an API";
    SIGNATURE_KEYS = "SIGN_NUM_LIMIT" 200 "Signature keys of a gateway";
    GROUP_APIS = "API_NUM_LIMIT_PER_GROUP" 1_000 "APIs of an API group";
}
