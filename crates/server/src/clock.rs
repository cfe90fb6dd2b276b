//! The process's clock.

use countersign_types::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// The current time in UTC; a clock before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "this is the one place that owns the clock")]
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix_nanos(since.as_secs(), since.subsec_nanos())
}
