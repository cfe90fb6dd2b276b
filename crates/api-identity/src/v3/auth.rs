//! `/v3/auth`

mod catalog;
pub(super) mod domains;
pub(super) mod projects;
pub(crate) mod tokens;

use crate::endpoints::{Endpoint, endpoint, open};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    open("KeystoneCreateToken", tokens::create::handle).in_place_if(tokens::create::only_reads),
    endpoint("KeystoneValidateToken", tokens::show::handle).in_place(),
    endpoint("KeystoneCheckToken", tokens::show::handle).in_place(),
    endpoint("KeystoneRevokeToken", tokens::delete::handle),
    endpoint("KeystoneListAuthProjects", projects::handle).in_place(),
    endpoint("KeystoneListAuthDomains", domains::handle).in_place(),
    endpoint("KeystoneShowCatalog", catalog::handle).in_place(),
];
