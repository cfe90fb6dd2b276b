//! The authorizers that a definition names.

use super::{Side, require};
use crate::apis::Definition;
use crate::{Error, InstanceRef};
use countersign_store::Reader;
use countersign_types::AuthorizerId;

/// Passes when every authorizer that the definition names exists and stands on the right side.
///
/// # Errors
/// `APIG.3081`, or `APIG.2012` for one of the other side.
pub(crate) fn check_references(
    reader: &dyn Reader,
    at: &InstanceRef,
    definition: &Definition,
) -> Result<(), Error> {
    for (side, text) in definition.authorizers() {
        let id = AuthorizerId::parse(text).map_err(|_| Error::authorizer_not_found(text))?;
        if require(reader, at, &id)?.draft.side != side {
            return Err(Error::invalid(match side {
                Side::Frontend => "authorizer_id",
                Side::Backend => "backend_api.authorizer_id",
            }));
        }
    }
    Ok(())
}
