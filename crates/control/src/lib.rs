//! The use-cases of the management plane: gateways, groups, environments, APIs, publishing, apps, authorizations.
//!
//! Each use-case runs in one store transaction and checks references there. It knows no HTTP: results are
//! domain values, refusals are [`Error`]s with the code of the management contract. [`compile`] turns the
//! stored objects into the [`countersign_snapshot::Source`] that the data plane serves.

mod error;

pub use error::Error;

use countersign_store::Store;
use countersign_types::Timestamp;
use std::sync::Arc;

/// What the use-cases need from outside: the store, a clock, randomness, the deployment's names.
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
    /// Suffix of default subdomains: `<group_id>.apic.<suffix>`.
    pub domain_suffix: String,
    /// Region name that instances report.
    pub region: String,
}

/// Sealing of secrets at rest.
pub trait Vault: Send + Sync + 'static {
    /// Encrypts `secret`; `context` (kind, scope and id of the record) is authenticated with it.
    fn seal(&self, context: &str, secret: &str) -> String;

    /// The reverse of [`Vault::seal`].
    ///
    /// # Errors
    /// [`Unsealable`] when text or context were altered, or the key is another one.
    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable>;
}

/// A sealed secret could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret cannot be opened: the key file does not fit the store, or the record was altered")]
pub struct Unsealable;
