//! The choice of the backend: what the conditions of policies ask, answered from the request.

use super::parameters::Parameters;
use crate::accept::Request;
use countersign_snapshot::{Facts, Release, Subject, Target, path};
use http::header;
use std::{borrow::Cow, net::IpAddr};

/// The backend that the request goes to, with what it is sent there.
pub(super) fn target<'s>(release: &'s Release, request: &Request, parameters: &Parameters) -> &'s Target {
    release.target(&Asked { release, request, parameters })
}

/// What is known of the request by then.
struct Asked<'r> {
    release: &'r Release,
    request: &'r Request,
    parameters: &'r Parameters,
}

impl Facts for Asked<'_> {
    fn source(&self) -> IpAddr {
        self.request.peer.address()
    }

    fn text(&self, subject: &Subject) -> Option<Cow<'_, str>> {
        match subject {
            Subject::Parameter(position) => self.parameters.get(self.release, *position).map(Cow::Borrowed),
            Subject::Path => path::decode(self.request.path()).ok(),
            Subject::Method => Some(self.request.method().as_str().into()),
            Subject::Cookie(name) => cookie(self.request, name).map(Cow::Borrowed),
            // No authorizer has been asked.
            Subject::Authorizer(_) => None,
        }
    }
}

/// The first cookie with this name (RFC 6265 §5.4), as sent; names are compared exactly.
fn cookie<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let lines = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value)
}
