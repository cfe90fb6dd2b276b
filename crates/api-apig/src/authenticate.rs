//! Who is calling: the head is checked before the body is read, and the body against what the head says of it.

use crate::refusal::Refusal;
use countersign_api_edge::{Claimed, claim};
use countersign_identity::{Caller, Directory, Live};
use http::request::Parts;
use std::sync::Arc;

/// A request from whom its head names.
pub(crate) struct Headed {
    head: Parts,
    claimed: Claimed,
    /// What the claim was held against.
    directory: Arc<Directory>,
}

impl Headed {
    /// Checks everything that needs no body. It may read the store.
    pub(crate) fn check(head: Parts, live: &Live) -> Result<Self, Refusal> {
        let directory = live.directory()?;
        Ok(Self { claimed: claim(&head, live)?, head, directory })
    }

    /// The caller, once the whole body is there. A body may take its time, and what changed meanwhile counts.
    pub(crate) fn finish(self, body: &[u8], live: &Live) -> Result<(Parts, Caller), Refusal> {
        let Self { head, claimed, directory } = self;
        let unchanged = Arc::ptr_eq(&directory, &live.directory()?);
        let claimed = if unchanged { claimed } else { claim(&head, live)? };
        let caller = claimed.finish(body, live)?;
        Ok((head, caller))
    }
}
