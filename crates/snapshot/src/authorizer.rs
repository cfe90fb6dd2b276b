//! Custom authorizers, compiled.

use crate::{
    backend::{self, Origin},
    error::{Error, Fault},
    fingerprint::Fingerprints,
    pattern::Pattern,
    source::{self, ContextValues, Location},
};
use countersign_types::AuthorizerId;
use http::{HeaderName, HeaderValue, Uri};
use std::{collections::HashMap, sync::Arc, time::Duration};

/// Longest result that is remembered, in seconds.
const TTL_SECONDS_MAX: u32 = 3_600;
/// Most parts of a request that identify a caller.
const IDENTITIES_MAX: usize = 64;

/// A custom authorizer.
#[derive(Debug)]
pub struct Authorizer {
    /// Its id.
    pub id: AuthorizerId,
    /// Another one after every change of its settings, and another one for every authorizer: what was remembered
    /// under it is about exactly these settings.
    pub version: u128,
    /// Whom to ask; `None` when the installation has no such function.
    pub function: Option<Function>,
    /// What a request must show to be asked about.
    pub identities: Box<[IdentitySource]>,
    /// For how many seconds a result holds; 0 asks for every call.
    pub ttl_seconds: u64,
    /// Handed to the function as it is.
    pub user_data: Box<str>,
    /// Whether the function sees the body.
    pub takes_body: bool,
    /// What values of the context may be.
    pub context: ContextValues,
    /// Whole exchange with the function.
    pub timeout: Duration,
}

/// Where a function answers.
#[derive(Debug)]
pub struct Function {
    /// What the connection pool keys on.
    pub origin: Arc<Origin>,
    /// The `Host` line it gets.
    pub host_header: HeaderValue,
    /// Path and query.
    pub target: Uri,
}

/// A part of the request that identifies the caller.
#[derive(Debug)]
pub struct IdentitySource {
    /// Its name as configured.
    pub name: Box<str>,
    /// Where it stands.
    pub carrier: Carrier,
    /// What the value must match from its first to its last character.
    pub pattern: Option<Pattern>,
}

/// Where an identity stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Carrier {
    /// The query, under the identity's name.
    Query,
    /// This header.
    Header(HeaderName),
}

impl Function {
    /// Reads the address of a function.
    ///
    /// # Errors
    /// [`Fault`] when it is not an `http` or `https` URL, or names a user.
    pub fn parse(url: &str) -> Result<Self, Fault> {
        let invalid = Fault::Invalid("address of the function");
        let url: Uri = url.parse().map_err(|_| invalid)?;
        let tls = match url.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(invalid),
        };
        let address = url.authority().ok_or(invalid)?.as_str();
        let target = url.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        Ok(Self {
            origin: Arc::new(backend::origin(tls, address).map_err(|_| invalid)?),
            host_header: HeaderValue::from_str(address).map_err(|_| invalid)?,
            target: target.parse().map_err(|_| invalid)?,
        })
    }
}

impl Authorizer {
    fn compile(source: &source::Authorizer, version: u128) -> Result<Self, Fault> {
        if source.ttl_seconds > TTL_SECONDS_MAX {
            return Err(Fault::Invalid("time that a result holds"));
        }
        if source.timeout_ms == 0 {
            return Err(Fault::Invalid("timeout"));
        }
        if source.identities.len() > IDENTITIES_MAX {
            return Err(Fault::TooLong("list of identities"));
        }
        Ok(Self {
            id: source.id.clone(),
            version,
            function: source.url.as_deref().map(Function::parse).transpose()?,
            identities: source.identities.iter().map(identity).collect::<Result<_, _>>()?,
            ttl_seconds: source.ttl_seconds.into(),
            user_data: source.user_data.as_str().into(),
            takes_body: source.takes_body,
            context: source.context,
            timeout: Duration::from_millis(source.timeout_ms.into()),
        })
    }
}

fn identity(source: &source::IdentitySource) -> Result<IdentitySource, Fault> {
    let name: Box<str> = source.name.as_str().into();
    if name.trim().is_empty() {
        return Err(Fault::Blank("identity name"));
    }
    let carrier = match source.location {
        Location::Query => Carrier::Query,
        Location::Header => Carrier::Header(
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Invalid("identity name"))?,
        ),
        Location::Path => return Err(Fault::Invalid("location of an identity")),
    };
    Ok(IdentitySource { name, carrier, pattern: source.pattern.as_deref().map(Pattern::parse).transpose()? })
}

/// Authorizers by id; successive snapshots share those that did not change.
#[derive(Debug, Default)]
pub(crate) struct Authorizers(HashMap<AuthorizerId, Arc<Authorizer>, foldhash::fast::RandomState>);

impl Authorizers {
    pub(crate) fn compile(
        sources: &[source::Authorizer],
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let mut authorizers = Self::default();
        for source in sources {
            let version = prints.of([source]);
            let known = previous.and_then(|previous| previous.get(&source.id));
            let place = |fault: Fault| fault.at("authorizer", &source.id);
            let authorizer = match known.filter(|known| known.version == version) {
                Some(known) => Arc::clone(known),
                None => Arc::new(Authorizer::compile(source, version).map_err(place)?),
            };
            if authorizers.0.insert(source.id.clone(), authorizer).is_some() {
                return Err(place(Fault::Duplicate("authorizer id")));
            }
        }
        Ok(authorizers)
    }

    pub(crate) fn get(&self, id: &AuthorizerId) -> Option<&Arc<Authorizer>> {
        self.0.get(id)
    }
}

#[cfg(test)]
mod tests;
