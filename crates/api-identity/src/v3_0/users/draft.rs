//! From the body to what shall be set.

use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::os_user::{AccessMode as WireMode, OsUserFields};
use countersign_identity::{ProfileDraft, UserAccess, UserDraft};
use countersign_types::SecretKey;

/// A new user is asked for another password at its first visit of a console, unless the body says otherwise.
pub(super) fn new(fields: OsUserFields) -> Result<UserDraft, Refusal> {
    let pwd_status = fields.pwd_status.or(fields.password.as_ref().map(|_| true));
    change(OsUserFields { pwd_status, ..fields })
}

pub(super) fn change(fields: OsUserFields) -> Result<UserDraft, Refusal> {
    Ok(UserDraft {
        name: fields.name,
        password: fields.password.map(SecretKey::new),
        enabled: fields.enabled,
        description: fields.description,
        access_mode: fields.access_mode.map(access_mode),
        profile: ProfileDraft {
            email: fields.email,
            phone: both(fields.areacode, fields.phone, "phone")?,
            external: both(fields.xuser_id, fields.xuser_type, "xuser_id")?,
            password_must_change: fields.pwd_status,
            login_protect: None,
        },
    })
}

/// `0086-123456789`; without a dash there is no country code, which only an empty number may do without.
pub(super) fn mobile(text: &str) -> Result<(String, String), Refusal> {
    let parts = if text.is_empty() { Some(("", "")) } else { text.split_once('-') };
    let (areacode, phone) = parts.ok_or_else(|| invalid("user.mobile", "areacode-phone"))?;
    Ok((areacode.to_owned(), phone.to_owned()))
}

/// Two members that mean something only together.
fn both(
    one: Option<String>,
    other: Option<String>,
    field: &'static str,
) -> Result<Option<(String, String)>, Refusal> {
    match (one, other) {
        (Some(one), Some(other)) => Ok(Some((one, other))),
        (None, None) => Ok(None),
        _ => Err(invalid(field, "areacode with phone, and xuser_id with xuser_type")),
    }
}

const fn access_mode(mode: WireMode) -> UserAccess {
    match mode {
        WireMode::Default => UserAccess::Default,
        WireMode::Programmatic => UserAccess::Programmatic,
        WireMode::Console => UserAccess::Console,
    }
}
