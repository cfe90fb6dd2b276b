//! `/v2/{project_id}/apigw/instances/{instance_id}/env-variables`

mod create;
mod delete;
mod list;
mod show;
mod update;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::envs::VariableView;
use countersign_control::Variable;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListEnvironmentVariablesV2", list::handle),
    endpoint("CreateEnvironmentVariableV2", create::handle),
    endpoint("DeleteEnvironmentVariableV2", delete::handle),
    endpoint("ShowDetailsOfEnvironmentVariableV2", show::handle),
    endpoint("UpdateEnvironmentVariableV2", update::handle),
];

fn view(variable: Variable) -> VariableView {
    VariableView {
        variable_value: variable.value,
        env_id: variable.env_id.to_string(),
        group_id: variable.group_id.to_string(),
        variable_name: variable.name,
        id: variable.id.to_string(),
    }
}
