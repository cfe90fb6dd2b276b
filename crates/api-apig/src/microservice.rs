//! `/v2/{project_id}/apigw/instances/{instance_id}/microservice/import`

mod import;
mod read;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[endpoint("ImportMicroservice", import::handle)];
