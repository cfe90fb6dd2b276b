use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::acls::{AclBindingBatchDelete, AclBindingBatchDeleteView, AclBindingFailureView};
use countersign_control::bindings::StillBound;
use countersign_control::{Acl, Error, validate::required};
use countersign_types::BindingId;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.require_action("delete")?;
    let body: AclBindingBatchDelete = call.json()?;
    let ids = required("acl_bindings", body.acl_bindings)?;
    let ids: Vec<BindingId> =
        ids.into_iter().map(|text| id("acl_bindings", text)).collect::<Result<_, _>>()?;
    let left = call.control.unbind_many::<Acl>(&call.instance()?, "acl_bindings", &ids)?;
    let success_count = ids.len() - left.len();
    let failure = left.iter().map(failure).collect();
    Ok(Answer::json(&AclBindingBatchDeleteView { success_count, failure }))
}

/// A binding stays only because there is none: its API is unknown.
fn failure(left: &StillBound) -> AclBindingFailureView {
    AclBindingFailureView {
        bind_id: left.id.to_string(),
        error_code: left.error.code().unwrap_or_default(),
        error_msg: left.error.message().to_owned(),
        api_id: String::new(),
        api_name: String::new(),
    }
}
