//! What a definition must satisfy. Every refusal names the member of the request that is wrong.

mod backend;
mod conditions;
mod parameters;

pub(super) use conditions::check_features;

use super::definition::{Definition, Texts, Trace};
use super::template::request_names;
use super::words::{AppCode, Auth, Protocol};
use crate::validate::{check, is_length, is_remark};
use crate::{Error, quota};

/// Longest body remark and sample answer, in characters.
const TEXT_CHARS_MAX: usize = 20_480;

/// Checks everything that can be checked without looking at other objects.
///
/// # Errors
/// `APIG.2001`, `2012`, `2026`, `2027`, `2028`, `3111`, `3113`, `3114` or `3133`.
pub fn check_definition(definition: &Definition) -> Result<(), Error> {
    check("name", is_api_name(&definition.name))?;
    check("version", fits(definition.version.as_deref(), 16))?;
    let names = request_names(&definition.path).ok_or_else(|| Error::invalid("req_uri"))?;
    check_auth(definition)?;
    parameters::check_all(&definition.parameters, &names)?;
    backend::check_all(definition)?;
    check_trace(&definition.trace)?;
    check_texts(&definition.texts)?;
    let tags = definition.tags.as_deref().unwrap_or_default();
    if tags.len() > quota::API_TAGS.most {
        return Err(Error::api_tags_exceeded());
    }
    check("tags", tags.iter().all(|tag| is_length(tag, (1, 128))))
}

fn fits(text: Option<&str>, chars_max: usize) -> bool {
    text.is_none_or(|text| is_length(text, (0, chars_max)))
}

/// 3 to 255 letters of any script, digits and some punctuation; first a letter or digit.
fn is_api_name(name: &str) -> bool {
    is_length(name, (3, 255))
        && name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || "-_./():（）：、".contains(c))
}

fn check_auth(definition: &Definition) -> Result<(), Error> {
    match (definition.auth, definition.frontend_authorizer()) {
        (Auth::Authorizer, None) => return Err(Error::missing("authorizer_id")),
        // It would be a second factor without a first one.
        (Auth::None, Some(_)) => return Err(Error::invalid("authorizer_id")),
        _ => {}
    }
    // An AppCode is a password in a header: never over cleartext alone.
    check("auth_opt", definition.app_code == AppCode::Disable || definition.protocol != Protocol::Http)
}

fn check_trace(trace: &Trace) -> Result<(), Error> {
    check("sampling_strategy", trace.strategy.as_deref().is_none_or(|text| matches!(text, "" | "RATE")))?;
    let is_percentage = |text: &str| text.is_empty() || text.parse::<u8>().is_ok_and(|rate| rate <= 100);
    check("sampling_param", trace.parameter.as_deref().is_none_or(is_percentage))
}

fn check_texts(texts: &Texts) -> Result<(), Error> {
    check("remark", texts.remark.as_deref().is_none_or(is_remark))?;
    check("body_remark", fits(texts.body_remark.as_deref(), TEXT_CHARS_MAX))?;
    check("result_normal_sample", fits(texts.normal_sample.as_deref(), TEXT_CHARS_MAX))?;
    check("result_failure_sample", fits(texts.failure_sample.as_deref(), TEXT_CHARS_MAX))
}
