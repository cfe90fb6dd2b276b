//! Declared parameters: found, defaulted, checked.

use super::refuse;
use crate::{
    accept::Request,
    query::{decode, is_named, pairs},
    reject::Reject,
    route::Captured,
};
use countersign_snapshot::{Parameter, Place, Release, Target, source::Check};
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
