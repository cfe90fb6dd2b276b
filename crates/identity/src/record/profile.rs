//! What an account knows about a user beside what authenticates it.

use countersign_types::Timestamp;
use serde::{Deserialize, Serialize};

/// Facts that are kept and shown, and decide nothing here.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// Mail address.
    pub email: String,
    /// Country code of the phone number.
    pub areacode: String,
    /// Phone number without the country code.
    pub phone: String,
    /// What the user is called in another system.
    pub external_id: String,
    /// Which kind of system that is.
    pub external_type: String,
    /// Whether the user is asked for a new password at its next visit of a console.
    pub password_must_change: bool,
    /// When the password was set.
    pub password_set: Option<Timestamp>,
    /// What protects visits of a console.
    pub login_protect: LoginProtect,
    /// When the record was last changed.
    pub updated: Option<Timestamp>,
}

/// A second step at the login to a console. Tokens do not ask for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LoginProtect {
    /// Whether it is asked for.
    pub enabled: bool,
    /// What it is.
    pub method: VerificationMethod,
}

/// How the second step is done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationMethod {
    /// Not at all.
    #[default]
    None,
    /// By a text message.
    Sms,
    /// By mail.
    Email,
    /// By a virtual device.
    Vmfa,
}

/// In which ways a user may come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserAccess {
    /// In every way.
    #[default]
    Default,
    /// By programs only.
    Programmatic,
    /// By a console only: it neither gets tokens nor signs requests.
    Console,
}
