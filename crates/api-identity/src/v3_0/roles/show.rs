use super::{RoleAnswer, own};
use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::roles::plain;
use countersign_api_types::iam::role::RoleListed;
use countersign_identity::{Caller, Error};

pub(super) fn handle(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("role_id");
    caller.require("iam:roles:getRole", &caller.resource("role", id))?;
    let directory = call.directory()?;
    let role = own(&directory, caller).find(|role| role.id.as_str() == id);
    let role = role.ok_or_else(|| Error::NotFound { kind: "role", id: id.to_owned() })?;
    let references = directory.assignments().filter(|given| given.role_id == role.id).count();
    let role = RoleListed { references: Some(references), ..plain(call, role) };
    Ok(Answer::json(&RoleAnswer { role }))
}
