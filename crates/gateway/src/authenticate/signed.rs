//! The head as signatures cover it: what stands in for `Authorization` is read as if it were that.

use crate::accept::Request;
use countersign_verify::Head;
use http::{HeaderName, header};

/// A request head whose signature may stand in another header than `Authorization`.
pub(super) struct Signed<'r> {
    pub(super) request: &'r Request,
    stand_in: Option<&'r HeaderName>,
}

impl<'r> Signed<'r> {
    /// `carrier` is where the signature stands.
    pub(super) fn new(request: &'r Request, carrier: &'r HeaderName) -> Self {
        Self { request, stand_in: (*carrier != header::AUTHORIZATION).then_some(carrier) }
    }

    /// The name as signatures know it. `Authorization` itself is the backend's affair where it has a stand-in.
    fn known_as<'n>(&self, name: &'n HeaderName) -> Option<&'n str> {
        match self.stand_in {
            Some(stand_in) if stand_in == name => Some("authorization"),
            Some(_) if *name == header::AUTHORIZATION => None,
            _ => Some(name.as_str()),
        }
    }
}

impl Head for Signed<'_> {
    fn method(&self) -> &str {
        Head::method(self.request)
    }

    fn target(&self) -> &[u8] {
        Head::target(self.request)
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let lines = self.request.headers().iter();
        lines.filter_map(|(name, value)| Some((self.known_as(name)?, value.as_bytes())))
    }
}
