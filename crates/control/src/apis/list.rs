//! Listing APIs.

use super::manage::detail;
use super::{Api, ApiDetail, Method, Protocol};
use crate::apis::words::Auth;
use crate::publish::Publication;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, links};
use countersign_store::{Link, Reader, Scope, list, list_linked};
use countersign_types::{ApiId, EnvId, GroupId};
use std::collections::{BTreeSet, HashSet};

/// The tag filter's word for APIs without tags.
const NO_TAGS: &str = "#no_tags#";

/// Which APIs a list shows.
#[derive(Debug, Clone, Default)]
pub struct ApiFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
    /// On the path.
    pub path: Filter,
    /// In this group.
    pub group_id: Option<GroupId>,
    /// With this protocol.
    pub protocol: Option<Protocol>,
    /// With this method.
    pub method: Option<Method>,
    /// With this authentication.
    pub auth: Option<Auth>,
    /// Public ones, or the others.
    pub public: Option<bool>,
    /// Published in this environment.
    pub env_id: Option<EnvId>,
    /// Behind a channel whose name passes.
    pub channel: Filter,
    /// With one of these tags; `#no_tags#` stands for none at all.
    pub tags: Vec<String>,
}

impl ApiFilter {
    fn passes(&self, api: &Api, published: Option<&HashSet<ApiId>>) -> bool {
        let definition = &api.definition;
        self.id.passes(api.id.as_str())
            && self.name.passes(&definition.name)
            && self.path.passes(&definition.path)
            && self.protocol.is_none_or(|protocol| definition.protocol == protocol)
            && self.method.is_none_or(|method| definition.method == method)
            && self.auth.is_none_or(|auth| definition.auth == auth)
            && self.public.is_none_or(|public| definition.public == public)
            && published.is_none_or(|published| published.contains(&api.id))
            && self.passes_channel(api)
            && self.passes_tags(definition.tags.as_deref().unwrap_or_default())
    }

    /// A channel is known here by its id alone.
    fn passes_channel(&self, api: &Api) -> bool {
        let channel = api.definition.backend.server().and_then(|server| server.channel.as_ref());
        self.channel == Filter::Any || channel.is_some_and(|channel| self.channel.passes(&channel.id))
    }

    fn passes_tags(&self, tags: &[String]) -> bool {
        let wants = |wanted: &String| tags.contains(wanted) || (wanted == NO_TAGS && tags.is_empty());
        self.tags.is_empty() || self.tags.iter().any(wants)
    }
}

impl Control {
    /// A page of the APIs, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_apis(
        &self,
        at: &InstanceRef,
        filter: &ApiFilter,
        paging: Paging,
    ) -> Result<Page<ApiDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let scope = Scope::One(at.scope());
            let mut apis: Vec<Api> = match &filter.group_id {
                Some(group) => list_linked(reader, scope, &Link::new(links::GROUP, group.as_str()))?,
                None => list(reader, scope)?,
            };
            let published = filter.env_id.as_ref().map(|env| published_in(reader, at, env)).transpose()?;
            apis.retain(|api| filter.passes(api, published.as_ref()));
            let Page { total, items } = paging.cut(apis);
            let items = items.into_iter().map(|api| detail(reader, at, api)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }
}

impl Control {
    /// A page of the tags that APIs of the gateway have, each once, in their order.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_api_tags(&self, at: &InstanceRef, paging: Paging) -> Result<Page<String>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let apis: Vec<Api> = list(reader, Scope::One(at.scope()))?;
            let tags: BTreeSet<String> =
                apis.into_iter().filter_map(|api| api.definition.tags).flatten().collect();
            Ok(paging.cut(tags.into_iter().collect()))
        })
    }
}

fn published_in(reader: &dyn Reader, at: &InstanceRef, env: &EnvId) -> Result<HashSet<ApiId>, Error> {
    let link = Link::new(links::ENV, env.as_str());
    let publications: Vec<Publication> = list_linked(reader, Scope::One(at.scope()), &link)?;
    Ok(publications.into_iter().map(|publication| publication.api_id).collect())
}
