//! `/v2/{project_id}/apigw/instances/{instance_id}/openapi` and `…/async-tasks`

mod async_export;
mod async_import;
mod desk;
mod export;
mod export_order;
mod form;
mod import;
mod import_order;
mod task_show;

use crate::endpoints::{Endpoint, endpoint};
use countersign_types::limits::IMPORT_BODY_BYTES_MAX;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ExportApiDefinitionsV2", export::handle),
    endpoint("ImportApiDefinitionsV2", import::handle).body_up_to(IMPORT_BODY_BYTES_MAX),
    endpoint("ExportApiDefinitionsAsync", async_export::handle),
    endpoint("ImportApiDefinitionsAsync", async_import::handle).body_up_to(IMPORT_BODY_BYTES_MAX),
    endpoint("ShowAsyncTaskResult", task_show::handle),
];
