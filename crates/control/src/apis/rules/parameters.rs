//! Rules for the declared parameters of the request.

use crate::apis::definition::Parameter;
use crate::apis::template::is_parameter_name;
use crate::apis::words::Location;
use crate::validate::{check, is_remark};
use crate::{Error, quota};
use std::collections::{BTreeSet, HashSet};

/// `template_names` are the `{names}` of the path: each must be declared, and nothing else as a path parameter.
pub(super) fn check_all(parameters: &[Parameter], template_names: &BTreeSet<String>) -> Result<(), Error> {
    if parameters.len() > quota::API_PARAMETERS.most {
        return Err(Error::api_parameters_exceeded());
    }
    let mut seen = HashSet::new();
    for parameter in parameters {
        check_one(parameter)?;
        check("req_params", seen.insert(identity(parameter)))?;
    }
    let in_path = parameters.iter().filter(|parameter| parameter.location == Location::Path);
    let declared: BTreeSet<String> = in_path.map(|parameter| parameter.name.clone()).collect();
    if let Some(name) = template_names.difference(&declared).next() {
        return Err(Error::path_parameter_undeclared(name));
    }
    check("req_params", declared.is_subset(template_names))
}

fn check_one(parameter: &Parameter) -> Result<(), Error> {
    let name_fits = is_parameter_name(&parameter.name)
        && (parameter.location != Location::Header
            || (!is_reserved_header(&parameter.name) && !parameter.name.contains('_')));
    check("req_params.name", name_fits)?;
    check("req_params.required", parameter.required || parameter.location != Location::Path)?;
    check("req_params.remark", parameter.remark.as_deref().is_none_or(is_remark))?;
    check("req_params.default_value", fits_header(parameter.default.as_deref()))?;
    check("req_params.max_num", is_ordered(parameter.min_number, parameter.max_number))?;
    check("req_params.max_size", is_ordered(parameter.min_chars, parameter.max_chars))?;
    check("req_params.min_size", parameter.min_chars.is_none_or(|chars| chars >= 0))
}

/// Header names are compared without case.
fn identity(parameter: &Parameter) -> (&'static str, String) {
    let name = match parameter.location {
        Location::Header => parameter.name.to_ascii_lowercase(),
        Location::Path | Location::Query => parameter.name.clone(),
    };
    (parameter.location.as_str(), name)
}

fn is_ordered(min: Option<i64>, max: Option<i64>) -> bool {
    min.zip(max).is_none_or(|(min, max)| min <= max)
}

/// Whether the gateway could send the text in a header line.
pub(super) fn fits_header(text: Option<&str>) -> bool {
    text.is_none_or(|text| !text.contains(|c: char| c.is_control()))
}

/// Headers that carry credentials or belong to the gateway.
pub(super) fn is_reserved_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    matches!(name.as_str(), "authorization" | "x-auth-token" | "x-stage")
        || name.starts_with("x-apig-")
        || name.starts_with("x-sdk-")
}

/// Headers that frame and address the backend request, which is the gateway's business.
pub(super) fn is_framing_header(name: &str) -> bool {
    let framing = "connection content-length expect host te trailer transfer-encoding upgrade";
    framing.split(' ').any(|framing| framing.eq_ignore_ascii_case(name))
}

/// Letters, digits and the punctuation of a token (RFC 9110 §5.6.2).
pub(super) fn is_header_token(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
