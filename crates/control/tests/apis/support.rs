//! A gateway with a group, in a store of its own.

use countersign_control::apis::{
    Api, AppCode, Auth, Backend, BackendProtocol, Definition, Location, Mapping, Matching, Method, Mock,
    Origin, Parameter, Protocol, Server, Texts, Trace, Unused, ValueType,
};
use countersign_control::debug::{Incoming, Outgoing, Prober};
use countersign_control::diagnosis::{Diagnosed, Refusals};
use countersign_control::envs::EnvDraft;
use countersign_control::groups::GroupDraft;
use countersign_control::publish::{Action, PublishRequest, Receipt};
use countersign_control::statistics::CallCounts;
use countersign_control::variables::VariableCreate;
use countersign_control::{Control, Env, Error, Functions, Group, InstanceRef, Unsealable, Variable, Vault};
use countersign_snapshot::source;
use countersign_store_sqlite::Sqlite;
use countersign_types::{ApiId, EnvId, GroupId, InstanceId, ProjectId, Tally, Timestamp, Traffic};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;

pub(crate) struct House {
    pub(crate) control: Control,
    pub(crate) at: InstanceRef,
    pub(crate) group: Group,
    _directory: TempDir,
}

/// Not a cipher: only the context is checked.
struct Envelope;

impl Vault for Envelope {
    fn seal(&self, context: &str, secret: &str) -> String {
        format!("{context}:{secret}")
    }

    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable> {
        let rest = sealed.strip_prefix(context).and_then(|rest| rest.strip_prefix(':'));
        rest.map(str::to_owned).ok_or(Unsealable)
    }
}

/// The only function there is.
pub(crate) const FUNCTION: &str = "urn:fss:local:project:function:default:guard";

fn functions() -> Functions {
    Functions::new([(FUNCTION.to_owned(), "http://127.0.0.1:9/guard".to_owned())].into()).unwrap()
}

/// No gateway at all.
struct Nowhere;

impl Prober for Nowhere {
    fn probe(&self, _: &Outgoing, _: &source::Group) -> Result<Incoming, String> {
        Err("there is no gateway".to_owned())
    }
}

impl CallCounts for Nowhere {
    fn calls(&self, _: &[ApiId]) -> BTreeMap<u64, Tally> {
        BTreeMap::new()
    }

    fn traffic(&self, _: &InstanceId) -> BTreeMap<u64, Traffic> {
        BTreeMap::new()
    }

    fn since(&self) -> Option<u64> {
        None
    }
}

impl Refusals for Nowhere {
    fn find(&self, _: &InstanceId, _: &str) -> Option<Diagnosed> {
        None
    }
}

static TICKS: AtomicU64 = AtomicU64::new(1_700_000_000);

/// Every look at the clock is one second later.
fn now() -> Timestamp {
    Timestamp::from_unix(TICKS.fetch_add(1, Ordering::Relaxed))
}

fn random(buffer: &mut [u8]) {
    let unique = TICKS.fetch_add(1, Ordering::Relaxed).to_be_bytes();
    buffer.iter_mut().zip(unique.iter().cycle()).for_each(|(byte, value)| *byte = *value);
}

