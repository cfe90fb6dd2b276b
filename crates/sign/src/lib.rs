//! Request signing: canonical request, string to sign, keys, algorithms, and a signer that returns the
//! headers to add.
//!
//! It never sends, reads a clock, draws randomness or touches the caller's request. The pieces that turn a
//! request into its canonical text are public because the verifier walks the same road with other forms.
//! Clause numbers (§) refer to `spec/protocol.md`.
//!
//! ```
//! use countersign_sign::{Payload, Request, Signer};
//! use countersign_types::{AccessKeyId, SecretKey, Timestamp};
//!
//! let signer = Signer::new(AccessKeyId::parse("QTWAOYTTINDUT2QVKYUC")?, SecretKey::new("secret"));
//! let headers = [("Host", "service.region.example.com")];
//! let request = Request {
//!     method: "GET",
//!     target: "/v1/vpcs?limit=2",
//!     headers: &headers,
//!     payload: Payload::Body(b""),
//! };
//! let signed = signer.sign(&request, Timestamp::parse_basic(b"20191115T033655Z")?)?;
//! assert_eq!(signed.headers[0], ("X-Sdk-Date", "20191115T033655Z".to_owned()));
//! assert!(signed.headers[1].1.starts_with("SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=host;"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod algorithm;
mod canonical;
mod derive;
mod difference;
mod digest;
pub mod escape;
mod hash;
mod hmac;
mod key;
pub mod names;
mod parts;
mod path;
mod query;
mod signer;
mod string_to_sign;

pub use algorithm::{Algorithm, Hash};
pub use canonical::{Canonical, split_target};
pub use difference::difference;
pub use digest::{Digest, HexDigest, hex_digest, parse_digest};
pub use hash::Hasher;
pub use hmac::{HmacSha256, hmac_sm3};
pub use key::{Key, KeyError, SigningKey};
pub use parts::Parts;
pub use path::PathForm;
pub use query::{Order, Query};
pub use signer::{Error, Payload, Request, Signed, Signer};
pub use string_to_sign::StringToSign;
