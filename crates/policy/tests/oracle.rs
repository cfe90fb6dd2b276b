//! The compiled evaluator and a naive one, which walks the document itself, agree on whatever they are asked.
#![expect(clippy::unwrap_used, reason = "in a test a failed expectation is the answer")]

use countersign_policy::{Context, Decision, Kind, Policy, Request};
use countersign_types::Timestamp;
use proptest::prelude::*;
use proptest::{collection::vec, option, sample::select};
use serde_json::{Map, Value, json};

/// What is asked.
#[derive(Debug, Clone)]
struct Case {
    action: String,
    resource: String,
    user_name: String,
    project_name: Option<String>,
    mfa_age: Option<u64>,
    tags: Vec<&'static str>,
}

/// What is known, as the naive evaluator sees it: texts by key.
fn values(case: &Case, key: &str) -> Vec<String> {
    match key {
        "g:UserName" => vec![case.user_name.clone()],
        "g:ProjectName" => case.project_name.iter().cloned().collect(),
        "g:MFAAge" => case.mfa_age.iter().map(ToString::to_string).collect(),
        "g:MFAPresent" => vec![case.mfa_age.is_some().to_string()],
        "g:ServiceName" => vec![case.action.split(':').next().unwrap().to_owned()],
        "obs:tags" => case.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        _ => unreachable!("{key}"),
    }
}

fn naive(document: &Value, case: &Case) -> Decision {
    let statements = document["Statement"].as_array().unwrap();
    let says = |effect: &str| {
        statements.iter().any(|statement| statement["Effect"] == effect && applies(statement, case))
    };
    match (says("Deny"), says("Allow")) {
        (true, _) => Decision::Denied,
        (false, true) => Decision::Allowed,
        (false, false) => Decision::NotAllowed,
    }
}

fn applies(statement: &Value, case: &Case) -> bool {
    let named = |list: &Value| texts(list).iter().any(|pattern| is_action(pattern, &case.action));
    let action = match statement.get("NotAction") {
        Some(list) => !named(list),
        None => named(&statement["Action"]),
    };
    let resource = statement.get("Resource").is_none_or(|list| {
        texts(list).iter().any(|pattern| {
            let parts = pattern.splitn(5, ':').zip(case.resource.splitn(5, ':'));
            parts.enumerate().all(|(at, (pattern, part))| {
                if at == 0 { pattern == part } else { fits(&chars(pattern), &chars(part), &['*']) }
            })
        })
    });
    action && resource && statement.get("Condition").is_none_or(|conditions| hold(conditions, case))
}

fn is_action(pattern: &str, action: &str) -> bool {
    pattern.split(':').zip(action.split(':')).enumerate().all(|(at, (pattern, part))| {
        let lower = |text: &str| chars(&text.to_lowercase());
        if at == 0 { pattern == "*" || pattern == part } else { fits(&lower(pattern), &lower(part), &['*']) }
    })
}

fn hold(conditions: &Value, case: &Case) -> bool {
    conditions.as_object().unwrap().iter().all(|(operator, keys)| {
        keys.as_object()
            .unwrap()
            .iter()
            .all(|(key, expected)| holds(operator, &values(case, key), &texts(expected)))
    })
}

fn holds(operator: &str, actual: &[String], expected: &[String]) -> bool {
    if operator == "Null" {
        return expected.iter().any(|expected| (expected == "true") == actual.is_empty());
    }
    if actual.is_empty() && operator.ends_with("IfExists") {
        return true;
    }
    let name = operator.trim_end_matches("IfExists");
    let (quantifier, name) = name.split_once(':').unwrap_or(("", name));
    let positive = name.replace("Not", "");
    let is_negated = positive != name;
    let meets = |actual: &String| expected.iter().any(|expected| compare(&positive, actual, expected));
    let fits = |actual: &String| meets(actual) != is_negated;
    match (quantifier, is_negated) {
        ("ForAllValues", _) | ("", true) => actual.iter().all(fits),
        _ => actual.iter().any(fits),
    }
}

fn compare(operator: &str, actual: &str, expected: &str) -> bool {
    let numbers = || Some((actual.parse::<i64>().ok()?, expected.parse::<i64>().ok()?));
    match operator {
        "StringEquals" => actual == expected,
        "StringEqualsIgnoreCase" => actual.to_lowercase() == expected.to_lowercase(),
        "StringMatch" => fits(&chars(expected), &chars(actual), &['*', '?']),
        "StringStartWith" => actual.starts_with(expected),
        "StringEndWith" => actual.ends_with(expected),
        "NumberEquals" => numbers().is_some_and(|(one, other)| one == other),
        "NumberLessThan" => numbers().is_some_and(|(one, other)| one < other),
        "NumberGreaterThanEquals" => numbers().is_some_and(|(one, other)| one >= other),
        "Bool" => actual == expected,
        _ => unreachable!("{operator}"),
    }
}

/// By trying everything.
fn fits(pattern: &[char], text: &[char], special: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['*', rest @ ..] if special.contains(&'*') => {
            (0..=text.len()).any(|skipped| fits(rest, &text[skipped..], special))
        }
        [first, rest @ ..] => {
            let is_mark = *first == '?' && special.contains(&'?');
            text.split_first()
                .is_some_and(|(one, others)| (is_mark || first == one) && fits(rest, others, special))
        }
    }
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn word() -> impl Strategy<Value = String> {
    "[aAbé]{1,3}"
}

fn part() -> impl Strategy<Value = String> {
    "[aAb*]{1,4}"
}

