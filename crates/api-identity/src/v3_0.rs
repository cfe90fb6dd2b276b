//! `/v3.0`: what the official SDKs call beyond Keystone's API.

pub(crate) mod agencies;
pub(crate) mod credentials;
pub(crate) mod id_tokens;
pub(crate) mod openid_connect_config;
pub(crate) mod role_assignments;
pub(crate) mod roles;
pub(crate) mod security_tokens;
mod time;
pub(crate) mod users;
