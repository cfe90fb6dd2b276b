//! Which backend a request goes to.

use crate::{
    addresses::AddressSet,
    error::Fault,
    pattern::Pattern,
    release::{ENTRIES_MAX, Parameter, position, text},
    source::{self, Effect},
    target::{Parts, Target},
};
use std::{borrow::Cow, net::IpAddr};

/// A backend for the requests that satisfy its conditions.
#[derive(Debug)]
pub(crate) struct Policy {
    effect: Effect,
    conditions: Box<[Condition]>,
    target: Target,
}

#[derive(Debug)]
enum Condition {
    Source(AddressSet),
    Text { subject: Subject, test: Test },
}

/// A text of a request, ready for look-up.
#[derive(Debug)]
pub enum Subject {
    /// The parameter with this position in the release.
    Parameter(usize),
    /// The path, decoded.
    Path,
    /// The method.
    Method,
    /// The cookie with this name.
    Cookie(Box<str>),
    /// What the frontend authorizer said under this name.
    Authorizer(Box<str>),
}

#[derive(Debug)]
enum Test {
    Equal(Box<str>),
    OneOf(Box<[Box<str>]>),
    Pattern(Pattern),
}

/// What conditions ask of a request.
pub trait Facts {
    /// The client's address.
    fn source(&self) -> IpAddr;

    /// The text; `None` when the request has none.
    fn text(&self, subject: &Subject) -> Option<Cow<'_, str>>;
}

impl Policy {
    pub(crate) fn compile(
        source: &source::Policy,
        declared: &[source::Parameter],
        parameters: &[Parameter],
    ) -> Result<Self, Fault> {
        if source.conditions.is_empty() || source.conditions.len() > ENTRIES_MAX {
            return Err(Fault::Invalid("list of conditions"));
        }
        let (backend, authorizer) = (&source.backend, source.authorizer.as_ref());
        let parts = Parts { backend, authorizer, mappings: &source.mappings };
        let conditions = source.conditions.iter().map(|condition| Condition::compile(condition, parameters));
        Ok(Self {
            effect: source.effect,
            conditions: conditions.collect::<Result<_, _>>()?,
            target: Target::compile(parts, declared, parameters)?,
        })
    }

    /// Its backend, if the request satisfies its conditions.
    pub(crate) fn target_of(&self, facts: &impl Facts) -> Option<&Target> {
        let mut conditions = self.conditions.iter();
        let applies = match self.effect {
            Effect::All => conditions.all(|condition| condition.holds(facts)),
            Effect::Any => conditions.any(|condition| condition.holds(facts)),
        };
        applies.then_some(&self.target)
    }
}

impl Condition {
    fn compile(source: &source::Condition, parameters: &[Parameter]) -> Result<Self, Fault> {
        Ok(match source {
            source::Condition::Source(list) => Self::Source(AddressSet::compile(list)?),
            source::Condition::Text { subject, test } => {
                Self::Text { subject: Subject::compile(subject, parameters)?, test: Test::compile(test)? }
            }
        })
    }

    fn holds(&self, facts: &impl Facts) -> bool {
        match self {
            Self::Source(addresses) => addresses.contains(facts.source()),
            Self::Text { subject, test } => facts.text(subject).is_some_and(|text| test.passes(&text)),
        }
    }
}

impl Subject {
    fn compile(source: &source::Subject, parameters: &[Parameter]) -> Result<Self, Fault> {
        Ok(match source {
            source::Subject::Parameter { name, location } => {
                let position = position(parameters, *location, name);
                Self::Parameter(position.ok_or(Fault::Unresolved("parameter of a condition"))?)
            }
            source::Subject::Path => Self::Path,
            source::Subject::Method => Self::Method,
            source::Subject::Cookie(name) => Self::Cookie(text("cookie name", name)?),
            source::Subject::Authorizer(name) => Self::Authorizer(text("authorizer value", name)?),
        })
    }
}

impl Test {
    fn compile(source: &source::Test) -> Result<Self, Fault> {
        Ok(match source {
            source::Test::Equal(value) => Self::Equal(text("condition value", value)?),
            source::Test::OneOf(values) if values.is_empty() || values.len() > ENTRIES_MAX => {
                return Err(Fault::Invalid("list of condition values"));
            }
            source::Test::OneOf(values) => {
                let values = values.iter().map(|value| text("condition value", value));
                Self::OneOf(values.collect::<Result<_, _>>()?)
            }
            source::Test::Pattern(pattern) => Self::Pattern(Pattern::parse(pattern)?),
        })
    }

    fn passes(&self, text: &str) -> bool {
        match self {
            Self::Equal(value) => **value == *text,
            Self::OneOf(values) => values.iter().any(|value| **value == *text),
            Self::Pattern(pattern) => pattern.matches(text),
        }
    }
}

#[cfg(test)]
mod tests;
