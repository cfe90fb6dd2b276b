//! Messages that callers of an account may open later, when somebody shows them.

use crate::{Caller, Error, Live};
use countersign_types::DomainId;

/// What guards the opening of messages. The published name of the action has no type, which policies cannot write.
const DECODE: &str = "sts:messages:decodeAuthorizationMessage";

impl Live {
    /// The text, sealed for callers of the account who may open messages.
    ///
    /// # Errors
    /// A fault.
    pub fn seal_message(&self, reader: &DomainId, text: &str) -> Result<String, Error> {
        Ok(self.directory()?.ring.seal_message(reader, text, self.nonce()))
    }

    /// The text of a message for the caller's account, not older than a day or two.
    ///
    /// # Errors
    /// [`Error::NotAllowed`], [`Error::Invalid`] for everything that is no such message, or a fault.
    pub fn open_message(&self, caller: &Caller, message: &str) -> Result<String, Error> {
        caller.require(DECODE, &format!("sts:*:{}:message:*", caller.domain.id))?;
        let opened = self.directory()?.ring.opening_keys().open_message(message);
        match opened {
            Ok((reader, text)) if reader == caller.domain.id => Ok(text),
            _ => Err(Error::Invalid { field: "encoded_message", reason: "a message for this account" }),
        }
    }
}
