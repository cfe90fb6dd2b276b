//! What is bound to what.

use super::{Binding, POLICY, Policy, require, unique_name};
use crate::apis;
use crate::publish::Publication;
use crate::{Api, Control, Env, Error, Filter, Group, InstanceRef, Page, Paging, envs, groups, links};
use countersign_store::{Link, Reader, Scope, find_by_name, list, list_linked};
use countersign_types::{ApiId, EnvId, PublishId};
use std::collections::HashSet;

/// A binding with what replies tell about the API.
#[derive(Debug, Clone)]
pub struct BoundApi<P: Policy> {
    /// The binding.
    pub binding: Binding<P>,
    /// The policy.
    pub policy: P,
    /// Where it is bound.
    pub place: Place,
}

/// A serving publication that a policy is not bound to.
#[derive(Debug, Clone)]
pub struct UnboundApi<P: Policy> {
    /// Where it could be bound.
    pub place: Place,
    /// What has its slot there: what binding it would replace.
    pub taken: Option<(Binding<P>, P)>,
}

/// A publication with what replies tell about it.
#[derive(Debug, Clone)]
pub struct Place {
    /// The publication.
    pub publish_id: PublishId,
    /// The API.
    pub api: Api,
    /// Its group.
    pub group: Group,
    /// The environment.
    pub env: Env,
}

/// Which publications a list shows.
#[derive(Debug, Clone, Default)]
pub struct PlaceFilter {
    /// On the API's id.
    pub api_id: Filter,
    /// On the API's name.
    pub api_name: Filter,
    /// On the group's id.
    pub group_id: Filter,
    /// On the environment's id.
    pub env_id: Filter,
    /// On the environment's name.
    pub env_name: Filter,
    /// With one of these tags; none passes everything.
    pub tags: Vec<String>,
}

/// Which policies of an API a list shows.
#[derive(Debug, Clone, Default)]
pub struct PolicyFilter {
    /// On the policy's id.
    pub id: Filter,
    /// On the policy's name.
    pub name: Filter,
    /// On the environment's id.
    pub env_id: Filter,
    /// On the environment's name.
    pub env_name: Filter,
}

impl Place {
    fn read(
        reader: &dyn Reader,
        at: &InstanceRef,
        (publication, api, env): (&PublishId, &ApiId, &EnvId),
    ) -> Result<Self, Error> {
        let api = apis::require(reader, at, api)?;
        let group = groups::require(reader, at, &api.definition.group_id)?;
        Ok(Self { publish_id: publication.clone(), group, env: envs::require(reader, at, env)?, api })
    }
}

impl PlaceFilter {
    fn passes(&self, place: &Place) -> bool {
        let tags = place.api.definition.tags.as_deref().unwrap_or_default();
        self.api_id.passes(place.api.id.as_str())
            && self.api_name.passes(&place.api.definition.name)
            && self.group_id.passes(place.group.id.as_str())
            && self.env_id.passes(place.env.id.as_str())
            && self.env_name.passes(&place.env.name)
            && (self.tags.is_empty() || self.tags.iter().any(|wanted| tags.contains(wanted)))
    }
}

impl PolicyFilter {
    fn passes<P: Policy>(&self, bound: &BoundApi<P>) -> bool {
        self.id.passes(bound.policy.id())
            && self.name.passes(bound.policy.name())
            && self.env_id.passes(bound.place.env.id.as_str())
            && self.env_name.passes(&bound.place.env.name)
    }
}

/// The binding with its surroundings.
pub(super) fn bound_api<P: Policy>(
    reader: &dyn Reader,
    at: &InstanceRef,
    policy: P,
    binding: Binding<P>,
) -> Result<BoundApi<P>, Error> {
    let place = Place::read(reader, at, (&binding.publish_id, &binding.api_id, &binding.env_id))?;
    Ok(BoundApi { binding, policy, place })
}

fn of_policy<P: Policy>(reader: &dyn Reader, at: &InstanceRef, policy: &P) -> Result<Vec<Binding<P>>, Error> {
    Ok(list_linked(reader, Scope::One(at.scope()), &Link::new(POLICY, policy.id()))?)
}

/// What has the slot on the publication.
fn in_slot<P: Policy>(
    reader: &dyn Reader,
    at: &InstanceRef,
    publication: &PublishId,
    slot: &str,
) -> Result<Option<(Binding<P>, P)>, Error> {
    let binding: Option<Binding<P>> = find_by_name(reader, at.scope(), &unique_name(publication, slot))?;
    let Some(binding) = binding else { return Ok(None) };
    let policy = require(reader, at, &binding.policy_id)?;
    Ok(Some((binding, policy)))
}

impl Control {
    /// A page of the publications that a policy is bound to, oldest binding first.
    ///
    /// # Errors
    /// Unknown gateway or policy.
    pub fn list_bound_apis<P: Policy>(
        &self,
        at: &InstanceRef,
        policy: &P::Id,
        filter: &PlaceFilter,
        paging: Paging,
    ) -> Result<Page<BoundApi<P>>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let policy: P = require(reader, at, policy)?;
            let mut bound = Vec::new();
            for binding in of_policy(reader, at, &policy)? {
                bound.push(bound_api(reader, at, policy.clone(), binding)?);
            }
            bound.retain(|bound| filter.passes(&bound.place));
            Ok(paging.cut(bound))
        })
    }

    /// A page of the serving publications that a policy is not bound to.
    ///
    /// # Errors
    /// Unknown gateway or policy.
    pub fn list_unbound_apis<P: Policy>(
        &self,
        at: &InstanceRef,
        policy: &P::Id,
        filter: &PlaceFilter,
        paging: Paging,
    ) -> Result<Page<UnboundApi<P>>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let policy: P = require(reader, at, policy)?;
            let bound = of_policy(reader, at, &policy)?;
            let bound: HashSet<_> = bound.into_iter().map(|binding| binding.publish_id).collect();
            let publications: Vec<Publication> = list(reader, Scope::One(at.scope()))?;
            let serving = publications.iter().filter(|publication| publication.effective.is_some());
            let mut open = Vec::new();
            for publication in serving.filter(|publication| !bound.contains(&publication.id)) {
                let ids = (&publication.id, &publication.api_id, &publication.env_id);
                let place = Place::read(reader, at, ids)?;
                if filter.passes(&place) {
                    open.push(place);
                }
            }
            let Page { total, items } = paging.cut(open);
            let unbound = items.into_iter().map(|place| {
                let taken = in_slot(reader, at, &place.publish_id, policy.slot())?;
                Ok(UnboundApi { place, taken })
            });
            Ok(Page { total, items: unbound.collect::<Result<_, Error>>()? })
        })
    }

    /// A page of the policies of one kind that are bound to an API, in whichever environment.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn list_policies_of_api<P: Policy>(
        &self,
        at: &InstanceRef,
        api: &ApiId,
        filter: &PolicyFilter,
        paging: Paging,
    ) -> Result<Page<BoundApi<P>>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apis::require(reader, at, api)?;
            let link = Link::new(links::API, api.as_str());
            let bindings: Vec<Binding<P>> = list_linked(reader, Scope::One(at.scope()), &link)?;
            let mut bound = Vec::with_capacity(bindings.len());
            for binding in bindings {
                let policy: P = require(reader, at, &binding.policy_id)?;
                bound.push(bound_api(reader, at, policy, binding)?);
            }
            bound.retain(|bound| filter.passes(bound));
            Ok(paging.cut(bound))
        })
    }
}
