//! The head of a request as the verifier reads it.

use countersign_verify::Head;
use http::{HeaderName, Method, Uri, header, request::Parts};

/// Shows the header that carries signatures as `Authorization`, and hides one that is not meant.
pub(crate) struct Carried<'a> {
    method: &'a Method,
    uri: &'a Uri,
    parts: &'a Parts,
    carrier: &'a HeaderName,
}

impl<'a> Carried<'a> {
    pub(crate) fn new(parts: &'a Parts, carrier: &'a HeaderName) -> Self {
        Self { method: &parts.method, uri: &parts.uri, parts, carrier }
    }

    /// HTTP/2 has the host beside the header lines.
    fn authority(&self) -> Option<(&str, &[u8])> {
        let authority = self.uri.authority().filter(|_| !self.parts.headers.contains_key(header::HOST))?;
        Some(("host", authority.as_str().as_bytes()))
    }
}

impl Head for Carried<'_> {
    fn method(&self) -> &str {
        self.method.as_str()
    }

    fn target(&self) -> &[u8] {
        self.uri.path_and_query().map_or(b"/", |target| target.as_str().as_bytes())
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let lines = self.parts.headers.iter().filter_map(|(name, value)| {
            let name = if name == self.carrier {
                header::AUTHORIZATION.as_str()
            } else if name == header::AUTHORIZATION {
                return None;
            } else {
                name.as_str()
            };
            Some((name, value.as_bytes()))
        });
        lines.chain(self.authority())
    }
}