impl House {
    pub(crate) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let control = Control {
            store: Arc::new(Sqlite::open(directory.path()).unwrap()),
            now,
            random,
            vault: Arc::new(Envelope),
            prober: Arc::new(Nowhere),
            counts: Arc::new(Nowhere),
            refusals: Arc::new(Nowhere),
            functions: functions(),
            domain_suffix: "example.com".to_owned(),
            region: "local".to_owned(),
            app_secret_overlap_seconds: 0,
        };
        let project_id = ProjectId::parse("project").unwrap();
        let instance = control.bootstrap_instance(&project_id).unwrap();
        let at = InstanceRef { project_id, id: instance.id };
        let group =
            control.create_group(&at, &GroupDraft { name: "group".to_owned(), remark: None }).unwrap();
        Self { control, at, group, _directory: directory }
    }

    /// A definition that can be created: `GET /<name>`, answered by the gateway.
    pub(crate) fn mock(&self, name: &str) -> Definition {
        Definition {
            group_id: self.group.id.clone(),
            name: name.to_owned(),
            public: false,
            version: None,
            protocol: Protocol::Both,
            method: Method::Get,
            path: format!("/{name}"),
            matching: Matching::Exact,
            auth: Auth::App,
            app_code: AppCode::Disable,
            authorizer_id: None,
            cors: false,
            parameters: vec![],
            mappings: vec![],
            backend: Backend::Mock(Mock {
                status: None,
                body: Some("hello".to_owned()),
                headers: None,
                authorizer_id: None,
                version: None,
                remark: None,
            }),
            policies: vec![],
            response_id: None,
            content_type: None,
            function_body_base64: None,
            trace: Trace::default(),
            texts: Texts::default(),
            tags: None,
            unused: Unused::default(),
        }
    }

    pub(crate) fn http(&self, name: &str, address: &str, path: &str) -> Definition {
        Definition { backend: Backend::Http(server(address, path)), ..self.mock(name) }
    }

    pub(crate) fn create(&self, definition: Definition) -> Api {
        self.control.create_api(&self.at, definition).unwrap().api
    }

    pub(crate) fn refuse(&self, definition: Definition) -> Option<&'static str> {
        self.control.create_api(&self.at, definition).unwrap_err().code()
    }

    pub(crate) fn env(&self, name: &str) -> Env {
        self.control.create_env(&self.at, &EnvDraft { name: name.to_owned(), remark: None }).unwrap()
    }

    pub(crate) fn variable(&self, env: &EnvId, name: &str, value: &str) -> Variable {
        let create = VariableCreate {
            group_id: self.group.id.clone(),
            env_id: env.clone(),
            name: name.to_owned(),
            value: value.to_owned(),
        };
        self.control.create_variable(&self.at, &create).unwrap()
    }

    pub(crate) fn act(&self, action: Action, api: &ApiId, env: &EnvId) -> Result<Receipt, Error> {
        let request = PublishRequest { api_id: api.clone(), env_id: env.clone(), remark: None };
        self.control.publish(&self.at, action, &request)
    }

    pub(crate) fn online(&self, api: &ApiId) -> Receipt {
        self.act(Action::Online, api, &EnvId::release()).unwrap()
    }

    /// What the data plane serves in the group.
    pub(crate) fn served(&self, group: &GroupId) -> Vec<source::Release> {
        let source = self.control.compile(source::Identity::default()).unwrap();
        source.groups.into_iter().find(|one| one.id == *group).unwrap().releases
    }

    /// Paths that the data plane serves in the group, in the environment.
    pub(crate) fn paths(&self, env: &str) -> Vec<String> {
        let releases = self.served(&self.group.id).into_iter().filter(|release| release.env_name == env);
        releases.map(|release| release.definition.path).collect()
    }
}

pub(crate) fn server(address: &str, path: &str) -> Server {
    Server {
        address: Some(address.to_owned()),
        protocol: BackendProtocol::Http,
        method: Method::Any,
        path: path.to_owned(),
        timeout_ms: 5_000,
        retries: None,
        channel: None,
        authorizer_id: None,
        client_certificate: None,
        sm_channel: None,
        version: None,
        remark: None,
    }
}

pub(crate) fn parameter(name: &str, location: Location) -> Parameter {
    Parameter {
        id: String::new(),
        name: name.to_owned(),
        value_type: ValueType::Text,
        location,
        required: true,
        default: None,
        sample: None,
        checked: false,
        enumerations: None,
        min_number: None,
        max_number: None,
        min_chars: None,
        max_chars: None,
        regular: None,
        json_schema: None,
        pass_through: None,
        orchestrations: None,
        remark: None,
    }
}

pub(crate) fn mapping(name: &str, location: Location, origin: Origin, value: &str) -> Mapping {
    Mapping {
        id: String::new(),
        name: name.to_owned(),
        location,
        origin,
        value: value.to_owned(),
        remark: None,
    }
}
