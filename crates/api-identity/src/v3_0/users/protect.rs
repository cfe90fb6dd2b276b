//! Protection of logins to a console: a record that consoles go by.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use countersign_api_types::iam::os_user::{
    LoginProtectView, LoginProtectWrite, VerificationMethod as WireMethod,
};
use countersign_identity::{Caller, LoginProtect, User, VerificationMethod};
use serde::Serialize;

#[derive(Serialize)]
struct ProtectAnswer {
    login_protect: LoginProtectView,
}

#[derive(Serialize)]
struct Protects {
    login_protects: Vec<LoginProtectView>,
}

/// The users that have one.
pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require("iam:users:listUserLoginProtects", &caller.resource("user", "*"))?;
    let directory = call.directory()?;
    let own = directory.users.of(caller.domain.id.as_str());
    let protected = own.filter(|user| user.profile.login_protect != LoginProtect::default());
    Ok(Answer::json(&Protects { login_protects: protected.map(|user| view(user)).collect() }))
}

pub(super) fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let user = call.directory()?.user_for(caller, call.path("user_id"), "iam:users:getUserLoginProtect")?;
    Ok(Answer::json(&ProtectAnswer { login_protect: view(&user) }))
}

pub(super) fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let LoginProtectWrite { login_protect: fields } = call.json()?;
    let protect = LoginProtect { enabled: fields.enabled, method: from_wire(fields.verification_method) };
    let user = call.live.update_login_protect(caller, call.path("user_id"), protect)?;
    Ok(Answer::json(&ProtectAnswer { login_protect: view(&user) }))
}

fn view(user: &User) -> LoginProtectView {
    let LoginProtect { enabled, method } = user.profile.login_protect;
    LoginProtectView { user_id: user.id.to_string(), enabled, verification_method: to_wire(method) }
}

const fn from_wire(method: WireMethod) -> VerificationMethod {
    match method {
        WireMethod::None => VerificationMethod::None,
        WireMethod::Sms => VerificationMethod::Sms,
        WireMethod::Email => VerificationMethod::Email,
        WireMethod::Vmfa => VerificationMethod::Vmfa,
    }
}

const fn to_wire(method: VerificationMethod) -> WireMethod {
    match method {
        VerificationMethod::None => WireMethod::None,
        VerificationMethod::Sms => WireMethod::Sms,
        VerificationMethod::Email => WireMethod::Email,
        VerificationMethod::Vmfa => WireMethod::Vmfa,
    }
}
