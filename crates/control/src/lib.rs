//! The use-cases of the management plane: gateways, groups, environments, APIs, publishing, apps, authorizations.
//!
//! Each use-case runs in one store transaction and checks references there. It knows no HTTP: results are
//! domain values, refusals are [`Error`]s with the code of the management contract. [`compile`] turns the
//! stored objects into the [`countersign_snapshot::Source`] that the data plane serves.

mod error;

pub use countersign_store::{Unsealable, Vault};
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
