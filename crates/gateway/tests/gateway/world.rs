//! A gateway with a configuration of a few lines.

use crate::client::{Client, Response};
use countersign_gateway::{Config, Running, Snapshots, start};
use countersign_snapshot::{
    Snapshot,
    source::{
        Access, AccessKey, Agency, App, AppCode, Auth, Backend, Definition, Features, Gateway, Group,
        Location, MappedValue, Mapping, Matching, Parameter, Protocol, Release, Source, UnsignedPayload,
        User,
    },
};
use countersign_types::{EnvId, SecretKey, Timestamp};
use std::{net::SocketAddr, time::Duration};

/// The gateway's clock stands still at 2026-01-02T03:04:05Z.
pub(crate) const NOW: &str = "20260102T030405Z";
pub(crate) const HOST: &str = "group.example.com";

pub(crate) fn clock() -> Timestamp {
    Timestamp::parse_basic(NOW.as_bytes()).unwrap()
}

pub(crate) struct World {
    pub(crate) running: Option<Running>,
    pub(crate) snapshots: Snapshots,
    pub(crate) address: SocketAddr,
}

impl World {
    pub(crate) fn new(apis: Vec<Release>) -> Self {
        Self::configured(Config { workers: 1, ..Config::default() }, &source(apis))
    }

    pub(crate) fn configured(config: Config, source: &Source) -> Self {
        Self::at(clock, config, source)
    }

    /// With a clock that the test moves.
    pub(crate) fn at(clock: fn() -> Timestamp, config: Config, source: &Source) -> Self {
        let snapshots = Snapshots::default();
        snapshots.swap(Snapshot::compile(source).unwrap());
        let running = start(config, snapshots.clone(), clock).unwrap();
        Self { address: running.address(), running: Some(running), snapshots }
    }

    pub(crate) fn client(&self) -> Client {
        Client::connect(self.address)
    }

    /// One request on its own connection.
    pub(crate) fn call(&self, request: impl AsRef<[u8]>) -> Response {
        self.client().call(request)
    }

    pub(crate) fn get(&self, target: &str) -> Response {
        self.call(get(target))
    }

    pub(crate) fn metrics(&self) -> String {
        let mut text = String::new();
        self.running.as_ref().unwrap().metrics().encode(&mut text);
        text
    }

    pub(crate) fn shutdown(&mut self, drain: Duration) {
        if let Some(running) = self.running.take() {
            running.shutdown(drain);
        }
    }
}

pub(crate) fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {HOST}\r\n\r\n")
}

pub(crate) fn source(apis: Vec<Release>) -> Source {
    let group = Group {
        id: id("group"),
        instance_id: id("instance"),
        subdomain: None,
        hosts: vec![HOST.to_owned()],
        by_address: true,
        releases: apis,
        responses: vec![],
    };
    // The clock stands still: whatever a test calls, it calls within one second.
    let features = Features { api_limit: u32::MAX, ..Features::default() };
    let gateway = Gateway { id: id("instance"), features };
    Source { gateways: vec![gateway], groups: vec![group], ..Source::empty(1) }
}

/// Adds the app `app` and the user `user`, with the keys below; `partner` is a user of another account, who may act as
/// the agency `agency` of the user's account.
pub(crate) fn with_keys(mut source: Source) -> Source {
    source.apps = vec![app("app", APP_KEY), app("other", OTHER_KEY)];
    source.identity.access_keys =
        vec![AccessKey { key: id(USER_KEY), secret: SecretKey::new(SECRET), user_id: id("user") }];
    source.identity.users = vec![user("user", "domain"), user("partner", "partners")];
    source.identity.agencies = vec![Agency {
        id: id("agency"),
        name: "agency".to_owned(),
        domain_id: id("domain"),
        trust_domain_id: id("partners"),
        epoch: 0,
        acts_on_account: true,
        project_ids: vec![id("project")],
    }];
    source
}

