//! `/v3`: the API that Keystone's clients and the SDKs share.

pub(crate) mod auth;
pub(crate) mod endpoints;
mod links;
pub(crate) mod projects;
pub(crate) mod regions;
pub(crate) mod services;
pub(crate) mod users;
