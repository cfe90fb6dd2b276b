//! Why a signature does not verify: the mistake by name.
//!
//! The request is signed again in the ways in which clients go wrong, and each signature is compared with the
//! presented one, in constant time. A mistake is named only if it reproduces the signature, or if it is a fact that
//! the request itself shows, such as a missing header. So a wrong secret is never given another name than unknown.
//!
//! The crate does no I/O and has no clock. Its cost is bounded by [`Limits`]. A [`Diagnosis`] shows neither the secret
//! nor the expected signature nor the string to sign; the canonical requests in its [`Detail`] are for the operator
//! and for the owner of the key, with tokens and cookies blanked out. Clause numbers (§) refer to `spec/protocol.md`.
//!
//! ```
//! use countersign_diagnosis::{Mistake, Place, Received, Situation, Verdict, diagnose};
//! use countersign_types::{AccessKeyId, SecretKey, Timestamp};
//! use countersign_verify::Key;
//!
//! // The secret was read from a file together with the line feed at its end.
//! # use countersign_sign::{Payload, Request, Signer};
//! let key = Key::new(AccessKeyId::parse("QTWAOYTTINDUT2QVKYUC")?, SecretKey::new("secret"));
//! let now = Timestamp::from_unix(1_700_000_000);
//! # let client = Signer::new(AccessKeyId::parse("QTWAOYTTINDUT2QVKYUC")?, SecretKey::new("secret\n"));
//! # let request = Request {
//! #     method: "GET", target: "/", headers: &[("Host", "example.com")], payload: Payload::Body(b""),
//! # };
//! # let signed = client.sign(&request, now)?;
//! let mut headers = vec![("Host", b"example.com".as_slice())];
//! headers.extend(signed.headers.iter().map(|(name, value)| (*name, value.as_bytes())));
//! let request = Received { method: "GET", target: b"/", headers, body: Some(b"") };
//! let diagnosis = diagnose(&Situation::new(&request, Some(&key), Place::new(now)));
//! let Verdict::Refused(named) = &diagnosis.verdict else { panic!("it cannot verify") };
//! assert_eq!(named[0].mistake, Mistake::SecretWithBlank);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod claimed;
mod diagnose;
mod diagnosis;
mod draft;
mod evidence;
mod fact;
mod guess;
mod mistake;
mod search;
mod situation;
mod trial;

pub use claimed::access_key;
pub use diagnose::diagnose;
pub use diagnosis::{Detail, Diagnosis, Named, Proof, UNKNOWN, Verdict};
pub use mistake::{Mistake, Part};
pub use situation::{Kind, Limits, Place, Received, Situation};
