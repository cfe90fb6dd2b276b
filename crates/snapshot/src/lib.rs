//! The configuration of the data plane: a plain [`Source`] that the control plane writes, and the immutable
//! compiled [`Snapshot`] that the gateway reads.
//!
//! A source is hostile input: it is validated as a whole before anything serves from it. Compiling never
//! panics, does no I/O and has no clock; looking up never allocates more than its captures.
//!
//! ```
//! use countersign_snapshot::{Snapshot, Source};
//! let snapshot = Snapshot::compile(&Source::empty(7)).unwrap();
//! assert_eq!(snapshot.revision(), 7);
//! assert!(snapshot.group_by_host("unknown.example.com").is_none());
//! ```

mod access;
mod addresses;
mod authorizer;
mod backend;
mod codes;
pub mod encode;
mod error;
mod fingerprint;
mod gateway;
mod group;
mod hosts;
mod keys;
pub mod path;
mod pattern;
mod policy;
mod principals;
mod release;
mod responses;
mod router;
mod shards;
mod signature;
mod snapshot;
pub mod source;
mod target;
mod template;
mod throttling;
mod wording;

pub use access::{Access, Account, AddressList};
pub use addresses::{AddressSet, InvalidAddress};
pub use authorizer::{Authorizer, Carrier, Function, IdentitySource};
pub use backend::{Backend, Mock, Origin, PathPiece, Retries, Upstream};
pub use error::{Error, Fault};
pub use gateway::{AppCarriers, Gateway, SourceAddress, sign_header};
pub use group::{Environment, Group};
pub use keys::{KeyEntry, Keys, Principal};
pub use pattern::Pattern;
pub use policy::{Facts, Subject};
pub use principals::{Agency, Bearer, Principals, User};
pub use release::{Cors, Parameter, Place, Release};
pub use responses::{Response, ResponseSet};
pub use router::{Captures, Lookup, Match, Method, Router};
pub use signature::Signature;
pub use snapshot::Snapshot;
pub use source::Source;
pub use target::{Target, Value};
pub use template::{Segment, Template};
pub use throttling::{Throttle, Throttled, Throttling};
pub use wording::{Escape, Variable, Wording};
