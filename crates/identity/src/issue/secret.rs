//! Secrets that can be guessed: what a guess costs, and when guessing ends.

use crate::lockout::Attempt;
use crate::{Error, Live, PASSWORD_BYTES_MAX, Unauthenticated, password};
use countersign_types::{SecretKey, Timestamp};
use std::net::IpAddr;

/// A secret that was shown.
pub(super) struct Guess<'a> {
    /// What failures are counted under: one spelling, whether there is such a thing or not.
    pub(super) account: String,
    /// The secret.
    pub(super) secret: &'a SecretKey,
    /// The hash that it must fit; `None` when nothing can be right.
    pub(super) hash: Option<&'a str>,
    /// Where it comes from, if that is known.
    pub(super) source: Option<IpAddr>,
}

impl Live {
    /// Whether the secret is right. It costs one hash and gets one answer whatever is wrong: the secret, its owner or
    /// the number of attempts before.
    pub(super) fn check_guess(&self, guess: Guess<'_>, now: Timestamp) -> Result<(), Error> {
        let Guess { account, secret, hash, source } = guess;
        if secret.expose().len() > PASSWORD_BYTES_MAX {
            return Err(Error::Invalid { field: "password", reason: "at most 4096 bytes" });
        }
        let attempt = source.map(|source| Attempt { account, source });
        let is_closed = attempt.as_ref().is_some_and(|attempt| self.lockout.is_closed(attempt, now));
        let measure = hash.unwrap_or(&self.unknown_user_hash);
        let fits = self.hashing.run(|| password::fits(secret, measure))?;
        match (fits && hash.is_some() && !is_closed, attempt) {
            (true, attempt) => {
                attempt.inspect(|attempt| self.lockout.succeed(attempt));
                Ok(())
            }
            (false, attempt) => {
                attempt.into_iter().for_each(|attempt| self.lockout.fail(attempt, now));
                Err(Unauthenticated::Credentials.into())
            }
        }
    }
}

/// One spelling, of bounded length, for something that does not exist.
pub(super) fn spelled(parts: &[&str]) -> String {
    parts.join("/").chars().take(256).flat_map(char::to_lowercase).collect()
}
