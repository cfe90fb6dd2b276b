//! `/v2/{project_id}/apigw/instances/{instance_id}/app-auths`

mod binded_apis;
mod binded_apps;
mod create;
mod delete;
mod unbinded_apis;
mod view;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("CreateAuthorizingAppsV2", create::handle),
    endpoint("ListApisBindedToAppV2", binded_apis::handle),
    endpoint("ListAppsBindedToApiV2", binded_apps::handle),
    endpoint("ListApisUnbindedToAppV2", unbinded_apis::handle),
    endpoint("CancelingAuthorizationV2", delete::handle),
];
