//! What the control plane hands to the data plane: plain values, frozen at publishing, no references to a store.

mod access;
mod app;
mod app_features;
mod authorizer;
mod gateway;
mod identity;
mod policy;
mod responses;
mod signature;
mod throttling;

pub use access::{Access, AccessList, Rule};
pub use app::{App, AppQuota, CodeDigest, PreviousSecret};
pub use app_features::{AppFeatures, AppTokens};
pub use authorizer::{Authorizer, ContextValues, IdentitySource, Side};
pub use gateway::{Features, Gateway, SourceAddress};
pub use identity::{AccessKey, Agency, Domain, Identity, TokenKey, User};
pub use policy::{Condition, Effect, Policy, Subject, Test};
pub use responses::{Response, ResponseSet};
pub use signature::{Signature, SignatureScheme};
pub use throttling::{AppUser, Span, Throttle, Throttling, TimeUnit};

use countersign_types::{
    ApiId, AppId, AuthorizerId, EnvId, GroupId, InstanceId, PublishId, ResponseId, ThrottleId, VersionId,
};
use serde::{Deserialize, Serialize};

/// Everything one data plane serves, at one revision of the store.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Format of this document; see [`Source::FORMAT`].
    pub format: u32,
    /// Revision of the store it was compiled from.
    pub revision: u64,
    /// The gateways.
    pub gateways: Vec<Gateway>,
    /// API groups of all gateways.
    pub groups: Vec<Group>,
    /// Apps with their keys.
    pub apps: Vec<App>,
    /// What limits calls.
    pub throttling: Throttling,
    /// Custom authorizers.
    pub authorizers: Vec<Authorizer>,
    /// Who calls IAM-authenticated APIs.
    pub identity: Identity,
}

impl Source {
    /// The format this version writes and reads.
    pub const FORMAT: u32 = 3;

    /// Nothing at all, at this revision.
    #[must_use]
    pub fn empty(revision: u64) -> Self {
        Self {
            format: Self::FORMAT,
            revision,
            gateways: Vec::new(),
            groups: Vec::new(),
            apps: Vec::new(),
            throttling: Throttling::default(),
            authorizers: Vec::new(),
            identity: Identity::default(),
        }
    }
}

/// An API group and what is published in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The gateway that owns it.
    pub instance_id: InstanceId,
    /// The default subdomain, lower case, unless it is switched off: for debugging, with few calls a day.
    pub subdomain: Option<String>,
    /// Host names that select it as well, lower case, without port: bound domains; `*.example.com` stands for any one
    /// label.
    pub hosts: Vec<String>,
    /// Reached by the listener's bare address (the group DEFAULT of the built-in gateway).
    pub by_address: bool,
    /// Published APIs.
    pub releases: Vec<Release>,
    /// Gateway responses that differ from the built-in ones; live, not frozen.
    pub responses: Vec<ResponseSet>,
}

/// An API version that is effective in an environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Identity of (API, environment).
    pub publish_id: PublishId,
    /// The frozen version.
    pub version_id: VersionId,
    /// The API.
    pub api_id: ApiId,
    /// Its name when it was published.
    pub api_name: String,
    /// The environment.
    pub env_id: EnvId,
    /// Name of the environment: what `X-Stage` carries.
    pub env_name: String,
    /// The frozen definition.
    pub definition: Definition,
    /// Apps that may call it (only for [`Auth::App`]); live, not frozen.
    pub authorized_apps: Vec<AppId>,
    /// The policy that limits calls; live, not frozen.
    pub throttle_id: Option<ThrottleId>,
    /// Who may call it as access control policies say; live, not frozen.
    pub access: Access,
    /// What requests to the backend are signed with; live, not frozen.
    pub signature: Option<Signature>,
    /// Whether refused signatures are diagnosed; live, not frozen.
    #[serde(default)]
    pub diagnosed: bool,
}

/// What an API does, variables already substituted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Schemes it may be called over.
    pub protocol: Protocol,
    /// `GET`, `POST`, `PUT`, `DELETE`, `HEAD`, `PATCH`, `OPTIONS`, or `ANY`.
    pub method: String,
    /// Path template: literal segments, `{name}` for one whole segment, `{name+}` for the rest.
    pub path: String,
    /// Exact, or prefix on a segment border.
    pub matching: Matching,
    /// Who may call.
    pub auth: Auth,
    /// Whether an AppCode is enough; only for [`Auth::App`].
    pub app_code: AppCode,
    /// Who is asked about every caller: alone for [`Auth::Authorizer`], else after the caller is known.
    pub authorizer: Option<AuthorizerId>,
    /// Whether a body that is not covered by the signature is accepted.
    pub unsigned_payload: UnsignedPayload,
    /// Whether answers allow pages of every origin to read them.
    pub cors: bool,
    /// The gateway responses it uses; the group's own when absent or gone.
    pub response_id: Option<ResponseId>,
    /// Declared parameters of the request.
    pub parameters: Vec<Parameter>,
    /// Where it goes unless a policy applies.
    pub backend: Backend,
    /// Who is asked before a request goes there.
    pub backend_authorizer: Option<AuthorizerId>,
    /// What is sent there beyond the request itself.
    pub mappings: Vec<Mapping>,
    /// Other backends under conditions; the first that applies is taken.
    pub policies: Vec<Policy>,
}

