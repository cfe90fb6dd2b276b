//! `/v3/auth/tokens`

pub(super) mod create;
pub(super) mod delete;
pub(crate) mod proof;
pub(super) mod show;
mod subject;
pub(crate) mod view;
