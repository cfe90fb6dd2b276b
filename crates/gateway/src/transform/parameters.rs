//! Declared parameters: found, defaulted, checked.

use super::refuse;
use crate::{accept::Request, reject::Reject, route::Captured};
use countersign_snapshot::{Parameter, Place, Release, Target, path::hex_digit, source::Check};
use std::borrow::Cow;

/// The values of an API's parameters, by their position in the release.
pub(crate) struct Parameters {
    values: Vec<Option<Found>>,
}

/// Where a value came from matters: what the client sent passes on where it stands, a default must be added.
pub(crate) enum Found {
    Sent(String),
    Default,
}

impl Parameters {
    /// Reads and checks all parameters of the API.
    pub(super) fn check(request: &Request, release: &Release, captured: &Captured) -> Result<Self, Reject> {
        let values = release.parameters.iter().map(|parameter| find(request, captured, parameter));
        Ok(Self { values: values.collect::<Result<_, _>>()? })
    }

    /// The value for the backend; `None` when the client left it out and there is no default.
    pub(super) fn get<'v>(&'v self, release: &'v Release, position: usize) -> Option<&'v str> {
        match self.values.get(position)?.as_ref()? {
            Found::Sent(value) => Some(value),
            Found::Default => release.parameters.get(position)?.default.as_deref(),
        }
    }

    /// Parameters that the client left out, with the defaults that stand in for them where they would have stood.
    pub(super) fn defaults<'v>(
        &'v self,
        release: &'v Release,
        target: &'v Target,
    ) -> impl Iterator<Item = (&'v Parameter, &'v str)> {
        let used = |(position, (parameter, found)): (usize, (&'v Parameter, &'v Option<Found>))| match found {
            Some(Found::Default) if target.passes(position) => {
                Some((parameter, parameter.default.as_deref()?))
            }
            _ => None,
        };
        release.parameters.iter().zip(&self.values).enumerate().filter_map(used)
    }
}

fn find(request: &Request, captured: &Captured, parameter: &Parameter) -> Result<Option<Found>, Reject> {
    let name = &*parameter.name;
    let sent = match &parameter.place {
        Place::Path(position) => captured.get(*position).map(str::to_owned),
        Place::Query => only(name, query_values(request.query(), name))?
            .transpose()
            .map_err(|()| refuse(name, "is not UTF-8"))?,
        Place::Header(header) => {
            let values = request.headers().get_all(header).iter();
            let text = |value: &http::HeaderValue| std::str::from_utf8(value.as_bytes()).map(str::to_owned);
            only(name, values.map(text))?.transpose().map_err(|_| refuse(name, "is not UTF-8"))?
        }
    };
    match sent {
        Some(value) => {
            parameter
                .check
                .as_ref()
                .map_or(Ok(()), |check| fits(&value, check))
                .map_err(|fault| refuse(name, fault))?;
            Ok(Some(Found::Sent(value)))
        }
        None if parameter.default.is_some() => Ok(Some(Found::Default)),
        None if parameter.required => Err(refuse(name, "is missing")),
        None => Ok(None),
    }
}

/// A declared parameter decides something: twice is an error, whatever the two say.
fn only<T>(name: &str, mut values: impl Iterator<Item = T>) -> Result<Option<T>, Reject> {
    let first = values.next();
    if values.next().is_some() { Err(refuse(name, "stands more than once")) } else { Ok(first) }
}

fn query_values<'q>(query: Option<&'q str>, name: &'q str) -> impl Iterator<Item = Result<String, ()>> {
    pairs(query)
        .filter(move |(own, _)| is_named(own, name))
        .map(|(_, value)| decode(value).map(Cow::into_owned))
}

/// The raw pieces of a query: text before and after the first `=`.
pub(super) fn pairs(query: Option<&str>) -> impl Iterator<Item = (&str, &str)> {
    let pieces = query.unwrap_or_default().split('&').filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.split_once('=').unwrap_or((piece, "")))
}

/// Whether a raw query name means this name.
pub(super) fn is_named(raw: &str, name: &str) -> bool {
    decode(raw).is_ok_and(|own| own == name)
}

/// Decodes a query text; a `%` that begins no escape stands for itself, and `+` too: official clients write
/// spaces as `%20`.
fn decode(raw: &str) -> Result<Cow<'_, str>, ()> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        let escape = match after {
            [high, low, ..] if *byte == b'%' => hex_digit(*high).zip(hex_digit(*low)),
            _ => None,
        };
        bytes.push(escape.map_or(*byte, |(high, low)| high << 4 | low));
        if escape.is_some() {
            rest = rest.get(2..).unwrap_or_default();
        }
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| ())
}

fn fits(value: &str, check: &Check) -> Result<(), &'static str> {
    if !check.one_of.is_empty() && !check.one_of.iter().any(|allowed| allowed == value) {
        return Err("is not one of the allowed values");
    }
    if check.number {
        let number: f64 =
            value.trim().parse().ok().filter(|number: &f64| number.is_finite()).ok_or("is not a number")?;
        if check.min.is_some_and(|min| number < min) || check.max.is_some_and(|max| number > max) {
            return Err("is out of range");
        }
    } else {
        let chars = value.chars().count();
        let fewer = check.min_chars.is_some_and(|min| chars < min as usize);
        if fewer || check.max_chars.is_some_and(|max| chars > max as usize) {
            return Err("is too short or too long");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_decoded_and_what_is_none_stands_for_itself() {
        for (raw, decoded) in
            [("a%20b", "a b"), ("100%", "100%"), ("%zz%4", "%zz%4"), ("a+b", "a+b"), ("%E4%BD%A0", "你")]
        {
            assert_eq!(decode(raw).unwrap(), decoded);
        }
        assert!(decode("%ff").is_err());
    }

    #[test]
    fn numbers_and_texts_have_their_own_bounds() {
        let number = Check {
            number: true,
            min: Some(1.0),
            max: Some(10.0),
            min_chars: None,
            max_chars: None,
            one_of: vec![],
        };
        assert_eq!(fits("10", &number), Ok(()));
        for value in ["0.5", "11", "x", "", "NaN", "inf"] {
            assert!(fits(value, &number).is_err(), "{value}");
        }
        let text = Check {
            number: false,
            min: None,
            max: None,
            min_chars: Some(2),
            max_chars: Some(3),
            one_of: vec![],
        };
        assert_eq!(fits("你好", &text), Ok(()));
        assert!(fits("a", &text).is_err() && fits("abcd", &text).is_err());
    }
}