/// Schemes an API may be called over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Cleartext only.
    Http,
    /// TLS only.
    Https,
    /// Either.
    Both,
}

/// How a path template matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matching {
    /// The whole path (`NORMAL`).
    Exact,
    /// A prefix that ends at a segment border (`SWA`); the rest is appended to the backend path.
    Prefix,
}

/// Authentication of an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Auth {
    /// Nobody is asked.
    None,
    /// AppKey/AppSecret.
    App,
    /// IAM access key, temporary key or token.
    Iam,
    /// The custom authorizer alone.
    Authorizer,
}

/// Whether an AppCode may stand in for a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppCode {
    /// It may not.
    Refused,
    /// It may, in a header.
    Header,
}

/// Policy for `X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnsignedPayload {
    /// Accepted; official clients send it unasked.
    Allow,
    /// Refused.
    Deny,
}

/// Where a parameter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// A `{name}` of the path template.
    Path,
    /// The query.
    Query,
    /// A header line.
    Header,
}

/// A declared parameter of the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Name as the client sends it.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// A missing required parameter is refused with 400.
    pub required: bool,
    /// Sent to the backend when the client left it out.
    pub default: Option<String>,
    /// It reaches the backend where it stands even when it is mapped to another place.
    pub stays: bool,
    /// What its value must look like; checked only when validation is switched on for the parameter.
    pub check: Option<Check>,
}

/// Validation of one parameter's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The value must be a decimal number.
    pub number: bool,
    /// Smallest number.
    pub min: Option<f64>,
    /// Largest number.
    pub max: Option<f64>,
    /// Fewest characters (text).
    pub min_chars: Option<u32>,
    /// Most characters (text).
    pub max_chars: Option<u32>,
    /// If not empty, the only values allowed.
    pub one_of: Vec<String>,
}

/// One value that the gateway puts into the backend request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name at the backend; for [`Location::Path`] a `{name}` of the backend path.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Where the value comes from.
    pub value: MappedValue,
}

/// Source of a mapped value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MappedValue {
    /// The declared request parameter with this name and location.
    Request {
        /// Name in the request.
        name: String,
        /// Location in the request.
        location: Location,
    },
    /// A fixed text.
    Constant(String),
    /// Something the gateway knows.
    System(System),
    /// What an authorizer says (`$context.authorizer.…`).
    Authorizer {
        /// Which one.
        side: Side,
        /// Name in its context.
        name: String,
    },
}

/// System parameters (`$context.…`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum System {
    /// `sourceIp`
    SourceIp,
    /// `stage`: name of the environment.
    Stage,
    /// `apiId`
    ApiId,
    /// `apiName`
    ApiName,
    /// `appId` of the caller.
    AppId,
    /// `appName` of the caller.
    AppName,
    /// `requestId`
    RequestId,
    /// `serverAddr`: address of the gateway.
    ServerAddr,
    /// `serverName`: name of the gateway.
    ServerName,
    /// `handleTime`: when the request arrived.
    HandleTime,
    /// `providerAppId`
    ProviderAppId,
}

/// Where an API's requests go.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backend {
    /// A server that speaks HTTP.
    Http {
        /// TLS to the backend.
        tls: bool,
        /// `host` or `host:port`.
        address: String,
        /// Method at the backend; `ANY` keeps the client's.
        method: String,
        /// Path template at the backend.
        path: String,
        /// Whole exchange with all its attempts, in milliseconds.
        timeout_ms: u32,
        /// Further attempts, of any method; `None` is one, of methods that are no POST or PATCH.
        retries: Option<u8>,
    },
    /// The gateway answers itself.
    Mock {
        /// Status of the answer.
        status: u16,
        /// Body of the answer.
        body: String,
        /// Header lines of the answer.
        headers: Vec<(String, String)>,
    },
}

/// The one place where secrets become text: a source is written only sealed, see the server's snapshot file.
mod secret_text {
    use countersign_types::SecretKey;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(secret: &SecretKey, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<SecretKey, D::Error> {
        String::deserialize(from).map(SecretKey::new)
    }
}
