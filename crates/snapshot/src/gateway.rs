//! Gateways, compiled.

use crate::{
    error::{Error, Fault},
    source::{self, Features},
    target::backend_header,
};
use countersign_types::InstanceId;
use http::{HeaderName, header::AUTHORIZATION};
use std::collections::HashMap;

/// A gateway ("instance").
#[derive(Debug)]
pub struct Gateway {
    /// Its id.
    pub id: InstanceId,
    /// How its features are set.
    pub features: Features,
    /// The header that carries signatures to backends.
    pub sign_header: HeaderName,
}

/// Gateways by id.
#[derive(Debug, Default)]
pub(crate) struct Gateways(HashMap<InstanceId, Gateway, foldhash::fast::RandomState>);

impl Gateways {
    pub(crate) fn compile(sources: &[source::Gateway]) -> Result<Self, Error> {
        let mut gateways = Self::default();
        for source::Gateway { id, features } in sources {
            let gateway = Gateway {
                id: id.clone(),
                features: features.clone(),
                sign_header: features
                    .backend_sign_header
                    .as_deref()
                    .map_or(Ok(AUTHORIZATION), sign_header)
                    .map_err(|fault| fault.at("gateway", id))?,
            };
            if gateways.0.insert(id.clone(), gateway).is_some() {
                return Err(Fault::Duplicate("gateway id").at("gateway", id));
            }
        }
        Ok(gateways)
    }

    pub(crate) fn get(&self, id: &InstanceId) -> Option<&Gateway> {
        self.0.get(id)
    }
}

/// The name of a header that can carry signatures to backends.
///
/// # Errors
/// It is no header name, or one that the gateway or the signature itself needs.
pub fn sign_header(name: &str) -> Result<HeaderName, Fault> {
    let name = backend_header(name)?;
    if name.as_str().starts_with("x-sdk-") { Err(Fault::Invalid("header of signatures")) } else { Ok(name) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_travel_in_any_header_but_those_that_frame_the_message_or_are_signed() {
        assert_eq!(sign_header("X-Backend-Signature").unwrap(), "x-backend-signature");
        for bad in ["", "a b", "Host", "Content-Length", "Connection", "X-Sdk-Date", "X-Sdk-Content-Sha256"] {
            assert!(sign_header(bad).is_err(), "{bad}");
        }
    }
}
