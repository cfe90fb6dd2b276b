//! The wire structs of the management API: what clients send and receive, and nothing else.
//!
//! Names, types and member order are those of the published models. Bodies of requests are strict: a member that
//! the models do not list is refused, one that they list as unused is accepted and ignored. All members of a
//! request are optional here, so that the use-case can say which one is missing.
//!
//! ```
//! use countersign_api_types::groups::GroupCreate;
//! let body: GroupCreate = serde_json::from_str(r#"{"name":"orders"}"#)?;
//! assert_eq!((body.name.as_deref(), body.remark), (Some("orders"), None));
//! assert!(serde_json::from_str::<GroupCreate>(r#"{"nmae":"orders"}"#).is_err());
//! # Ok::<(), serde_json::Error>(())
//! ```

pub mod acls;
pub mod apis;
pub mod app_codes;
pub mod app_quotas;
pub mod apps;
pub mod authorizers;
pub mod channels;
pub mod diagnosis;
pub mod envs;
mod error;
pub mod groups;
pub mod iam;
pub mod instances;
pub mod openapi;
pub mod outline;
mod page;
pub mod responses;
pub mod signature_keys;
pub mod statistics;
pub mod throttles;

pub use error::ErrorBody;
pub use page::PageView;
