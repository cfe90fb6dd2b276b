//! `/v3/OS-FEDERATION/mappings`

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use crate::v3::links;
use countersign_api_types::iam::federation::{MappingView, MappingWrite};
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error, MappingRecord};
use serde::Serialize;

#[derive(Serialize)]
struct Mappings {
    links: PageLinks,
    mappings: Vec<MappingView>,
}

#[derive(Serialize)]
struct MappingAnswer {
    mapping: MappingView,
}

pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_for_identity_provider("listMappings", "*")?;
    let directory = call.directory()?;
    let own = directory.mappings.iter().filter(|mapping| mapping.domain_id == caller.domain.id);
    let mappings = own.map(|mapping| view(call, mapping)).collect();
    Ok(Answer::json(&Mappings { links: links::whole(call), mappings }))
}

pub(super) fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let MappingWrite { mapping } = call.json()?;
    let id = call.path("id").to_owned().try_into();
    let id = id.map_err(|_| invalid("id", "1 to 64 letters, digits and -_.@+="))?;
    Ok(answer(call, &call.live.create_mapping(caller, id, mapping.rules)?))
}

pub(super) fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_for_identity_provider("getMapping", "*")?;
    let id = call.path("id");
    let directory = call.directory()?;
    let mapping = directory.mappings.find_by_name(caller.domain.id.as_str(), id);
    let mapping = mapping.ok_or_else(|| Error::NotFound { kind: "mapping", id: id.to_owned() })?;
    Ok(answer(call, mapping))
}

pub(super) fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let MappingWrite { mapping } = call.json()?;
    Ok(answer(call, &call.live.update_mapping(caller, call.path("id"), &mapping.rules)?))
}

pub(super) fn delete(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.delete_mapping(caller, call.path("id"))?;
    Ok(Answer::EMPTY)
}

fn answer(call: &Call, mapping: &MappingRecord) -> Answer {
    Answer::json(&MappingAnswer { mapping: view(call, mapping) })
}

fn view(call: &Call, mapping: &MappingRecord) -> MappingView {
    MappingView {
        id: mapping.id.to_string(),
        links: links::to(call, &format!("/v3/OS-FEDERATION/mappings/{}", mapping.id)),
        rules: mapping.rules.clone(),
    }
}
