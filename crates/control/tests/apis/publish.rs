//! Publishing: what is frozen, what is live, and what happens to the versions.

use crate::support::{House, mapping, parameter, server};
use countersign_control::apis::{
    Backend, Channel, Condition, ConditionOrigin, ConditionType, Definition, Effect, Location, Mock, Origin,
    Policy, Server,
};
use countersign_control::publish::{Action, BatchRequest, HistoryFilter, Selection};
use countersign_control::{Filter, Paging};
use countersign_snapshot::source;
use countersign_types::{ApiId, EnvId};

fn address(house: &House) -> String {
    match &house.served(&house.group.id)[0].definition.backend {
        source::Backend::Http { address, path, .. } => format!("{address}{path}"),
        other @ source::Backend::Mock { .. } => panic!("{other:?}"),
    }
}

fn history(house: &House, api: &ApiId) -> Vec<(String, bool)> {
    let page =
        house.control.list_versions(&house.at, api, &HistoryFilter::default(), Paging::new(None, None));
    page.unwrap().items.into_iter().map(|entry| (entry.version.id.to_string(), entry.is_effective)).collect()
}

#[test]
fn an_edit_is_invisible_until_it_is_published() {
    let house = House::new();
    let api = house.create(house.mock("before"));
    assert_eq!(house.paths("RELEASE"), [""; 0]);
    let first = house.online(&api.id);
    house.control.update_api(&house.at, &api.id, &house.mock("after")).unwrap();
    assert_eq!(house.paths("RELEASE"), ["/before"]);
    let second = house.online(&api.id);
    assert_eq!(house.paths("RELEASE"), ["/after"]);
    assert_eq!(first.publish_id, second.publish_id);
    assert_ne!(first.version_id, second.version_id);
}

#[test]
fn the_publication_survives_going_offline() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let online = house.online(&api.id);
    let offline = house.act(Action::Offline, &api.id, &EnvId::release()).unwrap();
    assert_eq!((&offline.publish_id, &offline.version_id), (&online.publish_id, &online.version_id));
    assert_eq!(house.paths("RELEASE"), [""; 0]);
    let again = house.act(Action::Offline, &api.id, &EnvId::release());
    assert_eq!(again.unwrap_err().code(), Some("APIG.3015"));
    assert_eq!(house.online(&api.id).publish_id, online.publish_id);
}

#[test]
fn environments_have_publications_of_their_own() {
    let house = House::new();
    let (api, env) = (house.create(house.mock("api")), house.env("test"));
    let release = house.online(&api.id);
    let test = house.act(Action::Online, &api.id, &env.id).unwrap();
    assert_ne!(release.publish_id, test.publish_id);
    let published = house.control.api(&house.at, &api.id).unwrap().publications;
    let names: Vec<_> = published.iter().map(|one| one.env_name.as_str()).collect();
    assert_eq!(names, ["RELEASE", "test"]);
    assert_eq!(house.control.delete_env(&house.at, &env.id).unwrap_err().code(), Some("APIG.3418"));
    house.act(Action::Offline, &api.id, &env.id).unwrap();
    house.control.delete_env(&house.at, &env.id).unwrap();
    assert_eq!(history(&house, &api.id).len(), 1, "the history of the environment went with it");
    assert_eq!(house.paths("RELEASE"), ["/api"]);
}

#[test]
fn the_oldest_of_more_than_ten_versions_is_dropped() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let versions: Vec<_> = (0..12).map(|_| house.online(&api.id).version_id.to_string()).collect();
    let kept = history(&house, &api.id);
    let expected: Vec<_> = versions[2..].iter().rev().cloned().collect();
    assert_eq!(kept.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>(), expected, "latest first");
    assert_eq!(kept.iter().filter(|(_, effective)| *effective).count(), 1);
    assert!(kept[0].1);
}

#[test]
fn switching_brings_an_old_version_back() {
    let house = House::new();
    let api = house.create(house.mock("before"));
    let first = house.online(&api.id);
    house.control.update_api(&house.at, &api.id, &house.mock("after")).unwrap();
    let second = house.online(&api.id);
    let switched = house.control.switch_version(&house.at, &api.id, &first.version_id).unwrap();
    assert_eq!((switched.publish_id, switched.api_name.as_str()), (first.publish_id, "before"));
    assert_eq!(house.paths("RELEASE"), ["/before"]);
    let runtime = house.control.runtime(&house.at, &api.id, &EnvId::release()).unwrap();
    assert_eq!(runtime.definition.name, "before");
    let effective: Vec<_> =
        history(&house, &api.id).into_iter().filter(|(_, effective)| *effective).collect();
    assert_eq!(effective, [(first.version_id.to_string(), true)]);
    let refused = house.control.take_version_offline(&house.at, &second.version_id);
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3015"), "it does not serve");
    house.control.take_version_offline(&house.at, &first.version_id).unwrap();
    assert_eq!(house.paths("RELEASE"), [""; 0]);
    let runtime = house.control.runtime(&house.at, &api.id, &EnvId::release());
    assert_eq!(runtime.unwrap_err().code(), Some("APIG.3015"));
    house.control.switch_version(&house.at, &api.id, &second.version_id).unwrap();
    assert_eq!(house.paths("RELEASE"), ["/after"]);
}

