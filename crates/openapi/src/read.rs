//! From a document to candidates for definitions.

mod acls;
mod backend;
mod operation;
mod parameter;
mod path;
mod responses;
mod schemes;
mod security;
mod throttles;

use crate::keys::{ACCESS_CONTROLS, RATE_LIMITS, RESPONSES};
use crate::object::{Document, Object};
use crate::text::{DOCUMENT_BYTES_MAX, Dialect, parse};
use countersign_control::Error;
use countersign_control::acls::AclDraft;
use countersign_control::responses::ResponseDraft;
use countersign_control::transfer::{APIS_MAX, Candidate, NewThrottle};
use schemes::Schemes;
use serde_json::Value;

/// Longest base path; it stands before every path.
const BASE_PATH_BYTES_MAX: usize = 512;

/// What is filled in where a document is silent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Modes {
    /// A missing name is made of method and path, a missing backend is an empty mock.
    pub simple: bool,
    /// A missing backend is an empty mock.
    pub mock: bool,
}

/// What a document says.
#[derive(Debug)]
pub struct Reading {
    /// Its title.
    pub title: String,
    /// What it says about itself.
    pub description: Option<String>,
    /// The APIs, in the order of the document.
    pub candidates: Vec<Candidate>,
    /// Sets of gateway responses.
    pub responses: Vec<ResponseDraft>,
    /// Access control policies.
    pub acls: Vec<AclDraft>,
    /// Throttling policies.
    pub throttles: Vec<NewThrottle>,
}

/// What is said once and holds for every operation that does not say otherwise.
pub(crate) struct Common<'a> {
    modes: Modes,
    dialect: Dialect,
    /// Before every path.
    base_path: String,
    schemes: Schemes,
    /// Requirements.
    security: Option<&'a Value>,
    /// Definitions of what requirements name.
    security_schemes: Option<Object<'a>>,
    /// Sets of gateway responses by name.
    responses: Option<Object<'a>>,
    /// Access control policies by name.
    acls: Option<Object<'a>>,
    /// Throttling policies by name.
    throttles: Option<Object<'a>>,
}

/// Reads a document.
///
/// # Errors
/// `APIG.3600` for what is no JSON or YAML within the bounds, `3601` for an unknown version, `3602` for what no
/// document may say (its gateway responses included), `3603` for one of more than [`DOCUMENT_BYTES_MAX`] bytes, `3609` for an empty one, `3127` for too
/// many APIs. What is wrong about a single API is told in its candidate.
pub fn read(bytes: &[u8], modes: Modes) -> Result<Reading, Error> {
    let document = Document::new(parse(bytes)?, 4 * DOCUMENT_BYTES_MAX);
    let mut root = Object::root(&document)?;
    let dialect = dialect(&mut root)?;
    let mut info = root.object("info")?.ok_or_else(|| Error::missing("info"))?;
    let (title, description) = (info.text("title")?.unwrap_or_default(), info.text("description")?);
    let paths = root.object("paths")?.ok_or_else(|| Error::missing("paths"))?;
    let common = match dialect {
        Dialect::Swagger => swagger(root, modes)?,
        Dialect::OpenApi => openapi(root, modes)?,
    };
    let operations = path::operations(&paths, &common);
    if operations.len() > APIS_MAX {
        return Err(Error::import_exceeded(APIS_MAX));
    }
    let candidates = operations.into_iter().map(|one| one.read(&common)).collect::<Result<_, _>>()?;
    let responses = common.responses.as_ref().map_or_else(|| Ok(Vec::new()), responses::read)?;
    let acls = common.acls.as_ref().map_or_else(|| Ok(Vec::new()), acls::read)?;
    let throttles = common.throttles.as_ref().map_or_else(|| Ok(Vec::new()), throttles::read)?;
    Ok(Reading { title, description, candidates, responses, acls, throttles })
}

fn dialect(root: &mut Object<'_>) -> Result<Dialect, Error> {
    let (swagger, openapi) = (root.scalar("swagger")?, root.scalar("openapi")?);
    match (swagger.as_deref(), openapi.as_deref()) {
        (Some("2.0"), None) => Ok(Dialect::Swagger),
        (None, Some(version)) if version == "3.0" || version.starts_with("3.0.") => Ok(Dialect::OpenApi),
        _ => Err(Error::import_version()),
    }
}

fn swagger(mut root: Object<'_>, modes: Modes) -> Result<Common<'_>, Error> {
    root.ignore(&["host", "consumes", "produces", "definitions", "parameters", "responses", "tags"]);
    root.ignore(&["externalDocs"]);
    let base_path = root.text("basePath")?.unwrap_or_default();
    if base_path.len() > BASE_PATH_BYTES_MAX {
        return Err(root.wrong("basePath", "it is too long for a path"));
    }
    let common = Common {
        modes,
        dialect: Dialect::Swagger,
        base_path: base_path.trim_end_matches('/').to_owned(),
        schemes: Schemes::listed(&mut root)?,
        security: root.value("security"),
        security_schemes: root.object("securityDefinitions")?,
        responses: root.object(RESPONSES)?,
        acls: root.object(ACCESS_CONTROLS)?,
        throttles: root.object(RATE_LIMITS)?,
    };
    root.finish()?;
    Ok(common)
}

fn openapi(mut root: Object<'_>, modes: Modes) -> Result<Common<'_>, Error> {
    root.ignore(&["tags", "externalDocs"]);
    let (mut responses, mut acls) = (root.object(RESPONSES)?, root.object(ACCESS_CONTROLS)?);
    let mut throttles = root.object(RATE_LIMITS)?;
    let mut security_schemes = None;
    if let Some(mut components) = root.object("components")? {
        security_schemes = components.object("securitySchemes")?;
        responses = components.object(RESPONSES)?.or(responses);
        acls = components.object(ACCESS_CONTROLS)?.or(acls);
        throttles = components.object(RATE_LIMITS)?.or(throttles);
    }
    let common = Common {
        modes,
        dialect: Dialect::OpenApi,
        base_path: String::new(),
        schemes: Schemes::of_servers(&mut root)?,
        security: root.value("security"),
        security_schemes,
        responses,
        acls,
        throttles,
    };
    root.finish()?;
    Ok(common)
}
