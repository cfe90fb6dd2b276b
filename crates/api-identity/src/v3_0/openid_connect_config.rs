//! `/v3.0/OS-FEDERATION/identity-providers/{idp_id}/openid-connect-config`

use crate::answer::Answer;
use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use crate::refusal::Refusal;
use countersign_api_types::iam::federation::{OidcConfigFields, OidcConfigView, OidcConfigWrite};
use countersign_identity::{AccessMode, Caller, Error, OidcConfig, OidcDraft};
use serde::Serialize;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("CreateOpenIdConnectConfig", create),
    endpoint("ShowOpenIdConnectConfig", show),
    endpoint("UpdateOpenIdConnectConfig", update),
];

#[derive(Serialize)]
struct OidcConfigAnswer {
    openid_connect_config: OidcConfigView,
}

fn create(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    Ok(answer(call.live.create_oidc_config(caller, call.path("idp_id"), &draft(call)?)?))
}

fn show(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    let id = call.path("idp_id");
    caller.require_for_identity_provider("getOpenIDConnectConfig", id)?;
    let config = call.directory()?.identity_provider_of(caller, id)?.oidc.clone();
    let not_found = || Error::NotFound { kind: "openid-connect-config", id: id.to_owned() };
    Ok(answer(config.ok_or_else(not_found)?))
}

fn update(call: &Call, caller: &Caller) -> Result<Answer, Refusal> {
    Ok(answer(call.live.update_oidc_config(caller, call.path("idp_id"), &draft(call)?)?))
}

fn draft(call: &Call) -> Result<OidcDraft, Refusal> {
    let OidcConfigWrite { openid_connect_config } = call.json()?;
    let OidcConfigFields {
        access_mode,
        idp_url,
        client_id,
        authorization_endpoint,
        scope,
        response_type,
        response_mode,
        signing_key,
    } = openid_connect_config;
    Ok(OidcDraft {
        access_mode,
        idp_url,
        client_id,
        authorization_endpoint,
        scope,
        response_type,
        response_mode,
        signing_key,
    })
}

fn answer(config: OidcConfig) -> Answer {
    let OidcConfig { access_mode, idp_url, client_id, signing_key } = config;
    let (access_mode, browser) = match access_mode {
        AccessMode::Program => ("program", None),
        AccessMode::ProgramConsole(browser) => ("program_console", Some(browser)),
    };
    let view = OidcConfigView {
        access_mode,
        idp_url,
        client_id,
        authorization_endpoint: browser.as_ref().map(|browser| browser.authorization_endpoint.clone()),
        scope: browser.as_ref().map(|browser| browser.scope.clone()),
        response_type: browser.as_ref().map(|_| "id_token"),
        response_mode: browser.map(|browser| browser.response_mode),
        signing_key,
    };
    Answer::json(&OidcConfigAnswer { openid_connect_config: view })
}
