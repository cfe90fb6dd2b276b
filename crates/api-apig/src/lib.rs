//! The management API of gateways over HTTP: routing, authentication, JSON, and one small function an operation.
//!
//! The contract's operations stand in a table of their own, `spec/operations/apig-v2.tsv`; an endpoint here names its
//! operation and a function, and takes method, path and success status from there. Operations without an
//! endpoint answer 501, so that a client can tell "not built yet" from "does not exist".
//!
//! Folders follow the URL, files the verb: `DELETE …/envs/{env_id}` is `envs/delete.rs`. Handlers are plain
//! functions on the blocking pool, because every one of them talks to the store.
//!
//! Callers show a token or a signature. Before its handler runs, every operation asks for one action, which stands in
//! the table, on one resource, which the path names.
//!
//! It never decides anything about gateways: the use-cases and their refusals live in `countersign-control`. Nor does it
//! decide about callers: who they are and what they may do is the answer of `countersign-identity`.

mod acl_bindings;
mod acls;
mod answer;
mod api_groups;
mod apis;
mod app_acl;
mod app_auths;
mod app_quotas;
mod apps;
mod authenticate;
mod authorize;
mod authorizers;
mod call;
mod compatibility;
mod contract;
mod diagnosis;
mod endpoints;
mod env_variables;
mod envs;
mod features;
mod instance_tags;
mod instances;
mod metric_data;
mod microservice;
mod openapi;
mod quotas;
mod refusal;
mod resources_outline;
mod router;
mod sign_bindings;
mod signs;
mod statistics;
mod tags;
mod throttle_bindings;
mod throttles;
mod vpc_channels;

pub use compatibility::compatibility_markdown;
pub use router::router;
