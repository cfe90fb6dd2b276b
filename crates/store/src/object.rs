//! The stored form: addresses, names, links, documents, changes.

/// One versioned object.
#[derive(Debug, Clone, PartialEq)]
pub struct Object {
    /// What it is: `group`, `api`, `app` …
    pub kind: String,
    /// Whose it is: usually an instance, project or domain id.
    pub scope: String,
    /// Unique within (kind, scope).
    pub id: String,
    /// Names that must be unique within (kind, scope).
    pub names: Vec<String>,
    /// What it points to, for reference checks and look-ups.
    pub links: Vec<Link>,
    /// The document.
    pub document: serde_json::Value,
    /// Revision of the last change; the driver sets it, writers may leave 0.
    pub revision: u64,
}

/// A labelled pointer from an object: (`group`, group id).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link {
    /// Role of the target.
    pub label: String,
    /// Id of the target, or any look-up value.
    pub target: String,
}

impl Link {
    /// A link with this label and target.
    pub fn new(label: impl Into<String>, target: impl Into<String>) -> Self {
        Self { label: label.into(), target: target.into() }
    }
}

/// Which scopes a list covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// This one.
    One(&'a str),
    /// Every one.
    All,
}

/// Address of an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Address {
    /// Kind of the object.
    pub kind: String,
    /// Scope of the object.
    pub scope: String,
    /// Id of the object.
    pub id: String,
}

/// One entry of the change feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Revision at which it changed.
    pub revision: u64,
    /// What changed.
    pub address: Address,
    /// `true` when it was removed.
    pub deleted: bool,
}
