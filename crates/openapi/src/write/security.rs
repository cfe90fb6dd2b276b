//! Who may call, as requirements and the schemes that they name.

use super::Members;
use crate::keys::{AUTH_OPT, AUTH_TYPE, AUTHORIZER, OURS};
use countersign_control::apis::{AppCode, Auth, Definition};
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
    let names = base.into_iter().chain(authorizer(definition).map(scheme_name));
    let schemes: Map<String, Value> = names.map(|name| (name, json!([]))).collect();
    Some(json!([schemes]))
}

/// What the requirement cannot say.
pub(super) fn ours(definition: &Definition, ours: &mut Map<String, Value>) {
    if definition.auth != Auth::App && definition.app_code != AppCode::Disable {
        ours.set("app_code", definition.app_code.as_str());
    }
    if definition.auth == Auth::None {
        ours.set_some("authorizer_id", authorizer(definition));
    }
}

/// The definitions of the schemes: the built-in ones, and one for every authorizer that is used.
pub(super) fn schemes(definitions: &[&Definition]) -> Map<String, Value> {
    let mut schemes = super::object([
        (APP, scheme("Authorization", "AppSigv1")),
        (APP_CODE, scheme("Authorization", "AppSigv1")),
        (IAM, scheme("unused", "IAM")),
    ]);
    if let Some(app_code) = schemes.get_mut(APP_CODE).and_then(Value::as_object_mut) {
        app_code.set(AUTH_OPT, json!({"appcode-auth-type": "header"}));
    }
    let required = definitions.iter().filter(|definition| definition.auth != Auth::None);
    for id in required.filter_map(|definition| authorizer(definition)) {
        let scheme = json!({
            "type": "apiKey",
            "name": "unused",
            "in": "header",
            AUTHORIZER: {OURS: {"authorizer_id": id}},
        });
        schemes.set(&scheme_name(id), scheme);
    }
    schemes
}

fn scheme(name: &str, kind: &str) -> Value {
    json!({"type": "apiKey", "name": name, "in": "header", AUTH_TYPE: kind})
}

fn authorizer(definition: &Definition) -> Option<&str> {
    definition.authorizer_id.as_deref().filter(|id| !id.is_empty())
}

fn scheme_name(authorizer: &str) -> String {
    format!("apig-auth-authorizer-{authorizer}")
}
