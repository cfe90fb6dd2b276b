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
    /// What the credentials of apps stand in.
    pub carriers: AppCarriers,
    /// Where the source address of a call stands.
    pub source_address: SourceAddress,
    /// The header that carries signatures to backends.
    pub sign_header: HeaderName,
}

/// The headers in which apps prove who they are, ready for look-up; see [`source::AppFeatures`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppCarriers {
    /// Signatures, and whatever else names its scheme: `Authorization`, or its stand-in.
    pub authorization: HeaderName,
    /// The digest of key, secret and time, if it is taken.
    pub stamp: Option<HeaderName>,
}

/// Where the source address of a call stands, ready for look-up; see [`source::SourceAddress`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceAddress {
    /// It is the peer of the connection.
    Peer,
    /// At this position of `X-Forwarded-For`: 0 is the first entry, -1 the last.
    ForwardedFor(i32),
    /// In this header.
    Header(HeaderName),
}

/// Gateways by id.
#[derive(Debug, Default)]
pub(crate) struct Gateways(HashMap<InstanceId, Gateway, foldhash::fast::RandomState>);

impl Gateways {
    pub(crate) fn compile(sources: &[source::Gateway]) -> Result<Self, Error> {
        let mut gateways = Self::default();
        for source in sources {
            let place = |fault: Fault| fault.at("gateway", &source.id);
            let gateway = Gateway::compile(source).map_err(place)?;
            if gateways.0.insert(source.id.clone(), gateway).is_some() {
                return Err(place(Fault::Duplicate("gateway id")));
            }
        }
        Ok(gateways)
    }

    pub(crate) fn get(&self, id: &InstanceId) -> Option<&Gateway> {
        self.0.get(id)
    }
}

impl Gateway {
    fn compile(source: &source::Gateway) -> Result<Self, Fault> {
        let source::Gateway { id, features } = source;
        Ok(Self {
            id: id.clone(),
            features: features.clone(),
            carriers: AppCarriers::compile(&features.apps)?,
            sign_header: features.backend_sign_header.as_deref().map_or(Ok(AUTHORIZATION), sign_header)?,
            source_address: SourceAddress::compile(&features.source_address)?,
        })
    }
}

impl AppCarriers {
    fn compile(source: &source::AppFeatures) -> Result<Self, Fault> {
        let name = |text: &String| {
            HeaderName::from_bytes(text.as_bytes())
                .map_err(|_| Fault::Invalid("header of app authentication"))
        };
        Ok(Self {
            authorization: source.header.as_ref().map_or(Ok(AUTHORIZATION), name)?,
            stamp: source.stamp_header.as_ref().map(name).transpose()?,
        })
    }
}

impl SourceAddress {
    fn compile(source: &source::SourceAddress) -> Result<Self, Fault> {
        Ok(match source {
            source::SourceAddress::Peer => Self::Peer,
            source::SourceAddress::ForwardedFor(position) => Self::ForwardedFor(*position),
            source::SourceAddress::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                Self::Header(name.map_err(|_| Fault::Invalid("header of the source address"))?)
            }
        })
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