fn action_pattern() -> impl Strategy<Value = String> {
    (select(vec!["iam", "obs", "*"]), part(), part()).prop_map(|(s, t, o)| format!("{s}:{t}:{o}"))
}

fn resource_pattern() -> impl Strategy<Value = String> {
    (select(vec!["iam", "obs"]), part(), part(), part(), "[ab:*]{1,4}")
        .prop_map(|(s, r, a, t, p)| format!("{s}:{r}:{a}:{t}:{p}"))
}

/// An operator, a key that it suits, and values.
fn condition() -> impl Strategy<Value = (String, &'static str, Vec<String>)> {
    let strings = vec![
        "StringEquals",
        "StringNotEquals",
        "StringEqualsIgnoreCase",
        "StringNotEqualsIgnoreCase",
        "StringMatch",
        "StringNotMatch",
        "StringStartWith",
        "StringEndWith",
    ];
    let numbers = vec!["NumberEquals", "NumberNotEquals", "NumberLessThan", "NumberGreaterThanEquals"];
    let flag = || select(vec!["true".to_owned(), "false".to_owned()]);
    let text_keys = select(vec!["g:UserName", "g:ProjectName", "g:ServiceName", "obs:tags"]);
    let all_keys = select(vec!["g:UserName", "g:ProjectName", "g:MFAAge", "obs:tags"]);
    let around = |name: &'static str| {
        (select(vec!["", "ForAllValues:", "ForAnyValue:"]), select(vec!["", "IfExists"]))
            .prop_map(move |(before, after)| format!("{before}{name}{after}"))
    };
    let text = select(strings).prop_flat_map(around);
    let number = select(numbers).prop_flat_map(around);
    let bool = Just("Bool").prop_flat_map(around);
    prop_oneof![
        4 => (text, text_keys, vec("[aAbé*?]{1,3}", 1..3)),
        2 => (number, Just("g:MFAAge"), vec((0..4_u8).prop_map(|n| n.to_string()), 1..3)),
        1 => (bool, Just("g:MFAPresent"), vec(flag(), 1..3)),
        1 => (Just("Null".to_owned()), all_keys, vec(flag(), 1..3)),
    ]
}

fn statement() -> impl Strategy<Value = Value> {
    let parts = (
        select(vec!["Allow", "Deny"]),
        select(vec!["Action", "Action", "NotAction"]),
        vec(action_pattern(), 1..4),
        option::of(vec(resource_pattern(), 1..3)),
        vec(condition(), 0..3),
    );
    parts.prop_map(|(effect, name, actions, resources, conditions)| {
        let mut statement = json!({"Effect": effect, name: actions});
        if let Some(resources) = resources {
            statement["Resource"] = json!(resources);
        }
        let mut operators = Map::new();
        for (operator, key, values) in conditions {
            operators.entry(operator).or_insert_with(|| json!({}))[key] = json!(values);
        }
        if !operators.is_empty() {
            statement["Condition"] = Value::Object(operators);
        }
        statement
    })
}

fn case() -> impl Strategy<Value = Case> {
    let action = (select(vec!["iam", "obs"]), "[aAb]{1,3}", "[aAb]{1,3}");
    let resource = (select(vec!["iam", "obs"]), "[aAb]{0,3}", "[aAb]{1,3}", "[aAb]{1,3}", "[ab:]{1,4}");
    let (action, resource) = (
        action.prop_map(|(s, t, o)| format!("{s}:{t}:{o}")),
        resource.prop_map(|(s, r, a, t, p)| format!("{s}:{r}:{a}:{t}:{p}")),
    );
    let tags = vec(select(vec!["a", "b", "ab"]), 0..3);
    (action, resource, word(), option::of(word()), option::of(0..4_u64), tags).prop_map(
        |(action, resource, user_name, project_name, mfa_age, tags)| Case {
            action,
            resource,
            user_name,
            project_name,
            mfa_age,
            tags,
        },
    )
}

fn compiled(document: &Value, case: &Case) -> Decision {
    let keys = [("obs:tags", case.tags.as_slice())];
    let context = Context {
        now: Timestamp::from_unix(0),
        user_name: &case.user_name,
        project_name: case.project_name.as_deref(),
        mfa_age_seconds: case.mfa_age,
        service_keys: &keys,
        ..Context::default()
    };
    let policy = Policy::parse(document, Kind::Role).unwrap();
    policy.decide(&Request::new(&case.action, &case.resource, &context))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_compiled_evaluator_agrees_with_the_naive_one(
        statements in vec(statement(), 1..4),
        cases in vec(case(), 1..8),
    ) {
        let document = json!({"Version": "1.1", "Statement": statements});
        for case in &cases {
            prop_assert_eq!(compiled(&document, case), naive(&document, case), "{:?}", case);
        }
    }

    #[test]
    fn no_text_makes_the_parser_or_the_evaluator_panic(text in "\\PC{0,200}", action in "\\PC{0,200}") {
        let _refused = Policy::parse_text(&text, Kind::FineGrained);
        let document = json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": [text.clone()],
            "Resource": [text.clone()], "Condition": {text.clone(): {text.clone(): [text.clone()]}}}]});
        let _refused = Policy::parse(&document, Kind::FineGrained);
        let everything = json!({"Version": "1.1", "Statement": [{"Effect": "Allow", "Action": ["*:*:*"]}]});
        let policy = Policy::parse(&everything, Kind::FineGrained).unwrap();
        let context = Context::default();
        let _decision = policy.decide(&Request::new(&action, &text, &context));
    }
}
