//! Conditions: operators over keys, all of which must hold.

use crate::context::{Context, Key};
use crate::error::Error;
use crate::operator::{Expected, Operator};
use serde_json::{Map, Value};

/// Most operators of a statement.
const COUNT_MAX: usize = 10;
/// Most values of a key.
const VALUES_MAX: usize = 10;
/// Most characters of a value.
const LENGTH_MAX: usize = 1_024;

/// One operator over one key.
#[derive(Debug)]
pub(crate) struct Condition {
    key: Key,
    operator: Operator,
    is_negated: bool,
    /// A missing key meets the condition.
    if_exists: bool,
    quantifier: Option<Quantifier>,
    expected: Box<[Expected]>,
}

/// Which of a key's several values must compare well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    All,
    Any,
}

/// The name of an operator, taken apart.
#[derive(Clone, Copy)]
struct Named<'a> {
    name: &'a str,
    operator: Operator,
    is_negated: bool,
    if_exists: bool,
    quantifier: Option<Quantifier>,
}

/// All conditions of a statement.
pub(crate) fn parse(value: &Value) -> Result<Vec<Condition>, Error> {
    let operators = value.as_object().ok_or(Error::ConditionCount { count: 0 })?;
    if operators.is_empty() || operators.len() > COUNT_MAX {
        return Err(Error::ConditionCount { count: operators.len() });
    }
    let mut conditions = Vec::new();
    for (name, keys) in operators {
        let named = Named::parse(name)?;
        let keys = keys.as_object().filter(|keys| !keys.is_empty());
        let keys: &Map<_, _> = keys.ok_or_else(|| Error::NoAttributes { operator: name.clone() })?;
        for (key, values) in keys {
            conditions.push(named.over(key, values)?);
        }
    }
    Ok(conditions)
}

impl<'a> Named<'a> {
    fn parse(name: &'a str) -> Result<Self, Error> {
        let (quantifier, rest) = match name.split_once(':') {
            Some(("ForAllValues", rest)) => (Some(Quantifier::All), rest),
            Some(("ForAnyValue", rest)) => (Some(Quantifier::Any), rest),
            _ => (None, name),
        };
        let (if_exists, rest) = rest.strip_suffix("IfExists").map_or((false, rest), |rest| (true, rest));
        let known = Operator::parse(rest)
            .filter(|(operator, _)| *operator != Operator::Null || (!if_exists && quantifier.is_none()));
        let (operator, is_negated) = known.ok_or_else(|| Error::Key { key: name.to_owned() })?;
        Ok(Self { name, operator, is_negated, if_exists, quantifier })
    }

    fn over(self, key: &str, values: &Value) -> Result<Condition, Error> {
        let Self { operator, is_negated, if_exists, quantifier, .. } = self;
        let names = || (key.to_owned(), self.name.to_owned());
        let (parsed, kind) = Key::parse(key).ok_or_else(|| Error::Attribute { key: key.to_owned() })?;
        if !operator.suits(kind) {
            let (key, operator) = names();
            return Err(Error::OperatorOfAttribute { key, operator });
        }
        let values = values.as_array().ok_or_else(|| Error::Values { key: key.to_owned() })?;
        if values.is_empty() || values.len() > VALUES_MAX {
            let (key, operator) = names();
            return Err(Error::ValueCount { count: values.len(), key, operator });
        }
        let expected = values.iter().map(|value| self.expect(key, value)).collect::<Result<_, _>>()?;
        Ok(Condition { key: parsed, operator, is_negated, if_exists, quantifier, expected })
    }

    fn expect(self, key: &str, value: &Value) -> Result<Expected, Error> {
        let names = || (key.to_owned(), self.name.to_owned());
        let wrong = || {
            let (key, operator) = names();
            Error::Value { value: value.as_str().unwrap_or_default().to_owned(), key, operator }
        };
        let text = value.as_str().ok_or_else(wrong)?;
        let length = text.chars().count();
        if length == 0 || length > LENGTH_MAX {
            let (key, operator) = names();
            return Err(Error::ValueLength { length, key, operator });
        }
        self.operator.expect(text).ok_or_else(wrong)
    }
}

