use super::*;
use crate::{
    Lookup,
    source::{
        Access, AppCode, Auth, Backend, Definition, Features, Location, MappedValue, Mapping, Matching,
        Protocol, UnsignedPayload,
    },
};

fn definition(path: &str) -> Definition {
    Definition {
        protocol: Protocol::Both,
        method: "GET".to_owned(),
        path: path.to_owned(),
        matching: Matching::Exact,
        auth: Auth::None,
        app_code: AppCode::Refused,
        authorizer: None,
        unsigned_payload: UnsignedPayload::Allow,
        cors: false,
        response_id: None,
        parameters: vec![],
        backend: Backend::Mock { status: 200, body: String::new(), headers: vec![] },
        backend_authorizer: None,
        mappings: vec![],
        policies: vec![],
    }
}

pub(crate) fn release(id: &str, path: &str) -> source::Release {
    source::Release {
        publish_id: id.to_owned().try_into().unwrap(),
        version_id: id.to_owned().try_into().unwrap(),
        api_id: id.to_owned().try_into().unwrap(),
        api_name: "name".to_owned(),
        env_id: countersign_types::EnvId::release(),
        env_name: "RELEASE".to_owned(),
        definition: definition(path),
        authorized_apps: vec![],
        throttle_id: None,
        access: Access::default(),
        signature: None,
        diagnosed: false,
    }
}

fn group(id: &str, hosts: &[&str], releases: Vec<source::Release>) -> source::Group {
    source::Group {
        id: id.to_owned().try_into().unwrap(),
        instance_id: "instance".to_owned().try_into().unwrap(),
        subdomain: None,
        hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
        by_address: false,
        releases,
        responses: vec![],
    }
}

fn app(id: &str) -> source::App {
    let secret = countersign_types::SecretKey::new("secret");
    let key = format!("key-{id}").try_into().unwrap();
    source::App::new(id.to_owned().try_into().unwrap(), id.to_owned(), key, secret)
}

fn source(groups: Vec<source::Group>) -> Source {
    let id = "instance".to_owned().try_into().unwrap();
    let gateway = source::Gateway { id, features: Features::default() };
    Source { gateways: vec![gateway], groups, apps: vec![app("app")], ..Source::empty(1) }
}

fn fault(source: &Source) -> Fault {
    Snapshot::compile(source).unwrap_err().fault
}

#[test]
fn exact_hosts_beat_wildcards_and_a_wildcard_is_one_label() {
    let source =
        source(vec![group("wild", &["*.example.com"], vec![]), group("exact", &["a.example.com"], vec![])]);
    let snapshot = Snapshot::compile(&source).unwrap();
    let id = |host| snapshot.group_by_host(host).map(|group| group.id.as_str());
    assert_eq!(id("a.example.com"), Some("exact"));
    assert_eq!(id("b.example.com"), Some("wild"));
    assert_eq!(id("b.a.example.com"), None);
    assert_eq!(id("example.com"), None);
}

#[test]
fn whatever_identifies_an_object_must_be_unique() {
    let mut twice = source(vec![]);
    twice.apps = vec![app("a"), app("a")];
    assert_eq!(fault(&twice), Fault::Duplicate("access key"));
    let two = |left, right| source(vec![left, right]);
    assert_eq!(fault(&two(group("a", &[], vec![]), group("a", &[], vec![]))), Fault::Duplicate("group id"));
    assert_eq!(
        fault(&two(group("a", &["h"], vec![]), group("b", &["h"], vec![]))),
        Fault::Duplicate("host name")
    );
    let with = |id| group(id, &[], vec![release("same", "/")]);
    assert_eq!(fault(&two(with("a"), with("b"))), Fault::Duplicate("publication id"));
    let mut address = two(group("a", &[], vec![]), group("b", &[], vec![]));
    address.groups.iter_mut().for_each(|group| group.by_address = true);
    assert_eq!(fault(&address), Fault::Duplicate("group reached by address"));
}

