use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::acls::{AclBindingCreate, AclBindingView, AclBindingsView};
use countersign_control::bindings::BoundApi;
use countersign_control::{Acl, Error, validate::required};
use countersign_types::{AclId, PublishId};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: AclBindingCreate = call.json()?;
    let acl: AclId = id("acl_id", required("acl_id", body.acl_id)?)?;
    let publications = required("publish_ids", body.publish_ids)?;
    let publications: Vec<PublishId> =
        publications.into_iter().map(|text| id("publish_ids", text)).collect::<Result<_, _>>()?;
    let bound: Vec<BoundApi<Acl>> = call.control.bind(&call.instance()?, &acl, &publications)?;
    Ok(Answer::json(&AclBindingsView { acl_bindings: bound.into_iter().map(view).collect() }))
}

fn view(bound: BoundApi<Acl>) -> AclBindingView {
    let binding = bound.binding;
    AclBindingView {
        id: binding.id.to_string(),
        api_id: binding.api_id.to_string(),
        env_id: binding.env_id.to_string(),
        acl_id: binding.policy_id.to_string(),
        create_time: binding.created.rfc3339_nanos().to_string(),
    }
}
