//! `/v2/{project_id}/apigw/instances/{instance_id}/apps/{app_id}/app-acl`

mod delete;
mod show;
mod update;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::acls::AppAclView;
use countersign_control::acls::AppAcl;
use countersign_types::AppId;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("DeleteAppAcl", delete::handle),
    endpoint("ShowDetailsOfAppAcl", show::handle),
    endpoint("UpdateAppAcl", update::handle),
];

fn view(app: &AppId, acl: Option<AppAcl>) -> AppAclView {
    let (app_acl_type, app_acl_values) = acl.map_or(("", Vec::new()), |acl| (acl.rule.as_str(), acl.values));
    AppAclView { app_id: app.to_string(), app_acl_type, app_acl_values }
}
