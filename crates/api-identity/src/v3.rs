//! `/v3`: the API that Keystone's clients and the SDKs share.

pub(crate) mod auth;
pub(crate) mod domains;
pub(crate) mod endpoints;
pub(crate) mod federation;
pub(crate) mod grants;
pub(crate) mod groups;
pub(crate) mod links;
pub(crate) mod projects;
pub(crate) mod regions;
pub(crate) mod role_assignments;
pub(crate) mod roles;
pub(crate) mod services;
pub(crate) mod users;
