//! Importing a microservice: a load balance channel to its instances, and APIs in front of the channel.

use crate::apis::{
    self, Api, AppCode, Auth, Backend, BackendProtocol, Channel, Definition, Matching, Method, Protocol,
    Server, Texts, Trace, Unused,
};
use crate::channels::{self, LoadChannel, Microservice};
use crate::transfer::Target;
use crate::validate::check;
use crate::{Control, Error, InstanceRef};
use countersign_store::Writer;
use countersign_types::GroupId;
use std::collections::HashSet;

/// Most APIs of one import.
pub const APIS_MAX: usize = 50;

/// What is to be imported.
#[derive(Debug, Clone)]
pub struct MicroserviceImport {
    /// Where its APIs go.
    pub target: Target,
    /// The microservice.
    pub microservice: Microservice,
    /// Port of its instances; 0 when the registry tells it.
    pub port: u16,
    /// How its instances are spoken to.
    pub protocol: BackendProtocol,
    /// Whole exchange with an instance, in milliseconds.
    pub timeout_ms: u32,
    /// Who may call.
    pub auth: Auth,
    /// Whether answers allow other origins.
    pub cors: bool,
    /// Its APIs.
    pub apis: Vec<MicroserviceApi>,
}

/// One API in front of the microservice.
#[derive(Debug, Clone)]
pub struct MicroserviceApi {
    /// Its name; made of method and path when absent.
    pub name: Option<String>,
    /// Its method.
    pub method: Method,
    /// Its path, which is the instances' as well.
    pub path: String,
    /// How the path matches.
    pub matching: Matching,
}

/// What an import made.
#[derive(Debug, Clone)]
pub struct ImportedMicroservice {
    /// The channel.
    pub channel: LoadChannel,
    /// The group.
    pub group_id: GroupId,
    /// The APIs, in their order.
    pub apis: Vec<Api>,
}

impl Control {
    /// Imports a microservice: everything is there, or nothing.
    ///
    /// # Errors
    /// Unknown gateway or group; a group that cannot be made; no API, too many, or one that cannot be made; too many
    /// channels.
    pub fn import_microservice(
        &self,
        at: &InstanceRef,
        import: &MicroserviceImport,
    ) -> Result<ImportedMicroservice, Error> {
        check("apis", (1..=APIS_MAX).contains(&import.apis.len()))?;
        self.write(|writer| {
            at.resolve(writer)?;
            let group_id = self.target(writer, at, &import.target)?.id;
            let channel = self.new_channel(at, import);
            channels::insert(writer, at, &channel)?;
            let apis = self.front(writer, at, (&group_id, &channel), import)?;
            Ok(ImportedMicroservice { channel, group_id, apis })
        })
    }

    fn new_channel(&self, at: &InstanceRef, import: &MicroserviceImport) -> LoadChannel {
        let id: countersign_types::ChannelId = self.new_id();
        LoadChannel {
            name: format!("{}_{id}", import.microservice.word().to_lowercase()),
            id,
            instance_id: at.id.clone(),
            port: import.port,
            microservice: import.microservice.clone(),
            created: (self.now)(),
        }
    }

    /// The APIs in front of the channel.
    fn front(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        (group, channel): (&GroupId, &LoadChannel),
        import: &MicroserviceImport,
    ) -> Result<Vec<Api>, Error> {
        let mut names: HashSet<String> = import.apis.iter().filter_map(|api| api.name.clone()).collect();
        let make = |wanted: &MicroserviceApi| {
            let name = wanted.name.clone().unwrap_or_else(|| unused_name(wanted, &mut names));
            let definition = definition(name, wanted, group, channel, import);
            let api = self.new_api(at, definition)?;
            apis::insert(writer, at, &api)?;
            Ok(api)
        };
        import.apis.iter().map(make).collect()
    }
}

/// `get_orders_id` of `GET /orders/{id}`; numbered when another API of the import has the name.
fn unused_name(api: &MicroserviceApi, names: &mut HashSet<String>) -> String {
    let words = api.path.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let method = api.method.as_str().to_lowercase();
    let base: String = std::iter::once(method.as_str())
        .chain(words)
        .collect::<Vec<_>>()
        .join("_")
        .chars()
        .take(240)
        .collect();
    let numbered = (2..).map(|number| format!("{base}_{number}"));
    let mut candidates = std::iter::once(base.clone()).chain(numbered);
    candidates.find(|name| names.insert(name.clone())).unwrap_or(base)
}

fn definition(
    name: String,
    wanted: &MicroserviceApi,
    group: &GroupId,
    channel: &LoadChannel,
    import: &MicroserviceImport,
) -> Definition {
    let server = Server {
        address: None,
        protocol: import.protocol,
        method: wanted.method,
        path: wanted.path.clone(),
        timeout_ms: import.timeout_ms,
        retries: None,
        channel: Some(Channel { id: channel.id.to_string(), proxy_host: None }),
        authorizer_id: None,
        client_certificate: None,
        sm_channel: None,
        version: None,
        remark: None,
    };
    Definition {
        group_id: group.clone(),
        name,
        public: false,
        version: None,
        protocol: Protocol::Https,
        method: wanted.method,
        path: wanted.path.clone(),
        matching: wanted.matching,
        auth: import.auth,
        app_code: AppCode::Disable,
        authorizer_id: None,
        cors: import.cors,
        parameters: Vec::new(),
        mappings: Vec::new(),
        backend: Backend::Http(server),
        policies: Vec::new(),
        response_id: None,
        content_type: None,
        function_body_base64: None,
        trace: Trace::default(),
        texts: Texts::default(),
        tags: None,
        unused: Unused::default(),
    }
}
