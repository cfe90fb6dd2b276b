//! The identity service's use-cases: accounts (domains), projects, users and their access keys.
//!
//! Passwords are kept as Argon2id hashes, secret keys sealed by the [`Vault`]. The crate knows no HTTP; what it
//! returns are domain values. Time and randomness are arguments.
//!
//! The first start calls [`Identity::bootstrap`] once; afterwards [`Identity::access_keys`] is what the
//! gateway and the management API authenticate against.

mod access_key;
mod bootstrap;
mod error;
mod generate;
mod password;
mod record;

pub use access_key::Principal;
pub use bootstrap::{Administrator, Bootstrap, Keep};
pub use error::Error;
pub use record::{AccessKey, Domain, Project, User};

use countersign_store::{Store, Vault};
use countersign_types::Timestamp;
use std::sync::Arc;

/// What the use-cases need from outside.
#[derive(Clone)]
pub struct Identity {
    /// Where everything lives.
    pub store: Arc<dyn Store>,
    /// Seals secret keys.
    pub vault: Arc<dyn Vault>,
    /// The current time.
    pub now: fn() -> Timestamp,
    /// Fills the buffer from a cryptographic random source.
    pub random: fn(&mut [u8]),
}
