//! The request head as the verifier wants to see it.

use countersign_verify::Head;
use http::request::Parts;

/// A parsed request whose target and header values are still those of the wire.
pub struct RequestHead<'a>(pub &'a Parts);

impl Head for RequestHead<'_> {
    fn method(&self) -> &str {
        self.0.method.as_str()
    }

    fn target(&self) -> &[u8] {
        self.0.uri.path_and_query().map_or(b"/", |target| target.as_str().as_bytes())
    }

    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()))
    }
}
