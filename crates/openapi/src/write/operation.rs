//! One definition as an operation.

use super::{Members, acls, backend, parameter, security};
use crate::keys::{
    BACKEND, BODY_BASE64, CONTENT_TYPE, CORS, FAILURE_SAMPLE, MATCH_MODE, NORMAL_SAMPLE, OURS, POLICIES,
    RATE_LIMIT, REQUEST_TYPE, RESPONSE,
};
use crate::text::Dialect;
use countersign_control::apis::{ContentType, Definition, Protocol};
use countersign_control::transfer::{Export, Scope};
use serde_json::{Map, Value, json};

pub(super) fn write(definition: &Definition, export: &Export, dialect: Dialect) -> Map<String, Value> {
    let mut operation = Map::new();
    operation.set("operationId", definition.name.as_str());
    operation.set_some("description", definition.texts.remark.as_deref());
    operation.set_some("tags", definition.tags.clone());
    operation.set_some("security", security::requirement(definition));
    protocol(&mut operation, definition.protocol, export, dialect);
    let parameters: Vec<Value> =
        definition.parameters.iter().map(|parameter| parameter::write(parameter, dialect)).collect();
    if !parameters.is_empty() {
        operation.set("parameters", parameters);
    }
    operation.set("responses", responses(definition, dialect));
    operation.set(REQUEST_TYPE, if definition.public { "public" } else { "private" });
    operation.set(MATCH_MODE, definition.matching.as_str());
    operation.set(CORS, definition.cors);
    operation.set_some(BODY_BASE64, definition.function_body_base64);
    operation.set_some(CONTENT_TYPE, definition.content_type.map(ContentType::as_str));
    operation.set_some(RESPONSE, definition.response_id.as_deref());
    if export.scope != Scope::Front {
        operation.set(BACKEND, backend::write(&definition.backend, &definition.mappings));
        let policies: Vec<Value> = definition.policies.iter().map(backend::policy).collect();
        if !policies.is_empty() {
            operation.set(POLICIES, policies);
        }
    }
    operation.set_filled(OURS, ours(definition));
    if let Some(acls) = export.acls.get(&definition.name) {
        acls::name(acls, &mut operation);
    }
    let throttle = export.throttles.get(&definition.name).map(|bound| bound.throttle.name.as_str());
    operation.set_some(RATE_LIMIT, throttle);
    operation
}

fn protocol(operation: &mut Map<String, Value>, protocol: Protocol, export: &Export, dialect: Dialect) {
    let schemes: &[&str] = match protocol {
        Protocol::Http => &["http"],
        Protocol::Https | Protocol::Grpcs => &["https"],
        Protocol::Both => &["http", "https"],
    };
    match dialect {
        Dialect::Swagger => operation.set("schemes", json!(schemes)),
        Dialect::OpenApi => {
            let server = |scheme: &&str| json!({"url": format!("{scheme}://{}", export.host)});
            operation.set("servers", schemes.iter().map(server).collect::<Vec<_>>());
        }
    }
}

fn responses(definition: &Definition, dialect: Dialect) -> Map<String, Value> {
    let reference = match dialect {
        Dialect::Swagger => "#/responses/default",
        Dialect::OpenApi => "#/components/responses/default",
    };
    let mut responses = Map::new();
    responses.set("default", json!({ "$ref": reference }));
    responses.set_some(FAILURE_SAMPLE, definition.texts.failure_sample.as_deref());
    responses.set_some(NORMAL_SAMPLE, definition.texts.normal_sample.as_deref());
    responses
}

/// What the published form has no word for.
fn ours(definition: &Definition) -> Map<String, Value> {
    let mut ours = Map::new();
    security::ours(definition, &mut ours);
    ours.set_some("version", definition.version.as_deref());
    ours.set_some("trace_enabled", definition.trace.enabled);
    ours.set_some("sampling_strategy", definition.trace.strategy.as_deref());
    ours.set_some("sampling_param", definition.trace.parameter.as_deref());
    ours.set_some("body_remark", definition.texts.body_remark.as_deref());
    ours.set_some("roma_app_id", definition.unused.roma_app_id.as_deref());
    ours.set_some("domain_name", definition.unused.domain_name.as_deref());
    ours.set_some("tag", definition.unused.tag.as_deref());
    ours
}
