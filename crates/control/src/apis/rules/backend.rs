//! Rules for backends, their parameters and policies.

use super::conditions::check_conditions;
use super::fits;
use super::parameters::{fits_header, is_framing_header, is_reserved_header};
use crate::apis::backend::{Backend, Function, Mock, Policy, Server};
use crate::apis::definition::{Definition, Mapping};
use crate::apis::template::{backend_names, context_name, is_address, is_parameter_name};
use crate::apis::words::{BackendProtocol, Location, Origin, Side};
use crate::validate::{check, is_length, is_remark};
use crate::{Error, quota};
use countersign_types::limits::BACKEND_TIMEOUT_MS_MAX;
use std::collections::{BTreeSet, HashSet};

/// Most further attempts at a backend.
const RETRIES_MAX: i8 = 10;
/// Most header lines of a mock answer.
const MOCK_HEADERS_MAX: usize = 10;

pub(super) fn check_all(definition: &Definition) -> Result<(), Error> {
    check_target(definition, &definition.backend, &definition.mappings)?;
    if definition.policies.len() > quota::API_POLICIES.most {
        return Err(Error::api_policies_exceeded());
    }
    let mut names = HashSet::new();
    for policy in &definition.policies {
        check("policies.name", is_length(&policy.name, (3, 64)) && names.insert(&policy.name))?;
        check_conditions(definition, &policy.conditions)?;
        check_family(definition, policy)?;
        check_target(definition, &policy.backend, &policy.mappings)?;
    }
    Ok(())
}

fn check_family(definition: &Definition, policy: &Policy) -> Result<(), Error> {
    check("backend_type", definition.backend.word() == policy.backend.word())
}

/// One backend with what it is sent.
fn check_target(definition: &Definition, backend: &Backend, mappings: &[Mapping]) -> Result<(), Error> {
    let template_names = match backend {
        Backend::Http(server) => check_server(server, &[BackendProtocol::Http, BackendProtocol::Https])?,
        Backend::Grpc(server) => check_server(server, &[BackendProtocol::Grpc, BackendProtocol::Grpcs])?,
        Backend::Function(function) => check_function(function)?,
        Backend::Mock(mock) => check_mock(mock)?,
    };
    let mut seen = HashSet::new();
    for mapping in mappings {
        check_mapping(definition, mapping)?;
        check_context(definition, backend, mapping)?;
        check("backend_params", seen.insert(identity(mapping)))?;
    }
    let in_path = mappings.iter().filter(|mapping| mapping.location == Location::Path);
    let mapped: BTreeSet<&str> = in_path.map(|mapping| mapping.name.as_str()).collect();
    match template_names.difference(&mapped).next() {
        Some(name) => Err(Error::backend_path_parameter_undeclared(name)),
        None => check("backend_params", backend.server().is_none() || mapped.is_subset(&template_names)),
    }
}

fn check_server<'a>(server: &'a Server, allowed: &[BackendProtocol]) -> Result<BTreeSet<&'a str>, Error> {
    check("backend_api.req_protocol", allowed.contains(&server.protocol))?;
    match (&server.address, &server.channel) {
        (Some(address), None) => check("backend_api.url_domain", is_address(address))?,
        (_, Some(channel)) => check("backend_api.vpc_channel_info", !channel.id.is_empty())?,
        (None, None) => return Err(Error::missing("backend_api.url_domain")),
    }
    check_timeout("backend_api.timeout", server.timeout_ms)?;
    check("backend_api.retry_count", server.retries.is_none_or(|count| (-1..=RETRIES_MAX).contains(&count)))?;
    check("backend_api.remark", server.remark.as_deref().is_none_or(is_remark))?;
    check("backend_api.version", fits(server.version.as_deref(), 16))?;
    backend_names(&server.path).ok_or_else(|| Error::invalid("backend_api.req_uri"))
}

fn check_function<'a>(function: &Function) -> Result<BTreeSet<&'a str>, Error> {
    check("func_info.function_urn", is_length(&function.urn, (1, 255)))?;
    check_timeout("func_info.timeout", function.timeout_ms)?;
    check("func_info.remark", function.remark.as_deref().is_none_or(is_remark))?;
    Ok(BTreeSet::new())
}

fn check_mock<'a>(mock: &Mock) -> Result<BTreeSet<&'a str>, Error> {
    check("mock_info.status_code", mock.status.is_none_or(|status| (200..=599).contains(&status)))?;
    check("mock_info.remark", mock.remark.as_deref().is_none_or(is_remark))?;
    check("mock_info.version", fits(mock.version.as_deref(), 64))?;
    let headers = mock.headers.as_deref().unwrap_or_default();
    let is_header = |(name, value): &(String, String)| {
        let is_token = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        is_length(name, (1, 128)) && name.chars().all(is_token) && fits_header(Some(value))
    };
    check("mock_info.header", headers.len() <= MOCK_HEADERS_MAX && headers.iter().all(is_header))?;
    Ok(BTreeSet::new())
}

fn check_timeout(parameter: &str, timeout_ms: u32) -> Result<(), Error> {
    check(parameter, (1..=BACKEND_TIMEOUT_MS_MAX).contains(&timeout_ms))
}

fn check_mapping(definition: &Definition, mapping: &Mapping) -> Result<(), Error> {
    let is_forbidden = mapping.location == Location::Header
        && (is_reserved_header(&mapping.name) || is_framing_header(&mapping.name));
    check("backend_params.name", is_parameter_name(&mapping.name) && !is_forbidden)?;
    check("backend_params.remark", mapping.remark.as_deref().is_none_or(is_remark))?;
    check("backend_params.value", is_length(&mapping.value, (1, 255)) && fits_header(Some(&mapping.value)))?;
    match mapping.origin {
        Origin::Request if definition.source_of(mapping).is_none() => {
            Err(Error::mapping_undeclared(&mapping.value))
        }
        Origin::System => check("backend_params.value", mapping.value.starts_with("$context.")),
        Origin::Request | Origin::Constant => Ok(()),
    }
}

/// What an authorizer says can be sent on only where there is one.
fn check_context(definition: &Definition, backend: &Backend, mapping: &Mapping) -> Result<(), Error> {
    if mapping.origin != Origin::System {
        return Ok(());
    }
    let has_authorizer = match context_name(&mapping.value) {
        None => return check("backend_params.value", !mapping.value.starts_with("$context.authorizer.")),
        Some((Side::Frontend, _)) => definition.frontend_authorizer().is_some(),
        Some((Side::Backend, _)) => backend.authorizer().is_some(),
    };
    if has_authorizer { Ok(()) } else { Err(Error::authorizer_parameter(&mapping.value)) }
}

/// Header names are compared without case.
fn identity(mapping: &Mapping) -> (&'static str, String) {
    let name = match mapping.location {
        Location::Header => mapping.name.to_ascii_lowercase(),
        Location::Path | Location::Query => mapping.name.clone(),
    };
    (mapping.location.as_str(), name)
}
