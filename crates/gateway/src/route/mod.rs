//! What is being called: host → group, `X-Stage` → environment, path and method → API, then the scheme.

mod host;
mod source;

use crate::{
    accept::{Request, Scheme},
    app_token::TokenEndpoint,
    reject::{Reject, Stage},
};
use countersign_snapshot::{
    Captures, Gateway, Group, Lookup, Match, Release, Snapshot, path, source::Protocol,
};
use countersign_types::{Code, GroupId, code};
use host::Host;
use http::HeaderName;
pub(crate) use source::FORWARDED_FOR;
use std::{borrow::Cow, net::IpAddr};

/// Environment of a request that does not name one.
const DEFAULT_ENVIRONMENT: &str = "RELEASE";
/// Carries the name of the environment.
pub(crate) const STAGE_HEADER: HeaderName = HeaderName::from_static("x-stage");

/// What a request calls.
pub(crate) enum Destination<'s> {
    /// A published API.
    Api(Routed<'s>),
    /// The endpoint of the gateway itself that gives tokens to apps.
    Tokens(TokenEndpoint<'s>),
}

/// The group that a host names.
#[derive(Clone, Copy)]
pub(crate) struct Found<'s> {
    pub(crate) group: &'s Group,
    /// By its default subdomain, which is for debugging.
    by_subdomain: bool,
}

/// Proof that the request names a published API.
pub(crate) struct Routed<'s> {
    /// The configuration that holds for this request.
    pub(crate) snapshot: &'s Snapshot,
    pub(crate) gateway: &'s Gateway,
    pub(crate) release: &'s Release,
    pub(crate) captured: Captured,
    /// The group, when its default subdomain was called.
    pub(crate) subdomain_of: Option<&'s GroupId>,
    /// The source address; never an IPv4 address in IPv6 clothes.
    pub(crate) source: IpAddr,
}

/// The variable parts of the path, decoded.
pub(crate) struct Captured {
    path: String,
    /// Where in the path each of them stands.
    ranges: smallvec::SmallVec<[std::ops::Range<usize>; 4]>,
    /// Segments that the template describes.
    pub(crate) depth: usize,
}

/// Finds the group that the host names.
///
/// # Errors
/// 404 when there is none, 400 for a malformed host.
pub(crate) fn group<'s>(request: &Request, snapshot: &'s Snapshot) -> Result<Found<'s>, Reject> {
    let host = request.headers().get(http::header::HOST).map_or(&b""[..], http::HeaderValue::as_bytes);
    let found = match host::parse(host) {
        Some(Host::Name(name)) => snapshot.group_by_host(&name).map(|group| {
            let by_subdomain = group.subdomain.as_deref() == Some(&*name);
            Found { group, by_subdomain }
        }),
        Some(Host::Address) => snapshot.group_by_address().map(|group| Found { group, by_subdomain: false }),
        None => {
            return Err(reject(code::REQUEST_ERROR, "malformed_host").detail("the Host header is malformed"));
        }
    };
    found.ok_or_else(|| reject(code::API_NOT_PUBLISHED, "unknown_host"))
}

/// Finds the published API in its group, or the endpoint of the gateway itself.
///
/// # Errors
/// 404 when nothing is published there (with another message when only the method is wrong), 400 for an
/// ambiguous path, a repeated `X-Stage`, or the wrong scheme.
pub(crate) fn route<'s>(
    request: &Request,
    snapshot: &'s Snapshot,
    Found { group, by_subdomain }: Found<'s>,
) -> Result<Destination<'s>, Reject> {
    let gateway = snapshot
        .gateway(&group.instance_id)
        .ok_or_else(|| reject(code::API_NOT_PUBLISHED, "unknown_gateway"))?;
    if let Some(endpoint) = TokenEndpoint::at(request.path(), gateway) {
        return Ok(Destination::Tokens(endpoint));
    }
    let environment = environment(request)?;
    let environment = group
        .environment(&environment)
        .ok_or_else(|| reject(code::API_NOT_PUBLISHED, "unknown_environment"))?;
    let path = path::decode(request.path()).map_err(ambiguous)?;
    let Match { value: release, captures, depth } =
        match environment.router.find(request.method().as_str(), &path) {
            Lookup::Found(found) => found,
            Lookup::NoMethod => return Err(reject(code::API_NOT_FOUND, "unknown_method")),
            Lookup::NoPath => return Err(reject(code::API_NOT_PUBLISHED, "unknown_path")),
        };
    let captured = Captured::new(&path, &captures, depth);
    check_scheme(release, request.peer.scheme())?;
    let source = source::source(request, gateway);
    let subdomain_of = by_subdomain.then_some(&group.id);
    Ok(Destination::Api(Routed { snapshot, gateway, release, captured, subdomain_of, source }))
}

fn reject(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Route, code, reason)
}

fn ambiguous(refusal: path::Refusal) -> Reject {
    reject(code::REQUEST_ERROR, "ambiguous_path").detail(refusal.to_string())
}

fn environment(request: &Request) -> Result<Cow<'_, str>, Reject> {
    let stage = request.single(&STAGE_HEADER).map_err(|_| {
        reject(code::REQUEST_ERROR, "repeated_header").detail("the X-Stage header stands more than once")
    })?;
    Ok(stage.map_or(Cow::Borrowed(DEFAULT_ENVIRONMENT), |stage| String::from_utf8_lossy(stage.as_bytes())))
}

fn check_scheme(release: &Release, scheme: Scheme) -> Result<(), Reject> {
    let wrong = |supported: &'static str| Err(reject(code::PROTOCOL, "wrong_scheme").detail(supported));
    match (release.protocol, scheme) {
        (Protocol::Both, _) | (Protocol::Http, Scheme::Http) | (Protocol::Https, Scheme::Https) => Ok(()),
        (Protocol::Https, Scheme::Http) => wrong("https"),
        (Protocol::Http, Scheme::Https) => wrong("http"),
    }
}

impl Captured {
    fn new(path: &str, captures: &Captures<'_>, depth: usize) -> Self {
        if captures.is_empty() {
            return Self { path: String::new(), ranges: smallvec::SmallVec::new(), depth };
        }
        // Captures are slices of the path in order, each preceded by a slash.
        let mut from = 0;
        let ranges = captures.iter().map(|capture| {
            let start = capture.as_ptr() as usize - path.as_ptr() as usize;
            from = start.max(from);
            from..from + capture.len()
        });
        Self { ranges: ranges.collect(), path: path.to_owned(), depth }
    }

    /// The text of the variable part with this position.
    pub(crate) fn get(&self, position: usize) -> Option<&str> {
        self.path.get(self.ranges.get(position)?.clone())
    }
}
