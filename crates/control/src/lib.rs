//! The use-cases of the management plane: gateways, groups, environments, APIs, publishing, apps, authorizations.
//!
//! Each use-case runs in one store transaction and checks references there. It knows no HTTP: results are
//! domain values, refusals are [`Error`]s with the code of the management contract. The compiler turns the
//! stored objects into the [`countersign_snapshot::Source`] that the data plane serves.
//!
//! Every object of a gateway is stored under the gateway's id as its scope, and a gateway under its project's.

mod context;
mod error;
pub mod instances;
mod page;
mod refusal;
pub mod validate;

pub use context::Control;
pub use countersign_store::{Unsealable, Vault};
pub use error::Error;
pub use instances::{Instance, InstanceRef};
pub use page::{Filter, LIMIT_DEFAULT, LIMIT_MAX, Page, Paging};