#[test]
fn the_version_of_another_api_is_no_version_of_this_one() {
    let house = House::new();
    let (one, two) = (house.create(house.mock("one")), house.create(house.mock("two")));
    let version = house.online(&two.id).version_id;
    let refused = house.control.switch_version(&house.at, &one.id, &version);
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3022"));
}

#[test]
fn two_apis_never_serve_one_route() {
    let house = House::new();
    let first = house.create(house.mock("route"));
    house.online(&first.id);
    house.control.update_api(&house.at, &first.id, &house.mock("moved")).unwrap();
    let second = house.create(house.mock("route"));
    let refused = house.act(Action::Online, &second.id, &EnvId::release());
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3301"));
    assert_eq!(history(&house, &second.id), [], "a refused publication leaves nothing behind");
    house.online(&first.id);
    house.online(&second.id);
    assert_eq!(house.paths("RELEASE"), ["/moved", "/route"]);
}

#[test]
fn variables_are_frozen_with_the_values_of_their_environment() {
    let house = House::new();
    let test = house.env("test");
    let api = house.create(house.http("api", "#host#:8080", "/v1/#base##tail#"));
    for env in [&EnvId::release(), &test.id] {
        house.variable(
            env,
            "host",
            &format!("{}.example.com", if *env == test.id { "test" } else { "live" }),
        );
        house.variable(env, "base", "a");
    }
    let refused = house.act(Action::Online, &api.id, &EnvId::release());
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3011"), "tail is undefined");
    house.variable(&EnvId::release(), "tail", "b/c");
    house.online(&api.id);
    assert_eq!(address(&house), "live.example.com:8080/v1/ab/c");
    let shown = house.control.runtime(&house.at, &api.id, &EnvId::release()).unwrap().definition;
    assert_eq!(shown.backend.server().unwrap().address.as_deref(), Some("live.example.com:8080"));
    let draft = house.control.api(&house.at, &api.id).unwrap().api.definition;
    assert_eq!(draft.backend.server().unwrap().address.as_deref(), Some("#host#:8080"));
}

#[test]
fn variables_of_policy_backends_are_frozen_and_must_be_defined() {
    let house = House::new();
    let policy = Policy {
        id: String::new(),
        name: "beta".into(),
        effect: Effect::Any,
        conditions: vec![Condition {
            origin: ConditionOrigin::System,
            comparison: Some(ConditionType::Exact),
            value: "POST".into(),
            parameter: None,
            system: Some("req_method".into()),
            cookie: None,
            authorizer: None,
            mapped_name: None,
            mapped_location: None,
        }],
        mappings: vec![mapping("fixed", Location::Query, Origin::Constant, "beta")],
        backend: Backend::Http(Server { retries: Some(-1), ..server("#host#", "/#base#") }),
    };
    let definition = Definition { policies: vec![policy], ..house.http("api", "example.com", "/") };
    let api = house.create(definition);
    let host = house.variable(&EnvId::release(), "host", "beta.example.com");
    let refused = house.act(Action::Online, &api.id, &EnvId::release());
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3011"), "base is undefined");
    house.variable(&EnvId::release(), "base", "b");
    house.online(&api.id);
    let policy = || house.served(&house.group.id).remove(0).definition.policies.remove(0);
    let subject = source::Subject::Method;
    let test = source::Test::Equal("POST".into());
    assert_eq!(policy().conditions, [source::Condition::Text { subject, test }]);
    assert_eq!(policy().mappings[0].value, source::MappedValue::Constant("beta".into()));
    let source::Backend::Http { address, path, retries, .. } = policy().backend else { panic!("no server") };
    assert_eq!((address.as_str(), path.as_str(), retries), ("beta.example.com", "/b", None));
    house.control.update_variable(&house.at, &host.id, "new.example.com").unwrap();
    let source::Backend::Http { address, .. } = policy().backend else { panic!("no server") };
    assert_eq!(address, "new.example.com", "who uses a variable is published again with it");
}

#[test]
fn editing_a_variable_publishes_its_users_again_and_no_draft() {
    let house = House::new();
    let host = house.variable(&EnvId::release(), "host", "old.example.com");
    let api = house.create(house.http("api", "#host#", "/x"));
    let first = house.online(&api.id);
    house.control.update_api(&house.at, &api.id, &house.http("api", "#host#", "/draft")).unwrap();
    let other = house.create(house.mock("other"));
    let untouched = house.online(&other.id);
    house.control.update_variable(&house.at, &host.id, "new.example.com").unwrap();
    assert_eq!(address(&house), "new.example.com/x");
    assert_eq!(history(&house, &api.id).len(), 2);
    assert_eq!(history(&house, &other.id), [(untouched.version_id.to_string(), true)]);
    house.control.switch_version(&house.at, &api.id, &first.version_id).unwrap();
    assert_eq!(address(&house), "old.example.com/x", "a version keeps the values it was published with");
}

