//! Credentials that were opened before, so that only their first sight pays for opening them.

use crate::envelope::named_key;
use crate::{Claims, Error, OpeningKeys, TemporaryKey, Verified};
use countersign_types::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Rows of the memory; a power of two.
const ROWS: usize = 4_096;
/// Credentials in a row. A full row forgets what it learned first.
const ROW: usize = 4;

/// SHA-256 of a credential as its bearer shows it.
type Print = [u8; 32];

/// What a sealed text opens to.
pub trait Openable: Sized {
    /// Opens it: seal, signature and expiry hold.
    ///
    /// # Errors
    /// [`Error`] for anything else.
    fn open(keys: &OpeningKeys, text: &str, now: Timestamp) -> Result<Self, Error>;

    /// What it says.
    fn claims(&self) -> &Claims;
}

/// Credentials that were opened before: 16,384 of them at most, which is 1 MiB and up to 1 KiB for each.
///
/// A credential is known by the hash of its whole text, so an altered one never passes for it. What passes is only
/// what opened once, under a key that is still held, and has not expired: those two are checked every time. A text
/// that does not open is not remembered, so whoever cannot issue cannot fill the memory. There is no lock in it: one
/// owner, or a lock of the owner's choice.
pub struct Seen<T> {
    places: Box<[Option<Entry<T>>]>,
}

struct Entry<T> {
    print: Print,
    opened: Arc<T>,
}

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self { places: std::iter::repeat_with(|| None).take(ROWS * ROW).collect() }
    }
}

impl<T> std::fmt::Debug for Seen<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seen")
    }
}

impl<T: Openable> Seen<T> {
    /// Opens a credential, or recognizes it.
    ///
    /// # Errors
    /// As [`Openable::open`].
    pub fn open(&mut self, keys: &OpeningKeys, text: &str, now: Timestamp) -> Result<Arc<T>, Error> {
        keys.find(named_key(text)?).ok_or(Error::UnknownKey)?;
        let print = Sha256::digest(text).into();
        let row = self.row(&print);
        if let Some(entry) = row.iter().flatten().find(|entry| entry.print == print) {
            entry.opened.claims().check_time(now)?;
            return Ok(Arc::clone(&entry.opened));
        }
        let opened = Arc::new(T::open(keys, text, now)?);
        row.rotate_right(1);
        if let Some(newest) = row.first_mut() {
            *newest = Some(Entry { print, opened: Arc::clone(&opened) });
        }
        Ok(opened)
    }
}

impl<T> Seen<T> {
    fn row(&mut self, [first, second, ..]: &Print) -> &mut [Option<Entry<T>>] {
        let start = usize::from(u16::from_be_bytes([*first, *second])) % ROWS * ROW;
        self.places.get_mut(start..start + ROW).unwrap_or_default()
    }
}

impl Openable for Verified {
    fn open(keys: &OpeningKeys, text: &str, now: Timestamp) -> Result<Self, Error> {
        keys.open(text, now)
    }

    fn claims(&self) -> &Claims {
        self.claims()
    }
}

impl Openable for TemporaryKey {
    fn open(keys: &OpeningKeys, text: &str, now: Timestamp) -> Result<Self, Error> {
        keys.open_temporary(text, now)
    }

    fn claims(&self) -> &Claims {
        &self.claims
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{NOW, at, claims, ring};
    use crate::{Keyring, Session};

    /// Opens whatever names the key of the test.
    struct Anything(Claims);

    impl Openable for Anything {
        fn open(_: &OpeningKeys, _: &str, _: Timestamp) -> Result<Self, Error> {
            Ok(Self(claims()))
        }

        fn claims(&self) -> &Claims {
            &self.0
        }
    }

    fn token(ring: &Keyring) -> String {
        ring.issue(&claims(), [9; 24]).expose().to_owned()
    }

    fn remembered<T>(seen: &Seen<T>) -> usize {
        seen.places.iter().flatten().count()
    }

    #[test]
    fn a_token_seen_before_is_the_same_value_until_it_expires() {
        let (ring, mut seen) = (ring(), Seen::<Verified>::default());
        let (keys, text) = (ring.opening_keys(), token(&ring));
        let first = seen.open(keys, &text, at(NOW)).unwrap();
        let again = seen.open(keys, &text, at(NOW)).unwrap();
        assert!(Arc::ptr_eq(&first, &again));
        assert_eq!(seen.open(keys, &text, at(NOW + 60)).unwrap_err(), Error::Expired);
    }

    #[test]
    fn a_temporary_key_seen_before_is_no_token() {
        let ring = ring();
        let made = ring.issue_temporary(claims(), Session::default(), [9; 24]);
        let mut seen = Seen::<TemporaryKey>::default();
        for _ in 0..2 {
            let opened = seen.open(ring.opening_keys(), made.security_token.expose(), at(NOW)).unwrap();
            assert_eq!(opened.secret_key.expose(), made.secret_key.expose());
        }
        let refused =
            Seen::<Verified>::default().open(ring.opening_keys(), made.security_token.expose(), at(NOW));
        assert_eq!(refused.unwrap_err(), Error::Forged);
    }

    #[test]
    fn having_seen_a_token_lets_no_altered_one_pass_and_remembers_none() {
        let (ring, mut seen) = (ring(), Seen::<Verified>::default());
        let text = token(&ring);
        seen.open(ring.opening_keys(), &text, at(NOW)).unwrap();
        for position in 0..text.len() {
            let mut altered = text.clone();
            let other = if text[position..].starts_with('A') { "B" } else { "A" };
            altered.replace_range(position..=position, other);
            assert!(seen.open(ring.opening_keys(), &altered, at(NOW)).is_err(), "at {position}");
            assert!(seen.open(ring.opening_keys(), &text[..position], at(NOW)).is_err(), "{position} long");
        }
        assert_eq!(remembered(&seen), 1);
    }

    #[test]
    fn a_token_seen_before_is_refused_when_its_key_is_withdrawn() {
        let (ring, mut seen) = (ring(), Seen::<Verified>::default());
        let text = token(&ring);
        seen.open(ring.opening_keys(), &text, at(NOW)).unwrap();
        let refused = seen.open(&OpeningKeys::default(), &text, at(NOW));
        assert_eq!(refused.unwrap_err(), Error::UnknownKey);
    }

    #[test]
    fn a_full_row_forgets_what_it_learned_first() {
        let (ring, mut seen) = (ring(), Seen::<Anything>::default());
        let head = token(&ring)[..8].to_owned();
        let text = |number: u32| format!("{head}{number}");
        let row = |text: &String| {
            let print = Sha256::digest(text);
            (usize::from(print[0]) << 8 | usize::from(print[1])) % ROWS
        };
        let first = text(0);
        let rivals = (1..).map(text).filter(|rival| row(rival) == row(&first));
        let opened = seen.open(ring.opening_keys(), &first, at(NOW)).unwrap();
        for rival in rivals.take(ROW) {
            let again = seen.open(ring.opening_keys(), &first, at(NOW)).unwrap();
            assert!(Arc::ptr_eq(&opened, &again));
            seen.open(ring.opening_keys(), &rival, at(NOW)).unwrap();
        }
        assert_eq!(remembered(&seen), ROW);
        let again = seen.open(ring.opening_keys(), &first, at(NOW)).unwrap();
        assert!(!Arc::ptr_eq(&opened, &again));
    }
}
