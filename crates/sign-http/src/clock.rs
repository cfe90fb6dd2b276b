//! The clock of the requests that are signed here, and its correction by a server's.

use countersign_types::{Timestamp, limits::SKEW_SECONDS_MAX};
use http::{HeaderMap, StatusCode, header};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where signing times come from. Clones share what one of them learns.
#[derive(Clone)]
pub struct Clock {
    now: fn() -> Timestamp,
    /// Seconds by which the server's clock is ahead; nothing is learned without it.
    ahead: Option<Arc<AtomicI64>>,
}

impl Clock {
    /// The clock of the system.
    #[must_use]
    pub const fn system() -> Self {
        Self::new(system)
    }

    /// A clock of one's own.
    #[must_use]
    pub const fn new(now: fn() -> Timestamp) -> Self {
        Self { now, ahead: None }
    }

    /// Learns from a server: an answer of 401 whose `Date` is more than 15 minutes away tells that this clock is wrong.
    /// Then the request is sent once again, and later ones are signed with the server's time.
    #[must_use]
    pub fn correcting(self) -> Self {
        Self { ahead: Some(Arc::default()), ..self }
    }

    /// The time to sign with.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let ahead = self.ahead.as_ref().map_or(0, |ahead| ahead.load(Ordering::Relaxed));
        Timestamp::from_unix((self.now)().unix().saturating_add_signed(ahead))
    }

    /// Whether it learns from servers.
    pub(crate) const fn is_correcting(&self) -> bool {
        self.ahead.is_some()
    }

    /// Whether the answer tells that the clock was wrong; then it is right from now on.
    pub(crate) fn learns(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        let (Some(ahead), Some(server)) = (&self.ahead, date(headers)) else { return false };
        let is_wrong =
            status == StatusCode::UNAUTHORIZED && self.now().abs_diff_seconds(server) > SKEW_SECONDS_MAX;
        if is_wrong {
            let seconds = server.unix().cast_signed().saturating_sub((self.now)().unix().cast_signed());
            ahead.store(seconds, Ordering::Relaxed);
        }
        is_wrong
    }
}

fn date(headers: &HeaderMap) -> Option<Timestamp> {
    let date = httpdate::parse_http_date(headers.get(header::DATE)?.to_str().ok()?).ok()?;
    date.duration_since(UNIX_EPOCH).ok().map(|since| Timestamp::from_unix(since.as_secs()))
}

#[expect(clippy::disallowed_methods, reason = "whoever wants another clock gives one")]
fn system() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_unix(since.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_767_323_045;

    fn clock() -> Clock {
        Clock::new(|| Timestamp::from_unix(NOW))
    }

    fn answer(seconds: i64) -> HeaderMap {
        let time = UNIX_EPOCH + std::time::Duration::from_secs(NOW.saturating_add_signed(seconds));
        [(header::DATE, httpdate::fmt_http_date(time).parse().unwrap())].into_iter().collect()
    }

    #[test]
    fn a_refusal_far_away_in_time_corrects_the_clock() {
        for seconds in [901, -901, 86_400] {
            let clock = clock().correcting();
            assert!(clock.learns(StatusCode::UNAUTHORIZED, &answer(seconds)));
            assert_eq!(clock.clone().now().unix(), NOW.saturating_add_signed(seconds));
            assert!(!clock.learns(StatusCode::UNAUTHORIZED, &answer(seconds)), "it is right now");
        }
    }

    #[test]
    fn nothing_else_does() {
        let correcting = clock().correcting();
        assert!(!correcting.learns(StatusCode::UNAUTHORIZED, &answer(900)));
        assert!(!correcting.learns(StatusCode::FORBIDDEN, &answer(3_600)));
        assert!(!correcting.learns(StatusCode::UNAUTHORIZED, &HeaderMap::new()));
        assert!(!clock().learns(StatusCode::UNAUTHORIZED, &answer(3_600)));
        assert_eq!(correcting.now().unix(), NOW);
    }
}
