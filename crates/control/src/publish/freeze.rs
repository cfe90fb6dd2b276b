//! From a definition to what the data plane serves.

mod policy;

use crate::apis::template::{context_name, is_plain_address, substitute, variables};
use crate::apis::{
    AppCode, Auth, Backend, BackendProtocol, Definition, Location, Mapping, Matching, Mock, Origin,
    Parameter, Protocol, Server, Side, ValueType,
};
use crate::{Error, Variable};
use countersign_snapshot::source as snapshot;
use countersign_types::{AuthorizerId, ResponseId};
use snapshot::{Check, MappedValue, System};
use std::collections::BTreeMap;

/// The values that the definition uses.
pub(super) fn used_values(definition: &Definition, all: Vec<Variable>) -> BTreeMap<String, String> {
    let used = all.into_iter().filter(|variable| uses(definition, &variable.name));
    used.map(|variable| (variable.name, variable.value)).collect()
}

/// Whether the definition uses the variable.
pub(super) fn uses(definition: &Definition, name: &str) -> bool {
    texts(definition).any(|text| variables(text).any(|used| used == name))
}

/// Whether the definition uses any variable.
pub(crate) fn uses_any(definition: &Definition) -> bool {
    texts(definition).any(|text| variables(text).next().is_some())
}

/// The texts in which variables are looked for.
fn texts(definition: &Definition) -> impl Iterator<Item = &str> {
    let of_policies = definition.policies.iter().map(|policy| &policy.backend);
    let servers = std::iter::once(&definition.backend).chain(of_policies).filter_map(Backend::server);
    servers.flat_map(|server| [server.address.as_deref().unwrap_or_default(), server.path.as_str()])
}

/// The definition with every `#variable#` replaced.
///
/// # Errors
/// `APIG.3011` for a variable without value; `APIG.2012` when the result is no address.
pub(super) fn resolve(
    definition: &Definition,
    values: &BTreeMap<String, String>,
) -> Result<Definition, Error> {
    let mut resolved = definition.clone();
    let of_policies = resolved.policies.iter_mut().map(|policy| &mut policy.backend);
    for backend in std::iter::once(&mut resolved.backend).chain(of_policies) {
        if let Some(server) = backend.server_mut() {
            resolve_server(server, values)?;
        }
    }
    Ok(resolved)
}

fn resolve_server(server: &mut Server, values: &BTreeMap<String, String>) -> Result<(), Error> {
    let put_in = |text: &str| {
        substitute(text, |name| values.get(name).map(String::as_str)).map_err(Error::variable_undefined)
    };
    server.path = put_in(&server.path)?;
    if !server.path.starts_with('/') {
        server.path.insert(0, '/');
    }
    let Some(address) = &server.address else { return Ok(()) };
    let address = put_in(address)?;
    if !is_plain_address(&address) {
        return Err(Error::invalid("backend_api.url_domain"));
    }
    server.address = Some(address);
    Ok(())
}

/// What the data plane serves, or the refusal that it cannot do so yet. Weakening what the client asked for, as by
/// leaving out a second factor, is never an option.
pub(crate) fn freeze(definition: &Definition) -> Result<snapshot::Definition, Error> {
    refuse_what_is_not_built(definition)?;
    Ok(snapshot::Definition {
        protocol: match definition.protocol {
            Protocol::Http => snapshot::Protocol::Http,
            Protocol::Https => snapshot::Protocol::Https,
            Protocol::Both => snapshot::Protocol::Both,
            Protocol::Grpcs => return Err(Error::not_built("req_protocol GRPCS")),
        },
        method: definition.method.as_str().to_owned(),
        path: definition.path.clone(),
        matching: match definition.matching {
            Matching::Exact => snapshot::Matching::Exact,
            Matching::Prefix => snapshot::Matching::Prefix,
        },
        auth: match definition.auth {
            Auth::None => snapshot::Auth::None,
            Auth::App => snapshot::Auth::App,
            Auth::Iam => snapshot::Auth::Iam,
            Auth::Authorizer => snapshot::Auth::Authorizer,
        },
        app_code: match definition.app_code {
            AppCode::Disable => snapshot::AppCode::Refused,
            AppCode::Header => snapshot::AppCode::Header,
        },
        authorizer: definition.frontend_authorizer().map(authorizer).transpose()?,
        unsigned_payload: snapshot::UnsignedPayload::Allow,
        cors: definition.cors,
        response_id: definition.response_id.as_deref().and_then(|id| ResponseId::parse(id).ok()),
        parameters: definition.parameters.iter().map(parameter).collect(),
        backend: backend(&definition.backend)?,
        backend_authorizer: backend_authorizer(&definition.backend)?,
        mappings: mappings(definition, &definition.mappings)?,
        policies: policy::freeze_all(definition)?,
    })
}

fn mappings(definition: &Definition, mappings: &[Mapping]) -> Result<Vec<snapshot::Mapping>, Error> {
    mappings.iter().map(|one| mapping(definition, one)).collect()
}

