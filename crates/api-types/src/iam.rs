//! Wire structs of the identity API (IAM v3, v3.0 and v5; OpenStack Identity v3).

pub mod agency;
pub mod application_credential;
pub mod auth;
pub mod catalog;
pub mod credential;
pub mod error;
pub mod federation;
pub mod link;
pub mod os_user;
pub mod project;
pub mod role;
pub mod sts;
pub mod token;
pub mod user;
pub mod version;
