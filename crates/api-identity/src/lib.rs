//! The identity API over HTTP: IAM v3, v3.0 and v5 as the official SDKs call them, and OpenStack Identity v3 as
//! Keystone's clients do.
//!
//! The contract's operations stand in a table of their own, `spec/operations/iam-v3.tsv`; an endpoint here names its
//! operation and a function, and takes method, path and success status from there. Operations without an endpoint
//! answer 501, so that a client can tell "not built yet" from "does not exist".
//!
//! Folders follow the URL, files the verb: `DELETE /v3/auth/tokens` is `v3/auth/tokens/delete.rs`. Handlers are plain
//! functions. They run on the blocking pool, except where the table says that they only read the view in memory. A
//! handler that needs a caller takes one as its argument, so that none can be reached without.
//!
//! It decides nothing: the use-cases and their refusals live in `countersign-identity`. It only knows the three
//! shapes in which clients expect a refusal, by the version in the path.

mod answer;
mod base;
mod call;
mod compatibility;
mod contract;
mod endpoints;
mod page;
mod refusal;
mod router;
mod shape;
mod site;
mod v3;
mod v3_0;
mod v3_ext;
mod v5;
mod versions;

pub use compatibility::compatibility_markdown;
pub use router::router;
pub use site::Site;
