//! One published API, prepared so that the line only looks up, compares and copies.

use crate::{
    access::Access,
    error::Fault,
    policy::{Facts, Policy},
    responses::{ResponseSet, Responses},
    signature::Signature,
    source::{self, AppCode, Auth, Location, Protocol, UnsignedPayload},
    target::{Parts, Target},
    template::Template,
};
use countersign_types::{ApiId, AppId, AuthorizerId, EnvId, PublishId, VersionId};
use http::HeaderName;
use std::sync::Arc;

/// Most policies of one API.
const POLICIES_MAX: usize = 5;
/// Most parameters or mappings of one API, and conditions of one policy.
pub(crate) const ENTRIES_MAX: usize = 256;
/// Longest name, constant or default in bytes.
pub(crate) const TEXT_BYTES_MAX: usize = 4096;

/// An API version that is effective in an environment.
#[derive(Debug)]
pub struct Release {
    /// Identity of (API, environment).
    pub publish_id: PublishId,
    /// The frozen version.
    pub version_id: VersionId,
    /// The API.
    pub api_id: ApiId,
    /// Its name when it was published.
    pub api_name: Box<str>,
    /// The environment.
    pub env_id: EnvId,
    /// Its name.
    pub env_name: Box<str>,
    /// Schemes it may be called over.
    pub protocol: Protocol,
    /// Who may call.
    pub auth: Auth,
    /// Whether an AppCode is enough.
    pub app_code: AppCode,
    /// Who is asked about every caller.
    pub authorizer: Option<AuthorizerId>,
    /// Whether a body that is not covered by the signature is accepted.
    pub unsigned_payload: UnsignedPayload,
    /// The part of the path after what the template describes goes to the backend.
    pub appends_remainder: bool,
    /// Declared parameters, and the undeclared ones of the path.
    pub parameters: Box<[Parameter]>,
    /// Where it goes unless a policy applies.
    default: Target,
    /// Other backends under conditions, in order.
    policies: Box<[Policy]>,
    /// Who may call it as access control policies say.
    pub access: Access,
    /// What requests to the backend are signed with.
    pub signature: Option<Signature>,
    /// Whether refused signatures are diagnosed.
    pub diagnosed: bool,
    /// What answers tell pages of other origins.
    pub cors: Cors,
    /// The answers to refusals, unless they are the built-in ones.
    pub responses: Option<Arc<ResponseSet>>,
    /// Apps that may call it, sorted.
    authorized_apps: Box<[AppId]>,
}

/// What the answers of an API tell pages of other origins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cors {
    /// Nothing.
    Silent,
    /// That they may read the answer.
    Readable,
    /// Also what they may send: this API answers their questions before they call.
    Preflight,
}

impl Cors {
    /// An API that is to answer preflights has the method OPTIONS, asks nobody, and is answered by the gateway.
    fn of(definition: &source::Definition) -> Self {
        let is_mock = matches!(definition.backend, source::Backend::Mock { .. });
        match definition {
            source::Definition { cors: false, .. } => Self::Silent,
            source::Definition { auth: Auth::None, method, .. } if method == "OPTIONS" && is_mock => {
                Self::Preflight
            }
            _ => Self::Readable,
        }
    }
}

/// A parameter of the request.
#[derive(Debug)]
pub struct Parameter {
    /// Name as declared, for messages.
    pub name: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// Refused when missing.
    pub required: bool,
    /// Used when missing.
    pub default: Option<Box<str>>,
    /// What the value must look like.
    pub check: Option<source::Check>,
}

/// Where a parameter stands, ready for look-up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The capture with this position.
    Path(usize),
    /// The query parameter with the parameter's name.
    Query,
    /// This header.
    Header(HeaderName),
}

impl Release {
    pub(crate) fn compile(
        source: &source::Release,
        template: &Template,
        responses: &Responses,
    ) -> Result<Self, Fault> {
        let definition = &source.definition;
        if definition.parameters.len() > ENTRIES_MAX || definition.policies.len() > POLICIES_MAX {
            return Err(Fault::TooLong("list of parameters or policies"));
        }
        if definition.auth == Auth::Authorizer && definition.authorizer.is_none() {
            return Err(Fault::Unresolved("authorizer"));
        }
        let (declared, parameters) = (&definition.parameters, parameters(definition, template)?);
        let (backend, authorizer) = (&definition.backend, definition.backend_authorizer.as_ref());
        let parts = Parts { backend, authorizer, mappings: &definition.mappings };
        let policies =
            definition.policies.iter().map(|policy| Policy::compile(policy, declared, &parameters));
        Ok(Self {
            publish_id: source.publish_id.clone(),
            version_id: source.version_id.clone(),
            api_id: source.api_id.clone(),
            api_name: text("API name", &source.api_name)?,
            env_id: source.env_id.clone(),
            env_name: source.env_name.as_str().into(),
            protocol: definition.protocol,
            auth: definition.auth,
            app_code: definition.app_code,
            authorizer: definition.authorizer.clone(),
            unsigned_payload: definition.unsigned_payload,
            appends_remainder: definition.matching == source::Matching::Prefix,
            default: Target::compile(parts, declared, &parameters)?,
            policies: policies.collect::<Result<_, _>>()?,
            access: Access::compile(&source.access)?,
            signature: source.signature.as_ref().map(Signature::compile).transpose()?,
            diagnosed: source.diagnosed,
            cors: Cors::of(definition),
            responses: responses.choose(definition.response_id.as_ref()).cloned(),
            authorized_apps: authorized(&source.authorized_apps)?,
            parameters: parameters.into(),
        })
    }

