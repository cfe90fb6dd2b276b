//! Custom authorizers, and the APIs that ask them.

use crate::support::{FUNCTION, House, mapping};
use countersign_control::apis::{
    Auth, Backend, Definition, FunctionNetwork, Location, Mock, Origin, Server, Side,
};
use countersign_control::authorizers::{AuthorizerDraft, AuthorizerFilter, FunctionName, Identity};
use countersign_control::instances::features::FeatureState;
use countersign_control::publish::Action;
use countersign_control::{Authorizer, Error, Paging};
use countersign_snapshot::source::{self, ContextValues, MappedValue};
use countersign_types::{AuthorizerId, EnvId};

fn draft(name: &str, side: Side) -> AuthorizerDraft {
    AuthorizerDraft {
        name: name.to_owned(),
        side,
        function: FunctionName {
            urn: FUNCTION.to_owned(),
            network: FunctionNetwork::V1,
            version: None,
            alias_urn: None,
        },
        identities: vec![],
        ttl_seconds: 0,
        user_data: None,
        need_body: false,
    }
}

fn identity(name: &str, location: Location) -> Identity {
    Identity { name: name.to_owned(), location, validation: None }
}

fn create(house: &House, name: &str, side: Side) -> Authorizer {
    house.control.create_authorizer(&house.at, draft(name, side)).unwrap()
}

fn refuse(house: &House, draft: AuthorizerDraft) -> Option<&'static str> {
    house.control.create_authorizer(&house.at, draft).unwrap_err().code()
}

fn delete(house: &House, authorizer: &Authorizer) -> Result<(), Error> {
    house.control.delete_authorizer(&house.at, &authorizer.id)
}

/// `GET /<name>`, for whom the authorizer lets pass.
fn guarded(house: &House, name: &str, authorizer: &Authorizer) -> Definition {
    Definition { auth: Auth::Authorizer, authorizer_id: Some(authorizer.id.to_string()), ..house.mock(name) }
}

/// A mock whose answers the authorizer decides on.
fn vouched(authorizer: &Authorizer) -> Backend {
    let authorizer_id = Some(authorizer.id.to_string());
    Backend::Mock(Mock {
        status: None,
        body: None,
        headers: None,
        authorizer_id,
        version: None,
        remark: None,
    })
}

fn served(house: &House) -> Vec<source::Authorizer> {
    house.control.compile(source::Identity::default()).unwrap().authorizers
}

#[test]
fn what_is_wrong_with_an_authorizer_is_named_by_its_code() {
    let house = House::new();
    create(&house, "guard", Side::Frontend);
    let good = || draft("other", Side::Frontend);
    let with = |identities| AuthorizerDraft { identities, ..good() };
    let header = |name: &str| identity(name, Location::Header);
    let function = |function| AuthorizerDraft { function, ..good() };
    let patterned =
        |pattern: &str| with(vec![Identity { validation: Some(pattern.to_owned()), ..header("token") }]);
    for (code, draft) in [
        ("APIG.3211", draft("guard", Side::Backend)),
        ("APIG.2012", draft("1", Side::Frontend)),
        ("APIG.2012", AuthorizerDraft { ttl_seconds: 3_601, ..good() }),
        ("APIG.2012", AuthorizerDraft { ttl_seconds: 1, ..good() }),
        ("APIG.2012", AuthorizerDraft { user_data: Some("x".repeat(2_049)), ..good() }),
        ("APIG.2012", function(FunctionName { urn: String::new(), ..good().function })),
        ("APIG.3019", function(FunctionName { urn: "urn:other".into(), ..good().function })),
        ("APIG.2012", function(FunctionName { version: Some("1".repeat(65)), ..good().function })),
        ("APIG.2012", with(vec![header("a b")])),
        ("APIG.2012", with(vec![identity("id", Location::Path)])),
        ("APIG.3212", with(vec![header("Token"), header("token")])),
        ("APIG.3117", with((0..11).map(|number| header(&format!("h{number}"))).collect())),
        ("APIG.2000", patterned("(")),
        ("APIG.2000", patterned("(a{1000}){1000}")),
    ] {
        assert_eq!(refuse(&house, draft.clone()), Some(code), "{draft:?}");
    }
    assert_eq!(served(&house).len(), 1);
    let both = vec![header("a"), identity("a", Location::Query), identity("A", Location::Query)];
    house.control.create_authorizer(&house.at, with(both)).unwrap();
}

