//! Backends, what they are sent, and the policies that choose between them.

use super::{Members, pairs};
use crate::keys::OURS;
use countersign_control::apis::{
    Backend, BackendProtocol, Condition, ConditionOrigin, ConditionType, Function, FunctionNetwork, Location,
    Mapping, Mock, Policy, Server,
};
use serde_json::{Map, Value, json};

pub(super) fn write(backend: &Backend, mappings: &[Mapping]) -> Map<String, Value> {
    let (kind, key, endpoint) = match backend {
        Backend::Http(one) | Backend::Grpc(one) if one.channel.is_some() => {
            ("HTTP-VPC", "httpVpcEndpoints", server(one))
        }
        Backend::Http(one) | Backend::Grpc(one) => ("HTTP", "httpEndpoints", server(one)),
        Backend::Function(one) => ("FUNCTION", "functionEndpoints", function(one)),
        Backend::Mock(one) => ("MOCK", "mockEndpoints", mock(one)),
    };
    let mut object = Map::new();
    object.set("type", kind);
    if !mappings.is_empty() {
        object.set("parameters", mappings.iter().map(mapping).collect::<Vec<_>>());
    }
    object.set(key, endpoint);
    object
}

fn server(server: &Server) -> Map<String, Value> {
    let (mut object, mut ours) = (Map::new(), Map::new());
    match &server.channel {
        Some(channel) => {
            object.set("name", channel.id.as_str());
            ours.set_some("proxy_host", channel.proxy_host.as_deref());
        }
        None => object.set_some("address", server.address.as_deref()),
    }
    object.set("scheme", server.protocol.as_str().to_ascii_lowercase());
    object.set("method", server.method.as_str());
    object.set("path", server.path.as_str());
    object.set("timeout", server.timeout_ms);
    object.set_some("retryCount", server.retries.map(|count| count.to_string()));
    object.set_some("enableClientSsl", server.client_certificate);
    object.set_some("description", server.remark.as_deref());
    ours.set_some("authorizer_id", server.authorizer_id.as_deref());
    ours.set_some("sm_channel", server.sm_channel);
    ours.set_some("version", server.version.as_deref());
    object.set_filled(OURS, ours);
    object
}

fn function(function: &Function) -> Map<String, Value> {
    let (mut object, mut ours) = (Map::new(), Map::new());
    object.set("function-urn", function.urn.as_str());
    object.set_some("version", function.version.as_deref());
    object.set_some("alias-urn", function.alias_urn.as_deref());
    object.set("invocation-type", function.invocation.as_str());
    object.set("network-type", FunctionNetwork::as_str(function.network));
    object.set("timeout", function.timeout_ms);
    object.set_some("description", function.remark.as_deref());
    ours.set_some("authorizer_id", function.authorizer_id.as_deref());
    ours.set_some("protocol", function.protocol.map(BackendProtocol::as_str));
    object.set_filled(OURS, ours);
    object
}

fn mock(mock: &Mock) -> Map<String, Value> {
    let (mut object, mut ours) = (Map::new(), Map::new());
    object.set_some("description", mock.remark.as_deref());
    object.set_some("result-content", mock.body.as_deref());
    ours.set_some("status", mock.status);
    ours.set_some("headers", mock.headers.as_deref().map(pairs));
    ours.set_some("authorizer_id", mock.authorizer_id.as_deref());
    ours.set_some("version", mock.version.as_deref());
    object.set_filled(OURS, ours);
    object
}

fn mapping(mapping: &Mapping) -> Value {
    let mut object = Map::new();
    object.set("name", mapping.name.as_str());
    object.set("in", Location::as_str(mapping.location));
    object.set("origin", mapping.origin.as_str());
    object.set("value", mapping.value.as_str());
    object.set_some("description", mapping.remark.as_deref());
    Value::Object(object)
}

pub(super) fn policy(policy: &Policy) -> Value {
    let mut object = super::object([("name", json!(policy.name))]);
    object.extend(write(&policy.backend, &policy.mappings));
    object.set("conditions", policy.conditions.iter().map(condition).collect::<Vec<_>>());
    object.set(OURS, json!({"effect": policy.effect.as_str()}));
    Value::Object(object)
}

fn condition(condition: &Condition) -> Value {
    let (mut object, mut ours) = (Map::new(), Map::new());
    object.set_some("type", condition.comparison.map(comparison));
    object.set("value", condition.value.as_str());
    object.set("origin", origin(condition.origin));
    object.set_some("parameter", condition.parameter.as_deref());
    ours.set_some("system", condition.system.as_deref());
    ours.set_some("cookie", condition.cookie.as_deref());
    ours.set_some("authorizer", condition.authorizer.as_deref());
    ours.set_some("mapped_name", condition.mapped_name.as_deref());
    ours.set_some("mapped_location", condition.mapped_location.as_deref());
    object.set_filled(OURS, ours);
    Value::Object(object)
}

/// Documents have words of their own for what both they and the management API know.
const fn origin(origin: ConditionOrigin) -> &'static str {
    match origin {
        ConditionOrigin::Parameter => "request",
        other => other.as_str(),
    }
}

const fn comparison(comparison: ConditionType) -> &'static str {
    match comparison {
        ConditionType::Exact => "equal",
        other => other.as_str(),
    }
}
