//! Logins by an OpenID Connect identity provider: its ID tokens verified offline, and what they make of a person.
//!
//! [`KeySet`] reads the provider's public keys (RFC 7517), [`verify`] an ID token signed with one of them (RFC 7519,
//! OpenID Connect Core 1.0 section 3.1.3.7), [`Mapping`] turns its claims into a user's name and groups.
//!
//! The algorithm is a property of the key; what a token says about it must agree and decides nothing. Symmetric
//! algorithms and unsigned tokens do not exist here. The crate has no clock, no random source and no I/O: it never
//! fetches a key. A token holds until it expires, so whoever has it can show it again until then.
//!
//! ```
//! use countersign_oidc::{Audience, KeySet, Refused, verify};
//! use countersign_types::Timestamp;
//!
//! let keys = r#"{"keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "a",
//!     "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;
//! let keys = KeySet::parse(keys)?;
//! let expected = Audience { issuer: "https://idp.example.com", client_id: "countersign" };
//! let refused = verify("eyJhbGciOiJub25lIn0.e30.", &keys, &expected, Timestamp::from_unix(1_700_000_000));
//! assert_eq!(refused.unwrap_err(), Refused::Algorithm);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod id_token;
mod json;
mod key_set;
mod mapping;

pub use id_token::{Audience, Claims, IdToken, Refused, verify};
pub use key_set::{InvalidKeySet, KEY_SET_BYTES_MAX, KeySet};
pub use mapping::{InvalidMapping, Mapped, Mapping};
