//! Definitions, and what documents make of them.

use countersign_control::apis::{
    AppCode, Auth, Backend, BackendProtocol, Channel, Condition, ConditionOrigin, ConditionType, ContentType,
    Definition, Effect, Function, FunctionNetwork, Invocation, Location, Mapping, Matching, Method, Mock,
    Origin, Parameter, Policy, Protocol, Server, Texts, Trace, Unused, ValueType,
};
use countersign_control::authorizers::{AuthorizerDraft, FunctionName, Identity, Side};
use countersign_control::responses::Answer;
use countersign_control::transfer::{Export, Reason, Scope};
use countersign_control::{Authorizer, Env, Error, Group, ResponseSet};
use countersign_openapi::{Modes, read};
use countersign_types::{AuthorizerId, EnvId, GroupId, InstanceId, ResponseId, ResponseType, Timestamp};
use std::collections::BTreeMap;

pub(crate) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The only API of a document.
pub(crate) fn only(document: &str) -> Result<Definition, Reason> {
    let reading = read(document.as_bytes(), Modes::default()).unwrap();
    let [candidate] = reading.candidates.try_into().unwrap();
    candidate.definition
}

/// Code and text of a refusal.
pub(crate) fn refusal(error: Error) -> (&'static str, String) {
    let reason = Reason::of(error).unwrap();
    (reason.code, reason.message)
}

/// Why a whole document is refused.
pub(crate) fn refused(document: &[u8]) -> (&'static str, String) {
    refusal(read(document, Modes::default()).unwrap_err())
}

pub(crate) fn export(definitions: Vec<Definition>, scope: Scope) -> Export {
    let (now, instance_id) = (Timestamp::from_unix(1_700_000_000), InstanceId::parse("gateway").unwrap());
    Export {
        group: Group {
            id: GroupId::parse("0").unwrap(),
            instance_id: instance_id.clone(),
            name: "orders".to_owned(),
            remark: "All about orders: \"yes\"".to_owned(),
            is_default: false,
            subdomain_enabled: true,
            created: now,
            updated: now,
        },
        host: "0.apic.example.com".to_owned(),
        env: Env {
            id: EnvId::release(),
            instance_id,
            name: "RELEASE".to_owned(),
            remark: String::new(),
            created: now,
        },
        scope,
        definitions,
        responses: vec![ResponseSet {
            id: ResponseId::parse("set").unwrap(),
            instance_id: InstanceId::parse("gateway").unwrap(),
            group_id: GroupId::parse("0").unwrap(),
            name: "friendly".to_owned(),
            is_default: false,
            created: now,
            updated: now,
            answers: answers(),
        }],
        acls: BTreeMap::new(),
        throttles: BTreeMap::new(),
        authorizers: ["decides", "second_factor"].map(authorizer).to_vec(),
    }
}

fn authorizer(name: &str) -> Authorizer {
    let function = FunctionName {
        urn: "urn:fss:local:project:function:default:guard".to_owned(),
        network: FunctionNetwork::V1,
        version: text("latest"),
        alias_urn: None,
    };
    Authorizer {
        id: AuthorizerId::parse(name).unwrap(),
        instance_id: InstanceId::parse("gateway").unwrap(),
        draft: AuthorizerDraft {
            name: name.to_owned(),
            side: Side::Frontend,
            function,
            identities: vec![Identity {
                name: "X-Who".to_owned(),
                location: Location::Header,
                validation: None,
            }],
            ttl_seconds: 60,
            user_data: text("told to nobody"),
            need_body: false,
        },
        created: Timestamp::from_unix(1_700_000_000),
    }
}

pub(crate) fn answers() -> BTreeMap<ResponseType, Answer> {
    let headers = vec![("X-Why".to_owned(), "$context.error.code".to_owned())];
    let throttled = Answer { status: Some(503), body: "{\"later\": true}".to_owned(), headers };
    let not_found = Answer { status: None, body: "no".to_owned(), headers: vec![] };
    BTreeMap::from([(ResponseType::Throttled, throttled), (ResponseType::NotFound, not_found)])
}

