//! Signs what HTTP clients send: any [`http::Request`] by [`sign`], clients that are tower services by [`SignLayer`],
//! and reqwest by [`Client`].
//!
//! It sends nothing of its own but, on request, the same request once again with a corrected clock; see [`Clock`].
//! Secret keys are shown in no text.
//!
//! ```
//! use countersign_sign::{Payload, Signer};
//! use countersign_types::{AccessKeyId, SecretKey, Timestamp};
//!
//! let signer = Signer::new(AccessKeyId::parse("QTWAOYTTINDUT2QVKYUC")?, SecretKey::new("secret"));
//! let request = http::Request::get("https://service.region.example.com/v1/vpcs?limit=2").body(())?;
//! let (mut parts, body) = request.into_parts();
//! countersign_sign_http::sign(&signer, &mut parts, Payload::Body(b""), Timestamp::parse_basic(b"20191115T033655Z")?)?;
//! assert_eq!(parts.headers["host"], "service.region.example.com");
//! assert!(parts.headers.contains_key("authorization"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "reqwest")]
mod client;
mod clock;
mod error;
#[cfg(feature = "tower")]
mod layer;
mod parts;

#[cfg(feature = "reqwest")]
pub use client::Client;
pub use clock::Clock;
pub use error::Error;
#[cfg(feature = "tower")]
pub use layer::{Sign, SignLayer};
pub use parts::sign;
