//! One published API, prepared so that the line only looks up, compares and copies.

use crate::{
    backend::{Backend, PathPiece},
    error::Fault,
    source::{self, AppCode, Auth, Location, MappedValue, Mapping, Protocol, System, UnsignedPayload},
    template::Template,
};
use countersign_types::{ApiId, AppId, EnvId, PublishId, VersionId};
use http::HeaderName;

/// Most parameters or mappings of one API.
const ENTRIES_MAX: usize = 256;
/// Longest name, constant or default in bytes.
const TEXT_BYTES_MAX: usize = 4096;

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
    /// Whether a body that is not covered by the signature is accepted.
    pub unsigned_payload: UnsignedPayload,
    /// The part of the path after what the template describes goes to the backend.
    pub appends_remainder: bool,
    /// Declared parameters, and the undeclared ones of the path.
    pub parameters: Box<[Parameter]>,
    /// Query parameters set at the backend: percent-encoded name and value.
    pub query: Box<[(Box<str>, Value)]>,
    /// Header lines set at the backend.
    pub headers: Box<[(HeaderName, Value)]>,
    /// Where it goes.
    pub backend: Backend,
    /// Apps that may call it, sorted.
    authorized_apps: Box<[AppId]>,
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
    /// Whether it reaches the backend where it stands; a parameter that is mapped to another place does not.
    pub passes: bool,
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

/// Where a value for the backend comes from.
#[derive(Debug, Clone)]
pub enum Value {
    /// The parameter with this position in [`Release::parameters`].
    Parameter(usize),
    /// A fixed text.
    Constant(Box<str>),
    /// Something the gateway knows.
    System(System),
}

impl Release {
    pub(crate) fn compile(source: &source::Release, template: &Template) -> Result<Self, Fault> {
        let definition = &source.definition;
        if definition.parameters.len() > ENTRIES_MAX || definition.mappings.len() > ENTRIES_MAX {
            return Err(Fault::TooLong("list of parameters"));
        }
        let parameters = parameters(definition, template)?;
        let mapped = |location| mapped(&definition.mappings, location, &parameters);
        let (path, query, headers) =
            (mapped(Location::Path)?, mapped(Location::Query)?, mapped(Location::Header)?);
        let backend = Backend::compile(&definition.backend, |name| slot(name, &path, &parameters))?;
        require_slots(&path, &backend)?;
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
            unsigned_payload: definition.unsigned_payload,
            appends_remainder: definition.matching == source::Matching::Prefix,
            query: query
                .into_iter()
                .map(|(name, value)| (crate::encode::component(name).into(), value))
                .collect(),
            headers: headers
                .into_iter()
                .map(|(name, value)| Ok((backend_header(name)?, value)))
                .collect::<Result<_, _>>()?,
            backend,
            authorized_apps: authorized(&source.authorized_apps)?,
            parameters: parameters.into(),
        })
    }

    /// The apps that have an authorization for this API in this environment.
    #[must_use]
    pub fn authorized_apps(&self) -> &[AppId] {
        &self.authorized_apps
    }

    /// Whether the app has an authorization for this API in this environment.
    #[must_use]
    pub fn authorizes(&self, app: &AppId) -> bool {
        self.authorized_apps.binary_search(app).is_ok()
    }
}

fn text(what: &'static str, value: &str) -> Result<Box<str>, Fault> {
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
        let parameter = parameter(declared, template, &definition.mappings)?;
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
            parameters.push(Parameter {
                name,
                place,
                required: true,
                default: None,
                check: None,
                passes: false,
            });
        }
    }
    Ok(parameters)
}

fn parameter(
    declared: &source::Parameter,
    template: &Template,
    mappings: &[Mapping],
) -> Result<Parameter, Fault> {
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
    let mut targets = mappings.iter().filter(|mapping| is_from(mapping, declared)).peekable();
    let passes = targets.peek().is_none() || targets.any(|mapping| keeps_place(mapping, declared));
    Ok(Parameter { name, place, required: declared.required, default, check: declared.check.clone(), passes })
}

fn same_name(location: Location, left: &str, right: &str) -> bool {
    if location == Location::Header { left.eq_ignore_ascii_case(right) } else { left == right }
}

