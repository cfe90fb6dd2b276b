//! `…/throttles/{throttle_id}/throttle-specials`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod update;

use countersign_api_types::throttles::SpecialView;
use countersign_control::throttles::{ListedSpecial, SpecialObject};

fn view(listed: ListedSpecial) -> SpecialView {
    let ListedSpecial { special, app_name } = listed;
    let app_id = match &special.object {
        SpecialObject::App(id) => id.to_string(),
        SpecialObject::User(_) => String::new(),
    };
    SpecialView {
        id: special.id.to_string(),
        call_limits: special.limit,
        apply_time: special.created.rfc3339().to_string(),
        object_name: app_name.clone(),
        app_name,
        app_id,
        object_id: special.object.id().to_owned(),
        object_type: special.object.kind().to_owned(),
        throttle_id: special.throttle_id.to_string(),
    }
}
