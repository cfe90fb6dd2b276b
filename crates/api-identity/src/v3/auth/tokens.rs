//! `/v3/auth/tokens`

pub(super) mod create;
pub(super) mod delete;
mod proof;
pub(super) mod show;
mod subject;
mod view;
