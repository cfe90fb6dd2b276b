//! Policies: documents that say which actions on which resources are allowed or denied, and under which conditions.
//!
//! [`Policy::parse`] reads a document of version 1.1, or a role of version 1.0, with every limit and error code of the
//! contract, and compiles it. [`Policy::decide`] then answers a [`Request`] without allocating: an action
//! `service:type:operation`, a resource `service:region:account:type:path`, and a [`Context`] for the conditions.
//! Answers of several policies combine by their order: a denial wins over an allowance, and silence allows nothing.
//!
//! Decisions that the published documents leave open:
//! - A key that the request does not have meets a negated operator (nothing equals it), `ForAllValues` (there is no
//!   value that fails) and `…IfExists`; it meets no other.
//! - An action's service may be `*` as a whole, but not hold a `*`.
//! - Whether an action is registered (IAM.1036) is not checked: policies may name services that are elsewhere.
//!
//! The crate has no clock, no random source and no I/O; it does not know who has which policy. Matching a pattern costs
//! at most its length times that of the text.
//!
//! ```
//! use countersign_policy::{Context, Decision, Kind, Policy, Request};
//! use countersign_types::Timestamp;
//!
//! let document = r#"{"Version": "1.1", "Statement": [
//!     {"Effect": "Allow", "Action": ["apig:*:get*", "apig:apis:publish"]},
//!     {"Effect": "Deny", "Action": ["apig:apps:*"], "Resource": ["apig:*:*:app:billing"]}
//! ]}"#;
//! let policy = Policy::parse_text(document, Kind::FineGrained)?;
//! let context = Context { now: Timestamp::from_unix(1_700_000_000), user_name: "ada", ..Context::default() };
//! let decide = |action, resource| policy.decide(&Request::new(action, resource, &context));
//! assert_eq!(decide("apig:apis:publish", "apig:local-1:acme:api:a1"), Decision::Allowed);
//! assert_eq!(decide("apig:apps:get", "apig:local-1:acme:app:billing"), Decision::Denied);
//! assert_eq!(decide("apig:apis:delete", "apig:local-1:acme:api:a1"), Decision::NotAllowed);
//! # Ok::<(), countersign_policy::Error>(())
//! ```

mod action;
mod condition;
mod context;
mod error;
mod glob;
mod operator;
mod policy;
mod request;
mod resource;
mod statement;

pub use context::Context;
pub use error::Error;
pub use policy::{Decision, Dependency, Kind, Policy};
pub use request::Request;
