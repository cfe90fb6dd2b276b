//! `/v2/{project_id}/apigw/instances/{instance_id}/app-quotas`

mod bind;
mod bindable_apps;
mod bound_apps;
mod create;
mod delete;
mod list;
mod show;
mod unbind;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::app_quotas::{self as wire, AppQuotaAppView, AppQuotaView};
use countersign_control::app_quotas::{AppQuotaDetail, AppQuotaDraft, QuotaApp, QuotaAppFilter};
use countersign_control::{Error, Page, TimeUnit, validate::required};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListAppQuotas", list::handle),
    endpoint("CreateAppQuota", create::handle),
    endpoint("DeleteAppQuota", delete::handle),
    endpoint("ShowAppQuota", show::handle),
    endpoint("UpdateAppQuota", update::handle),
    endpoint("ListAppQuotaBindableApps", bindable_apps::handle),
    endpoint("AssociateAppsForAppQuota", bind::handle),
    endpoint("ListAppQuotaBoundApps", bound_apps::handle),
    endpoint("DisassociateAppQuotaWithApp", unbind::handle),
];

/// What published examples show for a time that never was.
pub(crate) const NEVER: &str = "0001-01-01T00:00:00Z";

fn draft(call: &Call) -> Result<AppQuotaDraft, Error> {
    let body: wire::AppQuotaDraft = call.json()?;
    let unit = required("time_unit", body.time_unit)?;
    Ok(AppQuotaDraft {
        name: required("name", body.name)?,
        call_limits: required("call_limits", body.call_limits)?,
        interval: required("time_interval", body.time_interval)?,
        unit: TimeUnit::parse(&unit).ok_or_else(|| Error::invalid("time_unit"))?,
        reset_time: body.reset_time,
        remark: body.remark,
    })
}

/// A quota as clients see it.
pub(crate) fn view(detail: AppQuotaDetail) -> AppQuotaView {
    let AppQuotaDetail { quota, apps } = detail;
    AppQuotaView {
        app_quota_id: quota.id.to_string(),
        name: quota.name,
        call_limits: quota.call_limits,
        time_unit: quota.unit.as_str().to_owned(),
        time_interval: quota.interval,
        remark: quota.remark,
        reset_time: quota.reset_time,
        create_time: quota.created.rfc3339().to_string(),
        bound_app_num: apps,
    }
}

/// A page of the apps of a quota.
fn apps(call: &Call, which: QuotaAppFilter) -> Result<Page<QuotaApp>, Error> {
    let (at, id) = (call.instance()?, call.id("app_quota_id")?);
    call.control.list_apps_of_quota(&at, &id, (which, &call.filter("app_name")), call.paging()?)
}

fn app_view(listed: QuotaApp) -> AppQuotaAppView {
    let QuotaApp { app, bound } = listed;
    let time = bound.as_ref().map(|(_, binding)| binding.created.rfc3339().to_string());
    let quota = bound.map(|(quota, _)| quota);
    AppQuotaAppView {
        app_id: app.id.to_string(),
        name: app.name,
        status: 1,
        app_key: app.key.to_string(),
        related_domain_id: app.related_domain_id,
        related_project_id: app.related_project_id,
        remark: app.remark,
        register_time: app.created.rfc3339().to_string(),
        update_time: app.updated.rfc3339().to_string(),
        app_quota_id: quota.as_ref().map(|quota| quota.id.to_string()).unwrap_or_default(),
        app_quota_name: quota.map(|quota| quota.name).unwrap_or_default(),
        bound_time: time.unwrap_or_else(|| NEVER.to_owned()),
    }
}
