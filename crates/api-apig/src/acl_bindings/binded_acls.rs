use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::BoundAclView;
use countersign_control::bindings::{BoundApi, PolicyFilter};
use countersign_control::{Acl, Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let api = required("api_id", call.query_id("api_id")?)?;
    let filter = PolicyFilter {
        id: call.exact("acl_id"),
        name: call.filter("acl_name"),
        env_id: call.exact("env_id"),
        env_name: call.filter("env_name"),
    };
    let page = call.control.list_policies_of_api(&call.instance()?, &api, &filter, call.paging()?)?;
    Ok(Answer::page("acls", page, view))
}

fn view(bound: BoundApi<Acl>) -> BoundAclView {
    let BoundApi { binding, policy, place } = bound;
    BoundAclView {
        acl_id: policy.id.to_string(),
        acl_name: policy.name,
        entity_type: policy.entity.as_str(),
        acl_type: policy.rule.as_str(),
        acl_value: policy.value,
        env_id: place.env.id.to_string(),
        env_name: place.env.name,
        bind_id: binding.id.to_string(),
        bind_time: binding.created.rfc3339().to_string(),
    }
}
