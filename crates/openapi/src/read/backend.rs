//! Backends, what they are sent, and the policies that choose between them.

use crate::keys::POLICIES;
use crate::object::Object;
use countersign_control::Error;
use countersign_control::apis::{
    Backend, BackendProtocol, Channel, Condition, ConditionOrigin, ConditionType, Effect, Function,
    FunctionNetwork, Invocation, Location, Mapping, Method, Mock, Origin, Policy, Server,
};
use countersign_types::limits::BACKEND_TIMEOUT_MS_DEFAULT;

/// Types of backends, each described under a key of its own.
const HTTP: &str = "httpEndpoints";
const CHANNEL: &str = "httpVpcEndpoints";
const MEMBER_GROUPS: &str = "httpVpcMemberGroupEndpoints";
const FUNCTION: &str = "functionEndpoints";
const MOCK: &str = "mockEndpoints";

/// A backend with its mappings.
pub(super) fn read(mut object: Object<'_>) -> Result<(Backend, Vec<Mapping>), Error> {
    let target = target(&mut object)?;
    object.finish()?;
    Ok(target)
}

fn target(object: &mut Object<'_>) -> Result<(Backend, Vec<Mapping>), Error> {
    object.ignore(&[HTTP, CHANNEL, FUNCTION, MOCK]);
    if object.value(MEMBER_GROUPS).is_some() {
        return Err(Error::not_built(MEMBER_GROUPS));
    }
    let kind = object.required_text("type")?;
    let backend = match kind.to_ascii_uppercase().as_str() {
        "HTTP" => Backend::Http(server(required(object, HTTP)?, Reach::Address)?),
        "HTTP-VPC" => Backend::Http(server(required(object, CHANNEL)?, Reach::Channel)?),
        "FUNCTION" => Backend::Function(function(required(object, FUNCTION)?)?),
        "MOCK" => Backend::Mock(mock(required(object, MOCK)?)?),
        _ => return Err(object.wrong("type", "HTTP, HTTP-VPC, FUNCTION or MOCK is expected")),
    };
    let mappings = object.objects("parameters")?.into_iter().map(mapping).collect::<Result<_, _>>()?;
    Ok((backend, mappings))
}

fn required<'a>(object: &mut Object<'a>, key: &'static str) -> Result<Object<'a>, Error> {
    object.object(key)?.ok_or_else(|| Error::missing(object.place(key)))
}

/// How a server is reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Address,
    Channel,
}

fn server(mut object: Object<'_>, reach: Reach) -> Result<Server, Error> {
    let mut ours = object.ours()?;
    let (address, channel) = match reach {
        Reach::Address => (Some(object.required_text("address")?), None),
        Reach::Channel => (None, Some(channel(&mut object, &mut ours)?)),
    };
    let server = Server {
        address,
        protocol: object
            .required_word("scheme", |word| BackendProtocol::parse(&word.to_ascii_uppercase()))?,
        method: object.required_word("method", |word| Method::parse(&word.to_ascii_uppercase()))?,
        path: object.required_text("path")?,
        timeout_ms: timeout(&mut object)?,
        retries: retries(&mut object)?,
        channel,
        authorizer_id: ours.text("authorizer_id")?,
        client_certificate: object.flag("enableClientSsl")?,
        sm_channel: ours.flag("sm_channel")?,
        version: ours.text("version")?,
        remark: object.text("description")?,
    };
    ours.finish()?;
    object.finish()?;
    Ok(server)
}

/// Its published name is where its id is kept: channels are known by their ids.
fn channel(object: &mut Object<'_>, ours: &mut Object<'_>) -> Result<Channel, Error> {
    if object.flag("cascade_flag")? == Some(true) {
        return Err(Error::not_built("cascade_flag"));
    }
    Ok(Channel { id: object.required_text("name")?, proxy_host: ours.text("proxy_host")? })
}

fn timeout(object: &mut Object<'_>) -> Result<u32, Error> {
    let Some(milliseconds) = object.number("timeout")? else { return Ok(BACKEND_TIMEOUT_MS_DEFAULT) };
    u32::try_from(milliseconds).map_err(|_| object.wrong("timeout", "milliseconds are expected"))
}

