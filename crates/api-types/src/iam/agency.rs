//! Agencies.

use serde::{Deserialize, Serialize};

/// Body of creating or changing an agency.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyWrite {
    /// Its only member.
    pub agency: AgencyFields,
}

/// What to set; everything else stays.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyFields {
    /// Unique in the account; only when it is created.
    pub name: Option<String>,
    /// The account that delegates.
    pub domain_id: Option<String>,
    /// The account whose users may act as the agency, by id.
    pub trust_domain_id: Option<String>,
    /// The account whose users may act as the agency, by name.
    pub trust_domain_name: Option<String>,
    /// Free text.
    pub description: Option<String>,
    /// `FOREVER`, `ONEDAY`, or a number of days.
    pub duration: Option<AgencyDuration>,
}

/// A word, or a number of days as text or number.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum AgencyDuration {
    /// A word or digits.
    Text(String),
    /// Days.
    Days(u32),
}

/// An agency.
#[derive(Serialize)]
pub struct AgencyView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The account that delegates.
    pub domain_id: String,
    /// The account whose users may act as it.
    pub trust_domain_id: String,
    /// Name of that account.
    pub trust_domain_name: String,
    /// Free text.
    pub description: String,
    /// Hours, or `FOREVER`.
    pub duration: String,
    /// When it was created; without a time zone.
    pub create_time: String,
    /// When it ends; without a time zone.
    pub expire_time: Option<String>,
}
