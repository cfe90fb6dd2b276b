//! A backend with what it is sent beyond the request itself.

use crate::{
    backend::{Backend, PathPiece},
    error::Fault,
    release::{
        ENTRIES_MAX, Parameter, Place, TEXT_BYTES_MAX, header_name, position, same_name, stands, text,
    },
    source::{self, Location, MappedValue, Mapping, Side, System},
};
use countersign_types::AuthorizerId;
use http::HeaderName;

/// A backend with what it is sent beyond the request itself.
#[derive(Debug)]
pub struct Target {
    /// Where requests go.
    pub backend: Backend,
    /// Who is asked before a request goes there.
    pub authorizer: Option<AuthorizerId>,
    /// Query parameters set at the backend: percent-encoded name and value.
    pub query: Box<[(Box<str>, Value)]>,
    /// Header lines set at the backend.
    pub headers: Box<[(HeaderName, Value)]>,
    /// Query parameters that are taken out, because they are mapped to another place.
    pub moved_query: Box<[Box<str>]>,
    /// Header lines that are taken out, because they are mapped to another place.
    pub moved_headers: Box<[HeaderName]>,
    /// By the position of a parameter: whether it reaches the backend where it stands.
    passes: Box<[bool]>,
}

/// Where a value for the backend comes from.
#[derive(Debug, Clone)]
pub enum Value {
    /// The parameter with this position in [`Release::parameters`](crate::Release::parameters).
    Parameter(usize),
    /// A fixed text.
    Constant(Box<str>),
    /// Something the gateway knows.
    System(System),
    /// What an authorizer says under this name.
    Authorizer(Side, Box<str>),
}

/// What a target is compiled from.
pub(crate) struct Parts<'s> {
    pub(crate) backend: &'s source::Backend,
    pub(crate) authorizer: Option<&'s AuthorizerId>,
    pub(crate) mappings: &'s [Mapping],
}

impl Target {
    pub(crate) fn compile(
        Parts { backend, authorizer, mappings }: Parts<'_>,
        declared: &[source::Parameter],
        parameters: &[Parameter],
    ) -> Result<Self, Fault> {
        if mappings.len() > ENTRIES_MAX {
            return Err(Fault::TooLong("list of mappings"));
        }
        let passes: Box<[bool]> = parameters
            .iter()
            .enumerate()
            .map(|(position, _)| declared.get(position).is_some_and(|one| passes(one, mappings)))
            .collect();
        let mapped = |location| mapped(mappings, location, parameters, &passes);
        let (path, query, headers) =
            (mapped(Location::Path)?, mapped(Location::Query)?, mapped(Location::Header)?);
        let backend = Backend::compile(backend, |name| slot(name, &path, parameters))?;
        require_slots(&path, &backend)?;
        let moved = || parameters.iter().zip(&passes).filter(|(_, passes)| !**passes).map(|(one, _)| one);
        let moved_header = |parameter: &Parameter| match &parameter.place {
            Place::Header(name) => Some(name.clone()),
            Place::Path(_) | Place::Query => None,
        };
        Ok(Self {
            backend,
            authorizer: authorizer.cloned(),
            query: query
                .into_iter()
                .map(|(name, value)| (crate::encode::component(name).into(), value))
                .collect(),
            headers: headers
                .into_iter()
                .map(|(name, value)| Ok((backend_header(name)?, value)))
                .collect::<Result<_, Fault>>()?,
            moved_query: moved()
                .filter(|parameter| parameter.place == Place::Query)
                .map(|parameter| parameter.name.clone())
                .collect(),
            moved_headers: moved().filter_map(moved_header).collect(),
            passes,
        })
    }

    /// Whether the parameter with this position reaches the backend where it stands.
    #[must_use]
    pub fn passes(&self, position: usize) -> bool {
        self.passes.get(position).is_some_and(|passes| *passes)
    }
}

/// A parameter stays where it is unless it is mapped to other places alone and not declared to stay.
fn passes(declared: &source::Parameter, mappings: &[Mapping]) -> bool {
    let mut targets = mappings.iter().filter(|mapping| is_from(mapping, declared)).peekable();
    declared.stays || targets.peek().is_none() || targets.any(|mapping| keeps_place(mapping, declared))
}

fn is_from(mapping: &Mapping, declared: &source::Parameter) -> bool {
    matches!(&mapping.value, MappedValue::Request { name, location }
        if *location == declared.location && same_name(*location, name, &declared.name))
}

fn keeps_place(mapping: &Mapping, declared: &source::Parameter) -> bool {
    mapping.location == declared.location && same_name(mapping.location, &mapping.name, &declared.name)
}

/// Mappings to one location, with the sources resolved; a parameter that keeps its place needs no mapping.
fn mapped<'s>(
    mappings: &'s [Mapping],
    to: Location,
    parameters: &[Parameter],
    passes: &[bool],
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
            && passes.get(position).is_some_and(|passes| *passes)
            && parameters.get(position).is_some_and(|own| stands(own, to, &mapping.name)));
        if !keeps {
            found.push((&mapping.name, value));
        }
    }
    Ok(found)
}

fn value(source: &MappedValue, parameters: &[Parameter]) -> Result<Value, Fault> {
    Ok(match source {
        MappedValue::Request { name, location } => {
            let position = position(parameters, *location, name);
            Value::Parameter(position.ok_or(Fault::Unresolved("mapped parameter"))?)
        }
        MappedValue::Constant(constant) if constant.len() > TEXT_BYTES_MAX => {
            return Err(Fault::TooLong("constant"));
        }
        MappedValue::Constant(constant) => Value::Constant(constant.as_str().into()),
        MappedValue::System(system) => Value::System(*system),
        MappedValue::Authorizer { side, name } => Value::Authorizer(*side, text("context name", name)?),
    })
}

/// What fills `{name}` of the backend path: its mapping, else the request's path parameter of the same name.
fn slot(name: &str, path: &[(&str, Value)], parameters: &[Parameter]) -> Result<Value, Fault> {
    let mapping = path.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
    mapping
        .or_else(|| position(parameters, Location::Path, name).map(Value::Parameter))
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

/// Message framing and addressing belong to the gateway, whatever a definition or setting says.
pub(crate) fn backend_header(name: &str) -> Result<HeaderName, Fault> {
    let name = header_name(name)?;
    let reserved =
        ["host", "content-length", "transfer-encoding", "connection", "te", "trailer", "upgrade", "expect"];
    if reserved.contains(&name.as_str()) {
        return Err(Fault::Invalid("header to the backend"));
    }
    Ok(name)
}