/// `GET /<name>`, answered by the gateway.
pub(crate) fn plain(name: &str) -> Definition {
    Definition {
        group_id: GroupId::parse("0").unwrap(),
        name: name.to_owned(),
        public: false,
        version: None,
        protocol: Protocol::Https,
        method: Method::Get,
        path: format!("/{name}"),
        matching: Matching::Exact,
        auth: Auth::None,
        app_code: AppCode::Disable,
        authorizer_id: None,
        cors: false,
        parameters: vec![],
        mappings: vec![],
        backend: Backend::Mock(mock()),
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

pub(crate) fn mock() -> Mock {
    Mock { status: None, body: text("ok"), headers: None, authorizer_id: None, version: None, remark: None }
}

pub(crate) fn server() -> Server {
    Server {
        address: text("#host#:8080"),
        protocol: BackendProtocol::Https,
        method: Method::Any,
        path: "/v1/{id}".to_owned(),
        timeout_ms: 1_234,
        retries: Some(-1),
        channel: None,
        authorizer_id: text("backend-authorizer"),
        client_certificate: Some(true),
        sm_channel: Some(false),
        version: text("v1"),
        remark: text("the orders server"),
    }
}

fn parameter(name: &str, location: Location) -> Parameter {
    Parameter {
        id: String::new(),
        name: name.to_owned(),
        value_type: ValueType::Text,
        location,
        required: location == Location::Path,
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

fn parameters() -> Vec<Parameter> {
    let number = Parameter {
        value_type: ValueType::Number,
        default: text("007"),
        enumerations: text("1,2,03"),
        min_number: Some(1),
        max_number: Some(9),
        checked: false,
        pass_through: Some(false),
        ..parameter("page", Location::Query)
    };
    let string = Parameter {
        default: text("2.0"),
        sample: text("null"),
        checked: true,
        enumerations: text("yes,no"),
        min_chars: Some(0),
        max_chars: Some(12),
        regular: text("^[a-z]+$"),
        json_schema: text("{\"type\": \"string\"}"),
        pass_through: Some(true),
        orchestrations: Some(vec!["one".to_owned(), "two".to_owned()]),
        remark: text("which kind"),
        ..parameter("kind", Location::Header)
    };
    vec![parameter("id", Location::Path), number, string]
}

fn mapping(name: &str, location: Location, origin: Origin, value: &str) -> Mapping {
    let remark = text("why");
    Mapping { id: String::new(), name: name.to_owned(), location, origin, value: value.to_owned(), remark }
}

fn mappings() -> Vec<Mapping> {
    vec![
        mapping("id", Location::Path, Origin::Request, "id"),
        mapping("stage", Location::Query, Origin::Constant, "1e3"),
        mapping("source", Location::Header, Origin::System, "$context.sourceIp"),
    ]
}

fn condition(origin: ConditionOrigin, comparison: Option<ConditionType>) -> Condition {
    Condition {
        origin,
        comparison,
        value: "a,b".to_owned(),
        parameter: None,
        system: None,
        cookie: None,
        authorizer: None,
        mapped_name: None,
        mapped_location: None,
    }
}

fn policy(name: &str, effect: Effect, backend: Backend) -> Policy {
    use ConditionOrigin::{Authorizer, Cookie, Orchestration, Parameter, Source, System};
    let conditions = vec![
        Condition { parameter: text("kind"), ..condition(Parameter, Some(ConditionType::Exact)) },
        Condition { value: "10.0.0.0/8,192.168.1.1".to_owned(), ..condition(Source, None) },
        Condition { system: text("req_path"), ..condition(System, Some(ConditionType::Enum)) },
        Condition { cookie: text("session"), ..condition(Cookie, Some(ConditionType::Pattern)) },
        Condition {
            authorizer: text(&format!("{}role", Condition::AUTHORIZER_PREFIX)),
            ..condition(Authorizer, Some(ConditionType::Exact))
        },
        Condition {
            mapped_name: text("mapped"),
            mapped_location: text("header"),
            ..condition(Orchestration, Some(ConditionType::Exact))
        },
    ];
    Policy { id: String::new(), name: name.to_owned(), effect, conditions, mappings: mappings(), backend }
}

/// Everything that a definition with a server can say.
pub(crate) fn rich() -> Definition {
    let through_channel = Server {
        address: None,
        channel: Some(Channel { id: "channel".to_owned(), proxy_host: text("proxy.example.com") }),
        ..server()
    };
    Definition {
        public: true,
        version: text("1.0"),
        protocol: Protocol::Both,
        method: Method::Any,
        path: "/rich/{id}".to_owned(),
        matching: Matching::Prefix,
        auth: Auth::App,
        app_code: AppCode::Header,
        authorizer_id: text("second_factor"),
        cors: true,
        parameters: parameters(),
        mappings: mappings(),
        backend: Backend::Http(server()),
        policies: vec![
            policy("first", Effect::Any, Backend::Http(through_channel)),
            policy("second", Effect::All, Backend::Http(server())),
        ],
        content_type: Some(ContentType::Json),
        function_body_base64: Some(false),
        trace: Trace { enabled: Some(true), strategy: text("RATE"), parameter: text("5") },
        texts: Texts {
            remark: text("# no comment\n- no list: really\n"),
            body_remark: text("  leading and trailing  "),
            normal_sample: text("{\"a\": [1]}\n"),
            failure_sample: text(""),
        },
        tags: Some(vec!["true".to_owned(), "null".to_owned(), "数".to_owned()]),
        unused: Unused { roma_app_id: text("roma"), domain_name: text("domain"), tag: text("tag") },
        ..plain("rich")
    }
}

/// One definition for every kind of backend and caller.
pub(crate) fn kinds() -> Vec<Definition> {
    let function = Function {
        urn: "urn:fss:local:project:function:default:orders".to_owned(),
        invocation: Invocation::Async,
        network: FunctionNetwork::V2,
        version: text("latest"),
        alias_urn: text("urn:alias"),
        timeout_ms: 60_000,
        authorizer_id: text("backend-authorizer"),
        protocol: Some(BackendProtocol::Https),
        remark: text("a function"),
    };
    let full_mock = Mock {
        status: Some(418),
        headers: Some(vec![("X-Kind".to_owned(), "mock: yes".to_owned())]),
        authorizer_id: text("backend-authorizer"),
        version: text("v"),
        remark: text("teapot"),
        ..mock()
    };
    let channel = Some(Channel { id: "channel".to_owned(), proxy_host: None });
    let by_channel = Server { address: None, channel, retries: None, path: "/x".to_owned(), ..server() };
    vec![
        Definition { backend: Backend::Function(function), auth: Auth::Iam, ..plain("function") },
        Definition { backend: Backend::Mock(full_mock), auth: Auth::App, ..plain("full_mock") },
        Definition { backend: Backend::Http(by_channel), protocol: Protocol::Http, ..plain("channel") },
        Definition { auth: Auth::Authorizer, authorizer_id: text("decides"), ..plain("authorizer") },
        Definition { auth: Auth::Iam, app_code: AppCode::Header, tags: Some(vec![]), ..plain("iam") },
        plain("plain"),
        Definition { matching: Matching::Prefix, name: "plain_and_below".to_owned(), ..plain("plain") },
        Definition { method: Method::Patch, name: "plain_patch".to_owned(), ..plain("plain") },
    ]
}
