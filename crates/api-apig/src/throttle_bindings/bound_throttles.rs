use crate::answer::Answer;
use crate::call::Call;
use crate::throttles;
use countersign_api_types::throttles::BoundThrottleView;
use countersign_control::bindings::PolicyFilter;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let api = required("api_id", call.query_id("api_id")?)?;
    let filter = PolicyFilter {
        id: call.exact("throttle_id"),
        name: call.filter("throttle_name"),
        env_id: call.exact("env_id"),
        ..PolicyFilter::default()
    };
    let page = call.control.list_throttles_of_api(&call.instance()?, &api, &filter, call.paging()?)?;
    Ok(Answer::page("throttles", page, |(bound, detail)| BoundThrottleView {
        throttle: throttles::view(detail),
        env_name: bound.place.env.name,
        bind_id: bound.binding.id.to_string(),
        bind_time: bound.binding.created.rfc3339().to_string(),
    }))
}
