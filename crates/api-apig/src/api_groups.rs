//! `/v2/{project_id}/apigw/instances/{instance_id}/api-groups`

mod check;
mod create;
mod delete;
pub(crate) mod gateway_responses;
mod list;
mod show;
mod subdomain_access;
mod update;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::groups::GroupView;
use countersign_control::{Control, Group};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListApiGroupsV2", list::handle),
    endpoint("CreateApiGroupV2", create::handle),
    endpoint("CheckApiGroupsV2", check::handle),
    endpoint("DeleteApiGroupV2", delete::handle),
    endpoint("ShowDetailsOfApiGroupV2", show::handle),
    endpoint("UpdateApiGroupV2", update::handle),
    endpoint("UpdateSlDomainSettingV2", subdomain_access::handle),
];

fn view(control: &Control, group: Group) -> GroupView {
    let subdomain = group.subdomain(&control.domain_suffix);
    GroupView {
        id: group.id.to_string(),
        name: group.name,
        status: 1,
        sl_domain: subdomain.clone(),
        register_time: group.created.rfc3339().to_string(),
        update_time: group.updated.rfc3339().to_string(),
        on_sell_status: 2,
        url_domains: Vec::new(),
        sl_domain_access_enabled: group.subdomain_enabled,
        sl_domains: vec![subdomain],
        remark: group.remark,
        call_limits: 0,
        time_interval: 0,
        time_unit: String::new(),
        is_default: if group.is_default { 1 } else { 2 },
        version: "V1".to_owned(),
        roma_app_id: String::new(),
        roma_app_name: String::new(),
    }
}
