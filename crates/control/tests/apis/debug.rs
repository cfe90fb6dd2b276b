//! Debugging: what the gateway is given to serve, for one request.

use crate::support::House;
use countersign_control::apis::{Auth, Definition, Method, Protocol};
use countersign_control::apps::AppDraft;
use countersign_control::debug::{DebugRequest, Incoming, Mode, Outgoing, Prober, Scheme, Transcript};
use countersign_control::publish::Action;
use countersign_control::signature_keys::SignatureKeyDraft;
use countersign_control::{Api, Control, Error, SignatureKey};
use countersign_snapshot::source;
use countersign_types::EnvId;
use std::sync::{Arc, Mutex};

/// Remembers what it was given to serve.
#[derive(Default)]
struct Recorder(Mutex<Vec<source::Group>>);

impl Prober for Recorder {
    fn probe(&self, _: &Outgoing, serving: &source::Group) -> Result<Incoming, String> {
        self.0.lock().unwrap().push(serving.clone());
        Ok(Incoming { status: "200 OK".to_owned(), headers: vec![], body: vec![], truncated: false })
    }
}

fn request(mode: Mode, stage: Option<&str>) -> DebugRequest {
    DebugRequest {
        mode,
        scheme: Scheme::Http,
        method: Method::Get,
        path: "/".to_owned(),
        query: vec![],
        headers: vec![],
        body: String::new(),
        credentials: None,
        domain: None,
        stage: stage.map(str::to_owned),
    }
}

fn debug(
    house: &House,
    api: &Api,
    request: &DebugRequest,
) -> (Result<Transcript, Error>, Vec<source::Group>) {
    let recorder = Arc::new(Recorder::default());
    let control = Control { prober: Arc::clone(&recorder) as Arc<_>, ..house.control.clone() };
    let outcome = control.debug_api(&house.at, &api.id, request);
    let served = std::mem::take(&mut *recorder.0.lock().unwrap());
    (outcome, served)
}

/// The one group that was served.
fn served(house: &House, api: &Api, request: &DebugRequest) -> source::Group {
    let (outcome, mut served) = debug(house, api, request);
    outcome.unwrap();
    assert_eq!(served.len(), 1);
    served.remove(0)
}

fn refused(house: &House, api: &Api, mode: Mode) -> Option<&'static str> {
    let (outcome, served) = debug(house, api, &request(mode, None));
    assert!(served.is_empty(), "it was served all the same");
    outcome.unwrap_err().code()
}

#[test]
fn a_draft_is_served_alone_to_every_app_of_the_gateway_and_only_to_the_debugger() {
    let house = House::new();
    house.online(&house.create(house.mock("other")).id);
    let draft = house.create(house.mock("draft"));
    let app = AppDraft {
        name: "caller".to_owned(),
        remark: None,
        key: None,
        secret: None,
        related_domain_id: String::new(),
        related_project_id: String::new(),
    };
    let app = house.control.create_app(&house.at, &app).unwrap().app;
    let group = served(&house, &draft, &request(Mode::Developer, Some("ignored")));
    assert_eq!(group.hosts, [format!("{}.apic.example.com", house.group.id)]);
    let [release] = group.releases.as_slice() else { panic!("{:?}", group.releases) };
    assert_eq!((release.definition.path.as_str(), release.env_name.as_str()), ("/draft", "RELEASE"));
    assert_eq!(release.authorized_apps, [app.id]);
    assert_eq!(house.paths("RELEASE"), ["/other"]);
    house.act(Action::Offline, &draft.id, &release.env_id).unwrap_err();
}

#[test]
fn in_an_environment_the_published_version_is_served_and_not_the_draft() {
    let house = House::new();
    let stage = house.env("stage");
    let api = house.create(house.mock("first"));
    house.act(Action::Online, &api.id, &stage.id).unwrap();
    let edited = Definition { path: "/second".to_owned(), ..house.mock("first") };
    house.control.update_api(&house.at, &api.id, &edited).unwrap();
    let paths = |stage: Option<&str>| {
        let group = served(&house, &api, &request(Mode::Consumer, stage));
        group.releases.into_iter().map(|release| release.definition.path).collect::<Vec<_>>()
    };
    assert_eq!(paths(Some("stage")), ["/first"]);
    for nowhere in [None, Some("RELEASE"), Some("unknown")] {
        assert_eq!(paths(nowhere), [""; 0], "{nowhere:?}");
    }
}

#[test]
fn what_is_bound_to_the_api_does_not_act_while_it_is_debugged() {
    let house = House::new();
    let api = house.create(house.mock("api"));
    let publication = house.online(&api.id).publish_id;
    let key = SignatureKeyDraft { name: "key_of_backend".to_owned(), ..SignatureKeyDraft::default() };
    let key = house.control.create_signature_key(&house.at, &key).unwrap().signature_key;
    house.control.bind::<SignatureKey>(&house.at, &key.id, &[publication]).unwrap();
    assert!(house.served(&house.group.id)[0].signature.is_some());
    let group = served(&house, &api, &request(Mode::Consumer, None));
    assert!(group.releases[0].signature.is_none());
}

#[test]
fn a_draft_that_uses_variables_cannot_be_debugged_before_it_is_published() {
    let house = House::new();
    house.variable(&EnvId::release(), "root", "base");
    for (name, address, path) in [("path", "a:80", "/#root#"), ("address", "#root#", "/")] {
        let api = house.create(house.http(name, address, path));
        assert_eq!(refused(&house, &api, Mode::Developer), Some("APIG.2030"));
        house.online(&api.id);
        assert_eq!(refused(&house, &api, Mode::Developer), Some("APIG.2030"));
        let group = served(&house, &api, &request(Mode::Consumer, None));
        assert_eq!(group.releases.len(), 1);
    }
}

#[test]
fn what_cannot_be_served_cannot_be_debugged() {
    let house = House::new();
    let api = house.create(Definition { auth: Auth::None, protocol: Protocol::Grpcs, ..house.mock("grpc") });
    assert_eq!(refused(&house, &api, Mode::Developer), Some("COUNTERSIGN.0501"));
}
