//! Creating, reading, changing, listing and removing drafts.

use crate::support::{House, mapping, parameter};
use countersign_control::apis::{ApiCheck, ApiFilter, Definition, Location, Matching, Method, Origin, Texts};
use countersign_control::groups::GroupDraft;
use countersign_control::publish::Action;
use countersign_control::{Filter, InstanceRef, Paging};
use countersign_types::{EnvId, InstanceId};

#[test]
fn what_was_written_is_read_back() {
    let house = House::new();
    let written = Definition {
        path: "/a/{id}".to_owned(),
        parameters: vec![parameter("id", Location::Path)],
        mappings: vec![mapping("x-id", Location::Header, Origin::Request, "id")],
        texts: Texts { remark: Some(String::new()), body_remark: None, ..Texts::default() },
        tags: Some(vec![]),
        ..house.mock("api")
    };
    let api = house.create(written.clone());
    let mut read = house.control.api(&house.at, &api.id).unwrap().api.definition;
    assert_eq!((read.parameters[0].id.len(), read.mappings[0].id.len()), (32, 32));
    read.parameters[0].id.clear();
    read.mappings[0].id.clear();
    assert_eq!(read, written);
}

#[test]
fn a_change_replaces_the_whole_definition_and_keeps_the_identity() {
    let house = House::new();
    let api = house.create(Definition { tags: Some(vec!["old".to_owned()]), ..house.mock("before") });
    let after = house.control.update_api(&house.at, &api.id, &house.mock("after")).unwrap().api;
    assert_eq!((&after.id, &after.backend_id, after.registered), (&api.id, &api.backend_id, api.registered));
    assert!(after.updated > api.updated);
    assert_eq!(after.definition, house.mock("after"));
}

#[test]
fn names_and_routes_are_unique_in_their_group() {
    let house = House::new();
    let route = |path: &str| Definition {
        path: path.to_owned(),
        ..house.mock(&format!("n{}", path.replace(['/', '{', '}'], "-")))
    };
    let with_id = |path: &str, name: &str| Definition {
        parameters: vec![parameter(name, Location::Path)],
        ..route(path)
    };
    house.create(house.mock("one"));
    house.create(with_id("/x/{id}", "id"));
    assert_eq!(
        house.refuse(Definition { path: "/other".to_owned(), ..house.mock("one") }),
        Some("APIG.3202")
    );
    assert_eq!(house.refuse(Definition { name: "two".to_owned(), ..house.mock("one") }), Some("APIG.3301"));
    assert_eq!(
        house.refuse(with_id("/x/{name}", "name")),
        Some("APIG.3301"),
        "the parameter's name tells nothing"
    );
    let respelled = Definition { name: "two".to_owned(), path: "/%6Fne".to_owned(), ..house.mock("one") };
    assert_eq!(house.refuse(respelled), Some("APIG.3301"), "nor does the spelling of the path");
    house.create(Definition { name: "post".to_owned(), method: Method::Post, ..house.mock("one") });
    house.create(Definition { name: "prefix".to_owned(), matching: Matching::Prefix, ..house.mock("one") });
    house.create(route("/one/"));
    let group = GroupDraft { name: "elsewhere".to_owned(), remark: None };
    let group_id = house.control.create_group(&house.at, &group).unwrap().id;
    house.create(Definition { group_id, ..house.mock("one") });
}

#[test]
fn a_check_finds_what_creating_would_refuse() {
    let house = House::new();
    let api = house.create(house.mock("one"));
    let ask = |name: Option<&str>, path: Option<&str>, own: bool| {
        let check = ApiCheck {
            group_id: house.group.id.clone(),
            api_id: own.then(|| api.id.clone()),
            name: name.map(str::to_owned),
            route: path.map(|path| (Method::Get, Matching::Exact, path.to_owned())),
        };
        house.control.check_api(&house.at, &check).map_err(|error| error.code().unwrap())
    };
    assert_eq!(ask(Some("one"), None, false), Err("APIG.3202"));
    assert_eq!(ask(None, Some("/one"), false), Err("APIG.3301"));
    assert_eq!(ask(Some("two"), Some("/two"), false), Ok(()));
    assert_eq!(ask(Some("one"), Some("/one"), true), Ok(()));
    assert_eq!(ask(None, Some("no path"), false), Err("APIG.2012"));
}

