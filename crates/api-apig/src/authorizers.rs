//! `/v2/{project_id}/apigw/instances/{instance_id}/authorizers`

mod create;
mod delete;
mod list;
mod show;
mod update;

use crate::call::Call;
use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::authorizers::{self as wire, AuthorizerCreate, AuthorizerView, IdentityView};
use countersign_control::apis::{FunctionNetwork, Location, Side};
use countersign_control::authorizers::{AuthorizerDraft, FunctionName, Identity};
use countersign_control::{
    Authorizer, Error,
    validate::{check, required},
};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListCustomAuthorizersV2", list::handle),
    endpoint("CreateCustomAuthorizerV2", create::handle),
    endpoint("DeleteCustomAuthorizerV2", delete::handle),
    endpoint("ShowDetailsOfCustomAuthorizersV2", show::handle),
    endpoint("UpdateCustomAuthorizerV2", update::handle),
];

/// The only kind of authorizer that the contract knows.
const FUNCTION: &str = "FUNC";

fn draft(call: &Call) -> Result<AuthorizerDraft, Error> {
    let body: AuthorizerCreate = call.json()?;
    let name = required("name", body.name)?;
    let side = word("type", &required("type", body.kind)?, Side::parse)?;
    check("authorizer_type", required("authorizer_type", body.authorizer_type)? == FUNCTION)?;
    let network = given(body.network_type).unwrap_or_else(|| FunctionNetwork::V1.as_str().to_owned());
    Ok(AuthorizerDraft {
        name,
        side,
        function: FunctionName {
            urn: required("authorizer_uri", body.authorizer_uri)?,
            network: word("network_type", &network, FunctionNetwork::parse)?,
            version: given(body.authorizer_version),
            alias_urn: given(body.authorizer_alias_uri),
        },
        identities: body
            .identities
            .unwrap_or_default()
            .into_iter()
            .map(identity)
            .collect::<Result<_, _>>()?,
        ttl_seconds: body.ttl.unwrap_or(0).try_into().map_err(|_| Error::invalid("ttl"))?,
        user_data: given(body.user_data),
        need_body: body.need_body.unwrap_or(false),
    })
}

fn identity(wire: wire::Identity) -> Result<Identity, Error> {
    Ok(Identity {
        name: required("identities.name", wire.name)?,
        location: word(
            "identities.location",
            &required("identities.location", wire.location)?,
            Location::parse,
        )?,
        validation: given(wire.validation),
    })
}

/// Clients leave a text out by sending it empty.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn word<T>(parameter: &str, text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
    parse(text).ok_or_else(|| Error::invalid(parameter))
}

fn view(authorizer: Authorizer) -> AuthorizerView {
    let AuthorizerDraft { name, side, function, identities, ttl_seconds, user_data, need_body } =
        authorizer.draft;
    let identity = |identity: Identity| IdentityView {
        name: identity.name,
        location: identity.location.as_str(),
        validation: identity.validation.unwrap_or_default(),
    };
    AuthorizerView {
        name,
        kind: side.as_str(),
        authorizer_type: FUNCTION,
        authorizer_uri: function.urn,
        network_type: function.network.as_str(),
        authorizer_version: function.version.unwrap_or_default(),
        authorizer_alias_uri: function.alias_urn.unwrap_or_default(),
        identities: identities.into_iter().map(identity).collect(),
        ttl: ttl_seconds,
        user_data: user_data.unwrap_or_default(),
        ld_api_id: String::new(),
        need_body,
        id: authorizer.id.to_string(),
        create_time: authorizer.created.rfc3339().to_string(),
        roma_app_id: String::new(),
        roma_app_name: String::new(),
    }
}