    /// The apps that have an authorization for this API in this environment.
    #[must_use]
    pub fn authorized_apps(&self) -> &[AppId] {
        &self.authorized_apps
    }

    /// Where a request goes: to the backend of the first policy that applies, else to the API's own.
    #[must_use]
    pub fn target(&self, facts: &impl Facts) -> &Target {
        self.policies.iter().find_map(|policy| policy.target_of(facts)).unwrap_or(&self.default)
    }

    /// Whether the app has an authorization for this API in this environment.
    #[must_use]
    pub fn authorizes(&self, app: &AppId) -> bool {
        self.authorized_apps.binary_search(app).is_ok()
    }
}

pub(crate) fn text(what: &'static str, value: &str) -> Result<Box<str>, Fault> {
    match value {
        blank if blank.trim().is_empty() => Err(Fault::Blank(what)),
        long if long.len() > TEXT_BYTES_MAX => Err(Fault::TooLong(what)),
        value => Ok(value.into()),
    }
}

fn authorized(apps: &[AppId]) -> Result<Box<[AppId]>, Fault> {
    let mut apps = apps.to_vec();
    apps.sort_unstable();
    if apps.windows(2).any(|pair| pair.first() == pair.get(1)) {
        return Err(Fault::Duplicate("authorized app"));
    }
    Ok(apps.into())
}

/// The declared parameters, then the captures that nobody declared.
fn parameters(definition: &source::Definition, template: &Template) -> Result<Vec<Parameter>, Fault> {
    let mut parameters: Vec<Parameter> = Vec::with_capacity(definition.parameters.len());
    for declared in &definition.parameters {
        let parameter = parameter(declared, template)?;
        let same = |other: &Parameter| other.place == parameter.place && other.name == parameter.name;
        if parameters.iter().any(same) {
            return Err(Fault::Duplicate("parameter"));
        }
        parameters.push(parameter);
    }
    for (position, name) in template.names().enumerate() {
        let place = Place::Path(position);
        if !parameters.iter().any(|parameter| parameter.place == place) {
            let name = name.into();
            parameters.push(Parameter { name, place, required: true, default: None, check: None });
        }
    }
    Ok(parameters)
}

fn parameter(declared: &source::Parameter, template: &Template) -> Result<Parameter, Fault> {
    let name = text("parameter name", &declared.name)?;
    let place = match declared.location {
        Location::Path => Place::Path(
            template.names().position(|own| own == &*name).ok_or(Fault::Unresolved("path parameter"))?,
        ),
        Location::Query => Place::Query,
        Location::Header => Place::Header(header_name(&name)?),
    };
    let default = declared.default.as_deref().filter(|default| !default.is_empty());
    let default = default.map(|default| text("default value", default)).transpose()?;
    if declared.check.as_ref().is_some_and(|check| !check_is_sound(check)) {
        return Err(Fault::Invalid("check of a parameter"));
    }
    Ok(Parameter { name, place, required: declared.required, default, check: declared.check.clone() })
}

pub(crate) fn same_name(location: Location, left: &str, right: &str) -> bool {
    if location == Location::Header { left.eq_ignore_ascii_case(right) } else { left == right }
}

fn check_is_sound(check: &source::Check) -> bool {
    let finite = |bound: Option<f64>| bound.is_none_or(f64::is_finite);
    finite(check.min)
        && finite(check.max)
        && check.one_of.len() <= ENTRIES_MAX
        && check.one_of.iter().all(|value| value.len() <= TEXT_BYTES_MAX)
}

/// Whether the parameter stands at this location, with this name.
pub(crate) fn stands(parameter: &Parameter, location: Location, name: &str) -> bool {
    let own = match parameter.place {
        Place::Path(_) => Location::Path,
        Place::Query => Location::Query,
        Place::Header(_) => Location::Header,
    };
    own == location && same_name(location, &parameter.name, name)
}

/// The position of the parameter with this location and name.
pub(crate) fn position(parameters: &[Parameter], location: Location, name: &str) -> Option<usize> {
    parameters.iter().position(|parameter| stands(parameter, location, name))
}

pub(crate) fn header_name(name: &str) -> Result<HeaderName, Fault> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Invalid("header name"))
}
