use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::app_quotas::{AppQuotaAppliesView, AppQuotaBind, AppQuotaBindingView};
use countersign_control::{AppQuotaBinding, Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: AppQuotaBind = call.json()?;
    let ids = required("app_ids", body.app_ids)?.into_iter().map(|text| id("app_ids", text));
    let apps = ids.collect::<Result<Vec<_>, _>>()?;
    let bindings = call.control.bind_app_quota(&call.instance()?, &call.id("app_quota_id")?, &apps)?;
    Ok(Answer::json(&AppQuotaAppliesView { applies: bindings.iter().map(view).collect() }))
}

fn view(binding: &AppQuotaBinding) -> AppQuotaBindingView {
    AppQuotaBindingView {
        app_quota_id: binding.quota_id.to_string(),
        app_id: binding.app_id.to_string(),
        bound_time: binding.created.rfc3339_nanos().to_string(),
    }
}
