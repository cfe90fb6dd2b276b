//! Taking the APIs of a group out.

use crate::apis::{Api, Backend, Definition};
use crate::{Control, Env, Error, Group, InstanceRef, ResponseSet, envs, groups, links, publish, responses};
use countersign_store::{Link, Reader, Scope as StoreScope, list_linked};
use countersign_types::{ApiId, EnvId, GroupId};

/// How much of each API is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What its callers see.
    Front,
    /// That, and its backends.
    Whole,
    /// That, and the policies bound to it.
    WithPolicies,
    /// The draft with its backends, published or not.
    Draft,
}

/// What is to be exported.
#[derive(Debug, Clone)]
pub struct ExportRequest {
    /// The environment whose versions are wanted.
    pub env_id: EnvId,
    /// The group.
    pub group_id: GroupId,
    /// How much of each API.
    pub scope: Scope,
    /// These APIs of the group; none stands for all.
    pub apis: Vec<ApiId>,
}

/// The APIs of a group.
#[derive(Debug, Clone)]
pub struct Export {
    /// The group.
    pub group: Group,
    /// Its default subdomain.
    pub host: String,
    /// The environment.
    pub env: Env,
    /// How much is told of each API.
    pub scope: Scope,
    /// The APIs, oldest first. Environment variables stand in them as written.
    pub definitions: Vec<Definition>,
    /// The gateway responses that they chose.
    pub responses: Vec<ResponseSet>,
}

impl Control {
    /// What serves in the environment, or the drafts. gRPC APIs cannot be exported and are left out.
    ///
    /// # Errors
    /// Unknown gateway, group or environment; an API that is not in the group.
    pub fn export_apis(&self, at: &InstanceRef, request: &ExportRequest) -> Result<Export, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let env = envs::require(reader, at, &request.env_id)?;
            let group = groups::require(reader, at, &request.group_id)?;
            let mut definitions = Vec::new();
            for api in chosen(reader, at, request)? {
                definitions.extend(definition(reader, at, request, api)?);
            }
            definitions.retain(|definition| !matches!(definition.backend, Backend::Grpc(_)));
            definitions
                .sort_by_cached_key(|one| (one.path.clone(), one.method.as_str(), one.matching.as_str()));
            let mut responses = responses::of(reader, &group)?;
            responses.retain(|set| {
                definitions.iter().any(|one| one.response_id.as_deref() == Some(set.id.as_str()))
            });
            let host = group.subdomain(&self.domain_suffix);
            Ok(Export { group, host, env, scope: request.scope, definitions, responses })
        })
    }
}

fn chosen(reader: &dyn Reader, at: &InstanceRef, request: &ExportRequest) -> Result<Vec<Api>, Error> {
    let link = Link::new(links::GROUP, request.group_id.as_str());
    let mut all: Vec<Api> = list_linked(reader, StoreScope::One(at.scope()), &link)?;
    if request.apis.is_empty() {
        return Ok(all);
    }
    if let Some(stranger) = request.apis.iter().find(|id| all.iter().all(|api| api.id != **id)) {
        return Err(Error::api_not_found(stranger));
    }
    all.retain(|api| request.apis.contains(&api.id));
    Ok(all)
}

/// What is told of the API; nothing when it does not serve there.
fn definition(
    reader: &dyn Reader,
    at: &InstanceRef,
    request: &ExportRequest,
    api: Api,
) -> Result<Option<Definition>, Error> {
    if request.scope == Scope::Draft {
        return Ok(Some(api.definition));
    }
    let version = publish::effective(reader, at, &api.id, &request.env_id)?;
    Ok(version.map(|version| version.definition))
}
