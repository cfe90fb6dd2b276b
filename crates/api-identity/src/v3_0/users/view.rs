//! From the record to the body.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::Refusal;
use crate::v3::links;
use crate::v3_0::time::local;
use countersign_api_types::iam::os_user::{AccessMode as WireMode, OsUserShown, OsUserView, OsUserWritten};
use countersign_identity::{Caller, User, UserAccess};
use serde::Serialize;

#[derive(Serialize)]
struct UserAnswer<T: Serialize> {
    user: T,
}

pub(super) fn written(call: &Call, caller: &Caller, user: &User) -> Answer {
    let links = links::to(call, &format!("/v3.0/OS-USER/users/{}", user.id));
    Answer::json(&UserAnswer {
        user: OsUserWritten {
            user: view(caller, user),
            xdomain_id: "",
            xdomain_type: "",
            password_expires_at: "",
            links,
        },
    })
}

pub(super) fn shown(call: &Call, caller: &Caller, user: &User) -> Result<Answer, Refusal> {
    let password_set = user.profile.password_set.map(local);
    let last_login = call.live.last_login(&user.id)?.map(local);
    Ok(Answer::json(&UserAnswer {
        user: OsUserShown {
            user: view(caller, user),
            update_time: user.profile.updated.map(local),
            last_login_time: last_login.clone(),
            last_pwd_auth_time: last_login,
            pwd_create_time: password_set.clone(),
            modify_pwd_time: password_set,
            links: links::whole(call),
        },
    }))
}

fn view(caller: &Caller, user: &User) -> OsUserView {
    let profile = user.profile.clone();
    OsUserView {
        access_mode: access_mode(user.access_mode),
        pwd_status: profile.password_must_change,
        xuser_id: profile.external_id,
        xuser_type: profile.external_type,
        description: user.description.clone(),
        name: user.name.clone(),
        phone: profile.phone,
        is_domain_owner: caller.domain.owner_id.as_ref() == Some(&user.id),
        domain_id: user.domain_id.to_string(),
        enabled: user.enabled,
        areacode: profile.areacode,
        email: profile.email,
        create_time: local(user.created),
        id: user.id.to_string(),
    }
}

const fn access_mode(mode: UserAccess) -> WireMode {
    match mode {
        UserAccess::Default => WireMode::Default,
        UserAccess::Programmatic => WireMode::Programmatic,
        UserAccess::Console => WireMode::Console,
    }
}
