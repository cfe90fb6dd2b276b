//! Why a source is not served.

use crate::path;

/// A source was refused; nothing of it serves.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {fault}")]
pub struct Error {
    /// The object at fault, such as `API 3f…`.
    pub place: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What can be wrong with an object of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The document was written by another version.
    #[error("the format is not the one this version reads")]
    Format,
    /// Something that identifies one object stands twice.
    #[error("the {0} stands twice")]
    Duplicate(&'static str),
    /// A text that must say something is empty or blank.
    #[error("the {0} is blank")]
    Blank(&'static str),
    /// A text is longer than allowed.
    #[error("the {0} is too long")]
    TooLong(&'static str),
    /// A value is not of the expected form or range.
    #[error("the {0} is not valid")]
    Invalid(&'static str),
    /// A name points to nothing.
    #[error("the {0} does not exist")]
    Unresolved(&'static str),
    /// The path of a template is ambiguous.
    #[error(transparent)]
    Path(path::Refusal),
    /// The parameters of a template are malformed.
    #[error("{0}")]
    Template(&'static str),
}

impl Fault {
    /// Says where the fault is.
    pub(crate) fn at(self, kind: &str, id: &impl std::fmt::Display) -> Error {
        Error { place: format!("{kind} {id}"), fault: self }
    }
}