#[test]
fn a_published_api_can_be_neither_removed_nor_moved() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let group = GroupDraft { name: "elsewhere".to_owned(), remark: None };
    let group_id = house.control.create_group(&house.at, &group).unwrap().id;
    let moved = Definition { group_id, ..house.mock("api") };
    house.online(&api.id);
    assert_eq!(house.control.delete_api(&house.at, &api.id).unwrap_err().code(), Some("APIG.3416"));
    let refused = house.control.update_api(&house.at, &api.id, &moved);
    assert_eq!(refused.unwrap_err().code(), Some("APIG.2000"));
    house.act(Action::Offline, &api.id, &EnvId::release()).unwrap();
    house.control.update_api(&house.at, &api.id, &moved).unwrap();
    house.control.delete_api(&house.at, &api.id).unwrap();
    assert_eq!(house.control.api(&house.at, &api.id).unwrap_err().code(), Some("APIG.3002"));
    assert_eq!(house.create(house.mock("api")).definition.name, "api", "its names are free again");
}

#[test]
fn a_group_with_apis_cannot_be_removed() {
    let house = House::new();
    house.create(house.mock("api"));
    let refused = house.control.delete_group(&house.at, &house.group.id);
    assert_eq!(refused.unwrap_err().code(), Some("APIG.3415"));
}

#[test]
fn objects_that_do_not_exist_are_named_by_their_own_code() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let nowhere = InstanceRef { id: InstanceId::parse("nowhere").unwrap(), ..house.at.clone() };
    assert_eq!(house.control.api(&nowhere, &api.id).unwrap_err().code(), Some("APIG.3030"));
    let group_id = countersign_types::GroupId::parse("nowhere").unwrap();
    assert_eq!(house.refuse(Definition { group_id, ..house.mock("two") }), Some("APIG.3001"));
}

#[test]
fn lists_filter_by_every_member() {
    let house = House::new();
    let first = house.create(Definition { tags: Some(vec!["red".to_owned()]), ..house.mock("first") });
    house.create(Definition { method: Method::Post, public: true, ..house.mock("second") });
    house.online(&first.id);
    let names = |filter: ApiFilter| {
        let page = house.control.list_apis(&house.at, &filter, Paging::new(None, None)).unwrap();
        page.items.into_iter().map(|detail| detail.api.definition.name).collect::<Vec<_>>()
    };
    let all = ApiFilter::default;
    assert_eq!(names(all()), ["first", "second"]);
    assert_eq!(names(ApiFilter { name: Filter::Contains("sec".into()), ..all() }), ["second"]);
    assert_eq!(names(ApiFilter { path: Filter::Is("/first".into()), ..all() }), ["first"]);
    assert_eq!(names(ApiFilter { method: Some(Method::Post), ..all() }), ["second"]);
    assert_eq!(names(ApiFilter { public: Some(true), ..all() }), ["second"]);
    assert_eq!(names(ApiFilter { env_id: Some(EnvId::release()), ..all() }), ["first"]);
    assert_eq!(names(ApiFilter { group_id: Some(house.group.id.clone()), ..all() }).len(), 2);
    assert_eq!(names(ApiFilter { tags: vec!["red".into(), "blue".into()], ..all() }), ["first"]);
    assert_eq!(names(ApiFilter { tags: vec!["#no_tags#".into()], ..all() }), ["second"]);
    assert_eq!(names(ApiFilter { channel: Filter::Contains("x".into()), ..all() }), [""; 0]);
}

#[test]
fn a_page_past_the_end_is_empty() {
    let house = House::new();
    house.create(house.mock("api"));
    let page = house.control.list_apis(&house.at, &ApiFilter::default(), Paging::new(Some(1), None)).unwrap();
    assert_eq!((page.total, page.items.len()), (1, 0));
}
