use super::read;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::channels::{MicroserviceApiView, MicroserviceImported};
use countersign_control::{Api, Error};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let imported = call.control.import_microservice(&call.instance()?, &read::import(call.json()?)?)?;
    Ok(Answer::json(&MicroserviceImported {
        vpc_channel_id: imported.channel.id.to_string(),
        api_group_id: imported.group_id.to_string(),
        apis: imported.apis.into_iter().map(view).collect(),
    }))
}

fn view(api: Api) -> MicroserviceApiView {
    let definition = api.definition;
    MicroserviceApiView {
        name: definition.name,
        req_uri: definition.path,
        req_method: definition.method.as_str(),
        id: api.id.to_string(),
        match_mode: definition.matching.as_str(),
    }
}
