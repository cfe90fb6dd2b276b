//! Labels of the links between stored objects: what a document points to under which name.

use crate::Error;
use countersign_store::{Link, Reader, Scope};

/// To an API group.
pub const GROUP: &str = "group";
/// To an environment.
pub const ENV: &str = "env";
/// To an API.
pub const API: &str = "api";
/// To a load balance channel.
pub const CHANNEL: &str = "channel";
/// To a custom authorizer.
pub const AUTHORIZER: &str = "authorizer";
/// To an app.
pub const APP: &str = "app";

/// Whether any object of the kind, in the scope, points there.
///
/// # Errors
/// A fault of the store.
pub fn is_used(
    reader: &dyn Reader,
    kind: &str,
    scope: &str,
    label: &str,
    target: &str,
) -> Result<bool, Error> {
    Ok(reader.count(kind, Scope::One(scope), Some(&Link::new(label, target)))? > 0)
}
