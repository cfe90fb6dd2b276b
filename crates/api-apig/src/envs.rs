//! `/v2/{project_id}/apigw/instances/{instance_id}/envs`

mod create;
mod delete;
mod list;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::envs::{self as wire, EnvView};
use countersign_control::envs::EnvDraft;
use countersign_control::{Env, Error, validate::required};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListEnvironmentsV2", list::handle),
    endpoint("CreateEnvironmentV2", create::handle),
    endpoint("DeleteEnvironmentV2", delete::handle),
    endpoint("UpdateEnvironmentV2", update::handle),
];

fn draft(call: &Call) -> Result<EnvDraft, Error> {
    let body: wire::EnvDraft = call.json()?;
    Ok(EnvDraft { name: required("name", body.name)?, remark: body.remark })
}

fn view(env: Env) -> EnvView {
    EnvView {
        create_time: env.created.rfc3339().to_string(),
        name: env.name,
        remark: env.remark,
        id: env.id.to_string(),
    }
}
