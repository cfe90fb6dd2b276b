//! Backends under conditions.

use super::{Backend, Location, Mapping};
use countersign_types::AuthorizerId;
use serde::{Deserialize, Serialize};

/// A backend for the requests that satisfy its conditions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// How its conditions combine.
    pub effect: Effect,
    /// When it applies; at least one.
    pub conditions: Vec<Condition>,
    /// Where requests go then.
    pub backend: Backend,
    /// Who is asked before they go there.
    pub authorizer: Option<AuthorizerId>,
    /// What is sent there beyond the request itself, instead of the API's own mappings.
    pub mappings: Vec<Mapping>,
}

/// How conditions combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// All must hold.
    All,
    /// One is enough.
    Any,
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The source address is one of these; entries as in [`crate::AddressSet::parse`].
    Source(Vec<String>),
    /// A text that the request has.
    Text {
        /// Which one.
        subject: Subject,
        /// What it must be.
        test: Test,
    },
}

/// A text of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// The declared request parameter with this name and location, or its default.
    Parameter {
        /// Name in the request.
        name: String,
        /// Location in the request.
        location: Location,
    },
    /// The path, decoded.
    Path,
    /// The method.
    Method,
    /// The cookie with this name.
    Cookie(String),
    /// What the frontend authorizer said under this name.
    Authorizer(String),
}

/// What a text must be. A request without the text fails every test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// This text.
    Equal(String),
    /// One of these texts.
    OneOf(Vec<String>),
    /// A text that this regular expression matches from beginning to end.
    Pattern(String),
}
