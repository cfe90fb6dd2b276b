//! `/v2/{project_id}/apigw/instances/{instance_id}/apps/{app_id}/app-codes`

pub(super) mod create;
pub(super) mod create_auto;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod show;

use countersign_api_types::app_codes::AppCodeView;
use countersign_control::app_codes::OpenAppCode;

fn view(open: OpenAppCode) -> AppCodeView {
    let OpenAppCode { record, code } = open;
    AppCodeView {
        app_code: code.expose().to_owned(),
        id: record.id.to_string(),
        app_id: record.app_id.to_string(),
        create_time: record.created.rfc3339().to_string(),
    }
}

/// The same with the time as answers to creation carry it.
fn created(open: OpenAppCode) -> AppCodeView {
    let create_time = open.record.created.rfc3339_nanos().to_string();
    AppCodeView { create_time, ..view(open) }
}
