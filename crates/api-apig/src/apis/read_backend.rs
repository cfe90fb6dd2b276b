//! Backends and policies, from what a client writes to the domain.

use super::read::{each, mapping, required_word, word};
use countersign_api_types::apis::{
    ApiCreate, ApiFunction, ApiMock, BackendApi, Condition as WireCondition, Policy as WirePolicy,
};
use countersign_control::apis::{
    Backend, BackendProtocol, Channel, Condition, ConditionOrigin, ConditionType, Effect, Function,
    FunctionNetwork, Invocation, Method, Mock, Policy, Server,
};
use countersign_control::{Error, validate::required};
use countersign_types::limits::BACKEND_TIMEOUT_MS_DEFAULT;

/// The backend of the type that the body names; members of other types are ignored.
pub(super) fn backend(body: &mut ApiCreate) -> Result<Backend, Error> {
    let kind = required("backend_type", body.backend_type.take())?;
    match kind.as_str() {
        "HTTP" => server(required("backend_api", body.backend_api.take())?).map(Backend::Http),
        "GRPC" => server(required("backend_api", body.backend_api.take())?).map(Backend::Grpc),
        "FUNCTION" => function(required("func_info", body.func_info.take())?).map(Backend::Function),
        "MOCK" => mock(body.mock_info.take().unwrap_or_default()).map(Backend::Mock),
        _ => Err(Error::invalid("backend_type")),
    }
}

/// The policies of all three lists; the rules see to it that they fit the backend.
pub(super) fn policies(body: &mut ApiCreate) -> Result<Vec<Policy>, Error> {
    let grpc = body.backend_type.as_deref() == Some("GRPC");
    let mut all = each(body.policy_https.take(), |wire| {
        policy(wire, |wire| server(server_of(wire)).map(if grpc { Backend::Grpc } else { Backend::Http }))
    })?;
    all.extend(each(body.policy_mocks.take(), |wire| {
        policy(wire, |wire| mock(mock_of(wire)).map(Backend::Mock))
    })?);
    all.extend(each(body.policy_functions.take(), |wire| {
        policy(wire, |wire| function(function_of(wire)).map(Backend::Function))
    })?);
    Ok(all)
}

fn policy(
    mut wire: WirePolicy,
    backend: impl FnOnce(WirePolicy) -> Result<Backend, Error>,
) -> Result<Policy, Error> {
    Ok(Policy {
        id: String::new(),
        name: required("policies.name", wire.name.take())?,
        effect: required_word("policies.effect_mode", wire.effect_mode.take(), Effect::parse)?,
        conditions: each(wire.conditions.take(), condition)?,
        mappings: each(wire.backend_params.take(), mapping)?,
        backend: backend(wire)?,
    })
}

fn condition(wire: WireCondition) -> Result<Condition, Error> {
    Ok(Condition {
        origin: required_word("conditions.condition_origin", wire.condition_origin, ConditionOrigin::parse)?,
        comparison: word("conditions.condition_type", wire.condition_type, ConditionType::parse)?,
        value: required("conditions.condition_value", wire.condition_value)?,
        parameter: wire.req_param_name,
        system: wire.sys_param_name,
        cookie: wire.cookie_param_name,
        authorizer: wire.frontend_authorizer_param_name,
        mapped_name: wire.mapped_param_name,
        mapped_location: wire.mapped_param_location,
    })
}

