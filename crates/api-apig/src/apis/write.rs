//! From the domain to what a client reads.

use super::write_backend::{Times, function, mock, policies, server};
use countersign_api_types::apis::{ApiGroupInfo, ApiView, AuthOpt, BackendParam, PublishView, RequestParam};
use countersign_control::apis::{
    Api, ApiDetail, Backend, ContentType, Definition, Mapping, Parameter, Published,
};
use countersign_control::publish::{Receipt, VersionDetail};
use countersign_control::{Control, Group};

/// The whole draft.
pub(super) fn whole(control: &Control, detail: &ApiDetail) -> ApiView {
    let times = Times::of(&detail.api, |time| time.rfc3339().to_string());
    let published = published(&detail.publications);
    complete(control, &detail.api, &detail.group, &detail.api.definition, &times, published)
}

/// The draft that was created just now: with the exact times.
pub(super) fn created(control: &Control, detail: &ApiDetail) -> ApiView {
    let times = Times::of(&detail.api, |time| time.rfc3339_nanos().to_string());
    complete(control, &detail.api, &detail.group, &detail.api.definition, &times, ApiView::default())
}

/// An entry of a list.
pub(super) fn entry(control: &Control, detail: &ApiDetail) -> ApiView {
    brief(whole(control, detail))
}

fn brief(mut view: ApiView) -> ApiView {
    view.func_info = None;
    view.mock_info = None;
    view.backend_params = None;
    view.policy_functions = None;
    view.policy_mocks = None;
    view.policy_https = None;
    view
}

/// A version of the API.
pub(super) fn version(control: &Control, detail: VersionDetail) -> ApiView {
    let VersionDetail { api, group, env, version, definition } = detail;
    let times = Times::of(&api, |time| time.rfc3339().to_string());
    let published = ApiView {
        run_env_id: Some(env.id.to_string()),
        run_env_name: Some(env.name),
        publish_id: Some(version.publish_id.to_string()),
        publish_time: Some(version.published.rfc3339().to_string()),
        version_id: Some(version.id.to_string()),
        sl_domain: Some(group.subdomain(&control.domain_suffix)),
        sl_domains: Some(vec![group.subdomain(&control.domain_suffix)]),
        ..ApiView::default()
    };
    complete(control, &api, &group, &definition, &times, published)
}

/// What a caller of the API needs to know.
pub(super) fn runtime(control: &Control, detail: VersionDetail) -> ApiView {
    let mut view = brief(version(control, detail));
    view.status = None;
    view.arrange_necessary = None;
    view.register_time = None;
    view.update_time = None;
    view.group_version = None;
    view.publish_time = None;
    view.version_id = None;
    view.backend_api = None;
    view.api_group_info = None;
    view
}

/// Where the API serves, several publications joined with `|`.
fn published(publications: &[Published]) -> ApiView {
    let joined = |text: &dyn Fn(&Published) -> String| {
        let texts: Vec<String> = publications.iter().map(text).collect();
        (!texts.is_empty()).then(|| texts.join("|"))
    };
    ApiView {
        run_env_id: joined(&|one| one.env_id.to_string()),
        run_env_name: joined(&|one| one.env_name.clone()),
        publish_id: joined(&|one| one.publish_id.to_string()),
        publish_time: joined(&|one| one.time.rfc3339().to_string()),
        ..ApiView::default()
    }
}

/// What an action on a publication answers.
pub(super) fn receipt(receipt: Receipt) -> PublishView {
    PublishView {
        publish_id: receipt.publish_id.to_string(),
        api_id: receipt.api_id.to_string(),
        api_name: receipt.api_name,
        env_id: receipt.env_id.to_string(),
        remark: receipt.remark,
        publish_time: receipt.time.rfc3339().to_string(),
        version_id: receipt.version_id.to_string(),
    }
}

