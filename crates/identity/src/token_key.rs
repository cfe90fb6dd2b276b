//! The keys that tokens are made with: made, staged, used, kept until their last token has expired.

use crate::{Error, Identity, TokenKeyRecord, TokenKeyState};
use countersign_store::{Reader, Scope, Writer, delete, list, put, read, write};
use countersign_token::{KeyId, Keyring, SECRET_BYTES, TokenKey};
use countersign_types::{SecretKey, Timestamp, limits::SKEW_SECONDS_MAX};

/// How long anything made with a token key can hold, in seconds.
pub(crate) const LIFETIME_SECONDS_MAX: u64 = 24 * 60 * 60;

impl Identity {
    /// Makes the first two token keys, one to use and one staged, unless there are keys already.
    ///
    /// # Errors
    /// A store fault.
    pub fn prepare_token_keys(&self) -> Result<(), Error> {
        write(self.store.as_ref(), |writer| {
            if list::<TokenKeyRecord>(writer, Scope::All)?.is_empty() {
                put(writer, &self.new_token_key(1, TokenKeyState::Active))?;
                put(writer, &self.new_token_key(2, TokenKeyState::Staged))?;
            }
            Ok(())
        })
    }

    /// Moves on by one key: the staged key makes tokens, the active one only verifies from now on, a new one is
    /// staged, and keys whose last token has expired are forgotten. No valid token is refused by it, as long as every
    /// verifier holds the staged key by then.
    ///
    /// # Errors
    /// A store fault.
    pub fn rotate_token_keys(&self) -> Result<(), Error> {
        let now = (self.now)();
        write(self.store.as_ref(), |writer| {
            let records = list::<TokenKeyRecord>(writer, Scope::All)?;
            let newest = records.iter().map(|record| record.number).max().unwrap_or_default();
            for record in records {
                advance(writer, record, now)?;
            }
            Ok(put(writer, &self.new_token_key(newest + 1, TokenKeyState::Staged))?)
        })
    }

    /// Since when tokens are made with the active key: that is when the next one was staged.
    ///
    /// # Errors
    /// [`Error::NoTokenKey`], or a store fault.
    pub fn token_key_active_since(&self) -> Result<Timestamp, Error> {
        read(self.store.as_ref(), |reader| {
            let records = list::<TokenKeyRecord>(reader, Scope::All)?;
            let staged = records.iter().find(|record| record.state == TokenKeyState::Staged);
            staged.map(|record| record.made).ok_or(Error::NoTokenKey)
        })
    }

    pub(crate) fn load_ring(&self, reader: &dyn Reader) -> Result<Keyring, Error> {
        let mut active = None;
        let mut others = Vec::new();
        for record in list::<TokenKeyRecord>(reader, Scope::All)? {
            let key = self.open_token_key(&record)?;
            match record.state {
                TokenKeyState::Active => active = Some(key),
                TokenKeyState::Staged | TokenKeyState::Retiring { .. } => others.push(key.opening().clone()),
            }
        }
        Ok(Keyring::new(active.ok_or(Error::NoTokenKey)?, others))
    }

    fn new_token_key(&self, number: u32, state: TokenKeyState) -> TokenKeyRecord {
        let mut secret = [0; SECRET_BYTES];
        (self.random)(&mut secret);
        let secret = SecretKey::new(hex::encode(secret));
        let sealed_secret = self.vault.seal(&TokenKeyRecord::context(number), secret.expose());
        TokenKeyRecord { number, id: number.to_string(), sealed_secret, state, made: (self.now)() }
    }

    fn open_token_key(&self, record: &TokenKeyRecord) -> Result<TokenKey, Error> {
        let unreadable = || Error::TokenKeySealed { number: record.number };
        let opened = self.vault.open(&TokenKeyRecord::context(record.number), &record.sealed_secret);
        let opened = SecretKey::new(opened.map_err(|_| unreadable())?);
        let mut secret = [0; SECRET_BYTES];
        hex::decode_to_slice(opened.expose(), &mut secret).map_err(|_| unreadable())?;
        Ok(TokenKey::from_secret(KeyId(record.number), secret))
    }
}

fn advance(writer: &mut dyn Writer, record: TokenKeyRecord, now: Timestamp) -> Result<(), Error> {
    let state = match record.state {
        TokenKeyState::Staged => TokenKeyState::Active,
        TokenKeyState::Active => {
            let until = Timestamp::from_unix(now.unix() + LIFETIME_SECONDS_MAX + SKEW_SECONDS_MAX);
            TokenKeyState::Retiring { until }
        }
        TokenKeyState::Retiring { until } if until < now => {
            delete::<TokenKeyRecord>(writer, "", &record.id)?;
            return Ok(());
        }
        TokenKeyState::Retiring { .. } => record.state,
    };
    Ok(put(writer, &TokenKeyRecord { state, ..record })?)
}
