//! `…/gateway-responses/{response_id}/{response_type}`

pub(super) mod delete;
pub(super) mod show;
pub(super) mod update;

use super::{answer, read};
use crate::answer::Answer;
use crate::call::Call;
use countersign_control::Error;
use countersign_control::responses::ResponseSet;
use countersign_types::ResponseType;
use std::collections::BTreeMap;

fn kind(call: &Call) -> Result<ResponseType, Error> {
    read::kind(call.parameter("response_type").unwrap_or_default())
}

/// The answer under the name of its type.
fn view(set: &ResponseSet, kind: ResponseType) -> Answer {
    Answer::json(&BTreeMap::from([(kind.name(), answer(set, kind))]))
}
