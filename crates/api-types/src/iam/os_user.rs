//! Users as the older, more detailed API below `/v3.0/OS-USER` shows them.

use super::link::{PageLinks, SelfLink};
use serde::{Deserialize, Serialize};

/// In which ways a user may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AccessMode {
    /// In every way.
    Default,
    /// By programs only.
    Programmatic,
    /// By a console only.
    Console,
}

/// Body of creating or changing a user.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OsUserWrite {
    /// Its only member.
    pub user: OsUserFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OsUserFields {
    /// In which ways it may come.
    pub access_mode: Option<AccessMode>,
    /// Unique in the account.
    pub name: Option<String>,
    /// The account; only when it is created.
    pub domain_id: Option<String>,
    /// The password.
    pub password: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Country code of the phone number.
    pub areacode: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Whether the user authenticates.
    pub enabled: Option<bool>,
    /// Whether it is asked for a new password at its next visit of a console.
    pub pwd_status: Option<bool>,
    /// Kind of the other system.
    pub xuser_type: Option<String>,
    /// What the user is called there.
    pub xuser_id: Option<String>,
    /// Free text.
    pub description: Option<String>,
}

/// A user.
#[derive(Serialize)]
pub struct OsUserView {
    /// In which ways it may come.
    pub access_mode: AccessMode,
    /// Whether it is asked for a new password at its next visit of a console.
    pub pwd_status: bool,
    /// What it is called in another system.
    pub xuser_id: String,
    /// Kind of that system.
    pub xuser_type: String,
    /// Free text.
    pub description: String,
    /// Its name.
    pub name: String,
    /// Phone number.
    pub phone: String,
    /// Whether it is the user whose account it is.
    pub is_domain_owner: bool,
    /// Its account.
    pub domain_id: String,
    /// Whether it authenticates.
    pub enabled: bool,
    /// Country code of the phone number.
    pub areacode: String,
    /// Mail address.
    pub email: String,
    /// When it was created; without a time zone.
    pub create_time: String,
    /// Its id.
    pub id: String,
}

/// A user after it was created or changed.
#[derive(Serialize)]
pub struct OsUserWritten {
    /// The user.
    #[serde(flatten)]
    pub user: OsUserView,
    /// Always empty: accounts are not bound to other systems.
    pub xdomain_id: &'static str,
    /// Always empty: accounts are not bound to other systems.
    pub xdomain_type: &'static str,
    /// Always empty: passwords do not end by themselves.
    pub password_expires_at: &'static str,
    /// Where it is described.
    pub links: SelfLink,
}

/// A user with its history.
#[derive(Serialize)]
pub struct OsUserShown {
    /// The user.
    #[serde(flatten)]
    pub user: OsUserView,
    /// When it was last changed; without a time zone, like all times here.
    pub update_time: Option<String>,
    /// When it last logged in.
    pub last_login_time: Option<String>,
    /// When it last showed its password.
    pub last_pwd_auth_time: Option<String>,
    /// When the password was set.
    pub pwd_create_time: Option<String>,
    /// When the password was set.
    pub modify_pwd_time: Option<String>,
    /// Where it is described.
    pub links: PageLinks,
}

/// Body of changing how a user is reached.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContactWrite {
    /// Its only member.
    pub user: Contact,
}

/// How a user is reached.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// Mail address.
    pub email: Option<String>,
    /// Country code, a dash, and the number.
    pub mobile: Option<String>,
}

/// Body of changing the protection of visits of a console.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginProtectWrite {
    /// Its only member.
    pub login_protect: LoginProtectFields,
}

/// The protection of visits of a console.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoginProtectFields {
    /// Whether there is one.
    pub enabled: bool,
    /// What it is.
    pub verification_method: VerificationMethod,
}

/// The protection of a user's visits of a console.
#[derive(Serialize)]
pub struct LoginProtectView {
    /// The user.
    pub user_id: String,
    /// Whether there is one.
    pub enabled: bool,
    /// What it is.
    pub verification_method: VerificationMethod,
}

/// How the second step of a login is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum VerificationMethod {
    /// Not at all.
    None,
    /// By a text message.
    Sms,
    /// By mail.
    Email,
    /// By a virtual device.
    Vmfa,
}
