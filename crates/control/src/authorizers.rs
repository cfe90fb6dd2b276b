//! Custom authorizers: functions that decide on calls. Their settings act at once; which APIs ask them is frozen when
//! the APIs are published.

mod manage;
mod references;
mod rules;

pub use manage::{AuthorizerFilter, require};
pub(crate) use references::check_references;

pub use crate::apis::Side;

use crate::Functions;
use crate::apis::{FunctionNetwork, Location};
use countersign_store::Document;
use countersign_types::{AuthorizerId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// An authorizer as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Authorizer {
    /// Its id.
    pub id: AuthorizerId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// What somebody said about it.
    pub draft: AuthorizerDraft,
    /// When it was created.
    pub created: Timestamp,
}

/// What can be said about an authorizer. Absent optional texts stay absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuthorizerDraft {
    /// Its name, unique on the gateway.
    pub name: String,
    /// On which side of the gateway it stands.
    pub side: Side,
    /// The function that decides.
    pub function: FunctionName,
    /// What a request must show to be asked about.
    pub identities: Vec<Identity>,
    /// For how many seconds a result holds; 0 asks for every call.
    pub ttl_seconds: u32,
    /// Handed to the function as it is.
    pub user_data: Option<String>,
    /// Whether the function sees the body.
    pub need_body: bool,
}

/// A function by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionName {
    /// Its URN.
    pub urn: String,
    /// Its network; kept for the reader.
    pub network: FunctionNetwork,
    /// Its version.
    pub version: Option<String>,
    /// URN of its alias; wins over the version.
    pub alias_urn: Option<String>,
}

/// A part of the request that identifies the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its name there.
    pub name: String,
    /// A header line or the query.
    pub location: Location,
    /// A regular expression that the whole value must match.
    pub validation: Option<String>,
}

impl FunctionName {
    /// Where it answers: the entry of its alias, of its version (`urn:version`), or of the function whatever its
    /// version is.
    #[must_use]
    pub fn url<'f>(&self, functions: &'f Functions) -> Option<&'f str> {
        let alias = self.alias_urn.as_deref().and_then(|alias| functions.url(alias));
        let version = self.version.as_deref().filter(|_| self.alias_urn.is_none());
        let version = version.and_then(|version| functions.url(&format!("{}:{version}", self.urn)));
        alias.or(version).or_else(|| functions.url(&self.urn))
    }
}

impl Document for Authorizer {
    const KIND: &'static str = "authorizer";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.draft.name.clone()]
    }
}