fn retries(object: &mut Object<'_>) -> Result<Option<i8>, Error> {
    let count = object.scalar("retryCount")?.filter(|count| !count.is_empty());
    let read = |text: String| text.parse().map_err(|_| object.wrong("retryCount", "a number is expected"));
    count.map(read).transpose()
}

fn function(mut object: Object<'_>) -> Result<Function, Error> {
    let mut ours = object.ours()?;
    let function = Function {
        urn: object.required_text("function-urn")?,
        invocation: object.required_word("invocation-type", Invocation::parse)?,
        network: object.word("network-type", FunctionNetwork::parse)?.unwrap_or(FunctionNetwork::V1),
        version: object.scalar("version")?,
        alias_urn: object.text("alias-urn")?,
        timeout_ms: timeout(&mut object)?,
        authorizer_id: ours.text("authorizer_id")?,
        protocol: ours.word("protocol", BackendProtocol::parse)?,
        remark: object.text("description")?,
    };
    ours.finish()?;
    object.finish()?;
    Ok(function)
}

fn mock(mut object: Object<'_>) -> Result<Mock, Error> {
    let mut ours = object.ours()?;
    let status = ours.number("status")?.map(u16::try_from).transpose();
    let mock = Mock {
        status: status.map_err(|_| ours.wrong("status", "an HTTP status is expected"))?,
        body: object.text("result-content")?,
        headers: ours.pairs("headers")?,
        authorizer_id: ours.text("authorizer_id")?,
        version: ours.text("version")?,
        remark: object.text("description")?,
    };
    ours.finish()?;
    object.finish()?;
    Ok(mock)
}

fn mapping(mut object: Object<'_>) -> Result<Mapping, Error> {
    let mapping = Mapping {
        id: String::new(),
        name: object.required_text("name")?,
        location: object.required_word("in", |word| Location::parse(&word.to_ascii_uppercase()))?,
        origin: object.required_word("origin", |word| Origin::parse(&word.to_ascii_uppercase()))?,
        value: object.scalar("value")?.ok_or_else(|| Error::missing(object.place("value")))?,
        remark: object.text("description")?,
    };
    object.finish()?;
    Ok(mapping)
}

/// The policies of an operation, in order.
pub(super) fn policies(operation: &mut Object<'_>) -> Result<Vec<Policy>, Error> {
    operation.objects(POLICIES)?.into_iter().map(policy).collect()
}

fn policy(mut object: Object<'_>) -> Result<Policy, Error> {
    let (backend, mappings) = target(&mut object)?;
    let mut ours = object.ours()?;
    let policy = Policy {
        id: String::new(),
        name: object.required_text("name")?,
        effect: ours.word("effect", Effect::parse)?.unwrap_or(Effect::All),
        conditions: object.objects("conditions")?.into_iter().map(condition).collect::<Result<_, _>>()?,
        mappings,
        backend,
    };
    ours.finish()?;
    object.finish()?;
    Ok(policy)
}

fn condition(mut object: Object<'_>) -> Result<Condition, Error> {
    let mut ours = object.ours()?;
    let condition = Condition {
        origin: object.required_word("origin", origin)?,
        comparison: object.word("type", comparison)?,
        value: object.scalar("value")?.ok_or_else(|| Error::missing(object.place("value")))?,
        parameter: object.text("parameter")?,
        system: ours.text("system")?,
        cookie: ours.text("cookie")?,
        authorizer: ours.text("authorizer")?,
        mapped_name: ours.text("mapped_name")?,
        mapped_location: ours.text("mapped_location")?,
    };
    ours.finish()?;
    object.finish()?;
    Ok(condition)
}

/// Documents have words of their own for what both they and the management API know.
fn origin(word: &str) -> Option<ConditionOrigin> {
    match word {
        "request" => Some(ConditionOrigin::Parameter),
        other => ConditionOrigin::parse(other),
    }
}

fn comparison(word: &str) -> Option<ConditionType> {
    match word {
        "equal" => Some(ConditionType::Exact),
        other => ConditionType::parse(other),
    }
}
