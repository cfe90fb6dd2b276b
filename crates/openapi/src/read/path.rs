//! The paths of a document and the operations on them.

use super::schemes::Schemes;
use super::{Common, operation};
use crate::keys::{METHODS, PREFIXES};
use crate::object::Object;
use countersign_control::apis::{Matching, Method};
use countersign_control::transfer::{APIS_MAX, Candidate, Reason};
use countersign_control::{Error, quota};
use serde_json::Value;

/// An operation that is still to be read.
pub(super) struct Pending<'a> {
    path: String,
    method: Option<Method>,
    /// The operation, and what its path says for all; or why there is none.
    parts: Result<Parts<'a>, Error>,
}

/// What an operation is read from.
pub(super) struct Parts<'a> {
    pub(super) operation: Object<'a>,
    /// Parameters of the path.
    pub(super) parameters: Vec<(&'a Value, String)>,
    /// Schemes of the path's servers.
    pub(super) schemes: Schemes,
    /// How it matches unless it says otherwise.
    pub(super) matching: Matching,
}

/// All operations; where a path is unreadable, one that says why. It stops when there are too many.
pub(super) fn operations<'a>(paths: &Object<'a>, common: &Common<'_>) -> Vec<Pending<'a>> {
    let mut all = Vec::new();
    for (path, value) in paths.entries().filter(|(path, _)| !path.starts_with("x-")) {
        let whole = format!("{}{path}", common.base_path);
        let item = paths.follow((value, String::new()));
        if let Err(error) = item.and_then(|item| collect(item, &whole, Matching::Exact, &mut all)) {
            all.push(Pending { path: whole, method: None, parts: Err(error) });
        }
        if all.len() > APIS_MAX {
            break;
        }
    }
    all
}

fn collect<'a>(
    mut item: Object<'a>,
    path: &str,
    matching: Matching,
    all: &mut Vec<Pending<'a>>,
) -> Result<(), Error> {
    item.ignore(&["summary", "description", "$ref"]);
    let parameters = item.list("parameters")?.unwrap_or_default();
    if parameters.len() > quota::API_PARAMETERS.most {
        return Err(Error::api_parameters_exceeded());
    }
    let schemes = Schemes::of_servers(&mut item)?;
    for (key, method) in METHODS {
        let parts = match item.object(key) {
            Ok(None) => continue,
            Ok(Some(operation)) => {
                Ok(Parts { operation: operation.rooted(), parameters: parameters.clone(), schemes, matching })
            }
            Err(error) => Err(error),
        };
        all.push(Pending { path: path.to_owned(), method: Some(*method), parts });
    }
    if let Some(prefixes) = item.object(PREFIXES)?.filter(|_| matching == Matching::Exact) {
        collect(prefixes, path, Matching::Prefix, all)?;
    }
    item.finish()
}

impl Pending<'_> {
    /// Reads the operation. Only a fault is an error.
    pub(super) fn read(self, common: &Common<'_>) -> Result<Candidate, Error> {
        let Self { path, method, parts } = self;
        let definition = match (parts, method) {
            (Ok(parts), Some(method)) => operation::read(parts, method, &path, common),
            (Ok(_), None) => Err(Error::missing("method")),
            (Err(error), _) => Err(error),
        };
        let definition = match definition {
            Ok(definition) => Ok(definition),
            Err(error) => Err(Reason::of(error)?),
        };
        Ok(Candidate { path, method, definition })
    }
}
