//! The choice of a backend, against a model that reads the definition word by word.

use crate::{
    Backend, Facts, Release, Subject, Target, Template,
    error::Fault,
    responses::Responses,
    source::{self, Condition, Definition, Effect, Location, Matching, Parameter, Policy, Test},
};
use proptest::prelude::*;
use std::{borrow::Cow, net::IpAddr};

/// Names and values are few, so that most conditions come close to holding.
const VALUES: [&str; 4] = ["", "a", "b", "ab"];
const PATTERNS: [(&str, &[&str]); 4] =
    [("a", &["a"]), ("[ab]", &["a", "b"]), ("a?b?", &VALUES), ("x*y", &[])];
const NETWORKS: [(&str, u8, u8); 4] =
    [("10.0.0.0/30", 0, 3), ("10.0.0.4", 4, 4), ("10.0.0.0/29", 0, 7), ("::1", 9, 8)];

/// A request: the last byte of its address, and what it has of each text.
#[derive(Debug, Clone)]
struct Request {
    address: u8,
    parameter: Option<&'static str>,
    path: &'static str,
    method: &'static str,
    cookie: Option<&'static str>,
    authorizer: Option<&'static str>,
}

impl Facts for Request {
    fn source(&self) -> IpAddr {
        [10, 0, 0, self.address].into()
    }

    fn text(&self, subject: &Subject) -> Option<Cow<'_, str>> {
        let text = match subject {
            Subject::Parameter(position) => self.parameter.filter(|_| *position == 0),
            Subject::Path => Some(self.path),
            Subject::Method => Some(self.method),
            Subject::Cookie(name) => self.cookie.filter(|_| **name == *"c"),
            Subject::Authorizer(name) => self.authorizer.filter(|_| **name == *"u"),
        };
        text.map(Cow::Borrowed)
    }
}

/// A condition in the model: which text, and the values that satisfy it; or the addresses that do.
#[derive(Debug, Clone)]
enum Rule {
    Address(usize),
    Equal(usize, &'static str),
    OneOf(usize, Vec<&'static str>),
    Pattern(usize, usize),
}

impl Rule {
    fn holds(&self, request: &Request) -> bool {
        let text = |which: usize| match which {
            0 => request.parameter,
            1 => Some(request.path),
            2 => Some(request.method),
            3 => request.cookie,
            _ => request.authorizer,
        };
        match self {
            Self::Address(which) => {
                let (_, first, last) = NETWORKS[*which];
                first <= request.address && request.address <= last
            }
            Self::Equal(which, value) => text(*which) == Some(*value),
            Self::OneOf(which, values) => text(*which).is_some_and(|text| values.contains(&text)),
            Self::Pattern(which, pattern) => {
                text(*which).is_some_and(|text| PATTERNS[*pattern].1.contains(&text))
            }
        }
    }

    fn written(&self) -> Condition {
        let text = |which: &usize, test| Condition::Text { subject: subject(*which), test };
        match self {
            Self::Address(which) => Condition::Source(vec![NETWORKS[*which].0.to_owned()]),
            Self::Equal(which, value) => text(which, Test::Equal((*value).to_owned())),
            Self::OneOf(which, values) => {
                text(which, Test::OneOf(values.iter().map(|value| (*value).to_owned()).collect()))
            }
            Self::Pattern(which, pattern) => text(which, Test::Pattern(PATTERNS[*pattern].0.to_owned())),
        }
    }
}

fn subject(which: usize) -> source::Subject {
    match which {
        0 => source::Subject::Parameter { name: "p".to_owned(), location: Location::Query },
        1 => source::Subject::Path,
        2 => source::Subject::Method,
        3 => source::Subject::Cookie("c".to_owned()),
        _ => source::Subject::Authorizer("u".to_owned()),
    }
}

type Rules = Vec<(bool, Vec<Rule>)>;

fn rule() -> impl Strategy<Value = Rule> {
    let value = || prop::sample::select(&VALUES[1..]);
    prop_oneof![
        (0..NETWORKS.len()).prop_map(Rule::Address),
        (0..5_usize, value()).prop_map(|(which, value)| Rule::Equal(which, value)),
        (0..5_usize, prop::collection::vec(value(), 1..3)).prop_map(|(which, all)| Rule::OneOf(which, all)),
        (0..5_usize, 0..PATTERNS.len()).prop_map(|(which, pattern)| Rule::Pattern(which, pattern)),
    ]
}

fn rules() -> impl Strategy<Value = Rules> {
    prop::collection::vec((any::<bool>(), prop::collection::vec(rule(), 1..4)), 0..=5)
}

fn request() -> impl Strategy<Value = Request> {
    let value = || prop::sample::select(&VALUES[..]);
    let maybe = || prop::option::of(value());
    (0..9_u8, maybe(), value(), value(), maybe(), maybe()).prop_map(
        |(address, parameter, path, method, cookie, authorizer)| Request {
            address,
            parameter,
            path,
            method,
            cookie,
            authorizer,
        },
    )
}

fn mock(body: &str) -> source::Backend {
    source::Backend::Mock { status: 200, body: body.to_owned(), headers: vec![] }
}

/// An API whose backends say which policy they belong to.
fn compile(rules: &Rules) -> Result<Release, Fault> {
    let policies = rules.iter().enumerate().map(|(number, (all, rules))| Policy {
        effect: if *all { Effect::All } else { Effect::Any },
        conditions: rules.iter().map(Rule::written).collect(),
        backend: mock(&number.to_string()),
        authorizer: None,
        mappings: vec![],
    });
    let parameter = Parameter {
        name: "p".to_owned(),
        location: Location::Query,
        required: false,
        default: None,
        stays: false,
        check: None,
    };
    let release = crate::snapshot::tests::release("r", "/");
    let definition = Definition {
        method: "ANY".to_owned(),
        matching: Matching::Prefix,
        parameters: vec![parameter],
        backend: mock("default"),
        policies: policies.collect(),
        ..release.definition
    };
    let release = source::Release { definition, ..release };
    Release::compile(&release, &Template::parse("/")?, &Responses::default())
}

fn said(target: &Target) -> &str {
    match &target.backend {
        Backend::Mock(mock) => &mock.body,
        Backend::Http(_) => "a server",
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_first_policy_whose_conditions_hold_is_taken(rules in rules(), request in request()) {
        let holds = |(all, rules): &(bool, Vec<Rule>)| {
            let held = rules.iter().filter(|rule| rule.holds(&request)).count();
            if *all { held == rules.len() } else { held > 0 }
        };
        let expected = rules.iter().position(holds).map_or("default".to_owned(), |number| number.to_string());
        let release = compile(&rules).unwrap();
        prop_assert_eq!(said(release.target(&request)), expected);
    }
}

#[test]
fn a_release_has_at_most_five_policies_and_none_without_conditions() {
    let some = || (true, vec![Rule::Address(0)]);
    assert!(compile(&vec![some(); 5]).is_ok());
    assert!(compile(&vec![some(); 6]).is_err());
    assert!(compile(&vec![(true, vec![])]).is_err());
}
