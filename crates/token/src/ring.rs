//! The keys in use, and the two things done with them.

use crate::claims::Claims;
use crate::codec::{Reader, Writer};
use crate::envelope::{self, Use};
use crate::key::{KeyId, OpeningKey, TokenKey};
use crate::{Error, Session, TemporaryKey};
use countersign_types::{SecurityToken, Timestamp, Token};

/// The issuer's keys: the active one issues, every one verifies.
///
/// A key is first *staged* (verifies everywhere, issues nowhere), then *active*, then kept for verification
/// until the last credential it issued has expired. So a change of the active key refuses no valid credential.
#[derive(Debug, Clone)]
pub struct Keyring {
    active: TokenKey,
    opening: OpeningKeys,
}

/// The verifier's keys, each found by the id that a credential names.
#[derive(Debug, Clone, Default)]
pub struct OpeningKeys(Vec<OpeningKey>);

/// A token whose seal and signature held and whose time was not over. Only [`OpeningKeys::open`] makes one.
#[derive(Debug, Clone)]
pub struct Verified(Claims);

impl Keyring {
    /// `others` are the keys that verify only, staged or retiring.
    #[must_use]
    pub fn new(active: TokenKey, others: impl IntoIterator<Item = OpeningKey>) -> Self {
        let opening = std::iter::once(active.opening().clone()).chain(others).collect();
        Self { active, opening }
    }

    /// A token of these claims; the nonce is fresh random bytes.
    #[must_use]
    pub fn issue(&self, claims: &Claims, nonce: [u8; 24]) -> Token {
        let mut content = Writer::new();
        claims.write(&mut content);
        Token::new(envelope::seal(Use::Token, &self.active, nonce, &content.finish()))
    }

    /// A temporary key pair of these claims; the nonce is fresh random bytes.
    #[must_use]
    pub fn issue_temporary(&self, claims: Claims, session: Session, nonce: [u8; 24]) -> TemporaryKey {
        let mut content = Writer::new();
        claims.write(&mut content);
        session.write(&mut content);
        let token = envelope::seal(Use::TemporaryKey, &self.active, nonce, &content.finish());
        TemporaryKey::new(self.active.opening(), SecurityToken::new(token), claims, session)
    }

    pub(crate) const fn active(&self) -> &TokenKey {
        &self.active
    }

    /// What verifiers need.
    #[must_use]
    pub const fn opening_keys(&self) -> &OpeningKeys {
        &self.opening
    }
}

impl FromIterator<OpeningKey> for OpeningKeys {
    /// Of several keys with one id the first counts.
    fn from_iter<T: IntoIterator<Item = OpeningKey>>(keys: T) -> Self {
        let mut keys: Vec<_> = keys.into_iter().collect();
        keys.sort_by_key(OpeningKey::id);
        keys.dedup_by_key(|key| key.id());
        Self(keys)
    }
}

impl OpeningKeys {
    /// The keys, by rising id.
    pub fn iter(&self) -> impl Iterator<Item = &OpeningKey> {
        self.0.iter()
    }

    /// Reads a token.
    ///
    /// # Errors
    /// [`Error`] for anything but an unexpired token made by one of the keys.
    pub fn open(&self, token: &str, now: Timestamp) -> Result<Verified, Error> {
        let (content, _) = envelope::open(Use::Token, self, token)?;
        let mut reader = Reader(&content);
        let claims = Claims::read(&mut reader).filter(|_| reader.is_empty()).ok_or(Error::Forged)?;
        claims.check_time(now)?;
        Ok(Verified(claims))
    }

    /// Reads a security token, and derives the key pair it belongs to.
    ///
    /// # Errors
    /// [`Error`] for anything but an unexpired security token made by one of the keys.
    pub fn open_temporary(&self, token: &str, now: Timestamp) -> Result<TemporaryKey, Error> {
        let (content, key) = envelope::open(Use::TemporaryKey, self, token)?;
        let mut reader = Reader(&content);
        let claims = Claims::read(&mut reader).ok_or(Error::Forged)?;
        let session = Session::read(&mut reader).filter(|_| reader.is_empty()).ok_or(Error::Forged)?;
        claims.check_time(now)?;
        Ok(TemporaryKey::new(key, SecurityToken::new(token), claims, session))
    }

    /// Whether the key of this id is among them.
    #[must_use]
    pub fn holds(&self, id: KeyId) -> bool {
        self.find(id).is_some()
    }

    pub(crate) fn find(&self, id: KeyId) -> Option<&OpeningKey> {
        let place = self.0.binary_search_by_key(&id, OpeningKey::id).ok()?;
        self.0.get(place)
    }
}

impl Verified {
    /// What the token says.
    #[must_use]
    pub const fn claims(&self) -> &Claims {
        &self.0
    }
}

impl Claims {
    pub(crate) fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        if now < self.lifetime.expires { Ok(()) } else { Err(Error::Expired) }
    }
}
