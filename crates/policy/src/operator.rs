//! Operators of conditions, and what they compare with.

use crate::context::{Actual, Type};
use crate::glob::Glob;
use countersign_types::Timestamp;
use std::cmp::Ordering;

/// How one value of a request is compared with one of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equals,
    EqualsIgnoreCase,
    Match,
    StartWith,
    EndWith,
    Number(Order),
    Date(Order),
    Bool,
    /// About the key and not its values.
    Null,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Name, operator, and whether it holds when nothing compares well.
const OPERATORS: [(&str, Operator, bool); 20] = [
    ("StringEquals", Operator::Equals, false),
    ("StringNotEquals", Operator::Equals, true),
    ("StringEqualsIgnoreCase", Operator::EqualsIgnoreCase, false),
    ("StringNotEqualsIgnoreCase", Operator::EqualsIgnoreCase, true),
    ("StringMatch", Operator::Match, false),
    ("StringNotMatch", Operator::Match, true),
    ("StringStartWith", Operator::StartWith, false),
    ("StringEndWith", Operator::EndWith, false),
    ("NumberEquals", Operator::Number(Order::Equal), false),
    ("NumberNotEquals", Operator::Number(Order::Equal), true),
    ("NumberLessThan", Operator::Number(Order::Less), false),
    ("NumberLessThanEquals", Operator::Number(Order::LessOrEqual), false),
    ("NumberGreaterThan", Operator::Number(Order::Greater), false),
    ("NumberGreaterThanEquals", Operator::Number(Order::GreaterOrEqual), false),
    ("DateLessThan", Operator::Date(Order::Less), false),
    ("DateLessThanEquals", Operator::Date(Order::LessOrEqual), false),
    ("DateGreaterThan", Operator::Date(Order::Greater), false),
    ("DateGreaterThanEquals", Operator::Date(Order::GreaterOrEqual), false),
    ("Bool", Operator::Bool, false),
    ("Null", Operator::Null, false),
];

/// A value of the document, read for its operator.
#[derive(Debug)]
pub(crate) enum Expected {
    Text(Box<str>),
    Pattern(Glob),
    Number(f64),
    Time(Timestamp),
    Flag(bool),
}

impl Operator {
    /// The operator of this name, and whether it is a negated one.
    pub(crate) fn parse(name: &str) -> Option<(Self, bool)> {
        OPERATORS
            .iter()
            .find(|(own, ..)| *own == name)
            .map(|(_, operator, is_negated)| (*operator, *is_negated))
    }

    /// Whether values of this type can be compared.
    pub(crate) fn suits(self, kind: Type) -> bool {
        match self {
            Self::Null => true,
            _ if kind == Type::Any => true,
            Self::Number(_) => kind == Type::Number,
            Self::Date(_) => kind == Type::Time,
            Self::Bool => kind == Type::Flag,
            _ => kind == Type::Text,
        }
    }

    /// The document's value; `None` when it is nothing that the operator compares.
    pub(crate) fn expect(self, text: &str) -> Option<Expected> {
        match self {
            Self::Match => Some(Expected::Pattern(Glob::stars_and_marks(text))),
            Self::Number(_) => number(text).map(Expected::Number),
            Self::Date(_) => time(text).map(Expected::Time),
            Self::Bool | Self::Null => flag(text).map(Expected::Flag),
            _ => (!text.chars().any(char::is_control)).then(|| Expected::Text(text.into())),
        }
    }

    /// Whether the request's value compares well; a text that is no number, time or flag never does as one.
    pub(crate) fn holds(self, actual: Actual<'_>, expected: &Expected) -> bool {
        match (self, actual, expected) {
            (Self::Equals, Actual::Text(text), Expected::Text(other)) => *text == **other,
            (Self::EqualsIgnoreCase, Actual::Text(text), Expected::Text(other)) => same_letters(text, other),
            (Self::StartWith, Actual::Text(text), Expected::Text(start)) => text.starts_with(&**start),
            (Self::EndWith, Actual::Text(text), Expected::Text(end)) => text.ends_with(&**end),
            (Self::Match, Actual::Text(text), Expected::Pattern(pattern)) => pattern.matches(text.as_bytes()),
            (Self::Number(order), actual, Expected::Number(other)) => {
                actual.number().and_then(|number| number.partial_cmp(other)).is_some_and(|is| order.holds(is))
            }
            (Self::Date(order), actual, Expected::Time(other)) => {
                actual.time().is_some_and(|time| order.holds(time.cmp(other)))
            }
            (Self::Bool, actual, Expected::Flag(other)) => actual.flag() == Some(*other),
            _ => false,
        }
    }
}

impl Order {
    const fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Actual<'_> {
    fn number(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Text(text) => number(text),
            Self::Time(_) | Self::Flag(_) => None,
        }
    }

    fn time(self) -> Option<Timestamp> {
        match self {
            Self::Time(time) => Some(time),
            Self::Text(text) => time(text),
            Self::Number(_) | Self::Flag(_) => None,
        }
    }

    fn flag(self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(flag),
            Self::Text(text) => flag(text),
            Self::Number(_) | Self::Time(_) => None,
        }
    }
}

fn same_letters(text: &str, other: &str) -> bool {
    let lower = |text: &'_ str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    text.eq_ignore_ascii_case(other) || (!text.is_ascii() && lower(text) == lower(other))
}

/// Digits with an optional sign and fraction.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'));
    if is_plain { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

fn flag(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|flag| text.eq_ignore_ascii_case(if *flag { "true" } else { "false" }))
}

/// `yyyy-MM-ddTHH:mm:ssZ`
fn time(text: &str) -> Option<Timestamp> {
    let [y1, y2, y3, y4, b'-', mo1, mo2, b'-', d1, d2, b'T', h1, h2, b':', mi1, mi2, b':', s1, s2, b'Z'] =
        *text.as_bytes()
    else {
        return None;
    };
    let basic = [y1, y2, y3, y4, mo1, mo2, d1, d2, b'T', h1, h2, mi1, mi2, s1, s2, b'Z'];
    Timestamp::parse_basic(&basic).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_document_are_read_strictly() {
        let date = Operator::Date(Order::Less);
        assert!(date.expect("2026-11-22T01:02:03Z").is_some());
        for bad in ["2026-11-22", "2026-11-22T01:02:03", "2026-13-22T01:02:03Z", "20261122T010203Z", "now"] {
            assert!(date.expect(bad).is_none(), "{bad}");
        }
        let number = Operator::Number(Order::Less);
        assert!(number.expect("-1.5").is_some());
        for bad in ["", "inf", "NaN", "1e9", "--1", "1,5"] {
            assert!(number.expect(bad).is_none(), "{bad}");
        }
        assert!(Operator::Bool.expect("True").is_some());
        assert!(Operator::Bool.expect("yes").is_none());
        assert!(Operator::Equals.expect("a\nb").is_none());
    }

    #[test]
    fn case_is_ignored_beyond_ascii() {
        assert!(same_letters("Änderung", "äNDERUNG"));
        assert!(!same_letters("Änderung", "Anderung"));
    }

    #[test]
    fn names_of_operators_are_unique() {
        let names: std::collections::HashSet<_> = OPERATORS.iter().map(|(name, ..)| name).collect();
        assert_eq!(names.len(), OPERATORS.len());
    }
}
