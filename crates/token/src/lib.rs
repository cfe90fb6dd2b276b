//! Self-contained credentials: tokens (`X-Subject-Token`) and temporary key pairs with their security token.
//!
//! Both are one sealed envelope: claims, signed by the issuer with Ed25519 and encrypted with
//! XChaCha20-Poly1305 under a key named by its id. Whoever holds the [`Keyring`] issues; whoever holds only
//! the [`OpeningKeys`] verifies without asking anybody and cannot issue. The secret key of a temporary key pair
//! is not carried: it is derived from the claims, so that the envelope gives nothing to sign with.
//!
//! The crate has no clock, no random source and no I/O. It does not know whether a user still exists: claims
//! carry the epoch of their subject and two audit ids, and the caller compares those with its live records.
//!
//! ```
//! use countersign_token::{AuditId, Claims, KeyId, Keyring, Lifetime, Methods, Scope, Subject, TokenKey};
//! use countersign_types::{DomainId, Timestamp, UserId};
//!
//! let active = TokenKey::from_secret(KeyId(1), [7; 64]);
//! let ring = Keyring::new(active, []);
//! let issued = Timestamp::from_unix(1_700_000_000);
//! let claims = Claims {
//!     subject: Subject::User(UserId::parse("ada")?),
//!     epoch: 0,
//!     domain_id: DomainId::parse("lovelace")?,
//!     scope: Scope::Unscoped,
//!     methods: Methods::PASSWORD,
//!     lifetime: Lifetime { issued, expires: Timestamp::from_unix(1_700_086_400) },
//!     audit_id: AuditId([1; 16]),
//!     chain: AuditId([1; 16]),
//!     assumed_by: None,
//!     only: None,
//! };
//! let token = ring.issue(&claims, [9; 24]);
//! let verified = ring.opening_keys().open(token.expose(), issued)?;
//! assert_eq!(verified.claims(), &claims);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod app;
mod claims;
mod codec;
mod envelope;
mod error;
mod key;
mod message;
mod methods;
mod ring;
mod seen;
mod temporary;
#[cfg(test)]
mod tests;

pub use app::{AppTokenKey, AppTokenUse, PresentedAppToken};
pub use claims::{Assumer, AuditId, Claims, Lifetime, OnlyRoles, Scope, Subject};
pub use error::Error;
pub use key::{KeyId, OPENING_BYTES, OpeningKey, SECRET_BYTES, TokenKey};
pub use methods::Methods;
pub use ring::{Keyring, OpeningKeys, Verified};
pub use seen::{Openable, Seen};
pub use temporary::{Session, TemporaryKey};
