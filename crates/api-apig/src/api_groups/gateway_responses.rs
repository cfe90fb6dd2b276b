//! `/v2/{project_id}/apigw/instances/{instance_id}/api-groups/{group_id}/gateway-responses`

mod create;
mod delete;
mod list;
mod read;
mod show;
mod types;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::responses::{ResponseInfoHeader, ResponseInfoView, ResponsesView};
use countersign_control::Error;
use countersign_control::responses::{Answer, DEFAULT_BODY, ResponseSet};
use countersign_types::{GroupId, ResponseId, ResponseType};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListGatewayResponsesV2", list::handle),
    endpoint("CreateGatewayResponseV2", create::handle),
    endpoint("DeleteGatewayResponseV2", delete::handle),
    endpoint("ShowDetailsOfGatewayResponseV2", show::handle),
    endpoint("UpdateGatewayResponseV2", update::handle),
    endpoint("DeleteGatewayResponseTypeV2", types::delete::handle),
    endpoint("ShowDetailsOfGatewayResponseTypeV2", types::show::handle),
    endpoint("UpdateGatewayResponseTypeV2", types::update::handle),
];

/// Group and set of the path.
fn place(call: &Call) -> Result<(GroupId, ResponseId), Error> {
    Ok((call.id("group_id")?, call.id("response_id")?))
}

fn view(set: ResponseSet) -> ResponsesView {
    ResponsesView {
        responses: ResponseType::ALL.iter().map(|kind| (kind.name(), answer(&set, *kind))).collect(),
        name: set.name,
        id: set.id.to_string(),
        default: set.is_default,
        create_time: set.created.rfc3339().to_string(),
        update_time: set.updated.rfc3339().to_string(),
    }
}

/// What callers get for the type. The two types without a published status show the general one of their class.
fn answer(set: &ResponseSet, kind: ResponseType) -> ResponseInfoView {
    let status = kind.status().unwrap_or(if kind == ResponseType::Default4xx { 400 } else { 500 });
    match set.answers.get(&kind) {
        Some(Answer { status: own, body, headers }) => ResponseInfoView {
            status: own.unwrap_or(status),
            body: body.clone(),
            headers: headers.iter().map(line).collect(),
            default: false,
        },
        None => {
            ResponseInfoView { status, body: DEFAULT_BODY.to_owned(), headers: Vec::new(), default: true }
        }
    }
}

fn line((key, value): &(String, String)) -> ResponseInfoHeader {
    ResponseInfoHeader { key: Some(key.clone()), value: Some(value.clone()) }
}
