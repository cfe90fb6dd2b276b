//! Taking the APIs of a group out.

use super::{BoundThrottle, names};
use crate::apis::{Api, Backend, Definition};
use crate::{
    Acl, Authorizer, Control, Env, Error, Group, InstanceRef, ResponseSet, envs, groups, links, publish,
    responses,
};
use countersign_store::{Link, Reader, Scope as StoreScope, find_by_name, list_linked};
use countersign_types::{ApiId, EnvId, GroupId, PublishId};
use std::collections::{BTreeMap, BTreeSet};

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
    /// The APIs, oldest first. Environment variables stand in them as written, authorizers and gateway responses by
    /// their names.
    pub definitions: Vec<Definition>,
    /// The gateway responses that they chose.
    pub responses: Vec<ResponseSet>,
    /// The authorizers that decide on their callers.
    pub authorizers: Vec<Authorizer>,
    /// The access control policies bound to the APIs in the environment, by the names of the APIs; only
    /// [`Scope::WithPolicies`] has them.
    pub acls: BTreeMap<String, Vec<Acl>>,
    /// The throttling policies, likewise.
    pub throttles: BTreeMap<String, BoundThrottle>,
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
            let mut responses = responses::of(reader, &group)?;
            let (mut definitions, mut acls, mut throttles) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
            for api in chosen(reader, at, request)? {
                let Some((definition, publication)) = definition(reader, at, request, api)? else { continue };
                if let Some(publication) = publication.filter(|_| request.scope == Scope::WithPolicies) {
                    acls.insert(definition.name.clone(), super::acls::bound(reader, at, &publication)?);
                    if let Some(throttle) = super::throttles::bound(reader, at, &publication)? {
                        throttles.insert(definition.name.clone(), throttle);
                    }
                }
                if !matches!(definition.backend, Backend::Grpc(_)) {
                    definitions.push(names::name(reader, at, &responses, definition)?);
                }
            }
            let is_chosen = |set: &ResponseSet| {
                definitions.iter().any(|one| one.response_id.as_deref() == Some(set.name.as_str()))
            };
            responses.retain(is_chosen);
            let authorizers = authorizers_of(reader, at, &definitions)?;
            let host = group.subdomain(&self.domain_suffix);
            let scope = request.scope;
            Ok(Export { group, host, env, scope, definitions, responses, authorizers, acls, throttles })
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

/// What is told of the API, and the publication that it serves by; nothing when it does not serve there.
fn definition(
    reader: &dyn Reader,
    at: &InstanceRef,
    request: &ExportRequest,
    api: Api,
) -> Result<Option<(Definition, Option<PublishId>)>, Error> {
    if request.scope == Scope::Draft {
        return Ok(Some((api.definition, None)));
    }
    let version = publish::effective(reader, at, &api.id, &request.env_id)?;
    Ok(version.map(|version| (version.definition, Some(version.publish_id))))
}

fn authorizers_of(
    reader: &dyn Reader,
    at: &InstanceRef,
    definitions: &[Definition],
) -> Result<Vec<Authorizer>, Error> {
    let names: BTreeSet<&str> = definitions.iter().filter_map(Definition::frontend_authorizer).collect();
    let found = names.into_iter().map(|name| find_by_name(reader, at.scope(), name));
    Ok(found.filter_map(Result::transpose).collect::<Result<_, _>>()?)
}