#[test]
fn references_must_lead_somewhere() {
    let mut unknown = release("r", "/");
    unknown.authorized_apps = vec!["nobody".to_owned().try_into().unwrap()];
    assert_eq!(fault(&source(vec![group("g", &[], vec![unknown])])), Fault::Unresolved("authorized app"));
    let mut mapped = release("r", "/");
    mapped.definition.mappings = vec![Mapping {
        name: "q".to_owned(),
        location: Location::Query,
        value: MappedValue::Request { name: "missing".to_owned(), location: Location::Query },
    }];
    assert_eq!(fault(&source(vec![group("g", &[], vec![mapped])])), Fault::Unresolved("mapped parameter"));
}

#[test]
fn definitions_out_of_range_are_refused_with_their_place() {
    let break_with = |change: fn(&mut source::Release)| {
        let mut broken = release("r", "/");
        change(&mut broken);
        Snapshot::compile(&source(vec![group("g", &[], vec![broken])])).unwrap_err()
    };
    for change in [
        (|release| release.definition.path = String::new()) as fn(&mut source::Release),
        |release| release.definition.path = "/a/../b".to_owned(),
        |release| release.definition.method = "get".to_owned(),
        |release| release.env_name = String::new(),
        |release| release.api_name = " ".to_owned(),
        |release| {
            release.definition.backend = Backend::Mock { status: 99, body: String::new(), headers: vec![] }
        },
        |release| {
            release.definition.backend = Backend::Http {
                tls: false,
                address: "a b".to_owned(),
                method: "GET".to_owned(),
                path: "/".to_owned(),
                timeout_ms: 1,
                retries: None,
            };
        },
        |release| {
            release.definition.mappings = vec![Mapping {
                name: "Content-Length".to_owned(),
                location: Location::Header,
                value: MappedValue::Constant("1".to_owned()),
            }];
        },
    ] {
        assert!(break_with(change).to_string().starts_with("group g, API r: "));
    }
}

#[test]
fn any_mutation_of_a_source_document_is_answered_without_a_panic() {
    let json = serde_json::to_string(&source(vec![group("g", &["h.example"], vec![release("r", "/a/{b}")])]))
        .unwrap();
    for position in 0..json.len() {
        for replacement in ["", "0", "\"\"", "null", "-1e999", "\u{0}", "}", "{a+}"] {
            let mutated = format!("{}{replacement}{}", &json[..position], &json[position + 1..]);
            if let Ok(source) = serde_json::from_str::<Source>(&mutated) {
                let _compiled_or_refused = Snapshot::compile(&source);
            }
        }
    }
}

#[test]
fn a_recompiled_snapshot_shares_what_did_not_change() {
    let mut source = source(vec![
        group("a", &["a.example"], vec![release("1", "/one")]),
        group("b", &["b.example"], vec![release("2", "/two")]),
    ]);
    let first = Snapshot::compile(&source).unwrap();
    source.groups[1].releases[0].definition.path = "/three".to_owned();
    source.apps.push(app("new"));
    let second = Snapshot::recompile(&first, &source).unwrap();
    let same =
        |host: &str| std::ptr::eq(first.group_by_host(host).unwrap(), second.group_by_host(host).unwrap());
    assert!(same("a.example"));
    assert!(!same("b.example"));
    assert_eq!(first.keys().shards_shared_with(second.keys()), 255);
    assert!(second.keys().get("key-new").is_some());
    assert!(first.keys().get("key-new").is_none());
}

#[test]
fn an_environment_is_found_by_its_exact_name() {
    let snapshot = Snapshot::compile(&source(vec![group("g", &["h"], vec![release("r", "/a")])])).unwrap();
    let group = snapshot.group_by_host("h").unwrap();
    assert!(group.environment("release").is_none());
    let router = &group.environment("RELEASE").unwrap().router;
    assert!(matches!(router.find("GET", "/a"), Lookup::Found(_)));
}

#[test]
fn a_snapshot_of_one_group_alone_knows_the_same_callers_and_nothing_else() {
    let whole = source(vec![group("a", &["a.example.com"], vec![release("a", "/a")])]);
    let snapshot = Snapshot::compile(&whole).unwrap();
    let alone = snapshot.only(&group("b", &["b.example.com"], vec![release("b", "/b")])).unwrap();
    assert!(alone.group_by_host("a.example.com").is_none() && alone.group_by_host("b.example.com").is_some());
    assert!(alone.keys().get("key-app").is_some());
    assert!(snapshot.group_by_host("b.example.com").is_none());
    assert!(snapshot.only(&group("c", &["not a host"], vec![])).is_err());
}
