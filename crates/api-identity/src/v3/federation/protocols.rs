//! `/v3/OS-FEDERATION/identity_providers/{idp_id}/protocols`: at most one, `oidc`.

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use crate::v3::links;
use countersign_api_types::iam::federation::{ProtocolLinks, ProtocolView, ProtocolWrite};
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, Error, OIDC};
use countersign_types::MappingId;
use serde::Serialize;

#[derive(Serialize)]
struct Protocols {
    links: PageLinks,
    protocols: Vec<ProtocolView>,
}

#[derive(Serialize)]
struct ProtocolAnswer {
    protocol: ProtocolView,
}

pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_for_identity_provider("listProtocols", provider(call))?;
    let directory = call.directory()?;
    let mapping = directory.identity_provider_of(caller, provider(call))?.mapping_id.as_ref();
    let protocols = mapping.map(|mapping| view(call, mapping)).into_iter().collect();
    Ok(Answer::json(&Protocols { links: links::whole(call), protocols }))
}

pub(super) fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    if call.path("protocol_id") != OIDC {
        return Err(invalid("protocol_id", OIDC));
    }
    let mapping = mapping(call)?;
    call.live.register_protocol(caller, provider(call), &mapping)?;
    Ok(answer(call, &mapping))
}

pub(super) fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_for_identity_provider("getProtocol", provider(call))?;
    require_oidc(call)?;
    let directory = call.directory()?;
    let mapping = directory.identity_provider_of(caller, provider(call))?.mapping_id.as_ref();
    Ok(answer(call, mapping.ok_or_else(|| not_found(OIDC))?))
}

pub(super) fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    require_oidc(call)?;
    let mapping = mapping(call)?;
    call.live.replace_protocol(caller, provider(call), &mapping)?;
    Ok(answer(call, &mapping))
}

pub(super) fn delete(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    require_oidc(call)?;
    call.live.remove_protocol(caller, provider(call))?;
    Ok(Answer::EMPTY)
}

fn provider(call: &Call) -> &str {
    call.path("idp_id")
}

/// No other protocol exists.
pub(super) fn require_oidc(call: &Call) -> Result<(), Error> {
    let id = call.path("protocol_id");
    if id == OIDC { Ok(()) } else { Err(not_found(id)) }
}

fn not_found(id: &str) -> Error {
    Error::NotFound { kind: "protocol", id: id.to_owned() }
}

fn mapping(call: &Call) -> Result<MappingId, Refusal> {
    let ProtocolWrite { protocol } = call.json()?;
    let id = protocol.mapping_id.clone().try_into();
    id.map_err(|_| Error::NotFound { kind: "mapping", id: protocol.mapping_id }.into())
}

fn answer(call: &Call, mapping: &MappingId) -> Answer {
    Answer::json(&ProtocolAnswer { protocol: view(call, mapping) })
}

fn view(call: &Call, mapping: &MappingId) -> ProtocolView {
    let identity_provider =
        links::to(call, &format!("/v3/OS-FEDERATION/identity_providers/{}", provider(call))).this;
    ProtocolView {
        id: OIDC.to_owned(),
        mapping_id: mapping.to_string(),
        links: ProtocolLinks { this: format!("{identity_provider}/protocols/{OIDC}"), identity_provider },
    }
}
