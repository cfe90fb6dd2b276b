//! From what a client writes to the domain.

use super::read_backend::{backend, policies};
use countersign_api_types::apis::{ApiCreate, BackendParam, RequestParam};
use countersign_control::apis::{
    AppCode, Auth, ContentType, Definition, Location, Mapping, Matching, Method, Origin, Parameter, Protocol,
    Texts, Trace, Unused, ValueType,
};
use countersign_control::{Error, validate::required};

/// The definition that the body describes, the contract's defaults filled in.
pub(super) fn definition(mut body: ApiCreate) -> Result<Definition, Error> {
    let auth_opt = body.auth_opt.take().unwrap_or_default();
    Ok(Definition {
        group_id: id("group_id", body.group_id.take())?,
        public: is_first("type", Some(required("type", body.r#type)?))?.unwrap_or_default(),
        protocol: word("req_protocol", body.req_protocol.take(), Protocol::parse)?.unwrap_or(Protocol::Https),
        method: required_word("req_method", body.req_method.take(), Method::parse)?,
        matching: word("match_mode", body.match_mode.take(), Matching::parse)?.unwrap_or(Matching::Exact),
        auth: required_word("auth_type", body.auth_type.take(), Auth::parse)?,
        app_code: word("auth_opt", auth_opt.app_code_auth_type, AppCode::parse)?.unwrap_or(AppCode::Disable),
        content_type: word("content_type", body.content_type.take(), ContentType::parse)?,
        policies: policies(&mut body)?,
        backend: backend(&mut body)?,
        parameters: each(body.req_params, parameter)?,
        mappings: each(body.backend_params, mapping)?,
        name: required("name", body.name)?,
        version: body.version,
        path: required("req_uri", body.req_uri)?,
        authorizer_id: body.authorizer_id,
        cors: body.cors.unwrap_or_default(),
        response_id: body.response_id,
        function_body_base64: body.is_send_fg_body_base64,
        trace: Trace {
            enabled: body.trace_enabled,
            strategy: body.sampling_strategy,
            parameter: body.sampling_param,
        },
        texts: Texts {
            remark: body.remark,
            body_remark: body.body_remark,
            normal_sample: body.result_normal_sample,
            failure_sample: body.result_failure_sample,
        },
        tags: body.tags,
        unused: Unused { roma_app_id: body.roma_app_id, domain_name: body.domain_name, tag: body.tag },
    })
}

fn parameter(wire: RequestParam) -> Result<Parameter, Error> {
    let location = required_word("req_params.location", wire.location, Location::parse)?;
    Ok(Parameter {
        id: String::new(),
        name: required("req_params.name", wire.name)?,
        value_type: required_word("req_params.type", wire.r#type, ValueType::parse)?,
        location,
        required: is_first("req_params.required", wire.required)?.unwrap_or(location == Location::Path),
        default: wire.default_value,
        sample: wire.sample_value,
        checked: is_first("req_params.valid_enable", wire.valid_enable)?.unwrap_or_default(),
        enumerations: wire.enumerations,
        min_number: wire.min_num,
        max_number: wire.max_num,
        min_chars: wire.min_size,
        max_chars: wire.max_size,
        regular: wire.regular,
        json_schema: wire.json_schema,
        pass_through: is_first("req_params.pass_through", wire.pass_through)?,
        orchestrations: wire.orchestrations,
        remark: wire.remark,
    })
}

pub(super) fn mapping(wire: BackendParam) -> Result<Mapping, Error> {
    Ok(Mapping {
        id: String::new(),
        name: required("backend_params.name", wire.name)?,
        location: required_word("backend_params.location", wire.location, Location::parse)?,
        origin: required_word("backend_params.origin", wire.origin, Origin::parse)?,
        value: required("backend_params.value", wire.value)?,
        remark: wire.remark,
    })
}

/// Every entry of a list that may be absent.
pub(super) fn each<W, T>(
    wire: Option<Vec<W>>,
    read: impl FnMut(W) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    wire.unwrap_or_default().into_iter().map(read).collect()
}

/// The contract's way to say yes (1) and no (2).
fn is_first(parameter: &str, number: Option<i64>) -> Result<Option<bool>, Error> {
    match number {
        None => Ok(None),
        Some(1) => Ok(Some(true)),
        Some(2) => Ok(Some(false)),
        Some(_) => Err(Error::invalid(parameter)),
    }
}

/// The value of a word; an empty one counts as absent.
pub(super) fn word<T>(
    parameter: &str,
    word: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Error> {
    let word = word.filter(|word| !word.is_empty());
    word.map(|word| parse(&word).ok_or_else(|| Error::invalid(parameter))).transpose()
}

/// The value of a word that must be given.
pub(super) fn required_word<T>(
    parameter: &str,
    text: Option<String>,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Error> {
    required(parameter, word(parameter, text, parse)?)
}

/// An id that must be given.
pub(super) fn id<T: TryFrom<String>>(parameter: &str, text: Option<String>) -> Result<T, Error> {
    T::try_from(required(parameter, text)?).map_err(|_| Error::invalid(parameter))
}