pub(crate) const APP_KEY: &str = "app-key-1234567890";
pub(crate) const OTHER_KEY: &str = "other-key-1234567890";
pub(crate) const USER_KEY: &str = "USERKEY1234567890123";
pub(crate) const SECRET: &str = "secret-of-everybody";

fn user(name: &str, domain: &str) -> User {
    User {
        id: id(name),
        name: name.to_owned(),
        domain_id: id(domain),
        epoch: 0,
        acts_on_account: true,
        project_ids: vec![id("project"), id("second")],
    }
}

fn app(name: &str, key: &str) -> App {
    App::new(id(name), name.to_owned(), id(key), SecretKey::new(SECRET))
}

pub(crate) fn id<T: TryFrom<String>>(text: &str) -> T {
    T::try_from(text.to_owned()).ok().expect("an id")
}

/// A published API: everything that the name does not say is the simplest there is.
pub(crate) fn mock(method: &str, path: &str, body: &str) -> Release {
    let backend = Backend::Mock { status: 200, body: body.to_owned(), headers: vec![] };
    release(method, path, backend)
}

pub(crate) fn http(method: &str, path: &str, address: SocketAddr, backend_path: &str) -> Release {
    release(method, path, backend(address, backend_path, 5_000))
}

pub(crate) fn backend(address: SocketAddr, path: &str, timeout_ms: u32) -> Backend {
    let (address, path) = (address.to_string(), path.to_owned());
    Backend::Http { tls: false, address, method: "ANY".to_owned(), path, timeout_ms, retries: Some(0) }
}

pub(crate) fn release(method: &str, path: &str, backend: Backend) -> Release {
    let name = format!("{method}{}", path.replace(['/', '{', '}', '%'], "_"));
    Release {
        publish_id: id(&name),
        version_id: id(&name),
        api_id: id(&name),
        api_name: name,
        env_id: EnvId::release(),
        env_name: "RELEASE".to_owned(),
        definition: Definition {
            protocol: Protocol::Both,
            method: method.to_owned(),
            path: path.to_owned(),
            matching: Matching::Exact,
            auth: Auth::None,
            app_code: AppCode::Refused,
            authorizer: None,
            unsigned_payload: UnsignedPayload::Allow,
            cors: false,
            response_id: None,
            parameters: vec![],
            backend,
            backend_authorizer: None,
            mappings: vec![],
            policies: vec![],
        },
        authorized_apps: vec![],
        throttle_id: None,
        access: Access::default(),
        signature: None,
        diagnosed: false,
    }
}

/// Changes to a release, in the order of reading.
pub(crate) trait Change {
    fn prefix(self) -> Self;
    fn auth(self, auth: Auth) -> Self;
    fn app_code(self) -> Self;
    fn authorized(self, app: &str) -> Self;
    fn parameter(self, name: &str, location: Location) -> Self;
    fn map(self, name: &str, location: Location, value: MappedValue) -> Self;
}

impl Change for Release {
    fn prefix(mut self) -> Self {
        self.definition.matching = Matching::Prefix;
        self
    }

    fn auth(mut self, auth: Auth) -> Self {
        self.definition.auth = auth;
        self
    }

    fn app_code(mut self) -> Self {
        self.definition.app_code = AppCode::Header;
        self
    }

    fn authorized(mut self, app: &str) -> Self {
        self.authorized_apps.push(id(app));
        self
    }

    fn parameter(mut self, name: &str, location: Location) -> Self {
        let name = name.to_owned();
        let parameter =
            Parameter { name, location, required: false, default: None, stays: false, check: None };
        self.definition.parameters.push(parameter);
        self
    }

    fn map(mut self, name: &str, location: Location, value: MappedValue) -> Self {
        self.definition.mappings.push(Mapping { name: name.to_owned(), location, value });
        self
    }
}

pub(crate) fn from(name: &str, location: Location) -> MappedValue {
    MappedValue::Request { name: name.to_owned(), location }
}