#[test]
fn a_gateway_has_50_authorizers_at_most() {
    let house = House::new();
    for number in 0..50 {
        create(&house, &format!("guard{number}"), Side::Backend);
    }
    assert_eq!(refuse(&house, draft("one_more", Side::Backend)), Some("APIG.3116"));
}

#[test]
fn the_alias_wins_over_the_version_and_the_plain_urn_stands_for_all() {
    let urls = [("f", "https://a/f"), ("f:2", "https://a/f2"), ("f:live", "https://a/live")];
    let table = urls.map(|(urn, url)| (urn.to_owned(), url.to_owned()));
    let functions = countersign_control::Functions::new(table.into()).unwrap();
    let name = |version: Option<&str>, alias: Option<&str>| FunctionName {
        urn: "f".to_owned(),
        network: FunctionNetwork::V2,
        version: version.map(str::to_owned),
        alias_urn: alias.map(str::to_owned),
    };
    for (version, alias, url) in [
        (None, None, "https://a/f"),
        (Some("2"), None, "https://a/f2"),
        (Some("3"), None, "https://a/f"),
        (Some("2"), Some("f:live"), "https://a/live"),
        (Some("2"), Some("f:gone"), "https://a/f"),
    ] {
        assert_eq!(name(version, alias).url(&functions), Some(url), "{version:?} {alias:?}");
    }
    assert_eq!(FunctionName { urn: "g".into(), ..name(Some("2"), None) }.url(&functions), None);
}

#[test]
fn an_api_names_authorizers_that_exist_on_the_right_side() {
    let house = House::new();
    let (front, back) = (create(&house, "front", Side::Frontend), create(&house, "back", Side::Backend));
    let missing = Definition { authorizer_id: Some("missing".into()), ..house.mock("api") };
    assert_eq!(house.refuse(missing), Some("APIG.3081"));
    assert_eq!(house.refuse(guarded(&house, "api", &back)), Some("APIG.2012"));
    assert_eq!(house.refuse(Definition { backend: vouched(&front), ..house.mock("api") }), Some("APIG.2012"));
    let alone = Definition { auth: Auth::None, ..guarded(&house, "api", &front) };
    assert_eq!(house.refuse(alone), Some("APIG.2012"), "a second factor needs a first one");
    let nobody = Definition { auth: Auth::Authorizer, ..house.mock("api") };
    assert_eq!(house.refuse(nobody), Some("APIG.2001"));
    house.create(Definition { backend: vouched(&back), ..guarded(&house, "api", &front) });
}

#[test]
fn what_an_authorizer_says_is_asked_for_only_where_there_is_one() {
    let house = House::new();
    let (front, back) = (create(&house, "front", Side::Frontend), create(&house, "back", Side::Backend));
    let asking = |value: &str, definition: Definition| Definition {
        mappings: vec![mapping("x-said", Location::Header, Origin::System, value)],
        ..definition
    };
    let http = || house.http("api", "example.com", "/");
    for value in ["$context.authorizer.frontend.user", "$context.authorizer.backend.user"] {
        assert_eq!(house.refuse(asking(value, http())), Some("APIG.2036"), "{value}");
    }
    for value in
        ["$context.authorizer.user", "$context.authorizer.frontend.", "$context.authorizer.frontend.1a"]
    {
        assert_eq!(house.refuse(asking(value, guarded(&house, "api", &front))), Some("APIG.2012"), "{value}");
    }
    let server =
        Server { authorizer_id: Some(back.id.to_string()), ..crate::support::server("example.com", "/") };
    let vouched = Definition { backend: Backend::Http(server), ..http() };
    let api = house.create(asking("$context.authorizer.backend.user", vouched));
    house.online(&api.id);
    let definition = house.served(&house.group.id).remove(0).definition;
    let expected = MappedValue::Authorizer { side: source::Side::Backend, name: "user".into() };
    assert_eq!(
        (definition.mappings[0].value.clone(), definition.backend_authorizer),
        (expected, Some(back.id))
    );
}

