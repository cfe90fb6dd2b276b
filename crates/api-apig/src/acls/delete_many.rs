use crate::answer::Answer;
use crate::call::{Call, id};
use countersign_api_types::acls::{AclBatchDelete, AclBatchDeleteView, AclFailureView};
use countersign_control::acls::StillThere;
use countersign_control::{Error, validate::required};
use countersign_types::AclId;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    call.require_action("delete")?;
    let body: AclBatchDelete = call.json()?;
    let ids = required("acls", body.acls)?.into_iter().map(|text| id("acls", text));
    let ids: Vec<AclId> = ids.collect::<Result<_, _>>()?;
    let left = call.control.delete_acls(&call.instance()?, &ids)?;
    let success_count = ids.len() - left.len();
    Ok(Answer::json(&AclBatchDeleteView { success_count, failure: left.into_iter().map(failure).collect() }))
}

fn failure(left: StillThere) -> AclFailureView {
    AclFailureView {
        acl_id: left.id.to_string(),
        acl_name: left.name,
        error_code: left.error.code().unwrap_or_default(),
        error_msg: left.error.message().to_owned(),
    }
}
