//! The body of an import as the use-case understands it.

use crate::call::id;
use countersign_api_types::channels as wire;
use countersign_control::Error;
use countersign_control::apis::{Auth, BackendProtocol, Matching, Method};
use countersign_control::channels::{Microservice, Service, Workload, WorkloadKind};
use countersign_control::groups::GroupDraft;
use countersign_control::microservices::{MicroserviceApi, MicroserviceImport};
use countersign_control::transfer::Target;
use countersign_control::validate::{check, is_length, required};

/// Milliseconds for an exchange with an instance.
const TIMEOUT_MS_DEFAULT: i64 = 5_000;

pub(super) fn import(body: wire::MicroserviceImport) -> Result<MicroserviceImport, Error> {
    let target = target(required("group_info", body.group_info)?)?;
    let kind = required("service_type", body.service_type)?;
    let (microservice, port) = match kind.as_str() {
        "CCE" => workload(required("cce_info", body.cce_info)?)?,
        "CSE" => (service(required("cse_info", body.cse_info)?)?, 0),
        _ => return Err(Error::invalid("service_type")),
    };
    let auth = word("auth_type", body.auth_type, Auth::parse)?.unwrap_or(Auth::None);
    check("auth_type", auth != Auth::Authorizer)?;
    let protocol = word("protocol", body.protocol, BackendProtocol::parse)?.unwrap_or(BackendProtocol::Https);
    check("protocol", matches!(protocol, BackendProtocol::Http | BackendProtocol::Https))?;
    let timeout_ms = body.backend_timeout.unwrap_or(TIMEOUT_MS_DEFAULT);
    Ok(MicroserviceImport {
        target,
        microservice,
        port,
        protocol,
        timeout_ms: timeout_ms.try_into().map_err(|_| Error::invalid("backend_timeout"))?,
        auth,
        cors: body.cors.unwrap_or(false),
        apis: required("apis", body.apis)?.into_iter().map(api).collect::<Result<_, _>>()?,
    })
}

fn target(group: wire::MicroserviceGroup) -> Result<Target, Error> {
    if let Some(existing) = given(group.group_id) {
        return Ok(Target::Existing(id("group_info.group_id", existing)?));
    }
    let name = required("group_info.group_name", given(group.group_name))?;
    Ok(Target::New(GroupDraft { name, remark: None }))
}

fn api(wire: wire::MicroserviceApi) -> Result<MicroserviceApi, Error> {
    Ok(MicroserviceApi {
        name: given(wire.name),
        method: word("apis.req_method", wire.req_method, Method::parse)?.unwrap_or(Method::Any),
        path: required("apis.req_uri", wire.req_uri)?,
        matching: word("apis.match_mode", wire.match_mode, Matching::parse)?.unwrap_or(Matching::Prefix),
    })
}

fn workload(wire: wire::CceCreate) -> Result<(Microservice, u16), Error> {
    let port = required("cce_info.port", wire.port)?;
    let kind = required("cce_info.workload_type", wire.workload_type)?;
    let (app_name, key, value) = (given(wire.app_name), given(wire.label_key), given(wire.label_value));
    check("cce_info.label_key", key.is_some() == value.is_some())?;
    if app_name.is_none() && key.is_none() {
        return Err(Error::missing("cce_info.app_name"));
    }
    let workload = Workload {
        cluster_id: named("cce_info.cluster_id", wire.cluster_id)?,
        namespace: named("cce_info.namespace", wire.namespace)?,
        kind: WorkloadKind::parse(&kind).ok_or_else(|| Error::invalid("cce_info.workload_type"))?,
        app_name: app_name.map(|name| named("cce_info.app_name", Some(name))).transpose()?,
        label: key.zip(value),
    };
    let port = u16::try_from(port).ok().filter(|port| *port > 0);
    Ok((Microservice::Cce(workload), port.ok_or_else(|| Error::invalid("cce_info.port"))?))
}

fn service(wire: wire::CseCreate) -> Result<Microservice, Error> {
    Ok(Microservice::Cse(Service {
        engine_id: named("cse_info.engine_id", wire.engine_id)?,
        service_id: named("cse_info.service_id", wire.service_id)?,
        version: named("cse_info.version", wire.version)?,
    }))
}

/// A text that names something elsewhere: 1 to 64 characters.
fn named(parameter: &str, text: Option<String>) -> Result<String, Error> {
    let text = required(parameter, text)?;
    check(parameter, is_length(&text, (1, 64)))?;
    Ok(text)
}

/// Clients leave a text out by sending it empty.
fn given(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn word<T>(
    parameter: &str,
    text: Option<String>,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    given(text).map(|text| parse(&text).ok_or_else(|| Error::invalid(parameter))).transpose()
}