#[test]
fn an_authorizer_in_use_stays_on_its_side_and_cannot_be_removed() {
    let house = House::new();
    let front = create(&house, "front", Side::Frontend);
    let api = house.create(guarded(&house, "api", &front));
    house.online(&api.id);
    assert_eq!(delete(&house, &front).unwrap_err().code(), Some("COUNTERSIGN.0403"));
    let turned = draft("front", Side::Backend);
    let turned = house.control.update_authorizer(&house.at, &front.id, &turned);
    assert_eq!(turned.unwrap_err().code(), Some("APIG.2000"));
    house.control.update_api(&house.at, &api.id, &house.mock("api")).unwrap();
    assert!(delete(&house, &front).is_err(), "the published version asks it");
    house.act(Action::Offline, &api.id, &EnvId::release()).unwrap();
    delete(&house, &front).unwrap();
    assert_eq!(delete(&house, &front).unwrap_err().code(), Some("APIG.3081"));
}

#[test]
fn a_version_whose_authorizer_is_gone_does_not_serve_again() {
    let house = House::new();
    let front = create(&house, "front", Side::Frontend);
    let api = house.create(guarded(&house, "api", &front));
    let version = house.online(&api.id).version_id;
    house.control.update_api(&house.at, &api.id, &house.mock("api")).unwrap();
    house.online(&api.id);
    delete(&house, &front).unwrap();
    let switched = house.control.switch_version(&house.at, &api.id, &version);
    assert_eq!(switched.unwrap_err().code(), Some("APIG.3081"));
}

#[test]
fn settings_act_at_once_and_publishing_freezes_who_is_asked() {
    let house = House::new();
    let front = create(&house, "front", Side::Frontend);
    let api = house.create(guarded(&house, "api", &front));
    house.online(&api.id);
    let changed = AuthorizerDraft {
        user_data: Some("new".into()),
        identities: vec![Identity { validation: Some(String::new()), ..identity("token", Location::Header) }],
        ttl_seconds: 7,
        need_body: true,
        ..draft("front", Side::Frontend)
    };
    house.control.update_authorizer(&house.at, &front.id, &changed).unwrap();
    let authorizer = served(&house).remove(0);
    assert_eq!(
        (authorizer.user_data.as_str(), authorizer.ttl_seconds, authorizer.takes_body),
        ("new", 7, true)
    );
    assert_eq!(authorizer.identities[0].pattern, None, "an empty pattern is none");
    assert_eq!(authorizer.url.as_deref(), Some("http://127.0.0.1:9/guard"));
    assert_eq!(authorizer.context, ContextValues::Texts);
    let definition = house.served(&house.group.id).remove(0).definition;
    assert_eq!((definition.auth, definition.authorizer), (source::Auth::Authorizer, Some(front.id)));
    let feature = "authorizer_context_support_num_bool";
    house.control.set_feature(&house.at, feature, FeatureState::On, Some("on")).unwrap();
    assert_eq!(served(&house).remove(0).context, ContextValues::Scalars);
    house.control.set_feature(&house.at, feature, FeatureState::On, Some("off")).unwrap();
    assert_eq!(served(&house).remove(0).context, ContextValues::Texts);
}

#[test]
fn a_function_that_left_the_table_is_asked_no_more() {
    let house = House::new();
    create(&house, "front", Side::Frontend);
    let without = countersign_control::Control { functions: Default::default(), ..house.control.clone() };
    let source = without.compile(source::Identity::default()).unwrap();
    assert_eq!(source.authorizers[0].url, None);
}

#[test]
fn a_gateway_takes_its_authorizers_along() {
    let house = House::new();
    create(&house, "front", Side::Frontend);
    house.control.delete_instance(&house.at).unwrap();
    assert_eq!(served(&house).len(), 0);
}

#[test]
fn lists_filter_by_side() {
    let house = House::new();
    let (front, _) = (create(&house, "front", Side::Frontend), create(&house, "back", Side::Backend));
    let side = countersign_control::Filter::Is("FRONTEND".into());
    let filter = AuthorizerFilter { side, ..AuthorizerFilter::default() };
    let page = house.control.list_authorizers(&house.at, &filter, Paging::new(None, None)).unwrap();
    assert_eq!(page.items.iter().map(|one| one.id.clone()).collect::<Vec<AuthorizerId>>(), [front.id]);
}