/// Everything that a definition says, on top of what `rest` says.
fn complete(
    control: &Control,
    api: &Api,
    group: &Group,
    definition: &Definition,
    times: &Times,
    rest: ApiView,
) -> ApiView {
    let Definition { texts, trace, unused, backend, .. } = definition.clone();
    let (policy_https, policy_mocks, policy_functions) = policies(definition);
    ApiView {
        name: definition.name.clone(),
        r#type: one_or_two(definition.public),
        version: definition.version.clone(),
        req_protocol: definition.protocol.as_str(),
        req_method: definition.method.as_str(),
        req_uri: definition.path.clone(),
        auth_type: definition.auth.as_str(),
        auth_opt: AuthOpt { app_code_auth_type: Some(definition.app_code.as_str().to_owned()) },
        cors: definition.cors,
        trace_enabled: trace.enabled,
        sampling_strategy: trace.strategy,
        sampling_param: trace.parameter,
        match_mode: definition.matching.as_str(),
        backend_type: backend.word(),
        remark: texts.remark,
        group_id: group.id.to_string(),
        body_remark: texts.body_remark,
        result_normal_sample: texts.normal_sample,
        result_failure_sample: texts.failure_sample,
        authorizer_id: definition.authorizer_id.clone(),
        tags: definition.tags.clone(),
        response_id: definition.response_id.clone(),
        roma_app_id: unused.roma_app_id,
        domain_name: unused.domain_name,
        tag: unused.tag,
        content_type: definition.content_type.map(ContentType::as_str),
        is_send_fg_body_base64: definition.function_body_base64,
        id: api.id.to_string(),
        status: Some(1),
        arrange_necessary: Some(2),
        register_time: Some(times.registered.clone()),
        update_time: Some(times.updated.clone()),
        group_name: group.name.clone(),
        group_version: Some("V1"),
        backend_api: backend.server().map(|one| server(one, api, times)),
        api_group_info: Some(group_info(control, group)),
        func_info: if let Backend::Function(one) = &backend { Some(function(one, api, times)) } else { None },
        mock_info: if let Backend::Mock(one) = &backend { Some(mock(one, api, times)) } else { None },
        req_params: definition.parameters.iter().map(request_param).collect(),
        backend_params: Some(backend_params(definition, &definition.mappings)),
        policy_functions: Some(policy_functions),
        policy_mocks: Some(policy_mocks),
        policy_https: Some(policy_https),
        ..rest
    }
}

fn group_info(control: &Control, group: &Group) -> ApiGroupInfo {
    ApiGroupInfo {
        id: group.id.to_string(),
        name: group.name.clone(),
        status: 1,
        sl_domain: group.subdomain(&control.domain_suffix),
        register_time: group.created.rfc3339().to_string(),
        update_time: group.updated.rfc3339().to_string(),
        on_sell_status: 2,
        url_domains: Vec::new(),
        sl_domain_access_enabled: group.subdomain_enabled,
    }
}

fn request_param(parameter: &Parameter) -> RequestParam {
    RequestParam {
        name: Some(parameter.name.clone()),
        r#type: Some(parameter.value_type.as_str().to_owned()),
        location: Some(parameter.location.as_str().to_owned()),
        default_value: parameter.default.clone(),
        sample_value: parameter.sample.clone(),
        required: Some(one_or_two(parameter.required).into()),
        valid_enable: Some(one_or_two(parameter.checked).into()),
        remark: parameter.remark.clone(),
        enumerations: parameter.enumerations.clone(),
        min_num: parameter.min_number,
        max_num: parameter.max_number,
        min_size: parameter.min_chars,
        max_size: parameter.max_chars,
        regular: parameter.regular.clone(),
        json_schema: parameter.json_schema.clone(),
        pass_through: parameter.pass_through.map(|yes| one_or_two(yes).into()),
        orchestrations: parameter.orchestrations.clone(),
        id: Some(parameter.id.clone()),
    }
}

pub(super) fn backend_params(definition: &Definition, mappings: &[Mapping]) -> Vec<BackendParam> {
    let view = |mapping: &Mapping| BackendParam {
        origin: Some(mapping.origin.as_str().to_owned()),
        name: Some(mapping.name.clone()),
        remark: mapping.remark.clone(),
        location: Some(mapping.location.as_str().to_owned()),
        value: Some(mapping.value.clone()),
        id: Some(mapping.id.clone()),
        req_param_id: definition.source_of(mapping).map(|parameter| parameter.id.clone()),
    };
    mappings.iter().map(view).collect()
}

/// The contract's way to say yes (1) and no (2).
const fn one_or_two(yes: bool) -> u8 {
    if yes { 1 } else { 2 }
}
