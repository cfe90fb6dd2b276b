//! `/v3/auth`

mod catalog;
pub(super) mod domains;
pub(super) mod projects;
pub(crate) mod tokens;

use crate::endpoints::{Endpoint, endpoint, open};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    open("KeystoneCreateToken", tokens::create::handle),
    endpoint("KeystoneValidateToken", tokens::show::handle),
    endpoint("KeystoneCheckToken", tokens::check::handle),
    endpoint("KeystoneRevokeToken", tokens::delete::handle),
    endpoint("KeystoneListAuthProjects", projects::handle),
    endpoint("KeystoneListAuthDomains", domains::handle),
    endpoint("KeystoneShowCatalog", catalog::handle),
];
