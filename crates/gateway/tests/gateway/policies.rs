//! Backends under conditions: which one a request reaches, and what it is sent there.

use crate::{
    backend::Backend,
    world::{Change, World, backend, from, get, http, mock},
};
use countersign_snapshot::source::{
    self, Condition, Effect, Location, MappedValue, Mapping, Policy, Release, Subject, Test,
};

fn text(subject: Subject, test: Test) -> Condition {
    Condition::Text { subject, test }
}

fn equal(subject: Subject, value: &str) -> Condition {
    text(subject, Test::Equal(value.to_owned()))
}

fn parameter(name: &str, location: Location) -> Subject {
    Subject::Parameter { name: name.to_owned(), location }
}

fn policy(effect: Effect, conditions: Vec<Condition>, backend: source::Backend) -> Policy {
    Policy { effect, conditions, backend, authorizer: None, mappings: vec![] }
}

/// A mock API that answers with the number of the policy that applied.
fn numbered(policies: Vec<(Effect, Vec<Condition>)>) -> Release {
    let mut api = mock("ANY", "/", "default").prefix();
    let answer = |number: usize| mock("GET", "/", &number.to_string()).definition.backend;
    let policies = policies.into_iter().enumerate();
    api.definition.policies =
        policies.map(|(number, (effect, conditions))| policy(effect, conditions, answer(number))).collect();
    api
}

#[test]
fn the_first_policy_that_applies_answers_and_else_the_default() {
    let api = numbered(vec![
        (
            Effect::All,
            vec![
                equal(parameter("tier", Location::Query), "gold"),
                text(parameter("X-Region", Location::Header), Test::Pattern("eu-[0-9]+".to_owned())),
            ],
        ),
        (
            Effect::Any,
            vec![
                text(
                    parameter("tier", Location::Query),
                    Test::OneOf(vec!["gold".to_owned(), "a b".to_owned()]),
                ),
                equal(Subject::Path, "/a b"),
                equal(Subject::Method, "DELETE"),
            ],
        ),
        (Effect::All, vec![equal(Subject::Cookie("session".to_owned()), "beta")]),
    ])
    .parameter("tier", Location::Query)
    .parameter("X-Region", Location::Header);
    let world = World::new(vec![api]);
    let head = |request: &str, lines: &str| {
        format!("{request} HTTP/1.1\r\nHost: {}\r\n{lines}\r\n", crate::world::HOST)
    };
    for (request, lines, answer) in [
        ("GET /?tier=gold", "x-region: eu-12\r\n", "0"),
        ("GET /?tier=gold", "x-region: xeu-12\r\n", "1"),
        ("GET /?tier=a%20b", "", "1"),
        ("GET /a%20b", "", "1"),
        ("DELETE /", "", "1"),
        ("GET /", "Cookie: other=1; session=beta\r\n", "2"),
        ("GET /", "Cookie: xsession=beta\r\nCookie: session=beta\r\n", "2"),
        ("GET /", "Cookie: SESSION=beta; session=betas\r\n", "default"),
        ("GET /?tier=silver", "", "default"),
    ] {
        assert_eq!(world.call(head(request, lines)).text(), answer, "{request} {lines:?}");
    }
}

#[test]
fn a_condition_sees_the_default_of_a_parameter() {
    let mut api = numbered(vec![(Effect::All, vec![equal(parameter("v", Location::Query), "1")])])
        .parameter("v", Location::Query);
    api.definition.parameters[0].default = Some("1".to_owned());
    let world = World::new(vec![api]);
    assert_eq!(world.get("/").text(), "0");
    assert_eq!(world.get("/?v=2").text(), "default");
}

#[test]
fn the_source_address_is_the_peers() {
    let inside = |list: &[&str]| {
        let list = list.iter().map(|entry| (*entry).to_owned()).collect();
        World::new(vec![numbered(vec![(Effect::All, vec![Condition::Source(list)])])])
    };
    assert_eq!(inside(&["10.0.0.1", "127.0.0.0/8"]).get("/").text(), "0");
    let forged = get("/").replace("\r\n\r\n", "\r\nX-Forwarded-For: 10.0.0.1\r\n\r\n");
    assert_eq!(inside(&["10.0.0.1"]).call(forged).text(), "default");
}

#[test]
fn no_authorizer_said_anything() {
    let world = World::new(vec![numbered(vec![(
        Effect::Any,
        vec![equal(Subject::Authorizer("user".to_owned()), "x")],
    )])]);
    assert_eq!(world.get("/").text(), "default");
}

#[test]
fn a_policy_has_its_own_server_method_path_and_mappings() {
    let (normal, beta) = (Backend::ok(), Backend::ok());
    let mut api = http("GET", "/{id}", normal.address, "/v1/{id}")
        .parameter("id", Location::Path)
        .parameter("beta", Location::Query)
        .map("id", Location::Path, from("id", Location::Path))
        .map("kind", Location::Header, MappedValue::Constant("normal".to_owned()))
        .map("was", Location::Query, from("beta", Location::Query));
    let mut there = backend(beta.address, "/v2", 5_000);
    if let source::Backend::Http { method, .. } = &mut there {
        "POST".clone_into(method);
    }
    api.definition.policies = vec![Policy {
        mappings: vec![Mapping {
            name: "id".to_owned(),
            location: Location::Header,
            value: from("id", Location::Path),
        }],
        ..policy(Effect::All, vec![equal(parameter("beta", Location::Query), "1")], there)
    }];
    let world = World::new(vec![api]);
    assert_eq!(world.get("/7?beta=0&x=y").text(), "ok");
    let request = normal.received();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("GET", "/v1/7?x=y&was=0"));
    assert_eq!((request.header("kind"), request.header("id")), (Some("normal"), None));
    assert_eq!(world.get("/7?beta=1&x=y").text(), "ok");
    let request = beta.received();
    assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/v2?beta=1&x=y"));
    assert_eq!((request.header("kind"), request.header("id")), (None, Some("7")));
}

#[test]
fn parameters_are_checked_before_a_backend_is_chosen() {
    let mut api =
        numbered(vec![(Effect::All, vec![equal(Subject::Method, "GET")])]).parameter("n", Location::Query);
    api.definition.parameters[0].required = true;
    World::new(vec![api]).get("/").assert_refused(
        400,
        "APIG.0201",
        "API request error: the parameter n is missing",
    );
}
