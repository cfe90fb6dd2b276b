//! Who may call, as requirements and the schemes that they name.

use super::Members;
use crate::keys::{AUTH_OPT, AUTH_TYPE, AUTHORIZER};
use countersign_control::Authorizer;
use countersign_control::apis::{AppCode, Auth, Definition};
use countersign_control::authorizers::{AuthorizerDraft, Identity};
use serde_json::{Map, Value, json};

const APP: &str = "apig-auth-app";
const APP_CODE: &str = "apig-auth-app-header";
const IAM: &str = "apig-auth-iam";

/// The requirement of an operation; none when everybody may call.
pub(super) fn requirement(definition: &Definition) -> Option<Value> {
    let base = match (definition.auth, definition.app_code) {
        (Auth::None, _) => return None,
        (Auth::App, AppCode::Disable) => Some(APP.to_owned()),
        (Auth::App, AppCode::Header) => Some(APP_CODE.to_owned()),
        (Auth::Iam, _) => Some(IAM.to_owned()),
        (Auth::Authorizer, _) => None,
    };
    let names = base.into_iter().chain(definition.frontend_authorizer().map(str::to_owned));
    let schemes: Map<String, Value> = names.map(|name| (name, json!([]))).collect();
    Some(json!([schemes]))
}

/// What the requirement cannot say.
pub(super) fn ours(definition: &Definition, ours: &mut Map<String, Value>) {
    if definition.auth != Auth::App && definition.app_code != AppCode::Disable {
        ours.set("app_code", definition.app_code.as_str());
    }
}

/// The definitions of the schemes: the built-in ones, and one for every authorizer that is used.
pub(super) fn schemes(authorizers: &[Authorizer]) -> Map<String, Value> {
    let mut schemes = super::object([
        (APP, scheme("Authorization", "AppSigv1")),
        (APP_CODE, scheme("Authorization", "AppSigv1")),
        (IAM, scheme("unused", "IAM")),
    ]);
    if let Some(app_code) = schemes.get_mut(APP_CODE).and_then(Value::as_object_mut) {
        app_code.set(AUTH_OPT, json!({"appcode-auth-type": "header"}));
    }
    for authorizer in authorizers {
        schemes.set(&authorizer.draft.name, authorizer_scheme(&authorizer.draft));
    }
    schemes
}

fn scheme(name: &str, kind: &str) -> Value {
    json!({"type": "apiKey", "name": name, "in": "header", AUTH_TYPE: kind})
}

/// The scheme of an authorizer has its name, which no other scheme here can have: names have no hyphens.
fn authorizer_scheme(draft: &AuthorizerDraft) -> Value {
    let mut settings = Map::new();
    settings.set("type", draft.side.as_str());
    settings.set("authorizer_type", "FUNC");
    settings.set("authorizer_uri", draft.function.urn.as_str());
    settings.set_some("authorizer_version", draft.function.version.as_deref());
    settings.set_some("authorizer_alias_uri", draft.function.alias_urn.as_deref());
    settings.set("network_type", draft.function.network.as_str());
    settings.set("identities", draft.identities.iter().map(identity).collect::<Vec<_>>());
    settings.set("ttl", draft.ttl_seconds);
    settings.set("need_body", draft.need_body);
    json!({"type": "apiKey", "name": "unused", "in": "header", AUTHORIZER: settings})
}

fn identity(identity: &Identity) -> Value {
    let mut object =
        super::object([("name", json!(identity.name)), ("location", json!(identity.location.as_str()))]);
    object.set_some("validation", identity.validation.as_deref());
    Value::Object(object)
}
