//! The form in which tokens are asked for.

use super::refuse;
use crate::{accept::Request, reject::Reject};
use countersign_types::{Code, code};
use http::header;
use std::borrow::Cow;

/// Most characters of `through_data`.
const THROUGH_DATA_CHARS_MAX: usize = 300;

/// What a token is asked for with.
pub(super) struct Form<'f> {
    /// AppKey.
    pub(super) client_id: Cow<'f, str>,
    /// AppSecret.
    pub(super) client_secret: Cow<'f, str>,
    /// What entitles to it beside the key pair.
    pub(super) grant: Grant<'f>,
}

/// What entitles to a token.
pub(super) enum Grant<'f> {
    /// The key pair alone.
    Client,
    /// A token that was given for the purpose.
    Refresh(Cow<'f, str>),
}

/// Passes when the body says it is a form.
pub(super) fn check_type(request: &Request) -> Result<(), Reject> {
    let invalid = || refuse(code::TOKEN_CONTENT_TYPE, "wrong_content_type");
    let line = request.single(&header::CONTENT_TYPE).map_err(|_| invalid())?.ok_or_else(invalid)?;
    let kind = line.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
    let is_form = kind.eq_ignore_ascii_case(b"application/x-www-form-urlencoded");
    if is_form { Ok(()) } else { Err(invalid()) }
}

impl<'f> Form<'f> {
    /// Reads the form; parameters that nobody knows are ignored (RFC 6749 §3.2).
    pub(super) fn read(text: &'f [u8]) -> Result<Self, Reject> {
        let grant_type = required(text, "grant_type", code::TOKEN_GRANT_TYPE_MISSING)?;
        let is_refresh = match &*grant_type {
            "client_credentials" => false,
            "refresh_token" => true,
            _ => return Err(refuse(code::TOKEN_GRANT_TYPE, "unknown_grant_type")),
        };
        let client_id = required(text, "client_id", code::TOKEN_CLIENT_ID_MISSING)?;
        let client_secret = required(text, "client_secret", code::TOKEN_CLIENT_SECRET_MISSING)?;
        let grant = match is_refresh {
            true => Grant::Refresh(required(text, "refresh_token", code::TOKEN_REFRESH_TOKEN_MISSING)?),
            false => Grant::Client,
        };
        let through_data = parameter(text, "through_data")?;
        if through_data.is_some_and(|data| data.chars().count() > THROUGH_DATA_CHARS_MAX) {
            return Err(refuse(code::TOKEN_THROUGH_DATA, "long_through_data"));
        }
        Ok(Self { client_id, client_secret, grant })
    }
}

fn required<'f>(text: &'f [u8], name: &str, missing: Code) -> Result<Cow<'f, str>, Reject> {
    let value = parameter(text, name)?.filter(|value| !value.is_empty());
    value.ok_or_else(|| refuse(missing, "parameter_missing"))
}

/// The parameter of this name, which must not stand twice (RFC 6749 §3.2).
fn parameter<'f>(text: &'f [u8], name: &str) -> Result<Option<Cow<'f, str>>, Reject> {
    let mut values = form_urlencoded::parse(text).filter(|(own, _)| own == name).map(|(_, value)| value);
    match (values.next(), values.next()) {
        (_, Some(_)) => Err(refuse(code::TOKEN_PARAMETER, "repeated_parameter")),
        (Some(value), None) if value.contains(char::REPLACEMENT_CHARACTER) => {
            Err(refuse(code::TOKEN_PARAMETER, "malformed_parameter"))
        }
        (value, None) => Ok(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> &'static str {
        Form::read(text.as_bytes()).err().map_or("accepted", |reject| reject.code.code)
    }

    #[test]
    fn each_fault_of_a_form_has_its_code() {
        let long = |count| {
            format!(
                "grant_type=client_credentials&client_id=i&client_secret=s&through_data={}",
                "%20".repeat(count)
            )
        };
        for (text, code) in [
            ("", "APIG.2210"),
            ("grant_type=", "APIG.2210"),
            ("grant_type=password&client_id=i", "APIG.2209"),
            ("grant_type=client_credentials&client_secret=s", "APIG.2211"),
            ("grant_type=client_credentials&client_id=i", "APIG.2212"),
            ("grant_type=refresh_token&client_id=i&client_secret=s", "APIG.2213"),
            ("grant_type=client_credentials&client_id=i&client_id=i&client_secret=s", "APIG.2205"),
            ("grant_type=client_credentials&client_id=%ff&client_secret=s", "APIG.2205"),
            (&long(301), "APIG.2208"),
            (&long(300), "accepted"),
            (
                "grant_type=refresh_token&client_id=i&client_secret=s&refresh_token=r&scope=default",
                "accepted",
            ),
        ] {
            assert_eq!(refusal(text), code, "{text:.80}");
        }
    }

    #[test]
    fn escapes_and_plus_signs_of_a_form_are_read() {
        let form =
            Form::read(b"client_id=a%2Bb&client_secret=c+d&grant_type=client_credentials").ok().unwrap();
        assert_eq!((&*form.client_id, &*form.client_secret), ("a+b", "c d"));
    }
}
