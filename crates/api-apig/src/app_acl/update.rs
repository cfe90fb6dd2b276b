use super::view;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::acls::AppAclDraft;
use countersign_control::{Error, validate::required};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: AppAclDraft = call.json()?;
    let rule = required("app_acl_type", body.app_acl_type)?;
    let values = required("app_acl_values", body.app_acl_values)?;
    let app = call.id("app_id")?;
    let acl = call.control.set_app_acl(&call.instance()?, &app, &rule, &values)?;
    Ok(Answer::json(&view(&app, Some(acl))))
}
