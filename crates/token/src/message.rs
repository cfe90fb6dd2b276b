//! Messages for later readers of the same account: sealed like credentials, under a key derived for them alone.

use crate::codec::{Reader, Writer};
use crate::envelope::{self, Use};
use crate::{Error, Keyring, OpeningKeys};
use countersign_types::DomainId;

impl Keyring {
    /// The text, sealed for readers of the account; at most 4 KiB of it can be opened again. The nonce is fresh random
    /// bytes.
    #[must_use]
    pub fn seal_message(&self, reader: &DomainId, text: &str, nonce: [u8; 24]) -> String {
        let mut content = Writer::new();
        content.id(reader.as_str());
        content.bytes(text.as_bytes());
        envelope::seal(Use::Message, self.active(), nonce, &content.finish())
    }
}

impl OpeningKeys {
    /// The account whose readers the message is for, and its text. It can be opened as long as its key is in use.
    ///
    /// # Errors
    /// [`Error`] for anything but a message made by one of the keys.
    pub fn open_message(&self, message: &str) -> Result<(DomainId, String), Error> {
        let (content, _) = envelope::open(Use::Message, self, message)?;
        let mut content = Reader(&content);
        let reader = content.id().ok_or(Error::Forged)?;
        let text = std::str::from_utf8(content.0).map_err(|_| Error::Forged)?;
        Ok((reader, text.to_owned()))
    }
}
