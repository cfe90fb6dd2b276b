//! What a handler sees of its request.

use crate::base::Base;
use crate::refusal::Refusal;
use crate::site::Site;
use bytes::Bytes;
use countersign_api_edge::{Refused, claim};
use countersign_identity::{Caller, Directory, Error, Live};
use http::request::Parts;
use serde::de::DeserializeOwned;
use std::net::IpAddr;
use std::sync::Arc;

/// A request: parameters, query and body, read with the contract's refusals.
pub(crate) struct Call {
    /// The identity service.
    pub(crate) live: Arc<Live>,
    /// What is known at start about this installation.
    pub(crate) site: Arc<Site>,
    /// Address under which the client reached us.
    pub(crate) base: Arc<Base>,
    /// Address of the client, if the server knows it.
    pub(crate) source: Option<IpAddr>,
    /// Parameters of the path, decoded.
    pub(crate) path: Vec<(String, String)>,
    /// Parameters of the query, decoded.
    pub(crate) query: Vec<(String, String)>,
    /// Method, target and headers.
    pub(crate) head: Parts,
    /// The body as received.
    pub(crate) body: Bytes,
}

impl Call {
    /// Who is calling. A request may name its account, but no other one.
    pub(crate) fn caller(&self) -> Result<Caller, Refused> {
        let caller = claim(&self.head, &self.live)?.finish(&self.body, &self.live)?;
        caller.require_domain(self.header("x-domain-id"))?;
        Ok(caller)
    }

    /// The view of all records.
    pub(crate) fn directory(&self) -> Result<Arc<Directory>, Refusal> {
        Ok(self.live.directory()?)
    }

    /// The parameter of the path.
    pub(crate) fn path(&self, name: &str) -> &str {
        find(&self.path, name).unwrap_or_default()
    }

    /// The parameter of the path as an id; what cannot be one is not found.
    pub(crate) fn id<T: TryFrom<String>>(&self, kind: &'static str, name: &str) -> Result<T, Error> {
        let text = self.path(name);
        T::try_from(text.to_owned()).map_err(|_| Error::NotFound { kind, id: text.to_owned() })
    }

    /// The first query parameter of this name; an empty one counts as absent.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        find(&self.query, name).filter(|value| !value.is_empty())
    }

    /// Whether the query has a parameter of this name, with whatever value.
    pub(crate) fn asks(&self, name: &str) -> bool {
        find(&self.query, name).is_some()
    }

    /// Whether the query asks for this value, or does not mind.
    pub(crate) fn wants(&self, name: &str, value: &str) -> bool {
        self.query(name).is_none_or(|wanted| wanted == value)
    }

    /// The query parameter as true or false, in the spellings that clients use.
    pub(crate) fn wants_flag(&self, name: &str, value: bool) -> bool {
        match self.query(name) {
            Some("true" | "True" | "1") => value,
            Some("false" | "False" | "0") => !value,
            _ => true,
        }
    }

    /// The only header line of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.headers.get_all(name).iter();
        match (lines.next(), lines.next()) {
            (Some(line), None) => line.to_str().ok(),
            _ => None,
        }
    }

    /// The body as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        let mut reader = serde_json::Deserializer::from_slice(&self.body);
        let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| unreadable(&error))?;
        reader.end().map_err(|error| Refusal::Body(position(&error)))?;
        Ok(value)
    }
}

fn find<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Where the body strays from the contract. The parser's own words may quote a value, and values here are
/// passwords; so they are left out, except for names of members.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Refusal {
    let inner = error.inner();
    let text = inner.to_string();
    let is_about_members =
        ["missing field", "unknown field", "duplicate field"].iter().any(|start| text.starts_with(start));
    let reason = if is_about_members { text } else { position(inner) };
    Refusal::Body(format!("{}: {reason}", error.path()))
}

fn position(error: &serde_json::Error) -> String {
    let kind = if error.is_data() { "unexpected value" } else { "not JSON" };
    format!("{kind} at line {} column {}", error.line(), error.column())
}
