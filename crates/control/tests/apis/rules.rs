//! What a definition must satisfy, and the code that says so.

use crate::support::{House, mapping, parameter, server};
use countersign_control::apis::{
    AppCode, Auth, Backend, BackendProtocol, Condition, ConditionOrigin, ConditionType, Definition, Effect,
    Location, Mapping, Method, Mock, Origin, Parameter, Policy, Protocol, Server, Texts, Trace,
};
use countersign_control::instances::features::FeatureState;

const INVALID: Option<&str> = Some("APIG.2012");

fn with_server(house: &House, change: impl FnOnce(&mut Server)) -> Definition {
    let mut server = server("example.com", "/");
    change(&mut server);
    Definition { backend: Backend::Http(server), ..house.mock("api") }
}

fn with_parameter(house: &House, name: &str, location: Location) -> Definition {
    Definition { parameters: vec![parameter(name, location)], ..house.mock("api") }
}

fn with_mapping(house: &House, mapping: Mapping) -> Definition {
    Definition {
        parameters: vec![parameter("id", Location::Query)],
        mappings: vec![mapping],
        ..house.http("api", "example.com", "/")
    }
}

#[test]
fn single_members_are_checked() {
    let house = House::new();
    let base = || house.mock("api");
    for bad in [
        Definition { name: "ab".into(), ..base() },
        Definition { name: "-ab".into(), ..base() },
        Definition { name: "a<b>c".into(), ..base() },
        Definition { name: "a".repeat(256), ..base() },
        Definition { version: Some("1".repeat(17)), ..base() },
        Definition { path: "api".into(), ..base() },
        Definition { path: "/a?b".into(), ..base() },
        Definition { tags: Some(vec![String::new()]), ..base() },
        Definition { trace: Trace { parameter: Some("101".into()), ..Trace::default() }, ..base() },
        Definition { texts: Texts { remark: Some("<b>".into()), ..Texts::default() }, ..base() },
        Definition { app_code: AppCode::Header, protocol: Protocol::Http, ..base() },
    ] {
        assert_eq!(house.refuse(bad.clone()), INVALID, "{bad:?}");
    }
    assert_eq!(house.refuse(Definition { auth: Auth::Authorizer, ..base() }), Some("APIG.2001"));
    let tagged = Definition { tags: Some(vec!["t".into(); 11]), ..base() };
    assert_eq!(house.refuse(tagged), Some("APIG.3133"));
    house.create(Definition { name: "网关：接口、(一)/2.x".into(), ..base() });
}

#[test]
fn path_parameters_and_their_declarations_agree() {
    let house = House::new();
    let path = |path: &str, parameters: Vec<Parameter>| Definition {
        path: path.into(),
        parameters,
        ..house.mock("api")
    };
    let id = || parameter("id", Location::Path);
    assert_eq!(house.refuse(path("/{id}", vec![])), Some("APIG.2026"));
    assert_eq!(house.refuse(path("/{id}", vec![parameter("id", Location::Query)])), Some("APIG.2026"));
    assert_eq!(house.refuse(path("/", vec![id()])), INVALID);
    assert_eq!(house.refuse(path("/{id}", vec![Parameter { required: false, ..id() }])), INVALID);
    house.create(path("/{id+}", vec![id()]));
}

#[test]
fn parameters_may_not_take_the_place_of_credentials() {
    let house = House::new();
    for name in
        ["Authorization", "x-auth-token", "X-Apig-Mode", "x-sdk-date", "X-Stage", "with_underscore", "", "1x"]
    {
        assert_eq!(house.refuse(with_parameter(&house, name, Location::Header)), INVALID, "{name:?}");
    }
    let twice = vec![parameter("X-Id", Location::Header), parameter("x-id", Location::Header)];
    assert_eq!(house.refuse(Definition { parameters: twice, ..house.mock("api") }), INVALID);
    let limits = Parameter { min_number: Some(2), max_number: Some(1), ..parameter("n", Location::Query) };
    assert_eq!(house.refuse(Definition { parameters: vec![limits], ..house.mock("api") }), INVALID);
    let many = (0..51).map(|n| parameter(&format!("p{n}"), Location::Query)).collect();
    assert_eq!(house.refuse(Definition { parameters: many, ..house.mock("api") }), Some("APIG.3111"));
    house.create(with_parameter(&house, "with_underscore", Location::Query));
}

