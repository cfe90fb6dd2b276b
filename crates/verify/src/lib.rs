//! The tolerant, safe verifier of AK/SK-signed requests.
//!
//! It works on the raw request head and decides in two steps: a [`Claim`] before the body is read, a
//! [`Verified`] after. It does no I/O and has no clock; keys and time are arguments. It accepts what the
//! official clients send, including the orders and spellings in which they stray from the documents, and
//! nothing that would let one signature stand for two meanings. Clause numbers (§) refer to `spec/protocol.md`.
//!
//! ```
//! use countersign_types::{AccessKeyId, SecretKey, Timestamp};
//! use countersign_verify::{Head, Key, Policy, present};
//!
//! struct Request(&'static str, &'static [(&'static str, &'static str)]);
//!
//! impl Head for Request {
//!     fn method(&self) -> &str {
//!         "GET"
//!     }
//!     fn target(&self) -> &[u8] {
//!         self.0.as_bytes()
//!     }
//!     fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
//!         self.1.iter().map(|(name, value)| (*name, value.as_bytes()))
//!     }
//! }
//!
//! let request = Request("/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0", &[
//!     ("Content-Type", "application/json"),
//!     ("Host", "service.region.example.com"),
//!     ("X-Sdk-Date", "20191115T033655Z"),
//!     ("Authorization", "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, \
//!       Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe"),
//! ]);
//! let presented = present(&request)?.expect("the request is signed");
//! presented.check_time(Timestamp::parse_basic(b"20191115T034000Z")?)?;
//! assert_eq!(presented.access_key(), "QTWAOYTTINDUT2QVKYUC");
//!
//! let secret = SecretKey::new("MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc");
//! let key = Key::new(AccessKeyId::parse(presented.access_key())?, secret);
//! let claim = presented.claim(&request, &key, Policy::default())?;
//! let mut body = claim.body_hasher();
//! body.update(b"");
//! let verified = claim.finish(body)?;
//! assert!(!verified.payload_unsigned());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Nothing but a comparison makes a [`Verified`]:
//!
//! ```compile_fail,E0451
//! # let honest: countersign_verify::Verified = unreachable!();
//! let forged = countersign_verify::Verified { payload: countersign_verify::Payload::Undeclared, ..honest };
//! ```

mod authorization;
mod challenge;
mod claim;
mod error;
mod forms;
mod head;
mod payload;
mod policy;
mod present;
mod proof;
mod secret;

pub use claim::Claim;
pub use countersign_sign::{Algorithm, Digest, Key, PathForm};
pub use error::Error;
pub use head::Head;
pub use payload::{BodyHasher, Payload};
pub use policy::{Algorithms, Policy};
pub use present::{Presented, present};
pub use proof::{Verified, digests_equal};
pub use secret::{is_secret, is_stamp};
