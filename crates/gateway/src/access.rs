//! Whether requests from that address may come in at all.

use crate::{
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_types::code;

/// Proof that the API may be called from where the request comes from.
pub(crate) struct Entered<'s> {
    pub(crate) routed: Routed<'s>,
}

/// Asks the API's list of source addresses.
///
/// # Errors
/// 403: the list does not let the address pass.
pub(crate) fn enter(routed: Routed<'_>) -> Result<Entered<'_>, Reject> {
    if routed.release.access.admits_address(routed.source) {
        Ok(Entered { routed })
    } else {
        Err(Reject::new(Stage::Access, code::ADDRESS_UNAUTHORIZED, "address_not_admitted"))
    }
}