fn server(wire: BackendApi) -> Result<Server, Error> {
    if wire.member_group_url_infos.is_some_and(|infos| !infos.is_empty()) {
        return Err(Error::not_built("member_group_url_infos"));
    }
    let channel =
        wire.vpc_channel_info.filter(|info| info.vpc_channel_id.as_deref().is_some_and(|id| !id.is_empty()));
    let channel = match (wire.vpc_channel_status, channel) {
        (Some(1), None) => return Err(Error::missing("vpc_channel_info")),
        (None | Some(1), channel) => channel,
        (Some(2), _) => None,
        (Some(_), _) => return Err(Error::invalid("vpc_channel_status")),
    };
    Ok(Server {
        address: wire.url_domain.filter(|text| !text.is_empty()),
        protocol: required_word("backend_api.req_protocol", wire.req_protocol, BackendProtocol::parse)?,
        method: required_word("backend_api.req_method", wire.req_method, Method::parse)?,
        path: required("backend_api.req_uri", wire.req_uri)?,
        timeout_ms: timeout("backend_api.timeout", wire.timeout)?,
        retries: word("backend_api.retry_count", wire.retry_count, |text| text.parse().ok())?,
        channel: channel.map(|info| Channel {
            id: info.vpc_channel_id.unwrap_or_default(),
            proxy_host: info.vpc_channel_proxy_host,
        }),
        authorizer_id: wire.authorizer_id,
        client_certificate: wire.enable_client_ssl,
        sm_channel: wire.enable_sm_channel,
        version: wire.version,
        remark: wire.remark,
    })
}

fn function(wire: ApiFunction) -> Result<Function, Error> {
    Ok(Function {
        urn: required("func_info.function_urn", wire.function_urn)?,
        invocation: required_word("func_info.invocation_type", wire.invocation_type, Invocation::parse)?,
        network: required_word("func_info.network_type", wire.network_type, FunctionNetwork::parse)?,
        version: wire.version,
        alias_urn: wire.alias_urn,
        timeout_ms: timeout("func_info.timeout", wire.timeout)?,
        authorizer_id: wire.authorizer_id,
        protocol: word("func_info.req_protocol", wire.req_protocol, BackendProtocol::parse)?,
        remark: wire.remark,
    })
}

fn mock(wire: ApiMock) -> Result<Mock, Error> {
    let status = wire.status_code.map(u16::try_from).transpose();
    Ok(Mock {
        status: status.map_err(|_| Error::invalid("mock_info.status_code"))?,
        body: wire.result_content,
        headers: wire.header.map(|lines| lines.into_iter().map(|line| (line.key, line.value)).collect()),
        authorizer_id: wire.authorizer_id,
        version: wire.version,
        remark: wire.remark,
    })
}

fn timeout(parameter: &str, milliseconds: Option<i64>) -> Result<u32, Error> {
    let Some(milliseconds) = milliseconds else { return Ok(BACKEND_TIMEOUT_MS_DEFAULT) };
    u32::try_from(milliseconds).map_err(|_| Error::invalid(parameter))
}

fn server_of(wire: WirePolicy) -> BackendApi {
    BackendApi {
        authorizer_id: wire.authorizer_id,
        url_domain: wire.url_domain,
        req_protocol: wire.req_protocol,
        req_method: wire.req_method,
        req_uri: wire.req_uri,
        timeout: wire.timeout,
        retry_count: wire.retry_count,
        enable_sm_channel: wire.enable_sm_channel,
        member_group_url_infos: wire.member_group_url_infos,
        vpc_channel_info: wire.vpc_channel_info,
        vpc_channel_status: wire.vpc_channel_status,
        ..BackendApi::default()
    }
}

fn mock_of(wire: WirePolicy) -> ApiMock {
    ApiMock {
        result_content: wire.result_content,
        authorizer_id: wire.authorizer_id,
        status_code: wire.status_code,
        header: wire.header,
        ..ApiMock::default()
    }
}

fn function_of(wire: WirePolicy) -> ApiFunction {
    ApiFunction {
        function_urn: wire.function_urn,
        invocation_type: wire.invocation_type,
        network_type: wire.network_type,
        version: wire.version,
        alias_urn: wire.alias_urn,
        timeout: wire.timeout,
        authorizer_id: wire.authorizer_id,
        req_protocol: wire.req_protocol,
        ..ApiFunction::default()
    }
}
