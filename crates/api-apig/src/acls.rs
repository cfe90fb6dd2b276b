//! `/v2/{project_id}/apigw/instances/{instance_id}/acls`

mod create;
mod delete;
mod delete_many;
mod list;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::acls::{self as wire, AclView};
use countersign_control::acls::AclDraft;
use countersign_control::{Acl, Error, validate::required};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListAclStrategiesV2", list::handle),
    endpoint("CreateAclStrategyV2", create::handle),
    endpoint("BatchDeleteAclV2", delete_many::handle),
    endpoint("DeleteAclV2", delete::handle),
    endpoint("ShowDetailsOfAclPolicyV2", show::handle),
    endpoint("UpdateAclStrategyV2", update::handle),
];

fn draft(call: &Call) -> Result<AclDraft, Error> {
    let body: wire::AclDraft = call.json()?;
    Ok(AclDraft {
        name: required("acl_name", body.acl_name)?,
        rule: required("acl_type", body.acl_type)?,
        entity: required("entity_type", body.entity_type)?,
        value: required("acl_value", body.acl_value)?,
    })
}

fn view(acl: Acl) -> AclView {
    AclView {
        acl_name: acl.name,
        acl_type: acl.rule.as_str(),
        acl_value: acl.value,
        entity_type: acl.entity.as_str(),
        id: acl.id.to_string(),
        update_time: acl.updated.rfc3339().to_string(),
    }
}
