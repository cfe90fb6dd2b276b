use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::app_quotas::AppQuotaView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let detail = call.control.create_app_quota(&call.instance()?, &draft(call)?)?;
    let create_time = detail.quota.created.rfc3339_nanos().to_string();
    Ok(Answer::json(&AppQuotaView { create_time, ..view(detail) }))
}
