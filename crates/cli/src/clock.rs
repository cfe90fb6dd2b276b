//! The clock of the command line, and how far it is from a server's.

use anyhow::Context;
use countersign_types::{Timestamp, limits::SKEW_SECONDS_MAX};
use hyper::HeaderMap;
use std::time::{SystemTime, UNIX_EPOCH};

/// The time now.
///
/// # Errors
/// When the clock stands before 1970.
#[expect(clippy::disallowed_methods, reason = "the command line is where time comes from")]
pub(crate) fn now() -> anyhow::Result<Timestamp> {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock stands before 1970")?;
    Ok(Timestamp::from_unix(elapsed.as_secs()))
}

/// What to say when this clock and the one of whoever sent these headers differ more than signatures allow.
pub(crate) fn skew(headers: &HeaderMap) -> Option<String> {
    let seconds = now().ok()?.abs_diff_seconds(server_time(headers)?);
    (seconds > SKEW_SECONDS_MAX).then(|| {
        format!(
            "this clock and the server's differ by {seconds} s, more than the 15 minutes allowed; set the clock, \
             for example with NTP"
        )
    })
}

fn server_time(headers: &HeaderMap) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get("date")?.to_str().ok()?).ok()?;
    date.duration_since(UNIX_EPOCH).ok().map(|elapsed| Timestamp::from_unix(elapsed.as_secs()))
}
