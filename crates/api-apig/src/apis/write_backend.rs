//! Backends and policies, from the domain to what a client reads.

use super::write::backend_params;
use countersign_api_types::apis::{
    ApiFunction, ApiMock, BackendApi, ChannelUse, Condition as ConditionView, MockHeader,
    Policy as PolicyView,
};
use countersign_control::apis::{
    Api, Backend, BackendProtocol, Condition, ConditionType, Definition, Function, Mock, Policy, Server,
};
use countersign_types::Timestamp;

/// An API's times as text.
pub(super) struct Times {
    pub(super) registered: String,
    pub(super) updated: String,
}

impl Times {
    pub(super) fn of(api: &Api, text: impl Fn(Timestamp) -> String) -> Self {
        Self { registered: text(api.registered), updated: text(api.updated) }
    }
}

pub(super) fn server(server: &Server, api: &Api, times: &Times) -> BackendApi {
    BackendApi {
        authorizer_id: server.authorizer_id.clone(),
        url_domain: server.address.clone(),
        req_protocol: Some(server.protocol.as_str().to_owned()),
        remark: server.remark.clone(),
        req_method: Some(server.method.as_str().to_owned()),
        version: server.version.clone(),
        req_uri: Some(server.path.clone()),
        timeout: Some(server.timeout_ms.into()),
        enable_client_ssl: server.client_certificate,
        retry_count: server.retries.map(|count| count.to_string()),
        enable_sm_channel: server.sm_channel,
        member_group_url_infos: None,
        id: Some(api.backend_id.clone()),
        status: Some(1),
        register_time: Some(times.registered.clone()),
        update_time: Some(times.updated.clone()),
        vpc_channel_info: channel(server),
        vpc_channel_status: Some(channel_status(server)),
    }
}

fn channel(server: &Server) -> Option<ChannelUse> {
    server.channel.as_ref().map(|channel| ChannelUse {
        vpc_channel_proxy_host: channel.proxy_host.clone(),
        vpc_channel_id: Some(channel.id.clone()),
        cascade_flag: None,
    })
}

const fn channel_status(server: &Server) -> i64 {
    if server.channel.is_some() { 1 } else { 2 }
}

pub(super) fn function(function: &Function, api: &Api, times: &Times) -> ApiFunction {
    ApiFunction {
        function_urn: Some(function.urn.clone()),
        remark: function.remark.clone(),
        invocation_type: Some(function.invocation.as_str().to_owned()),
        network_type: Some(function.network.as_str().to_owned()),
        version: function.version.clone(),
        alias_urn: function.alias_urn.clone(),
        timeout: Some(function.timeout_ms.into()),
        authorizer_id: function.authorizer_id.clone(),
        req_protocol: function.protocol.map(|protocol| protocol.as_str().to_owned()),
        id: Some(api.backend_id.clone()),
        register_time: Some(times.registered.clone()),
        status: Some(1),
        update_time: Some(times.updated.clone()),
    }
}

pub(super) fn mock(mock: &Mock, api: &Api, times: &Times) -> ApiMock {
    ApiMock {
        remark: mock.remark.clone(),
        result_content: mock.body.clone(),
        version: mock.version.clone(),
        authorizer_id: mock.authorizer_id.clone(),
        status_code: mock.status.map(i64::from),
        header: mock_headers(mock),
        id: Some(api.backend_id.clone()),
        register_time: Some(times.registered.clone()),
        status: Some(1),
        update_time: Some(times.updated.clone()),
    }
}

fn mock_headers(mock: &Mock) -> Option<Vec<MockHeader>> {
    let line = |(key, value): &(String, String)| MockHeader { key: key.clone(), value: value.clone() };
    mock.headers.as_ref().map(|lines| lines.iter().map(line).collect())
}

/// The policies in the contract's three lists: servers, mocks, functions.
pub(super) fn policies(definition: &Definition) -> (Vec<PolicyView>, Vec<PolicyView>, Vec<PolicyView>) {
    let (mut servers, mut mocks, mut functions) = (Vec::new(), Vec::new(), Vec::new());
    for one in &definition.policies {
        let list = match one.backend {
            Backend::Http(_) | Backend::Grpc(_) => &mut servers,
            Backend::Mock(_) => &mut mocks,
            Backend::Function(_) => &mut functions,
        };
        list.push(policy(definition, one));
    }
    (servers, mocks, functions)
}

fn policy(definition: &Definition, policy: &Policy) -> PolicyView {
    let common = PolicyView {
        id: Some(policy.id.clone()),
        effect_mode: Some(policy.effect.as_str().to_owned()),
        name: Some(policy.name.clone()),
        backend_params: Some(backend_params(definition, &policy.mappings)),
        conditions: Some(policy.conditions.iter().map(|one| condition(definition, one)).collect()),
        ..PolicyView::default()
    };
    match &policy.backend {
        Backend::Http(server) | Backend::Grpc(server) => with_server(server, common),
        Backend::Mock(mock) => with_mock(mock, common),
        Backend::Function(function) => with_function(function, common),
    }
}

fn with_server(server: &Server, common: PolicyView) -> PolicyView {
    PolicyView {
        authorizer_id: server.authorizer_id.clone(),
        url_domain: server.address.clone(),
        req_protocol: Some(server.protocol.as_str().to_owned()),
        req_method: Some(server.method.as_str().to_owned()),
        req_uri: Some(server.path.clone()),
        timeout: Some(server.timeout_ms.into()),
        retry_count: server.retries.map(|count| count.to_string()),
        enable_sm_channel: server.sm_channel,
        vpc_channel_info: channel(server),
        vpc_channel_status: Some(channel_status(server)),
        ..common
    }
}

fn with_mock(mock: &Mock, common: PolicyView) -> PolicyView {
    PolicyView {
        authorizer_id: mock.authorizer_id.clone(),
        result_content: mock.body.clone(),
        status_code: mock.status.map(i64::from),
        header: mock_headers(mock),
        ..common
    }
}

fn with_function(function: &Function, common: PolicyView) -> PolicyView {
    PolicyView {
        authorizer_id: function.authorizer_id.clone(),
        function_urn: Some(function.urn.clone()),
        invocation_type: Some(function.invocation.as_str().to_owned()),
        network_type: Some(function.network.as_str().to_owned()),
        version: function.version.clone(),
        alias_urn: function.alias_urn.clone(),
        timeout: Some(function.timeout_ms.into()),
        req_protocol: function.protocol.map(BackendProtocol::as_str).map(str::to_owned),
        ..common
    }
}

fn condition(definition: &Definition, condition: &Condition) -> ConditionView {
    let parameter = definition.parameters.iter().find(|one| Some(&one.name) == condition.parameter.as_ref());
    ConditionView {
        req_param_name: condition.parameter.clone(),
        sys_param_name: condition.system.clone(),
        cookie_param_name: condition.cookie.clone(),
        frontend_authorizer_param_name: condition.authorizer.clone(),
        condition_type: condition.comparison.map(ConditionType::as_str).map(str::to_owned),
        condition_origin: Some(condition.origin.as_str().to_owned()),
        condition_value: Some(condition.value.clone()),
        mapped_param_name: condition.mapped_name.clone(),
        mapped_param_location: condition.mapped_location.clone(),
        id: None,
        req_param_id: parameter.map(|one| one.id.clone()),
        req_param_location: parameter.map(|one| one.location.as_str().to_owned()),
    }
}
