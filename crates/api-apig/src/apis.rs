//! `/v2/{project_id}/apigw/instances/{instance_id}/apis`

mod action;
mod batch_publish;
mod check;
mod create;
mod debug;
mod delete;
mod history;
mod list;
mod read;
mod read_backend;
mod runtime;
mod show;
mod switch_version;
mod update;
mod version_delete;
mod version_show;
mod write;
mod write_backend;

use crate::endpoints::{Endpoint, endpoint};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListApisV2", list::handle),
    endpoint("CreateApiV2", create::handle),
    endpoint("CreateOrDeletePublishRecordForApiV2", action::handle).offline_if(action::is_offline),
    endpoint("CheckApisV2", check::handle),
    endpoint("DebugApiV2", debug::handle),
    endpoint("BatchPublishOrOfflineApiV2", batch_publish::handle).offline_if(batch_publish::is_offline),
    endpoint("ListApiVersionsV2", history::handle),
    endpoint("ChangeApiVersionV2", switch_version::handle),
    endpoint("ListApiRuntimeDefinitionV2", runtime::handle),
    endpoint("DeleteApiByVersionIdV2", version_delete::handle),
    endpoint("ListApiVersionDetailV2", version_show::handle),
    endpoint("DeleteApiV2", delete::handle),
    endpoint("ShowDetailsOfApiV2", show::handle),
    endpoint("UpdateApiV2", update::handle),
];
