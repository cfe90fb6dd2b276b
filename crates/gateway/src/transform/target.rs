//! Path and query at the backend.

use super::{refuse, values::Values};
use crate::{
    authenticate::API_KEY,
    query::{is_named, pairs},
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_snapshot::{PathPiece, Place, Upstream, Value, encode, source::Auth};
use countersign_types::code;
use http::{Uri, uri::PathAndQuery};

/// Builds the target in origin form.
pub(super) fn build(upstream: &Upstream, values: &Values<'_, '_>) -> Result<Uri, Reject> {
    let mut target = String::with_capacity(values.request.target().len() + 64);
    push_path(&mut target, upstream, values)?;
    push_query(&mut target, values);
    if let Some(same) = values.request.uri().path_and_query().filter(|own| own.as_str() == target) {
        // Shared with the request: it need not be checked again.
        return Ok(same.clone().into());
    }
    let target = PathAndQuery::from_maybe_shared(bytes::Bytes::from(target));
    target.map(Uri::from).map_err(|_| Reject::new(Stage::Transform, code::TARGET_TOO_LARGE, "backend_target"))
}

fn push_path(target: &mut String, upstream: &Upstream, values: &Values<'_, '_>) -> Result<(), Reject> {
    for piece in &upstream.path {
        match piece {
            PathPiece::Text(text) => target.push_str(text),
            PathPiece::Value { name, value } => {
                let text = values.get(value).ok_or_else(|| refuse(name, "is missing"))?;
                push_segments(target, &text, may_span(value, values)).map_err(|fault| refuse(name, fault))?;
            }
        }
    }
    if values.permit.routed.release.appends_remainder {
        let remainder = remainder(values.request.path(), values.permit.routed.captured.depth);
        if !remainder.is_empty() && target.ends_with('/') {
            target.pop();
        }
        target.push_str(remainder);
    }
    Ok(())
}

/// Only a parameter of the path can hold several segments, because its slashes were slashes there too.
fn may_span(value: &Value, values: &Values<'_, '_>) -> bool {
    let Value::Parameter(position) = value else { return false };
    let parameter = values.permit.routed.release.parameters.get(*position);
    parameter.is_some_and(|parameter| matches!(parameter.place, Place::Path(_)))
}

/// A value must not change which resource of the backend is meant: no dot segments, nothing empty in between.
fn push_segments(target: &mut String, text: &str, spans: bool) -> Result<(), &'static str> {
    let mut segments = text.split('/').peekable();
    if !spans {
        return match text {
            "" => Err("is empty"),
            "." | ".." => Err("is a dot segment"),
            _ => {
                encode::push_component(target, text);
                Ok(())
            }
        };
    }
    while let Some(segment) = segments.next() {
        encode::push_component(target, segment);
        if segments.peek().is_some() {
            target.push('/');
        }
    }
    Ok(())
}

/// What follows the segments that the template describes, as the client spelled it. The path was checked to
/// have no encoded slash, so raw and decoded segments are the same ones.
fn remainder(path: &str, depth: usize) -> &str {
    path.match_indices('/').nth(depth).and_then(|(at, _)| path.get(at..)).unwrap_or_default()
}

fn push_query(target: &mut String, values: &Values<'_, '_>) {
    let release = values.permit.routed.release;
    let mut separator = '?';
    let mut push = |target: &mut String, piece: &dyn Fn(&mut String)| {
        target.push(separator);
        separator = '&';
        piece(target);
    };
    let moved = values.target.moved_query.iter().map(|name| &**name);
    let moved: smallvec::SmallVec<[&str; 4]> = moved.chain(credential(&values.permit.routed)).collect();
    match values.request.query() {
        // Nothing to take out: the client's query passes byte for byte.
        Some(query) if moved.is_empty() => push(target, &|target| target.push_str(query)),
        query => {
            for (name, value) in
                pairs(query).filter(|(name, _)| !moved.iter().any(|moved| is_named(name, moved)))
            {
                let has_value = query.is_some_and(|query| has_equals(query, name, value));
                push(target, &|target| {
                    target.push_str(name);
                    if has_value {
                        target.push('=');
                        target.push_str(value);
                    }
                });
            }
        }
    }
    for (parameter, default) in
        values.parameters.defaults(release, values.target).filter(|(own, _)| own.place == Place::Query)
    {
        push(target, &|target| push_pair(target, &encode::component(&parameter.name), default));
    }
    for (name, value) in &values.target.query {
        if let Some(value) = values.get(value) {
            push(target, &|target| push_pair(target, name, &value));
        }
    }
}

/// The parameter in which apps may show a credential; it ends here.
fn credential(routed: &Routed<'_>) -> Option<&'static str> {
    (routed.release.auth == Auth::App && routed.gateway.features.apps.api_key).then_some(API_KEY)
}

/// `?a` and `?a=` are different bytes; both halves are slices of the query.
fn has_equals(query: &str, name: &str, value: &str) -> bool {
    let after = name.as_ptr() as usize - query.as_ptr() as usize + name.len();
    !value.is_empty() || query.as_bytes().get(after) == Some(&b'=')
}

fn push_pair(target: &mut String, name: &str, value: &str) {
    target.push_str(name);
    target.push('=');
    encode::push_component(target, value);
}
