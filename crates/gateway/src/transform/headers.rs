//! Header lines at the backend: what passes, what is ours, what nobody may bring from outside.

use super::{refuse, values::Values};
use crate::{
    accept::{Request, Scheme},
    answer::REQUEST_ID,
    authenticate::{API_KEY, Who},
    authorize::Permit,
    forward::is_hop_by_hop,
    reject::Reject,
    route::{FORWARDED_FOR, Routed},
};
use countersign_snapshot::{Place, Target, Upstream, source::Auth};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use smallvec::SmallVec;

/// Headers that backends believe because the gateway sets them, and credentials that end at the gateway. They
/// are never taken from outside, in no spelling: many servers read `_` as `-`.
const RESERVED: [&str; 13] = [
    "forwarded",
    "x-real-ip",
    "x-forwarded-proto",
    "x-forwarded-host",
    "x-forwarded-port",
    "x-forwarded-prefix",
    "x-request-id",
    "x-auth-token",
    "x-subject-token",
    "x-security-token",
    "x-hw-id",
    "x-hw-appkey",
    "x-stage",
];
/// Headers in which backends of Keystone's kind expect to read who was authenticated: behind an API that authenticates
/// its callers, nobody else may fill them in.
const IDENTITY: [&str; 16] = [
    "x-user-id",
    "x-user-name",
    "x-user-domain-id",
    "x-user-domain-name",
    "x-project-name",
    "x-project-domain-id",
    "x-project-domain-name",
    "x-domain-name",
    "x-roles",
    "x-role",
    "x-user",
    "x-tenant",
    "x-tenant-id",
    "x-tenant-name",
    "x-identity-status",
    "x-is-admin-project",
];
/// All names that begin so are the gateway's.
const RESERVED_PREFIX: &str = "x-apig-";
/// All names that begin so belong to a signature.
pub(super) const SIGNED_PREFIX: &str = "x-sdk-";
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Lines that the definition sets.
pub(super) type Mapped = Vec<(HeaderName, HeaderValue)>;

/// Values of mapped headers and of defaults.
pub(super) fn mapped(values: &Values<'_, '_>) -> Result<Mapped, Reject> {
    let release = values.permit.routed.release;
    let line = |name: &HeaderName, text: &str| {
        let value =
            HeaderValue::from_str(text).map_err(|_| refuse(name.as_str(), "does not fit into a header"))?;
        Ok((name.clone(), value))
    };
    let defaults = values.parameters.defaults(release, values.target);
    let defaults = defaults.filter_map(|(parameter, text)| match &parameter.place {
        Place::Header(name) => Some(line(name, text)),
        Place::Path(_) | Place::Query => None,
    });
    let mappings =
        values.target.headers.iter().filter_map(|(name, value)| Some(line(name, &values.get(value)?)));
    defaults.chain(mappings).collect()
}

/// Builds the header lines.
pub(super) fn build(
    request: &Request,
    permit: &Permit<'_>,
    (upstream, target): (&Upstream, &Target),
    set: &Mapped,
) -> HeaderMap {
    let incoming = request.headers();
    let mut headers = HeaderMap::with_capacity(incoming.len() + 6);
    headers.insert(header::HOST, upstream.host_header.clone());
    let caller = permit.caller.who();
    let is_signed = permit.routed.release.signature.is_some();
    let listed = listed_by_connection(request);
    for (name, value) in incoming {
        if passes(name, &permit.routed, target, caller)
            && !(is_signed && is_signature(name, &permit.routed.gateway.sign_header))
            && !listed.iter().any(|own| own.eq_ignore_ascii_case(name.as_str()))
        {
            headers.append(name, value.clone());
        }
    }
    headers.insert(FORWARDED_FOR, forwarded_for(request));
    headers.insert(
        FORWARDED_PROTO,
        HeaderValue::from_static(match request.peer.scheme() {
            Scheme::Http => "http",
            Scheme::Https => "https",
        }),
    );
    if let Some(host) = incoming.get(header::HOST) {
        headers.insert(FORWARDED_HOST, host.clone());
    }
    headers.insert(REQUEST_ID, request.id.header());
    for (name, value) in set {
        headers.insert(name, value.clone());
    }
    headers
}