#[test]
fn mappings_point_to_something() {
    let house = House::new();
    let to = |location, origin, value| with_mapping(&house, mapping("name", location, origin, value));
    assert_eq!(house.refuse(to(Location::Query, Origin::Request, "nothing")), Some("APIG.2028"));
    assert_eq!(house.refuse(to(Location::Path, Origin::Request, "id")), INVALID, "not in the backend path");
    assert_eq!(house.refuse(to(Location::Query, Origin::System, "sourceIp")), INVALID);
    assert_eq!(house.refuse(to(Location::Header, Origin::Constant, "a\r\nb")), INVALID);
    let forged = mapping("X-Auth-Token", Location::Header, Origin::Constant, "forged");
    assert_eq!(house.refuse(with_mapping(&house, forged)), INVALID);
    let framing = mapping("Content-Length", Location::Header, Origin::Constant, "0");
    assert_eq!(house.refuse(with_mapping(&house, framing)), INVALID);
    let undeclared = house.http("api", "example.com", "/{id}");
    assert_eq!(house.refuse(undeclared), Some("APIG.2027"));
    house.create(to(Location::Query, Origin::Request, "id"));
}

#[test]
fn servers_are_checked() {
    let house = House::new();
    type Change = fn(&mut Server);
    let changes: [Change; 9] = [
        |server| server.address = Some("http://example.com".into()),
        |server| server.address = Some("example.com:0".into()),
        |server| server.path = "no/slash".into(),
        |server| server.path = "/a b".into(),
        |server| server.timeout_ms = 0,
        |server| server.timeout_ms = 60_001,
        |server| server.retries = Some(11),
        |server| server.protocol = BackendProtocol::Grpc,
        |server| server.version = Some("v".repeat(17)),
    ];
    for (number, change) in changes.into_iter().enumerate() {
        assert_eq!(house.refuse(with_server(&house, change)), INVALID, "change {number}");
    }
    assert_eq!(house.refuse(with_server(&house, |server| server.address = None)), Some("APIG.2001"));
    house.create(with_server(&house, |server| server.timeout_ms = 60_000));
}

#[test]
fn mock_answers_are_checked() {
    let house = House::new();
    let mock = |status, header: (&str, &str)| Definition {
        backend: Backend::Mock(Mock {
            status,
            body: None,
            headers: Some(vec![(header.0.to_owned(), header.1.to_owned())]),
            authorizer_id: None,
            version: None,
            remark: None,
        }),
        ..house.mock("api")
    };
    assert_eq!(house.refuse(mock(Some(199), ("x-a", "b"))), INVALID);
    assert_eq!(house.refuse(mock(Some(600), ("x-a", "b"))), INVALID);
    assert_eq!(house.refuse(mock(None, ("x a", "b"))), INVALID);
    assert_eq!(house.refuse(mock(None, ("x-a", "b\r\nc: d"))), INVALID);
    house.create(mock(Some(404), ("x-a", "é")));
}

fn condition(origin: ConditionOrigin, name: &str, comparison: ConditionType, value: &str) -> Condition {
    let named = |own: ConditionOrigin| (origin == own).then(|| name.to_owned());
    Condition {
        origin,
        comparison: (origin != ConditionOrigin::Source).then_some(comparison),
        value: value.into(),
        parameter: named(ConditionOrigin::Parameter),
        system: named(ConditionOrigin::System),
        cookie: named(ConditionOrigin::Cookie),
        authorizer: named(ConditionOrigin::Authorizer),
        mapped_name: None,
        mapped_location: None,
    }
}

