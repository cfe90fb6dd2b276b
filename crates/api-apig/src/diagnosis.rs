//! `…/apis/{api_id}/diagnosis`, `…/apps/{app_id}/diagnosis` and `…/diagnosis/{request_id}`: operations of our own.

mod show;
mod show_api;
mod show_app;
mod switch_api;
mod switch_app;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ShowApiDiagnosis", show_api::handle),
    endpoint("SwitchApiDiagnosis", switch_api::handle),
    endpoint("ShowAppDiagnosis", show_app::handle),
    endpoint("SwitchAppDiagnosis", switch_app::handle),
    endpoint("ShowRefusalDiagnosis", show::handle),
];