fn refuse_what_is_not_built(definition: &Definition) -> Result<(), Error> {
    let orchestrates =
        |parameter: &Parameter| parameter.orchestrations.as_ref().is_some_and(|ids| !ids.is_empty());
    if definition.parameters.iter().any(orchestrates) {
        Err(Error::not_built("orchestrations"))
    } else {
        Ok(())
    }
}

fn backend_authorizer(backend: &Backend) -> Result<Option<AuthorizerId>, Error> {
    backend.authorizer().map(authorizer).transpose()
}

fn authorizer(id: &str) -> Result<AuthorizerId, Error> {
    AuthorizerId::parse(id).map_err(|_| Error::authorizer_not_found(id))
}

fn backend(backend: &Backend) -> Result<snapshot::Backend, Error> {
    match backend {
        Backend::Http(server) => http(server),
        Backend::Mock(mock) => Ok(answer(mock)),
        Backend::Grpc(_) => Err(Error::not_built("backend_type GRPC")),
        Backend::Function(_) => Err(Error::not_built("backend_type FUNCTION")),
    }
}

fn http(server: &Server) -> Result<snapshot::Backend, Error> {
    let Some(address) = server.address.clone().filter(|_| server.channel.is_none()) else {
        return Err(Error::not_built("vpc_channel_info"));
    };
    if server.client_certificate == Some(true) {
        return Err(Error::not_built("backend_api.enable_client_ssl"));
    }
    Ok(snapshot::Backend::Http {
        tls: server.protocol == BackendProtocol::Https,
        address,
        method: server.method.as_str().to_owned(),
        path: server.path.clone(),
        timeout_ms: server.timeout_ms,
        // -1 is the documented default: idempotent methods are repeated once.
        retries: server.retries.and_then(|count| u8::try_from(count).ok()),
    })
}

fn answer(mock: &Mock) -> snapshot::Backend {
    snapshot::Backend::Mock {
        status: mock.status.unwrap_or(200),
        body: mock.body.clone().unwrap_or_default(),
        headers: mock.headers.clone().unwrap_or_default(),
    }
}

fn parameter(parameter: &Parameter) -> snapshot::Parameter {
    snapshot::Parameter {
        name: parameter.name.clone(),
        location: location(parameter.location),
        required: parameter.required,
        default: parameter.default.clone().filter(|text| !text.is_empty()),
        stays: parameter.pass_through == Some(true),
        check: parameter.checked.then(|| check(parameter)),
    }
}

fn check(parameter: &Parameter) -> Check {
    let one_of = parameter.enumerations.as_deref().unwrap_or_default();
    let one_of =
        one_of.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let number = parameter.value_type == ValueType::Number;
    let (min, max) = limits(parameter.min_number, parameter.max_number).filter(|_| number).unzip();
    let (min_chars, max_chars) = limits(parameter.min_chars, parameter.max_chars).filter(|_| !number).unzip();
    let chars = |count: Option<i64>| count.map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    Check {
        number,
        min: min.flatten().map(|number| number as f64),
        max: max.flatten().map(|number| number as f64),
        min_chars: chars(min_chars.flatten()),
        max_chars: chars(max_chars.flatten()),
        one_of,
    }
}

/// Clients send both limits as 0 to say that there are none.
fn limits(min: Option<i64>, max: Option<i64>) -> Option<(Option<i64>, Option<i64>)> {
    (min.unwrap_or(0) != 0 || max.unwrap_or(0) != 0).then_some((min, max))
}

fn mapping(definition: &Definition, mapping: &Mapping) -> Result<snapshot::Mapping, Error> {
    let value = match mapping.origin {
        Origin::Constant => MappedValue::Constant(mapping.value.clone()),
        Origin::System => match context_name(&mapping.value) {
            Some((side, name)) => MappedValue::Authorizer { side: self::side(side), name: name.to_owned() },
            None => {
                MappedValue::System(system(&mapping.value).ok_or_else(|| Error::not_built(&mapping.value))?)
            }
        },
        Origin::Request => {
            let source =
                definition.source_of(mapping).ok_or_else(|| Error::mapping_undeclared(&mapping.value))?;
            MappedValue::Request { name: source.name.clone(), location: location(source.location) }
        }
    };
    Ok(snapshot::Mapping { name: mapping.name.clone(), location: location(mapping.location), value })
}

const fn side(side: Side) -> snapshot::Side {
    match side {
        Side::Frontend => snapshot::Side::Frontend,
        Side::Backend => snapshot::Side::Backend,
    }
}

fn location(location: Location) -> snapshot::Location {
    match location {
        Location::Path => snapshot::Location::Path,
        Location::Query => snapshot::Location::Query,
        Location::Header => snapshot::Location::Header,
    }
}

fn system(value: &str) -> Option<System> {
    Some(match value.strip_prefix("$context.")? {
        "sourceIp" => System::SourceIp,
        "stage" => System::Stage,
        "apiId" => System::ApiId,
        "apiName" => System::ApiName,
        "appId" => System::AppId,
        "appName" => System::AppName,
        "requestId" => System::RequestId,
        "serverAddr" => System::ServerAddr,
        "serverName" => System::ServerName,
        "handleTime" => System::HandleTime,
        "providerAppId" => System::ProviderAppId,
        _ => return None,
    })
}