/// Names that the client declares to be for this connection only (RFC 9110 §7.6.1).
fn listed_by_connection(request: &Request) -> SmallVec<[&str; 2]> {
    if !request.has(&header::CONNECTION) {
        return SmallVec::new();
    }
    let lines = request.headers().get_all(header::CONNECTION).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).map(str::trim).filter(|name| !name.is_empty()).collect()
}

fn passes(name: &HeaderName, routed: &Routed<'_>, target: &Target, caller: &Who<'_>) -> bool {
    let ends_here = match name.as_str() {
        // The gateway addresses and frames the message itself.
        "host" | "content-length" | "expect" => true,
        other => {
            is_hop_by_hop(name)
                || is_reserved(other)
                || (is_identity(other) && !matches!(caller, Who::Anonymous))
                || is_credential(name, routed)
        }
    };
    !(ends_here || target.moved_headers.contains(name))
}

/// Whether a header is of the client's own signature, which the gateway's replaces.
fn is_signature(name: &HeaderName, sign_header: &HeaderName) -> bool {
    has_prefix(name.as_str(), SIGNED_PREFIX) || same(name.as_str(), sign_header.as_str())
}

/// Whether callers of the API may show a credential in this header; it ends here.
fn is_credential(name: &HeaderName, routed: &Routed<'_>) -> bool {
    let carriers = &routed.gateway.carriers;
    match routed.release.auth {
        // What a custom authorizer alone looks at is between the client and whom it calls.
        Auth::None | Auth::Authorizer => false,
        Auth::Iam => *name == header::AUTHORIZATION,
        Auth::App => {
            *name == carriers.authorization
                || carriers.stamp.as_ref() == Some(name)
                || (routed.gateway.features.apps.api_key && name == API_KEY)
        }
    }
}

fn is_identity(name: &str) -> bool {
    name.starts_with('x') && IDENTITY.iter().any(|own| same(name, own))
}

/// Whether a name is the other one, in any spelling.
fn same(name: &str, other: &str) -> bool {
    name.len() == other.len()
        && name
            .bytes()
            .zip(other.bytes())
            .all(|(left, right)| left == right || (left == b'_' && right == b'-'))
}

fn is_reserved(name: &str) -> bool {
    name.len() > 1
        && matches!(name.as_bytes().first(), Some(b'x' | b'f'))
        && (RESERVED.iter().any(|own| same(name, own))
            || (name.contains('_') && same(name, FORWARDED_FOR.as_str()))
            || has_prefix(name, RESERVED_PREFIX))
}

fn has_prefix(name: &str, prefix: &str) -> bool {
    name.get(..prefix.len()).is_some_and(|start| same(start, prefix))
}

/// The client's list stays, because it was never more than a claim; the peer is what the gateway vouches for.
fn forwarded_for(request: &Request) -> HeaderValue {
    let peer = request.peer.ip();
    if !request.has(&FORWARDED_FOR) {
        return peer.clone();
    }
    let mut list = Vec::new();
    for line in request.headers().get_all(FORWARDED_FOR) {
        list.extend_from_slice(line.as_bytes());
        list.extend_from_slice(b", ");
    }
    list.extend_from_slice(peer.as_bytes());
    HeaderValue::from_maybe_shared(bytes::Bytes::from(list)).unwrap_or_else(|_| peer.clone())
}

#[cfg(test)]
mod tests {
    use super::is_reserved;

    #[test]
    fn reserved_names_are_reserved_in_every_spelling() {
        for name in [
            "x-real-ip",
            "x_real_ip",
            "x-real_ip",
            "x-apig-mode",
            "x_apig_anything",
            "x-stage",
            "x_forwarded_for",
            "forwarded",
        ] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["x-forwarded-for", "x-custom", "x", "accept", "forward", "x-sdk-date", "f_x"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
