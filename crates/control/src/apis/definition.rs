//! The definition of an API: what a client writes, field by field, so that it reads back what it wrote.

use super::backend::{Backend, Policy};
use super::words::{
    AppCode, Auth, ContentType, Location, Matching, Method, Origin, Protocol, Side, ValueType,
};
use countersign_types::GroupId;
use serde::{Deserialize, Serialize};

/// Everything a client says about an API. Absent optional texts stay absent, empty ones stay empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// The group that it belongs to.
    pub group_id: GroupId,
    /// Its name, unique in the group.
    pub name: String,
    /// Listed for others, or not.
    pub public: bool,
    /// The client's own version text.
    pub version: Option<String>,
    /// Schemes it may be called over.
    pub protocol: Protocol,
    /// Its method.
    pub method: Method,
    /// Its path template.
    pub path: String,
    /// How the template matches.
    pub matching: Matching,
    /// Who may call.
    pub auth: Auth,
    /// Whether an AppCode is enough.
    pub app_code: AppCode,
    /// The authorizer: of [`Auth::Authorizer`], or the second factor of another one.
    pub authorizer_id: Option<String>,
    /// Whether answers allow other origins.
    pub cors: bool,
    /// Parameters of the request.
    pub parameters: Vec<Parameter>,
    /// What the backend is sent beyond the request itself.
    pub mappings: Vec<Mapping>,
    /// Where requests go unless a policy applies.
    pub backend: Backend,
    /// Other backends under conditions, in order.
    pub policies: Vec<Policy>,
    /// The gateway responses that it uses.
    pub response_id: Option<String>,
    /// Content type of requests.
    pub content_type: Option<ContentType>,
    /// Whether a function receives the body in Base64.
    pub function_body_base64: Option<bool>,
    /// Tracing of calls.
    pub trace: Trace,
    /// Texts for readers.
    pub texts: Texts,
    /// Tags.
    pub tags: Option<Vec<String>>,
    /// Members of the wire that the gateway does not use.
    pub unused: Unused,
}

/// Tracing of calls.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trace {
    /// Whether calls are traced.
    pub enabled: Option<bool>,
    /// How calls are chosen: `RATE`.
    pub strategy: Option<String>,
    /// Percentage as text, 0 to 100.
    pub parameter: Option<String>,
}

/// Texts for readers; the gateway does not act on them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What it is for.
    pub remark: Option<String>,
    /// What the body looks like.
    pub body_remark: Option<String>,
    /// An answer of success.
    pub normal_sample: Option<String>,
    /// An answer of failure.
    pub failure_sample: Option<String>,
}

/// Deprecated or unsupported members, kept for the reader.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    /// `roma_app_id`
    pub roma_app_id: Option<String>,
    /// `domain_name`
    pub domain_name: Option<String>,
    /// `tag`
    pub tag: Option<String>,
}

/// A declared parameter of the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parameter {
    /// Given when it is stored: 32 hex digits.
    pub id: String,
    /// Its name as the client sends it.
    pub name: String,
    /// Type of its value.
    pub value_type: ValueType,
    /// Where it stands.
    pub location: Location,
    /// Whether a request without it is refused.
    pub required: bool,
    /// Sent to the backend when the client left it out.
    pub default: Option<String>,
    /// An example.
    pub sample: Option<String>,
    /// Whether values are checked against the limits below.
    pub checked: bool,
    /// Allowed values, separated by commas.
    pub enumerations: Option<String>,
    /// Smallest number.
    pub min_number: Option<i64>,
    /// Largest number.
    pub max_number: Option<i64>,
    /// Fewest characters.
    pub min_chars: Option<i64>,
    /// Most characters.
    pub max_chars: Option<i64>,
    /// A regular expression; stored only.
    pub regular: Option<String>,
    /// A JSON schema; stored only.
    pub json_schema: Option<String>,
    /// Whether it reaches the backend where it stands even when it is mapped elsewhere.
    pub pass_through: Option<bool>,
    /// Ids of orchestration rules, in order.
    pub orchestrations: Option<Vec<String>>,
    /// What it is for.
    pub remark: Option<String>,
}

/// A value that the gateway puts into the backend request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Given when it is stored: 32 hex digits.
    pub id: String,
    /// Name at the backend.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Where the value comes from.
    pub origin: Origin,
    /// Name of the request parameter, the constant itself, or `$context.…`.
    pub value: String,
    /// What it is for.
    pub remark: Option<String>,
}

impl Definition {
    /// The request parameter that a mapping with [`Origin::Request`] names.
    #[must_use]
    pub fn source_of(&self, mapping: &Mapping) -> Option<&Parameter> {
        match mapping.origin {
            Origin::Request => self.parameters.iter().find(|parameter| parameter.name == mapping.value),
            Origin::Constant | Origin::System => None,
        }
    }

    /// The authorizers that it names, and on which side: an API without a backend of its own asks none there.
    pub(crate) fn authorizers(&self) -> impl Iterator<Item = (Side, &str)> {
        let of_policies = self.policies.iter().map(|policy| &policy.backend);
        let backends = std::iter::once(&self.backend).chain(of_policies);
        let backends = backends.filter_map(|backend| Some((Side::Backend, backend.authorizer()?)));
        self.frontend_authorizer().map(|id| (Side::Frontend, id)).into_iter().chain(backends)
    }

    /// The load balance channels that its backends use.
    pub(crate) fn channels(&self) -> impl Iterator<Item = &str> {
        let of_policies = self.policies.iter().map(|policy| &policy.backend);
        let servers = std::iter::once(&self.backend).chain(of_policies).filter_map(Backend::server);
        servers.filter_map(|server| server.channel.as_ref()).map(|channel| channel.id.as_str())
    }

    /// The authorizer that decides on callers.
    #[must_use]
    pub fn frontend_authorizer(&self) -> Option<&str> {
        self.authorizer_id.as_deref().filter(|id| !id.is_empty())
    }

    /// Where it names authorizers, on either side.
    pub(crate) fn authorizers_mut(&mut self) -> impl Iterator<Item = &mut Option<String>> {
        let of_policies = self.policies.iter_mut().map(|policy| &mut policy.backend);
        let backends = std::iter::once(&mut self.backend).chain(of_policies);
        std::iter::once(&mut self.authorizer_id).chain(backends.map(Backend::authorizer_mut))
    }

    /// Every mapping, those of the policies included.
    pub(super) fn all_mappings_mut(&mut self) -> impl Iterator<Item = &mut Mapping> {
        let of_policies = self.policies.iter_mut().flat_map(|policy| policy.mappings.iter_mut());
        self.mappings.iter_mut().chain(of_policies)
    }
}
