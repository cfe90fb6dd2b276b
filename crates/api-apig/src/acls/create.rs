use super::{draft, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::AclView;
use countersign_control::Error;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let acl = call.control.create_acl(&call.instance()?, &draft(call)?)?;
    let update_time = acl.updated.rfc3339_nanos().to_string();
    Ok(Answer::json(&AclView { update_time, ..view(acl) }))
}
