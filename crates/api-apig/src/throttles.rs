//! `/v2/{project_id}/apigw/instances/{instance_id}/throttles`

mod create;
mod delete;
mod list;
mod show;
mod specials;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::throttles::{self as wire, ThrottleView};
use countersign_control::throttles::{Sharing, ThrottleDetail, ThrottleDraft, ThrottleLimits};
use countersign_control::{Error, TimeUnit, validate::required};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListRequestThrottlingPolicyV2", list::handle),
    endpoint("CreateRequestThrottlingPolicyV2", create::handle),
    endpoint("DeleteRequestThrottlingPolicyV2", delete::handle),
    endpoint("ShowDetailsOfRequestThrottlingPolicyV2", show::handle),
    endpoint("UpdateRequestThrottlingPolicyV2", update::handle),
    endpoint("ListSpecialThrottlingConfigurationsV2", specials::list::handle),
    endpoint("CreateSpecialThrottlingConfigurationV2", specials::create::handle),
    endpoint("DeleteSpecialThrottlingConfigurationV2", specials::delete::handle),
    endpoint("UpdateSpecialThrottlingConfigurationV2", specials::update::handle),
];

fn draft(call: &Call) -> Result<ThrottleDraft, Error> {
    let body: wire::ThrottleDraft = call.json()?;
    let unit = required("time_unit", body.time_unit)?;
    Ok(ThrottleDraft {
        name: required("name", body.name)?,
        remark: body.remark,
        sharing: sharing(body.r#type)?,
        limits: ThrottleLimits {
            api: required("api_call_limits", body.api_call_limits)?,
            user: body.user_call_limits,
            app: body.app_call_limits,
            ip: body.ip_call_limits,
        },
        interval: required("time_interval", body.time_interval)?,
        unit: TimeUnit::parse(&unit).ok_or_else(|| Error::invalid("time_unit"))?,
    })
}

fn sharing(number: Option<i64>) -> Result<Sharing, Error> {
    match number {
        None | Some(1) => Ok(Sharing::Exclusive),
        Some(2) => Ok(Sharing::Shared),
        Some(_) => Err(Error::invalid("type")),
    }
}

pub(crate) fn view(detail: ThrottleDetail) -> ThrottleView {
    let ThrottleDetail { throttle, bindings, has_specials } = detail;
    let sharing = match throttle.sharing {
        Sharing::Exclusive => 1,
        Sharing::Shared => 2,
    };
    ThrottleView {
        app_call_limits: throttle.limits.app.unwrap_or(0),
        name: throttle.name,
        time_unit: throttle.unit.as_str().to_owned(),
        remark: throttle.remark,
        api_call_limits: throttle.limits.api,
        r#type: sharing,
        enable_adaptive_control: "FALSE".to_owned(),
        user_call_limits: throttle.limits.user.unwrap_or(0),
        time_interval: throttle.interval,
        ip_call_limits: throttle.limits.ip.unwrap_or(0),
        id: throttle.id.to_string(),
        bind_num: bindings,
        is_inclu_special_throttle: if has_specials { 1 } else { 2 },
        create_time: throttle.created.rfc3339().to_string(),
    }
}