fn is_from(mapping: &Mapping, declared: &source::Parameter) -> bool {
    matches!(&mapping.value, MappedValue::Request { name, location }
        if *location == declared.location && same_name(*location, name, &declared.name))
}

fn keeps_place(mapping: &Mapping, declared: &source::Parameter) -> bool {
    mapping.location == declared.location && same_name(mapping.location, &mapping.name, &declared.name)
}

fn check_is_sound(check: &source::Check) -> bool {
    let finite = |bound: Option<f64>| bound.is_none_or(f64::is_finite);
    finite(check.min)
        && finite(check.max)
        && check.one_of.len() <= ENTRIES_MAX
        && check.one_of.iter().all(|value| value.len() <= TEXT_BYTES_MAX)
}

/// Mappings to one location, with the sources resolved; a parameter that keeps its place needs no mapping.
fn mapped<'s>(
    mappings: &'s [Mapping],
    to: Location,
    parameters: &[Parameter],
) -> Result<Vec<(&'s str, Value)>, Fault> {
    let mut found: Vec<(&str, Value)> = Vec::new();
    for mapping in mappings.iter().filter(|mapping| mapping.location == to) {
        if mapping.name.trim().is_empty() {
            return Err(Fault::Blank("mapping name"));
        }
        if found.iter().any(|(name, _)| same_name(to, name, &mapping.name)) {
            return Err(Fault::Duplicate("mapping"));
        }
        let value = value(&mapping.value, parameters)?;
        let keeps = matches!(value, Value::Parameter(position) if to != Location::Path
            && parameters.get(position).is_some_and(|own| own.passes && stands(own, to, &mapping.name)));
        if !keeps {
            found.push((&mapping.name, value));
        }
    }
    Ok(found)
}

fn stands(parameter: &Parameter, location: Location, name: &str) -> bool {
    let own = match parameter.place {
        Place::Path(_) => Location::Path,
        Place::Query => Location::Query,
        Place::Header(_) => Location::Header,
    };
    own == location && same_name(location, &parameter.name, name)
}

fn value(source: &MappedValue, parameters: &[Parameter]) -> Result<Value, Fault> {
    Ok(match source {
        MappedValue::Request { name, location } => {
            let position = parameters.iter().position(|parameter| stands(parameter, *location, name));
            Value::Parameter(position.ok_or(Fault::Unresolved("mapped parameter"))?)
        }
        MappedValue::Constant(constant) if constant.len() > TEXT_BYTES_MAX => {
            return Err(Fault::TooLong("constant"));
        }
        MappedValue::Constant(constant) => Value::Constant(constant.as_str().into()),
        MappedValue::System(system) => Value::System(*system),
    })
}

/// What fills `{name}` of the backend path: its mapping, else the request's path parameter of the same name.
fn slot(name: &str, path: &[(&str, Value)], parameters: &[Parameter]) -> Result<Value, Fault> {
    let mapping = path.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
    let same_name = || parameters.iter().position(|parameter| stands(parameter, Location::Path, name));
    mapping
        .or_else(|| same_name().map(Value::Parameter))
        .ok_or(Fault::Unresolved("parameter of the backend path"))
}

/// A path mapping that the backend path does not mention would be dropped in silence.
fn require_slots(path: &[(&str, Value)], backend: &Backend) -> Result<(), Fault> {
    let Backend::Http(upstream) = backend else { return Ok(()) };
    let named = |name: &str| {
        upstream
            .path
            .iter()
            .any(|piece| matches!(piece, PathPiece::Value { name: own, .. } if **own == *name))
    };
    if path.iter().all(|(name, _)| named(name)) {
        Ok(())
    } else {
        Err(Fault::Unresolved("target of a path mapping"))
    }
}

fn header_name(name: &str) -> Result<HeaderName, Fault> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Invalid("header name"))
}

/// Message framing and addressing belong to the gateway, whatever a definition says.
fn backend_header(name: &str) -> Result<HeaderName, Fault> {
    let name = header_name(name)?;
    let reserved =
        ["host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "expect"];
    if reserved.contains(&name.as_str()) {
        return Err(Fault::Invalid("header of a mapping"));
    }
    Ok(name)
}
