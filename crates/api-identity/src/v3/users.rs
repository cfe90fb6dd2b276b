//! `/v3/users`

mod projects;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("KeystoneListProjectsForUser", projects::handle)];
