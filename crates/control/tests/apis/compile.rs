//! What the data plane is given.

use crate::support::{House, mapping, parameter};
use countersign_control::apis::{Definition, Location, Origin, Parameter, ValueType};
use countersign_control::app_auths::GrantRequest;
use countersign_control::apps::AppDraft;
use countersign_control::groups::Subdomain;
use countersign_control::outline::Split;
use countersign_snapshot::Snapshot;
use countersign_snapshot::source::{self, Check, Identity, MappedValue, Source, System};
use countersign_types::{AccessKeyId, DomainId, EnvId, SecretKey, UserId};

#[test]
fn groups_are_reached_by_their_subdomain_and_the_default_one_by_address() {
    let house = House::new();
    let groups = house.control.compile(Identity::default()).unwrap().groups;
    let hosts = |by_address| groups.iter().filter(move |group| group.by_address == by_address).count();
    assert_eq!((hosts(true), hosts(false)), (1, 1));
    let of_group = |groups: &[source::Group]| {
        groups.iter().find(|group| group.id == house.group.id).map(|group| group.subdomain.clone()).unwrap()
    };
    assert_eq!(of_group(&groups), Some(format!("{}.apic.example.com", house.group.id)));
    house.control.set_group_subdomain(&house.at, &house.group.id, Subdomain::Off).unwrap();
    assert_eq!(of_group(&house.control.compile(Identity::default()).unwrap().groups), None);
}

#[test]
fn a_source_names_the_revision_it_was_compiled_from() {
    let house = House::new();
    let revision = || house.control.compile(Identity::default()).unwrap().revision;
    let before = revision();
    house.create(house.mock("api"));
    assert_eq!(revision(), before + 1);
    assert_eq!(revision(), *house.control.store.watch().borrow());
}

#[test]
fn parameters_and_mappings_reach_the_data_plane() {
    let house = House::new();
    let count = Parameter {
        value_type: ValueType::Number,
        checked: true,
        required: false,
        default: Some("1".into()),
        enumerations: Some("1, 2,,3".into()),
        min_number: Some(1),
        max_number: Some(3),
        max_chars: Some(9),
        ..parameter("count", Location::Query)
    };
    let unlimited = Parameter {
        checked: true,
        min_chars: Some(0),
        max_chars: Some(0),
        ..parameter("x-a", Location::Header)
    };
    let api = house.create(Definition {
        path: "/a/{id}".into(),
        parameters: vec![parameter("id", Location::Path), count, unlimited],
        mappings: vec![
            mapping("x-number", Location::Header, Origin::Request, "count"),
            mapping("fixed", Location::Query, Origin::Constant, "a b"),
            mapping("from", Location::Query, Origin::System, "$context.sourceIp"),
        ],
        ..house.http("api", "example.com", "/")
    });
    house.online(&api.id);
    let definition = house.served(&house.group.id).remove(0).definition;
    let check = Check {
        number: true,
        min: Some(1.0),
        max: Some(3.0),
        min_chars: None,
        max_chars: None,
        one_of: vec!["1".into(), "2".into(), "3".into()],
    };
    assert_eq!(definition.parameters[0].check, None);
    assert_eq!(definition.parameters[1].check, Some(check));
    let none =
        Check { number: false, min: None, max: None, min_chars: None, max_chars: None, one_of: vec![] };
    assert_eq!(definition.parameters[2].check, Some(none), "two zeros are no limits");
    let values: Vec<_> = definition.mappings.into_iter().map(|mapping| mapping.value).collect();
    let request = MappedValue::Request { name: "count".into(), location: source::Location::Query };
    assert_eq!(values, [request, MappedValue::Constant("a b".into()), MappedValue::System(System::SourceIp)]);
}

#[test]
fn a_source_survives_being_written_down() {
    let house = House::new();
    let api = house.create(house.http("api", "example.com", "/"));
    house.online(&api.id);
    house.control.create_app(&house.at, &AppDraft { name: "app".into(), ..AppDraft::default() }).unwrap();
    let source = house.control.compile(Identity::default()).unwrap();
    assert_eq!(source.apps.len(), 1);
    let text = serde_json::to_string(&source).unwrap();
    let read: Source = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), text);
    assert_eq!(read.format, Source::FORMAT);
}

#[test]
fn an_app_that_takes_a_users_key_cannot_keep_the_rest_from_serving() {
    let house = House::new();
    let key = "0123456789ABCDEF".to_owned();
    let app = AppDraft { name: "thief".into(), key: Some(key.clone()), ..AppDraft::default() };
    let app = house.control.create_app(&house.at, &app).unwrap().app;
    let api = house.create(house.mock("api"));
    house.online(&api.id);
    let grant = GrantRequest { env_id: EnvId::release(), app_ids: vec![app.id], api_ids: vec![api.id] };
    house.control.grant(&house.at, &grant).unwrap();
    let identity = Identity {
        users: vec![source::User {
            id: UserId::parse("user").unwrap(),
            name: "user".into(),
            domain_id: DomainId::parse("domain").unwrap(),
            epoch: 0,
            acts_on_account: true,
            project_ids: vec![],
        }],
        access_keys: vec![source::AccessKey {
            key: AccessKeyId::parse(&key).unwrap(),
            secret: SecretKey::new("secret"),
            user_id: UserId::parse("user").unwrap(),
        }],
        ..Identity::default()
    };
    let served = house.control.compile(identity).unwrap();
    Snapshot::compile(&served).unwrap();
    assert_eq!((served.apps.len(), served.identity.access_keys.len()), (0, 1));
}

#[test]
fn counts_tell_what_serves() {
    let house = House::new();
    let api = house.create(house.mock("one"));
    house.create(house.mock("two"));
    house.online(&api.id);
    assert_eq!(house.control.outline_apis(&house.at).unwrap(), Split { with: 1, without: 1 });
    assert_eq!(house.control.outline_apps(&house.at).unwrap(), Split { with: 0, without: 0 });
    assert_eq!(house.control.outline_groups(&house.at).unwrap(), Split { with: 0, without: 2 });
}
