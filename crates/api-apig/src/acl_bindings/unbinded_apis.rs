use super::{api_type, filter};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::AclUnboundApiView;
use countersign_control::bindings::UnboundApi;
use countersign_control::{Acl, Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let acl = required("acl_id", call.query_id("acl_id")?)?;
    let (filter, paging) = (filter(call), call.paging()?);
    let page = call.control.list_unbound_apis(&call.instance()?, &acl, &filter, paging)?;
    Ok(Answer::page("apis", page, view))
}

fn view(UnboundApi { place, taken }: UnboundApi<Acl>) -> AclUnboundApiView {
    let definition = place.api.definition;
    AclUnboundApiView {
        id: place.api.id.to_string(),
        name: definition.name,
        group_id: place.group.id.to_string(),
        group_name: place.group.name,
        api_type: api_type(definition.public),
        remark: definition.texts.remark.unwrap_or_default(),
        run_env_name: place.env.name,
        run_env_id: place.env.id.to_string(),
        publish_id: place.publish_id.to_string(),
        acl_name: taken.map(|(_, other)| other.name).unwrap_or_default(),
        req_uri: definition.path,
        auth_type: definition.auth.as_str(),
        req_method: definition.method.as_str(),
        tags: definition.tags.unwrap_or_default(),
    }
}
