//! `/v3/OS-FEDERATION/identity_providers`

use crate::answer::Answer;
use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use crate::v3::links;
use countersign_api_types::iam::federation::{
    IdentityProviderLinks, IdentityProviderView, IdentityProviderWrite,
};
use countersign_api_types::iam::link::PageLinks;
use countersign_identity::{Caller, IdentityProvider, IdentityProviderDraft};
use serde::Serialize;

/// People become users of their own; turning them into users that exist already is not built.
const SSO_TYPE: &str = "virtual_user_sso";

#[derive(Serialize)]
struct IdentityProviders {
    identity_providers: Vec<IdentityProviderView>,
    links: PageLinks,
}

#[derive(Serialize)]
struct IdentityProviderAnswer {
    identity_provider: IdentityProviderView,
}

pub(super) fn list(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    caller.require_for_identity_provider("listIdentityProviders", "*")?;
    let directory = call.directory()?;
    let own = directory.identity_providers.iter().filter(|provider| provider.domain_id == caller.domain.id);
    let identity_providers = own.map(|provider| view(call, provider)).collect();
    Ok(Answer::json(&IdentityProviders { identity_providers, links: links::whole(call) }))
}

pub(super) fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("id").to_owned().try_into();
    let id = id.map_err(|_| invalid("id", "1 to 64 letters, digits and -_.@+="))?;
    let provider = call.live.create_identity_provider(caller, id, &draft(call)?)?;
    Ok(answer(call, &provider))
}

pub(super) fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("id");
    caller.require_for_identity_provider("getIdentityProvider", id)?;
    Ok(answer(call, call.directory()?.identity_provider_of(caller, id)?))
}

pub(super) fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let provider = call.live.update_identity_provider(caller, call.path("id"), &draft(call)?)?;
    Ok(answer(call, &provider))
}

pub(super) fn delete(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    call.live.delete_identity_provider(caller, call.path("id"))?;
    Ok(Answer::EMPTY)
}

fn draft(call: &Call) -> Result<IdentityProviderDraft, Refusal> {
    let IdentityProviderWrite { identity_provider: fields } = call.json()?;
    if fields.sso_type.is_some_and(|kind| kind != SSO_TYPE) {
        return Err(invalid("sso_type", SSO_TYPE));
    }
    Ok(IdentityProviderDraft { enabled: fields.enabled, description: fields.description })
}

fn answer(call: &Call, provider: &IdentityProvider) -> Answer {
    Answer::json(&IdentityProviderAnswer { identity_provider: view(call, provider) })
}

fn view(call: &Call, provider: &IdentityProvider) -> IdentityProviderView {
    let this = links::to(call, &format!("/v3/OS-FEDERATION/identity_providers/{}", provider.id)).this;
    IdentityProviderView {
        sso_type: SSO_TYPE,
        id: provider.id.to_string(),
        description: provider.description.clone(),
        enabled: provider.enabled,
        remote_ids: [],
        links: IdentityProviderLinks { protocols: format!("{this}/protocols"), this },
    }
}