#[test]
fn a_variable_that_would_break_an_address_is_refused_with_its_change() {
    let house = House::new();
    let host = house.variable(&EnvId::release(), "host", "good.example.com");
    let api = house.create(house.http("api", "#host#", "/"));
    house.online(&api.id);
    assert!(house.control.update_variable(&house.at, &host.id, "a/b").is_err());
    assert_eq!(house.control.variable(&house.at, &host.id).unwrap().value, "good.example.com");
    assert_eq!(address(&house), "good.example.com/");
}

#[test]
fn what_cannot_be_served_is_refused_and_not_weakened() {
    let house = House::new();
    let channel = Channel { id: "c".into(), proxy_host: None };
    let server = |change: fn(&mut Server)| {
        let mut server = server("example.com", "/");
        change(&mut server);
        Backend::Http(server)
    };
    let mock = || house.mock("api");
    for refused in [
        Definition {
            backend: Backend::Http(Server { channel: Some(channel), ..super::support::server("a", "/") }),
            ..mock()
        },
        Definition { backend: server(|server| server.client_certificate = Some(true)), ..mock() },
    ] {
        let api = house.create(refused.clone());
        let error = house.act(Action::Online, &api.id, &EnvId::release()).unwrap_err();
        assert_eq!(error.code(), Some("COUNTERSIGN.0501"), "{refused:?}");
        house.control.delete_api(&house.at, &api.id).unwrap();
    }
}

#[test]
fn what_the_data_plane_would_refuse_is_refused_at_publishing() {
    let house = House::new();
    for (name, address, path) in
        [("braces", "example.com", "/pre-{id}"), ("label", "a..b", "/"), ("slash", "a", "/x//y")]
    {
        let parameters = if name == "braces" { vec![parameter("id", Location::Query)] } else { vec![] };
        let mappings =
            parameters.iter().map(|_| mapping("id", Location::Path, Origin::Request, "id")).collect();
        let api = house.create(Definition { parameters, mappings, ..house.http(name, address, path) });
        let refused = house.act(Action::Online, &api.id, &EnvId::release());
        assert_eq!(refused.unwrap_err().code(), Some("APIG.2000"), "{name}");
        assert_eq!(history(&house, &api.id), []);
    }
}

#[test]
fn a_batch_tells_success_and_failure_one_by_one() {
    let house = House::new();
    let good = house.create(house.mock("good"));
    let bad = house.create(house.http("bad", "#undefined#", "/"));
    let missing = ApiId::parse("missing").unwrap();
    let batch = |selection| BatchRequest { selection, env_id: EnvId::release(), remark: None };
    let apis = Selection::Apis(vec![good.id.clone(), bad.id.clone(), missing]);
    let outcome = house.control.publish_batch(&house.at, Action::Online, &batch(apis)).unwrap();
    assert_eq!(outcome.success.iter().map(|one| &one.api_id).collect::<Vec<_>>(), [&good.id]);
    let failures: Vec<_> = outcome.failure.iter().map(|one| (one.api_name.as_str(), one.code)).collect();
    assert_eq!(failures, [("bad", "APIG.3011"), ("", "APIG.3002")]);
    let group = || batch(Selection::Group(house.group.id.clone()));
    let outcome = house.control.publish_batch(&house.at, Action::Offline, &group()).unwrap();
    assert_eq!((outcome.success.len(), outcome.failure.len()), (1, 0), "only what serves goes offline");
    let none = house.control.publish_batch(&house.at, Action::Online, &batch(Selection::Apis(vec![])));
    assert_eq!(none.unwrap_err().code(), Some("APIG.2012"));
}

#[test]
fn the_history_filters_by_environment() {
    let house = House::new();
    let (api, env) = (house.create(house.mock("api")), house.env("test"));
    house.online(&api.id);
    let test = house.act(Action::Online, &api.id, &env.id).unwrap();
    for filter in [
        HistoryFilter { env_id: Filter::Is(env.id.to_string()), ..HistoryFilter::default() },
        HistoryFilter { env_name: Filter::Is("test".into()), ..HistoryFilter::default() },
    ] {
        let page = house.control.list_versions(&house.at, &api.id, &filter, Paging::new(None, None)).unwrap();
        let ids: Vec<_> = page.items.iter().map(|entry| &entry.version.id).collect();
        assert_eq!((page.total, ids), (1, vec![&test.version_id]));
    }
}

#[test]
fn a_mock_answers_200_with_an_empty_body_unless_told_otherwise() {
    let house = House::new();
    let empty =
        Mock { status: None, body: None, headers: None, authorizer_id: None, version: None, remark: None };
    let api = house.create(Definition { backend: Backend::Mock(empty), ..house.mock("api") });
    house.online(&api.id);
    let served = &house.served(&house.group.id)[0].definition.backend;
    assert_eq!(*served, source::Backend::Mock { status: 200, body: String::new(), headers: vec![] });
}
