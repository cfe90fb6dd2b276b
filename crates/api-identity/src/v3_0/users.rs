//! `/v3.0/OS-USER`: users with everything that is known about them.

mod draft;
mod protect;
mod view;

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use countersign_api_types::iam::os_user::{ContactWrite, OsUserWrite};
use countersign_identity::{Caller, ProfileDraft};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("CreateUser", create),
    endpoint("ShowUser", show),
    endpoint("UpdateUser", update),
    endpoint("UpdateUserInformation", update_contact),
    endpoint("ListUserLoginProtects", protect::list),
    endpoint("ShowUserLoginProtect", protect::show),
    endpoint("UpdateLoginProtect", protect::update),
];

fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let OsUserWrite { user: fields } = call.json()?;
    caller.require_domain(fields.domain_id.as_deref())?;
    let user = call.live.create_user(caller, &draft::new(fields)?)?;
    Ok(view::written(call, caller, &user))
}

fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let OsUserWrite { user: fields } = call.json()?;
    caller.require_domain(fields.domain_id.as_deref())?;
    let user = call.live.update_user(caller, call.path("user_id"), &draft::change(fields)?)?;
    Ok(view::written(call, caller, &user))
}

fn update_contact(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let ContactWrite { user: contact } = call.json()?;
    let phone = contact.mobile.as_deref().map(draft::mobile).transpose()?;
    let profile = ProfileDraft { email: contact.email, phone, ..ProfileDraft::default() };
    call.live.update_contact(caller, call.path("user_id"), profile)?;
    Ok(Answer::EMPTY)
}

fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let user = call.directory()?.user_for(caller, call.path("user_id"), "iam:users:getUser")?;
    view::shown(call, caller, &user)
}
