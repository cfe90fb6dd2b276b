//! `/v3-ext`: what the SDKs call beside Keystone's API.

pub(crate) mod projects;
