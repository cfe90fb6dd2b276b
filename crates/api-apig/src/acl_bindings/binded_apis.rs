use super::{api_type, filter};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::AclBoundApiView;
use countersign_control::bindings::BoundApi;
use countersign_control::{Acl, Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let acl = required("acl_id", call.query_id("acl_id")?)?;
    let page = call.control.list_bound_apis(&call.instance()?, &acl, &filter(call), call.paging()?)?;
    Ok(Answer::page("apis", page, view))
}

fn view(bound: BoundApi<Acl>) -> AclBoundApiView {
    let BoundApi { binding, place, .. } = bound;
    let definition = place.api.definition;
    AclBoundApiView {
        api_id: place.api.id.to_string(),
        api_name: definition.name,
        api_type: api_type(definition.public),
        api_remark: definition.texts.remark.unwrap_or_default(),
        env_id: place.env.id.to_string(),
        env_name: place.env.name,
        bind_id: binding.id.to_string(),
        group_name: place.group.name,
        bind_time: binding.created.rfc3339().to_string(),
        publish_id: place.publish_id.to_string(),
        req_method: definition.method.as_str(),
        tags: definition.tags.unwrap_or_default(),
    }
}
