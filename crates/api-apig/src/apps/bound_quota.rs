//! The quota of an app, which may have none.

use crate::answer::Answer;
use crate::app_quotas::view;
use crate::call::Call;
use countersign_api_types::app_quotas::AppQuotaView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let quota = call.control.quota_of_app(&call.instance()?, &call.id("app_id")?)?;
    Ok(Answer::json(&quota.map_or_else(none, view)))
}

/// No quota: every member is empty, the time the first there is.
fn none() -> AppQuotaView {
    AppQuotaView { create_time: crate::app_quotas::NEVER.to_owned(), ..AppQuotaView::default() }
}
