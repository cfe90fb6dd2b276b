//! The layer and its settings.

use crate::{KeySource, Verify, check::Check};
use countersign_types::Timestamp;
use countersign_verify::Policy;
use http::HeaderName;
use std::sync::Arc;
use tower_layer::Layer;

/// Puts the check around a service.
#[derive(Clone)]
pub struct VerifyLayer(Check);

impl VerifyLayer {
    /// Accepts what is signed with one of the keys, at most 15 minutes away from `clock`, with a body of at most
    /// 12 MiB, in the `Authorization` header.
    #[must_use]
    pub fn new(keys: impl KeySource, clock: fn() -> Timestamp) -> Self {
        Self(Check::new(keys, clock))
    }

    /// Signatures come in another header: what the gateway's feature `custom_auth_header` names.
    #[must_use]
    pub fn header(self, carrier: HeaderName) -> Self {
        Self(Check { carrier, ..self.0 })
    }

    /// Longest body in bytes. A body is kept in memory until it is verified.
    #[must_use]
    pub fn body_bytes_max(self, bytes: usize) -> Self {
        Self(Check { body_bytes_max: bytes, ..self.0 })
    }

    /// Refuses signatures that leave the body out (`X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`). This gateway makes none.
    #[must_use]
    pub fn refuse_unsigned_payload(self) -> Self {
        Self(Check { policy: Policy { unsigned_payload: false, ..self.0.policy }, ..self.0 })
    }
}

impl<S> Layer<S> for VerifyLayer {
    type Service = Verify<S>;

    fn layer(&self, inner: S) -> Verify<S> {
        Verify::new(inner, Arc::new(self.0.clone()))
    }
}