fn with_condition(house: &House, condition: Condition) -> Definition {
    let policy = policy(house.mock("x").backend, vec![condition]);
    Definition {
        parameters: vec![parameter("declared", Location::Query)],
        policies: vec![policy],
        ..house.mock("api")
    }
}

fn policy(backend: Backend, conditions: Vec<Condition>) -> Policy {
    Policy {
        id: String::new(),
        name: "internal".into(),
        effect: Effect::All,
        conditions,
        mappings: vec![],
        backend,
    }
}

#[test]
fn policies_are_of_the_backends_family() {
    let house = House::new();
    let source = || condition(ConditionOrigin::Source, "", ConditionType::Exact, "10.0.0.0/8");
    let with = |policies| Definition { policies, ..house.mock("api") };
    let http = policy(Backend::Http(server("example.com", "/")), vec![source()]);
    assert_eq!(house.refuse(with(vec![http])), INVALID);
    assert_eq!(house.refuse(with(vec![policy(house.mock("x").backend, vec![])])), INVALID);
    let mock = || policy(house.mock("x").backend, vec![source()]);
    let named = |name: usize| Policy { name: format!("policy{name}"), ..mock() };
    assert_eq!(house.refuse(with(vec![mock(), mock()])), INVALID, "names are unique");
    assert_eq!(house.refuse(with((0..6).map(named).collect())), Some("APIG.3113"));
    let eager = policy(house.mock("x").backend, vec![source(); 51]);
    assert_eq!(house.refuse(with(vec![eager])), Some("APIG.3114"));
    house.create(Definition { method: Method::Post, ..with((0..5).map(named).collect()) });
}

#[test]
fn conditions_look_at_something_and_compare_with_something() {
    use ConditionOrigin::{Authorizer, Cookie, Parameter, Source, System};
    use ConditionType::{Enum, Exact, Pattern};
    let house = House::new();
    for (origin, name, comparison, value, refusal) in [
        (Source, "", Exact, "10.0.0.1-10.0.0.9", INVALID),
        (Source, "", Exact, "example.com", INVALID),
        (Source, "", Exact, ",", INVALID),
        (Parameter, "", Exact, "x", Some("APIG.2001")),
        (Parameter, "nothing", Exact, "x", Some("APIG.2028")),
        (Parameter, "declared", Enum, " , ", INVALID),
        (Parameter, "declared", Pattern, "(", INVALID),
        (Parameter, "declared", Pattern, "(?=look)", INVALID),
        (Parameter, "declared", Pattern, "x{1000}{1000}", INVALID),
        (System, "", Exact, "x", Some("APIG.2001")),
        (System, "req_host", Exact, "x", INVALID),
        (System, "req_method", Pattern, "GET", INVALID),
        (System, "reqMethod", Enum, "GET,FETCH", INVALID),
        (Cookie, "", Exact, "x", Some("APIG.2001")),
        (Cookie, "session", Exact, "x", INVALID),
        (Authorizer, "$context.authorizer.frontend.role", Exact, "x", INVALID),
    ] {
        let definition = with_condition(&house, condition(origin, name, comparison, value));
        assert_eq!(house.refuse(definition), refusal, "{origin:?} {name} {comparison:?} {value}");
    }
    let untyped = Condition { comparison: None, ..condition(Parameter, "declared", Exact, "x") };
    assert_eq!(house.refuse(with_condition(&house, untyped)), Some("APIG.2001"));
    house.create(with_condition(&house, condition(System, "reqMethod", Enum, "GET, POST")));
}

#[test]
fn cookies_are_looked_at_when_the_feature_is_on() {
    let house = House::new();
    let by_cookie = condition(ConditionOrigin::Cookie, "session", ConditionType::Exact, "x");
    assert_eq!(house.refuse(with_condition(&house, by_cookie.clone())), INVALID);
    house.control.set_feature(&house.at, "policy_cookie_param", FeatureState::On, Some("on")).unwrap();
    house.create(with_condition(&house, by_cookie));
}
