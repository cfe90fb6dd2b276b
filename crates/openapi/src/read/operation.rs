//! One operation: the definition of an API.

use super::path::Parts;
use super::schemes::Schemes;
use super::{Common, backend, parameter, security};
use crate::keys::{
    ACCESS_CONTROL, BACKEND, BODY_BASE64, CONTENT_TYPE, CORS, FAILURE_SAMPLE, MATCH_MODE, NORMAL_SAMPLE,
    RATE_LIMIT, REQUEST_TYPE, RESPONSE,
};
use crate::object::Object;
use crate::text::Dialect;
use countersign_control::Error;
use countersign_control::apis::{
    AppCode, Backend, ContentType, Definition, Mapping, Matching, Method, Mock, Protocol, Texts, Trace,
    Unused, check_definition,
};
use countersign_types::GroupId;

/// Keys that say nothing to a gateway, or that it does by itself.
const SILENT: &[&str] =
    &["summary", "consumes", "produces", "requestBody", "deprecated", "externalDocs", "callbacks"];
/// Policies by name: they are bound to publications, and what is imported is not published.
const BOUND_LATER: &[&str] = &[RATE_LIMIT, ACCESS_CONTROL];

pub(super) fn read(
    parts: Parts<'_>,
    method: Method,
    path: &str,
    common: &Common<'_>,
) -> Result<Definition, Error> {
    let Parts { mut operation, parameters, schemes, matching } = parts;
    refuse_what_is_not_built(&mut operation)?;
    let mut ours = operation.ours()?;
    let name = name(&mut operation, method, path, common)?;
    let credentials = security::read(&mut operation, &mut ours, common)?;
    let (backend, mappings) = chosen_backend(&mut operation, common)?;
    let (normal_sample, failure_sample) = samples(&mut operation)?;
    let definition = Definition {
        group_id: nowhere(),
        name,
        public: operation.word(REQUEST_TYPE, public)?.unwrap_or_default(),
        version: ours.text("version")?,
        protocol: protocol(&mut operation, schemes, common)?,
        method,
        path: path.to_owned(),
        matching: operation.word(MATCH_MODE, Matching::parse)?.unwrap_or(matching),
        auth: credentials.auth,
        app_code: credentials.app_code.unwrap_or(AppCode::Disable),
        authorizer_id: credentials.authorizer_id,
        cors: operation.flag(CORS)?.unwrap_or_default(),
        parameters: parameter::all(&mut operation, parameters, common.dialect)?,
        mappings,
        backend,
        policies: backend::policies(&mut operation)?,
        response_id: operation.text(RESPONSE)?.filter(|name| !name.is_empty()),
        content_type: operation.word(CONTENT_TYPE, ContentType::parse)?,
        function_body_base64: operation.flag(BODY_BASE64)?,
        trace: trace(&mut ours)?,
        texts: Texts {
            remark: operation.text("description")?,
            body_remark: ours.text("body_remark")?,
            normal_sample,
            failure_sample,
        },
        tags: operation.texts("tags")?,
        unused: unused(&mut ours)?,
    };
    ours.ignore(&["access_controls"]);
    ours.finish()?;
    operation.finish()?;
    check_definition(&definition)?;
    Ok(definition)
}

/// The group is chosen by whoever imports.
fn nowhere() -> GroupId {
    GroupId::parse("0").expect("one digit is within an id's length and alphabet")
}

/// An API without a plugin that it names could let pass what the plugin would not.
fn refuse_what_is_not_built(operation: &mut Object<'_>) -> Result<(), Error> {
    operation.ignore(SILENT);
    operation.ignore(BOUND_LATER);
    if operation.list("x-apigateway-plugins")?.is_some_and(|plugins| !plugins.is_empty()) {
        return Err(Error::not_built("x-apigateway-plugins"));
    }
    Ok(())
}

fn name(
    operation: &mut Object<'_>,
    method: Method,
    path: &str,
    common: &Common<'_>,
) -> Result<String, Error> {
    match operation.text("operationId")?.filter(|name| !name.is_empty()) {
        Some(name) => Ok(name),
        None if common.modes.simple => Ok(made_up_name(method, path)),
        None => Err(Error::missing("operationId")),
    }
}

/// `GET /users/{id}` is `get_users_id`.
fn made_up_name(method: Method, path: &str) -> String {
    let words = path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    std::iter::once(method.as_str().to_ascii_lowercase().as_str()).chain(words).collect::<Vec<_>>().join("_")
}

fn public(word: &str) -> Option<bool> {
    match word {
        "public" => Some(true),
        "private" => Some(false),
        _ => None,
    }
}

/// The nearest schemes that are said: the operation's, its path's, the document's. HTTPS, when none are.
fn protocol(operation: &mut Object<'_>, path: Schemes, common: &Common<'_>) -> Result<Protocol, Error> {
    let own = match common.dialect {
        Dialect::Swagger => Schemes::listed(operation)?,
        Dialect::OpenApi => Schemes::of_servers(operation)?,
    };
    let nearest = [own, path, common.schemes].into_iter().find(|schemes| schemes.said);
    match nearest.map(|schemes| (schemes.http, schemes.https)) {
        Some((true, true)) => Ok(Protocol::Both),
        Some((true, false)) => Ok(Protocol::Http),
        None | Some((false, true)) => Ok(Protocol::Https),
        Some((false, false)) => Err(operation.wrong("schemes", "http or https is expected")),
    }
}

fn chosen_backend(operation: &mut Object<'_>, common: &Common<'_>) -> Result<(Backend, Vec<Mapping>), Error> {
    match operation.object(BACKEND)? {
        Some(backend) => backend::read(backend),
        None if common.modes.simple || common.modes.mock => Ok((Backend::Mock(empty_mock()), Vec::new())),
        None => Err(Error::missing(BACKEND)),
    }
}

const fn empty_mock() -> Mock {
    Mock { status: None, body: None, headers: None, authorizer_id: None, version: None, remark: None }
}

/// Answers of success and failure. They stand at the responses as a whole, or at one of them.
fn samples(operation: &mut Object<'_>) -> Result<(Option<String>, Option<String>), Error> {
    let Some(mut responses) = operation.object("responses")? else { return Ok((None, None)) };
    let (mut normal, mut failure) = (responses.text(NORMAL_SAMPLE)?, responses.text(FAILURE_SAMPLE)?);
    let each = responses.entries().filter(|(status, value)| !status.starts_with("x-") && value.is_object());
    for entry in each.map(|(status, value)| (value, responses.place(status))) {
        let mut response = responses.follow(entry)?;
        normal = normal.or(response.text(NORMAL_SAMPLE)?);
        failure = failure.or(response.text(FAILURE_SAMPLE)?);
    }
    Ok((normal, failure))
}

fn trace(ours: &mut Object<'_>) -> Result<Trace, Error> {
    Ok(Trace {
        enabled: ours.flag("trace_enabled")?,
        strategy: ours.text("sampling_strategy")?,
        parameter: ours.text("sampling_param")?,
    })
}

fn unused(ours: &mut Object<'_>) -> Result<Unused, Error> {
    Ok(Unused {
        roma_app_id: ours.text("roma_app_id")?,
        domain_name: ours.text("domain_name")?,
        tag: ours.text("tag")?,
    })
}
