//! What can be set of a user.

use super::{check_description, check_name, require_native};
use crate::{Error, LoginProtect, PASSWORD_BYTES_MAX, Profile, User, UserAccess};
use countersign_types::{SecretKey, Timestamp};

/// Shortest password in characters.
const PASSWORD_CHARS_MIN: usize = 8;
/// Longest text of a profile, in characters.
const TEXT_CHARS_MAX: usize = 255;

/// What to set; everything else stays.
#[derive(Default)]
pub struct UserDraft {
    /// Unique in the account.
    pub name: Option<String>,
    /// The password; a new user without one cannot log in with any.
    pub password: Option<SecretKey>,
    /// Whether the user authenticates.
    pub enabled: Option<bool>,
    /// Free text.
    pub description: Option<String>,
    /// In which ways it may come.
    pub access_mode: Option<UserAccess>,
    /// What else is known about it.
    pub profile: ProfileDraft,
}

/// What to set of a profile; everything else stays.
#[derive(Default)]
pub struct ProfileDraft {
    /// Mail address; empty for none.
    pub email: Option<String>,
    /// Country code and number of a phone; both empty for none.
    pub phone: Option<(String, String)>,
    /// Id and kind in another system; both empty for none.
    pub external: Option<(String, String)>,
    /// Whether the user is asked for a new password at its next visit of a console.
    pub password_must_change: Option<bool>,
    /// What protects visits of a console.
    pub login_protect: Option<LoginProtect>,
}

/// The user with the draft applied. What was issued to it ends with a new password, a new way to come, and with being
/// disabled or enabled.
pub(super) fn apply(
    mut user: User,
    draft: &UserDraft,
    password_hash: Option<String>,
    now: Timestamp,
) -> Result<User, Error> {
    if let Some(name) = &draft.name {
        check_name(name)?;
        name.clone_into(&mut user.name);
    }
    if let Some(description) = &draft.description {
        check_description(description)?;
        description.clone_into(&mut user.description);
    }
    let enabled = draft.enabled.unwrap_or(user.enabled);
    let access_mode = draft.access_mode.unwrap_or(user.access_mode);
    if enabled != user.enabled || access_mode != user.access_mode || password_hash.is_some() {
        user.epoch += 1;
    }
    (user.enabled, user.access_mode) = (enabled, access_mode);
    if let Some(hash) = password_hash {
        require_native(&user)?;
        user.password_hash = hash;
        user.profile.password_set = Some(now);
    }
    apply_profile(&mut user.profile, &draft.profile)?;
    user.profile.updated = Some(now);
    Ok(user)
}

fn apply_profile(profile: &mut Profile, draft: &ProfileDraft) -> Result<(), Error> {
    if let Some(email) = &draft.email {
        check_email(email)?;
        email.clone_into(&mut profile.email);
    }
    if let Some((areacode, phone)) = &draft.phone {
        check_phone(areacode, phone)?;
        (profile.areacode, profile.phone) = (areacode.clone(), phone.clone());
    }
    if let Some((id, kind)) = &draft.external {
        check_text("xuser_id", id)?;
        check_text("xuser_type", kind)?;
        (profile.external_id, profile.external_type) = (id.clone(), kind.clone());
    }
    profile.password_must_change = draft.password_must_change.unwrap_or(profile.password_must_change);
    profile.login_protect = draft.login_protect.unwrap_or(profile.login_protect);
    Ok(())
}

fn check_email(email: &str) -> Result<(), Error> {
    let is_address = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if email.is_empty() || (is_address && !email.contains(char::is_whitespace)) {
        check_text("email", email)
    } else {
        Err(Error::Invalid { field: "email", reason: "a mail address" })
    }
}

/// Both or neither: four digits at most for the country, perhaps after a plus sign, and 32 for the number.
fn check_phone(areacode: &str, phone: &str) -> Result<(), Error> {
    let is_number = |text: &str, max| text.len() <= max && text.bytes().all(|byte| byte.is_ascii_digit());
    let country = areacode.strip_prefix('+').unwrap_or(areacode);
    if areacode.is_empty() == phone.is_empty() && is_number(country, 4) && is_number(phone, 32) {
        Ok(())
    } else {
        Err(Error::Invalid { field: "phone", reason: "digits, with an areacode" })
    }
}

fn check_text(field: &'static str, text: &str) -> Result<(), Error> {
    if text.chars().count() <= TEXT_CHARS_MAX && !text.chars().any(char::is_control) {
        Ok(())
    } else {
        Err(Error::Invalid { field, reason: "at most 255 visible characters" })
    }
}

pub(super) fn check_password(password: &SecretKey) -> Result<(), Error> {
    let text = password.expose();
    if text.chars().count() >= PASSWORD_CHARS_MIN && text.len() <= PASSWORD_BYTES_MAX {
        Ok(())
    } else {
        Err(Error::Invalid { field: "password", reason: "8 characters to 4096 bytes" })
    }
}
