//! The use-cases of the management plane: gateways, groups, environments, APIs, publishing, apps, authorizations.
//!
//! Each use-case runs in one store transaction and checks references there. It knows no HTTP: results are
//! domain values, refusals are [`Error`]s with the code of the management contract. The compiler turns the
//! stored objects into the [`countersign_snapshot::Source`] that the data plane serves.
//!
//! Every object of a gateway is stored under the gateway's id as its scope, and a gateway under its project's.
//!
//! ```
//! use countersign_control::{Control, Error, InstanceRef, groups::GroupDraft};
//!
//! fn first_group(control: &Control, at: &InstanceRef) -> Result<(), Error> {
//!     let draft = GroupDraft { name: "orders".to_owned(), remark: None };
//!     let group = control.create_group(at, &draft)?;
//!     let taken = control.create_group(at, &draft);
//!     assert_eq!(taken.unwrap_err().code(), Some("APIG.3201"));
//!     control.delete_group(at, &group.id)
//! }
//! ```

pub mod acls;
pub mod ai_api_keys;
pub mod apis;
pub mod app_auths;
pub mod app_codes;
pub mod app_quotas;
pub mod apps;
pub mod authorizers;
pub mod bindings;
pub mod channels;
mod compile;
mod context;
pub mod debug;
pub mod diagnosis;
pub mod envs;
mod error;
pub mod functions;
pub mod groups;
pub mod instances;
pub mod links;
pub mod microservices;
pub mod outline;
mod page;
pub mod publish;
pub mod quota;
mod refusal;
pub mod responses;
pub mod signature_keys;
pub mod statistics;
pub mod tasks;
pub mod throttles;
mod time_unit;
pub mod transfer;
pub mod validate;
pub mod variables;

pub use acls::Acl;
pub use ai_api_keys::AiApiKey;
pub use apis::Api;
pub use app_auths::AppAuth;
pub use app_codes::AppCode;
pub use app_quotas::{AppQuota, AppQuotaBinding};
pub use apps::App;
pub use authorizers::Authorizer;
pub use bindings::{Binding, Policy};
pub use channels::LoadChannel;
pub use context::Control;
pub use countersign_store::{Unsealable, Vault};
pub use envs::Env;
pub use error::Error;
pub use functions::Functions;
pub use groups::Group;
pub use instances::{Instance, InstanceRef};
pub use page::{Filter, LIMIT_DEFAULT, LIMIT_MAX, Page, Paging};
pub use quota::Quota;
pub use responses::ResponseSet;
pub use signature_keys::SignatureKey;
pub use throttles::Throttle;
pub use time_unit::TimeUnit;
pub use variables::Variable;