impl Condition {
    pub(crate) fn holds(&self, context: &Context<'_>, service: &str) -> bool {
        let mut actual = self.key.values(context, service);
        if actual.clone().next().is_none() {
            return self.holds_without();
        }
        if self.operator == Operator::Null {
            return self.is_expected(false);
        }
        let mut fits = |actual| {
            let is_met = self.expected.iter().any(|expected| self.operator.holds(actual, expected));
            is_met != self.is_negated
        };
        let needs_all = self.quantifier.map_or(self.is_negated, |quantifier| quantifier == Quantifier::All);
        if needs_all { actual.all(&mut fits) } else { actual.any(&mut fits) }
    }

    /// Whether it holds for a request that does not have the key.
    fn holds_without(&self) -> bool {
        match self.quantifier {
            _ if self.operator == Operator::Null => self.is_expected(true),
            _ if self.if_exists => true,
            Some(quantifier) => quantifier == Quantifier::All,
            None => self.is_negated,
        }
    }

    fn is_expected(&self, flag: bool) -> bool {
        self.expected.iter().any(|expected| matches!(expected, Expected::Flag(own) if *own == flag))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_types::Timestamp;
    use serde_json::json;

    const TAGS: &[&str] = &["red", "green"];

    fn context() -> Context<'static> {
        Context {
            now: Timestamp::from_unix(1_700_000_000),
            domain_name: "Acme",
            project_name: None,
            user_id: "u1",
            user_name: "ada",
            mfa_age_seconds: Some(90),
            service_keys: &[("obs:tags", TAGS), ("obs:size", &["7"])],
        }
    }

    fn holds(value: &Value) -> bool {
        parse(value).unwrap().iter().all(|condition| condition.holds(&context(), "iam"))
    }

