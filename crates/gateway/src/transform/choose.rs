//! The choice of the backend: what the conditions of policies ask, answered from the request.

use super::parameters::Parameters;
use crate::{accept::Request, authorize::Permit};
use countersign_snapshot::{Facts, Subject, Target, path};
use http::header;
use std::{borrow::Cow, net::IpAddr};

/// The backend that the request goes to, with what it is sent there.
pub(super) fn target<'s>(request: &Request, permit: &Permit<'s>, parameters: &Parameters) -> &'s Target {
    permit.routed.release.target(&Asked { request, permit, parameters })
}

/// What is known of the request by then.
struct Asked<'r> {
    request: &'r Request,
    permit: &'r Permit<'r>,
    parameters: &'r Parameters,
}

impl Facts for Asked<'_> {
    fn source(&self) -> IpAddr {
        self.permit.routed.source
    }

    fn text(&self, subject: &Subject) -> Option<Cow<'_, str>> {
        match subject {
            Subject::Parameter(position) => {
                self.parameters.get(self.permit.routed.release, *position).map(Cow::Borrowed)
            }
            Subject::Path => path::decode(self.request.path()).ok(),
            Subject::Method => Some(self.request.method().as_str().into()),
            Subject::Cookie(name) => cookie(self.request, name).map(Cow::Borrowed),
            Subject::Authorizer(name) => self.permit.caller.context()?.get(name).map(Cow::Borrowed),
        }
    }
}

/// The first cookie with this name (RFC 6265 §5.4), as sent; names are compared exactly.
fn cookie<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let lines = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}
