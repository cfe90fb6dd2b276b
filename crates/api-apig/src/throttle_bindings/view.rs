//! Bindings as clients see them.

use crate::call::Call;
use countersign_api_types::throttles::{BindingFailureView, BindingView, ThrottledApiView};
use countersign_control::bindings::{Binding, BoundApi, Place, PlaceFilter, StillBound, UnboundApi};
use countersign_control::{Error, Throttle};

/// The publications that a query is about.
pub(super) fn places(call: &Call) -> PlaceFilter {
    PlaceFilter {
        api_id: call.exact("api_id"),
        api_name: call.filter("api_name"),
        group_id: call.exact("group_id"),
        env_id: call.exact("env_id"),
        tags: call.query_all("tags"),
        ..PlaceFilter::default()
    }
}

/// A new binding.
pub(super) fn receipt(bound: BoundApi<Throttle>) -> BindingView {
    let binding = bound.binding;
    BindingView {
        publish_id: binding.publish_id.to_string(),
        scope: 1,
        strategy_id: binding.policy_id.to_string(),
        apply_time: binding.created.rfc3339_nanos().to_string(),
        id: binding.id.to_string(),
    }
}

/// A binding that is still there.
pub(super) fn failure(left: StillBound) -> BindingFailureView {
    let (error_code, error_msg) = match left.error {
        Error::Refused { code, message, .. } => (code.to_owned(), message),
        Error::Store(_) | Error::Vault(_) => (String::new(), String::new()),
    };
    let bind_id = left.id.to_string();
    BindingFailureView { bind_id, error_code, error_msg, api_id: String::new(), api_name: String::new() }
}

/// A publication with the policy that is bound to it.
pub(super) fn bound(bound: BoundApi<Throttle>) -> ThrottledApiView {
    view(bound.place, Some((bound.binding, bound.policy)))
}

/// A publication that the policy could be bound to, with the one that it would replace.
pub(super) fn unbound(unbound: UnboundApi<Throttle>) -> ThrottledApiView {
    view(unbound.place, unbound.taken)
}

fn view(place: Place, bound: Option<(Binding<Throttle>, Throttle)>) -> ThrottledApiView {
    let Place { publish_id, api, group, env } = place;
    let (binding, throttle) = bound.unzip();
    let apply_time = binding.as_ref().map(|binding| binding.created.rfc3339().to_string());
    ThrottledApiView {
        auth_type: api.definition.auth.as_str().to_owned(),
        group_name: group.name,
        publish_id: publish_id.to_string(),
        throttle_apply_id: binding.map(|binding| binding.id.to_string()).unwrap_or_default(),
        apply_time,
        remark: api.definition.texts.remark.unwrap_or_default(),
        run_env_id: env.id.to_string(),
        r#type: if api.definition.public { 1 } else { 2 },
        throttle_name: throttle.map(|throttle| throttle.name).unwrap_or_default(),
        req_uri: api.definition.path,
        run_env_name: env.name,
        group_id: group.id.to_string(),
        name: api.definition.name,
        id: api.id.to_string(),
        req_method: api.definition.method.as_str().to_owned(),
        tags: api.definition.tags.unwrap_or_default(),
    }
}
