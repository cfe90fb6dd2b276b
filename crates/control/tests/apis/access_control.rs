//! Access control policies and lists of apps, as the data plane is given them.

use crate::support::House;
use countersign_control::acls::AclDraft;
use countersign_control::apps::AppDraft;
use countersign_control::instances::features::FeatureState;
use countersign_control::{Acl, Error};
use countersign_snapshot::source::{AccessList, Identity, Rule, SourceAddress};
use countersign_types::{AclId, PublishId};

fn draft(name: &str, entity: &str, value: &str) -> AclDraft {
    let (rule, entity) = ("DENY".to_owned(), entity.to_owned());
    AclDraft { name: name.to_owned(), rule, entity, value: value.to_owned() }
}

fn acl(house: &House, name: &str, entity: &str, value: &str) -> AclId {
    house.control.create_acl(&house.at, &draft(name, entity, value)).unwrap().id
}

fn bind(house: &House, acl: &AclId, publication: &PublishId) {
    house.control.bind::<Acl>(&house.at, acl, std::slice::from_ref(publication)).unwrap();
}

fn denied(entries: &[&str]) -> Option<AccessList> {
    let entries = entries.iter().map(|entry| (*entry).to_owned()).collect();
    Some(AccessList { rule: Rule::Deny, entries })
}

#[test]
fn a_publication_has_one_list_of_each_kind_and_the_last_one_bound_holds() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let publication = house.online(&api.id).publish_id;
    let ids = format!("{},{}", "a1".repeat(16), "b2".repeat(16));
    for (name, entity, value) in [
        ("first", "IP", "192.0.2.1"),
        ("second", "IP", "192.0.2.2,10.0.0.0/8"),
        ("names", "DOMAIN", "one,an other"),
        ("ids", "DOMAIN_ID", &ids),
    ] {
        bind(&house, &acl(&house, name, entity, value), &publication);
    }
    let access = house.served(&house.group.id).remove(0).access;
    assert_eq!(access.addresses, denied(&["192.0.2.2", "10.0.0.0/8"]));
    assert_eq!(access.account_names, denied(&["one", "an other"]));
    assert_eq!(access.account_ids, denied(&ids.split(',').collect::<Vec<_>>()));
}

#[test]
fn a_policy_acts_as_it_is_now_and_where_it_is_bound() {
    let house = House::new();
    let (one, other) = (house.create(house.mock("one")), house.create(house.mock("other")));
    let publication = house.online(&one.id).publish_id;
    house.online(&other.id);
    let id = acl(&house, "list", "IP", "192.0.2.1");
    bind(&house, &id, &publication);
    house.control.update_acl(&house.at, &id, &draft("renamed", "IP", "::1")).unwrap();
    let served = house.served(&house.group.id);
    let access = |id| &served.iter().find(|release| release.api_id == id).unwrap().access.addresses;
    assert_eq!((access(one.id), access(other.id)), (&denied(&["::1"]), &None));
}

#[test]
fn a_policy_that_is_bound_keeps_its_kind_and_stays() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let publication = house.online(&api.id).publish_id;
    let id = acl(&house, "list", "IP", "192.0.2.1");
    let change = || house.control.update_acl(&house.at, &id, &draft("list", "DOMAIN", "name"));
    assert_eq!(change().unwrap().value, "name");
    bind(&house, &id, &publication);
    let back = house.control.update_acl(&house.at, &id, &draft("list", "IP", "::1"));
    let in_use = |error: Error| error.code() == Some("APIG.3447");
    assert!(in_use(back.unwrap_err()) && in_use(house.control.delete_acl(&house.at, &id).unwrap_err()));
}

#[test]
fn an_app_is_served_with_its_list_and_goes_with_it() {
    let house = House::new();
    let app = house.control.create_app(&house.at, &AppDraft { name: "app".into(), ..AppDraft::default() });
    let id = app.unwrap().app.id;
    let served = || house.control.compile(Identity::default()).unwrap().apps.remove(0).addresses;
    assert_eq!(served(), None);
    let values = ["192.0.2.1-192.0.2.9".to_owned(), "::/0".to_owned()];
    house.control.set_app_acl(&house.at, &id, "DENY", &values).unwrap();
    assert_eq!(served(), denied(&["192.0.2.1-192.0.2.9", "::/0"]));
    house.control.delete_app_acl(&house.at, &id).unwrap();
    assert_eq!(served(), None);
}

#[test]
fn features_say_where_the_source_stands_and_nonsense_says_nothing() {
    let house = House::new();
    let set = |name: &str, config: &str| {
        house.control.set_feature(&house.at, name, FeatureState::On, Some(config)).unwrap();
        house.control.compile(Identity::default()).unwrap().gateways.remove(0).features.source_address
    };
    for (config, expected) in [
        (r#"{"enable":"on","xff_index":1}"#, SourceAddress::ForwardedFor(1)),
        (r#"{"enable":"on","xff_index":-2}"#, SourceAddress::ForwardedFor(-2)),
        (r#"{"enable":"on"}"#, SourceAddress::ForwardedFor(-1)),
        (r#"{"enable":"off","xff_index":1}"#, SourceAddress::Peer),
        (r#"{"xff_index":"first"}"#, SourceAddress::Peer),
        (r#"{"xff_index":9999999999}"#, SourceAddress::Peer),
        ("no JSON", SourceAddress::Peer),
    ] {
        assert_eq!(set("real_ip_from_xff", config), expected, "{config}");
    }
    set("real_ip_from_xff", r#"{"xff_index":0}"#);
    for (config, expected) in [
        (r#"{"enable":"on","header_getter":"header:X-Client"}"#, SourceAddress::Header("x-client".into())),
        (r#"{"enable":"on","header_getter":"X-Client"}"#, SourceAddress::ForwardedFor(0)),
        (r#"{"enable":"on","header_getter":"header:a b"}"#, SourceAddress::ForwardedFor(0)),
        (r#"{"enable":"off","header_getter":"header:X-Client"}"#, SourceAddress::ForwardedFor(0)),
    ] {
        assert_eq!(set("real_ip_header_getter", config), expected, "{config}");
    }
}
