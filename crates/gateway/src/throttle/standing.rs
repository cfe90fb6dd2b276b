//! How limits stand, for those who want to know.

use super::Dimension;
use countersign_snapshot::source::Span;
use http::HeaderValue;
use smallvec::SmallVec;

/// How one limit stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    pub(crate) dimension: Dimension,
    pub(crate) span: Span,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
}

/// How the limits of a call stand.
pub(crate) type Standings = SmallVec<[Standing; 5]>;

/// The limit that refused a call.
#[derive(Debug)]
pub(crate) struct Throttled {
    pub(crate) standing: Standing,
    /// Whose limit it is: an id, or an address.
    pub(crate) whose: Box<str>,
    /// When it begins anew, in seconds of Unix time.
    pub(crate) until: u64,
}

impl Standing {
    /// In the published form of the debug headers.
    pub(crate) fn header(&self) -> HeaderValue {
        let Self { span, limit, remaining, .. } = self;
        let text = format!("remain:{remaining},limit:{limit},time:{span}");
        HeaderValue::from_maybe_shared(bytes::Bytes::from(text))
            .unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }

    /// In the published form of the refusal.
    pub(crate) fn detail(&self) -> String {
        let Self { dimension, span, limit, .. } = self;
        format!("policy {} over ratelimit,limit:{limit},time:{span}", dimension.name())
    }
}
