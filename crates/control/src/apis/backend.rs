//! Backends and the policies that choose between them.

use super::definition::Mapping;
use super::words::{
    BackendProtocol, ConditionOrigin, ConditionType, Effect, FunctionNetwork, Invocation, Method,
};
use serde::{Deserialize, Serialize};

/// Where requests go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// A server that speaks HTTP.
    Http(Server),
    /// A server that speaks gRPC.
    Grpc(Server),
    /// A function.
    Function(Function),
    /// The gateway itself.
    Mock(Mock),
}

impl Backend {
    /// The word of `backend_type`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Http(_) => "HTTP",
            Self::Grpc(_) => "GRPC",
            Self::Function(_) => "FUNCTION",
            Self::Mock(_) => "MOCK",
        }
    }

    /// Its authorizer, if it has one.
    #[must_use]
    pub fn authorizer(&self) -> Option<&str> {
        let id = match self {
            Self::Http(server) | Self::Grpc(server) => &server.authorizer_id,
            Self::Function(function) => &function.authorizer_id,
            Self::Mock(mock) => &mock.authorizer_id,
        };
        id.as_deref().filter(|id| !id.is_empty())
    }

    pub(crate) const fn authorizer_mut(&mut self) -> &mut Option<String> {
        match self {
            Self::Http(server) | Self::Grpc(server) => &mut server.authorizer_id,
            Self::Function(function) => &mut function.authorizer_id,
            Self::Mock(mock) => &mut mock.authorizer_id,
        }
    }

    /// Its server, if it has one.
    #[must_use]
    pub const fn server(&self) -> Option<&Server> {
        match self {
            Self::Http(server) | Self::Grpc(server) => Some(server),
            Self::Function(_) | Self::Mock(_) => None,
        }
    }

    pub(crate) const fn server_mut(&mut self) -> Option<&mut Server> {
        match self {
            Self::Http(server) | Self::Grpc(server) => Some(server),
            Self::Function(_) | Self::Mock(_) => None,
        }
    }
}

/// A server behind the gateway. `#name#` in address and path stands for an environment variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// `host` or `host:port`; absent when a channel is given.
    pub address: Option<String>,
    /// Scheme.
    pub protocol: BackendProtocol,
    /// Method; [`Method::Any`] keeps the client's.
    pub method: Method,
    /// Path template.
    pub path: String,
    /// Whole exchange, in milliseconds.
    pub timeout_ms: u32,
    /// Further attempts; -1 repeats idempotent methods once.
    pub retries: Option<i8>,
    /// The load balance channel instead of an address.
    pub channel: Option<Channel>,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// Whether the gateway shows its client certificate.
    pub client_certificate: Option<bool>,
    /// Whether the SM cipher suites are used.
    pub sm_channel: Option<bool>,
    /// The client's own version text.
    pub version: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
}

/// Use of a load balance channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// The channel.
    pub id: String,
    /// `Host` at the members; absent keeps the client's.
    pub proxy_host: Option<String>,
}

/// A function behind the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Function {
    /// Its URN.
    pub urn: String,
    /// How it is invoked.
    pub invocation: Invocation,
    /// Its network.
    pub network: FunctionNetwork,
    /// Its version.
    pub version: Option<String>,
    /// Its alias; wins over the version.
    pub alias_urn: Option<String>,
    /// Whole exchange, in milliseconds.
    pub timeout_ms: u32,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// Scheme.
    pub protocol: Option<BackendProtocol>,
    /// What it is for.
    pub remark: Option<String>,
}

/// An answer that the gateway gives itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mock {
    /// Status; absent is 200.
    pub status: Option<u16>,
    /// Body; absent is empty.
    pub body: Option<String>,
    /// Header lines.
    pub headers: Option<Vec<(String, String)>>,
    /// The backend authorizer.
    pub authorizer_id: Option<String>,
    /// The client's own version text.
    pub version: Option<String>,
    /// What it is for.
    pub remark: Option<String>,
}

/// A backend under conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Given when it is stored: 32 hex digits.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How its conditions combine.
    pub effect: Effect,
    /// When it applies.
    pub conditions: Vec<Condition>,
    /// What its backend is sent, instead of the API's own mappings.
    pub mappings: Vec<Mapping>,
    /// Its backend, of the same type as the API's.
    pub backend: Backend,
}

/// One condition of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// What it looks at.
    pub origin: ConditionOrigin,
    /// How it compares.
    pub comparison: Option<ConditionType>,
    /// What it compares with.
    pub value: String,
    /// The request parameter.
    pub parameter: Option<String>,
    /// The system parameter.
    pub system: Option<String>,
    /// The cookie.
    pub cookie: Option<String>,
    /// The value of the authorizer's answer.
    pub authorizer: Option<String>,
    /// The orchestrated parameter.
    pub mapped_name: Option<String>,
    /// Where the orchestrated parameter stands.
    pub mapped_location: Option<String>,
}

impl Condition {
    /// What every name of an authorizer's value begins with.
    pub const AUTHORIZER_PREFIX: &'static str = "$context.authorizer.frontend.";

    /// The name of what it looks at; empty where there is none to give.
    #[must_use]
    pub fn subject(&self) -> &str {
        let name = match self.origin {
            ConditionOrigin::Parameter => &self.parameter,
            ConditionOrigin::System => &self.system,
            ConditionOrigin::Cookie => &self.cookie,
            ConditionOrigin::Authorizer => &self.authorizer,
            ConditionOrigin::Orchestration => &self.mapped_name,
            ConditionOrigin::Source => &None,
        };
        name.as_deref().unwrap_or_default()
    }

    /// The entries of a value that is a list with commas.
    pub fn entries(value: &str) -> impl Iterator<Item = &str> {
        value.split(',').map(str::trim).filter(|entry| !entry.is_empty())
    }
}