    fn refused(value: &Value) -> &'static str {
        parse(value).unwrap_err().code()
    }

    #[test]
    fn several_values_are_alternatives_and_for_a_negated_operator_all_excluded() {
        assert!(holds(&json!({"StringEquals": {"g:UserName": ["bob", "ada"]}})));
        assert!(!holds(&json!({"StringNotEquals": {"g:UserName": ["bob", "ada"]}})));
        assert!(holds(&json!({"StringNotEquals": {"g:UserName": ["bob", "eve"]}})));
    }

    #[test]
    fn several_keys_and_several_operators_must_all_hold() {
        assert!(holds(&json!({"StringEquals": {"g:UserName": ["ada"], "g:UserId": ["u1"]}})));
        assert!(!holds(&json!({"StringEquals": {"g:UserName": ["ada"], "g:UserId": ["u2"]}})));
        let and = json!({"StringEquals": {"g:UserName": ["ada"]}, "NumberLessThan": {"g:MFAAge": ["90"]}});
        assert!(!holds(&and));
    }

    #[test]
    fn every_operator_compares_as_it_is_called() {
        for (name, key, value, expected) in [
            ("StringEquals", "g:DomainName", "Acme", true),
            ("StringEquals", "g:DomainName", "acme", false),
            ("StringEqualsIgnoreCase", "g:DomainName", "aCME", true),
            ("StringNotEqualsIgnoreCase", "g:DomainName", "aCME", false),
            ("StringMatch", "g:DomainName", "A?m*", true),
            ("StringMatch", "g:DomainName", "A?", false),
            ("StringNotMatch", "g:DomainName", "A?m*", false),
            ("StringStartWith", "g:DomainName", "Ac", true),
            ("StringStartWith", "g:DomainName", "me", false),
            ("StringEndWith", "g:DomainName", "me", true),
            ("StringEquals", "g:ServiceName", "iam", true),
            ("NumberEquals", "g:MFAAge", "90.0", true),
            ("NumberNotEquals", "g:MFAAge", "90", false),
            ("NumberLessThan", "g:MFAAge", "90", false),
            ("NumberLessThanEquals", "g:MFAAge", "90", true),
            ("NumberGreaterThan", "g:MFAAge", "89.5", true),
            ("NumberGreaterThanEquals", "g:MFAAge", "91", false),
            ("DateLessThan", "g:CurrentTime", "2023-11-14T22:13:20Z", false),
            ("DateLessThanEquals", "g:CurrentTime", "2023-11-14T22:13:20Z", true),
            ("DateGreaterThan", "g:CurrentTime", "2023-11-14T22:13:19Z", true),
            ("DateGreaterThanEquals", "g:CurrentTime", "2023-11-14T22:13:21Z", false),
            ("Bool", "g:MFAPresent", "TRUE", true),
            ("Bool", "g:MFAPresent", "false", false),
            ("NumberEquals", "obs:size", "7", true),
            ("Bool", "obs:size", "true", false),
        ] {
            assert_eq!(holds(&json!({name: {key: [value]}})), expected, "{name} {key} {value}");
        }
    }

    #[test]
    fn a_missing_key_meets_negated_operators_if_exists_all_values_and_null() {
        for (name, expected) in [
            ("StringEquals", false),
            ("StringNotEquals", true),
            ("StringEqualsIfExists", true),
            ("StringNotEqualsIfExists", true),
            ("ForAllValues:StringEquals", true),
            ("ForAnyValue:StringEquals", false),
            ("ForAnyValue:StringNotEquals", false),
            ("ForAnyValue:StringEqualsIfExists", true),
        ] {
            assert_eq!(holds(&json!({name: {"g:ProjectName": ["x"]}})), expected, "{name}");
        }
        assert!(holds(&json!({"Null": {"g:ProjectName": ["true"]}})));
        assert!(!holds(&json!({"Null": {"g:ProjectName": ["false"]}})));
        assert!(holds(&json!({"Null": {"g:UserName": ["false"]}})));
    }

    #[test]
    fn quantifiers_ask_for_all_or_any_of_a_keys_values() {
        for (name, values, expected) in [
            ("ForAllValues:StringEquals", json!(["red"]), false),
            ("ForAllValues:StringEquals", json!(["red", "green", "blue"]), true),
            ("ForAnyValue:StringEquals", json!(["red"]), true),
            ("ForAnyValue:StringEquals", json!(["blue"]), false),
            ("ForAllValues:StringNotEquals", json!(["blue"]), true),
            ("ForAllValues:StringNotEquals", json!(["red"]), false),
            ("ForAnyValue:StringNotEquals", json!(["red"]), true),
            ("ForAnyValue:StringNotEquals", json!(["red", "green"]), false),
            ("StringEquals", json!(["red"]), true),
            ("StringNotEquals", json!(["red"]), false),
        ] {
            assert_eq!(holds(&json!({name: {"obs:tags": values}})), expected, "{name} {values}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_condition_has_a_code() {
        let eleven: Map<_, _> = (0..11).map(|n| (n.to_string(), json!({}))).collect();
        for (value, code) in [
            (json!([]), "IAM.1050"),
            (json!({}), "IAM.1050"),
            (Value::Object(eleven), "IAM.1050"),
            (json!({"StringEquals": {}}), "IAM.1051"),
            (json!({"StringEquals": null}), "IAM.1051"),
            (json!({"StringEquals": {"g:Nothing": ["x"]}}), "IAM.1052"),
            (json!({"StringEquals": {"UserName": ["x"]}}), "IAM.1052"),
            (json!({"StringEquals": {"g:UserName": "x"}}), "IAM.1053"),
            (json!({"StringEquals": {"g:UserName": []}}), "IAM.1054"),
            (json!({"StringEquals": {"g:UserName": vec!["x"; 11]}}), "IAM.1054"),
            (json!({"StringEquals": {"g:CurrentTime": ["x"]}}), "IAM.1055"),
            (json!({"Bool": {"g:UserName": ["true"]}}), "IAM.1055"),
            (json!({"StringEquals": {"g:UserName": [""]}}), "IAM.1056"),
            (json!({"StringEquals": {"g:UserName": ["x".repeat(1_025)]}}), "IAM.1056"),
            (json!({"StringEquals": {"g:UserName": [1]}}), "IAM.1057"),
            (json!({"NumberEquals": {"g:MFAAge": ["soon"]}}), "IAM.1057"),
            (json!({"Null": {"g:MFAAge": ["x"]}}), "IAM.1057"),
            (json!({"NullIfExists": {"g:MFAAge": ["true"]}}), "IAM.1059"),
            (json!({"ForAnyValue:Null": {"g:MFAAge": ["true"]}}), "IAM.1059"),
            (json!({"ForSome:StringEquals": {"g:UserName": ["x"]}}), "IAM.1059"),
            (json!({"stringequals": {"g:UserName": ["x"]}}), "IAM.1059"),
        ] {
            assert_eq!(refused(&value), code, "{value}");
        }
    }
}
