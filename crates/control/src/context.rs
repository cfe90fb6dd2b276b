//! What the use-cases need from outside.

use crate::debug::Prober;
use crate::diagnosis::Refusals;
use crate::statistics::CallCounts;
use crate::{Error, Functions};
use countersign_store::{Document, Reader, Store, Vault, Writer};
use countersign_types::{InvalidId, Passcode, Timestamp};
use std::sync::Arc;

/// The store, a clock, randomness and the deployment's names; the use-cases are its methods.
#[derive(Clone)]
pub struct Control {
    /// Where everything lives.
    pub store: Arc<dyn Store>,
    /// The current time.
    pub now: fn() -> Timestamp,
    /// Fills the buffer from a cryptographic random source.
    pub random: fn(&mut [u8]),
    /// Encrypts secrets before they are stored.
    pub vault: Arc<dyn Vault>,
    /// Reaches the gateway, for debugging.
    pub prober: Arc<dyn Prober>,
    /// Knows what the gateway counted.
    pub counts: Arc<dyn CallCounts>,
    /// Knows the refusals that the gateway has diagnosed.
    pub refusals: Arc<dyn Refusals>,
    /// The functions that the installation has.
    pub functions: Functions,
    /// Suffix of default subdomains: `<group_id>.apic.<suffix>`.
    pub domain_suffix: String,
    /// Region name that instances report.
    pub region: String,
    /// Seconds for which an AppSecret holds after it was replaced.
    pub app_secret_overlap_seconds: u64,
}

impl Control {
    /// 32 lower-case hex digits: the id of every object but gateways, and generated keys and secrets.
    #[must_use]
    pub fn hex_id(&self) -> String {
        hex(&self.random_bytes())
    }

    /// 64 lower-case hex digits that alone prove who calls.
    pub(crate) fn new_passcode(&self) -> Passcode {
        Passcode::new(self.hex_id() + &self.hex_id())
    }

    /// A new id of 32 lower-case hex digits.
    pub(crate) fn new_id<T: TryFrom<String, Error = InvalidId>>(&self) -> T {
        T::try_from(self.hex_id()).expect("32 hex digits are within every id's length and alphabet")
    }

    /// A dashed UUID (version 4): the id of a gateway.
    #[must_use]
    pub fn uuid(&self) -> String {
        uuid(self.random_bytes())
    }

    fn random_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        (self.random)(&mut bytes);
        bytes
    }

    /// Runs `work` on one consistent view of the store.
    ///
    /// # Errors
    /// What `work` returns, or a fault of the store.
    pub fn read<T>(&self, work: impl FnMut(&dyn Reader) -> Result<T, Error>) -> Result<T, Error> {
        countersign_store::read(self.store.as_ref(), work)
    }

    /// Runs `work` in one transaction; an error rolls everything back.
    ///
    /// # Errors
    /// What `work` returns, or a fault of the store.
    pub fn write<T>(&self, work: impl FnMut(&mut dyn Writer) -> Result<T, Error>) -> Result<T, Error> {
        countersign_store::write(self.store.as_ref(), work)
    }
}

/// Stores the document; a unique name that is taken becomes the refusal that `taken` gives.
pub(crate) fn put_unique<T: Document>(
    writer: &mut dyn Writer,
    document: &T,
    taken: impl FnOnce() -> Error,
) -> Result<(), Error> {
    match countersign_store::put(writer, document) {
        Err(countersign_store::Error::NameTaken { .. }) => Err(taken()),
        other => other.map_err(Error::from),
    }
}

/// Puts version 4 and the variant into random bytes.
fn uuid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let [a, b, c, d, e] = [&bytes[..4], &bytes[4..6], &bytes[6..8], &bytes[8..10], &bytes[10..]].map(hex);
    format!("{a}-{b}-{c}-{d}-{e}")
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_has_version_4_and_its_variant_whatever_the_random_bytes() {
        assert_eq!(uuid([0x00; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}
