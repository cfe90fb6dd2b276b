//! Actions: `service:type:operation`.

use crate::{Error, glob::Glob};
use foldhash::fast::FixedState;
use serde_json::Value;
use std::collections::HashSet;

/// Most actions of a statement.
const COUNT_MAX: usize = 100;
/// Most characters of an action.
pub(crate) const LENGTH_MAX: usize = 128;

/// The actions that a statement is about.
#[derive(Debug)]
pub(crate) struct Actions {
    /// At most a hundred, so that nobody can gain by collisions.
    literals: HashSet<Box<[u8]>, FixedState>,
    patterns: Box<[Pattern]>,
}

#[derive(Debug)]
struct Pattern {
    /// `None` for every service.
    service: Option<Box<[u8]>>,
    kind: Glob,
    operation: Glob,
}

/// An action that is asked for: service as it is, type and operation in lower case.
#[derive(Debug)]
pub(crate) struct Asked {
    buffer: [u8; LENGTH_MAX],
    length: usize,
}

impl Actions {
    pub(crate) fn parse(list: &Value) -> Result<Self, Error> {
        let list = list.as_array().ok_or(Error::Actions)?;
        if list.is_empty() || list.len() > COUNT_MAX {
            return Err(Error::ActionCount { count: list.len() });
        }
        let (mut literals, mut patterns) = (HashSet::default(), Vec::new());
        for action in list {
            let action = action.as_str().ok_or(Error::Actions)?;
            let (service, kind, operation) = split(action)?;
            if action.contains('*') {
                patterns.push(Pattern::new(service, kind, operation));
            } else {
                let literal = format!("{service}:{}:{}", lower(kind), lower(operation));
                literals.insert(literal.into_bytes().into());
            }
        }
        Ok(Self { literals, patterns: patterns.into() })
    }

    pub(crate) fn contain(&self, asked: &Asked) -> bool {
        self.literals.contains(asked.whole())
            || asked.parts().is_some_and(|(service, kind, operation)| {
                self.patterns.iter().any(|pattern| pattern.matches(service, kind, operation))
            })
    }
}

impl Pattern {
    fn new(service: &str, kind: &str, operation: &str) -> Self {
        Self {
            service: (service != "*").then(|| service.as_bytes().into()),
            kind: Glob::stars(&lower(kind)),
            operation: Glob::stars(&lower(operation)),
        }
    }

    fn matches(&self, service: &[u8], kind: &[u8], operation: &[u8]) -> bool {
        self.service.as_ref().is_none_or(|own| **own == *service)
            && self.operation.matches(operation)
            && self.kind.matches(kind)
    }
}

impl Asked {
    /// An action longer than any that a policy can name is cut, which makes it none.
    pub(crate) fn new(action: &str) -> Self {
        let mut asked = Self { buffer: [0; LENGTH_MAX], length: action.len() };
        let mut is_service = true;
        for (to, from) in asked.buffer.iter_mut().zip(action.bytes()) {
            is_service &= from != b':';
            *to = if is_service { from } else { from.to_ascii_lowercase() };
        }
        asked
    }

    fn whole(&self) -> &[u8] {
        self.buffer.get(..self.length).unwrap_or_default()
    }

    fn parts(&self) -> Option<(&[u8], &[u8], &[u8])> {
        let mut parts = self.whole().split(|byte| *byte == b':');
        let found = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(found)
    }
}

/// The three parts, checked.
fn split(action: &str) -> Result<(&str, &str, &str), Error> {
    let length = action.chars().count();
    if length > LENGTH_MAX {
        return Err(Error::ActionLength { length });
    }
    let mut parts = action.split(':');
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(service), Some(kind), Some(operation), None)
            if is_service(service) && is_part(kind) && is_part(operation) =>
        {
            Ok((service, kind, operation))
        }
        _ => Err(Error::Action { action: action.to_owned() }),
    }
}

fn is_service(text: &str) -> bool {
    text == "*" || is_service_name(text)
}

/// Names of services are lower case.
pub(crate) fn is_service_name(text: &str) -> bool {
    let is_allowed =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_');
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// A type or an operation, with wildcards.
pub(crate) fn is_part(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'*' | b'-' | b'_');
    !text.is_empty() && text.bytes().all(is_allowed)
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn actions(list: &[&str]) -> Result<Actions, Error> {
        Actions::parse(&json!(list))
    }

    fn contain(list: &[&str], action: &str) -> bool {
        actions(list).unwrap().contain(&Asked::new(action))
    }

    #[test]
    fn type_and_operation_are_the_same_in_any_case_and_the_service_is_not() {
        assert!(contain(&["iam:Users:LISTusers"], "iam:users:listUsers"));
        assert!(contain(&["iam:*:GET*"], "iam:users:getUser"));
        assert!(!contain(&["iam:users:listUsers"], "IAM:users:listUsers"));
        assert!(actions(&["IAM:users:listUsers"]).is_err());
    }

    #[test]
    fn a_star_stays_within_its_part() {
        assert!(contain(&["iam:us*:*er"], "iam:users:getUser"));
        assert!(!contain(&["iam:*:get"], "iam:users:x:get"));
        assert!(!contain(&["iam:*:*"], "apig:apis:get"));
        assert!(contain(&["*:*:*"], "apig:apis:get"));
    }

    #[test]
    fn an_action_has_three_parts_of_plain_characters() {
        for bad in
            ["", "*", "iam", "iam:*", "iam:a:b:c", "iam::get", "i*m:a:b", "iam:a:b\nc", "iam:a:b ", "iam:ä:b"]
        {
            assert_eq!(actions(&[bad]).unwrap_err(), Error::Action { action: bad.into() }, "{bad}");
        }
    }

    #[test]
    fn at_most_a_hundred_actions_of_at_most_128_characters() {
        assert!(actions(&["iam:a:b"; 100]).is_ok());
        assert_eq!(actions(&["iam:a:b"; 101]).unwrap_err(), Error::ActionCount { count: 101 });
        assert_eq!(actions(&[]).unwrap_err(), Error::ActionCount { count: 0 });
        let longest = format!("iam:a:{}", "b".repeat(122));
        assert!(contain(&[&longest], &longest));
        let longer = format!("{longest}b");
        assert_eq!(actions(&[&longer]).unwrap_err(), Error::ActionLength { length: 129 });
        assert!(!contain(&[&longest, "*:*:*"], &longer));
    }

    #[test]
    fn only_a_list_of_texts_is_one_of_actions() {
        for bad in [json!("iam:a:b"), json!({}), json!(null), json!([1]), json!([["iam:a:b"]])] {
            assert_eq!(Actions::parse(&bad).unwrap_err(), Error::Actions, "{bad}");
        }
    }
}
