//! A group and its environments, compiled.

use crate::{
    error::{Error, Fault},
    release::Release,
    responses::{ResponseSet, Responses},
    router::{Method, Router},
    source,
    template::Template,
};
use countersign_types::{EnvId, GroupId, InstanceId};
use std::collections::HashMap;

/// An API group with a router for each environment.
#[derive(Debug)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// The gateway that owns it.
    pub instance_id: InstanceId,
    /// The default subdomain, if it serves.
    pub subdomain: Option<Box<str>>,
    environments: HashMap<Box<str>, Environment, foldhash::fast::RandomState>,
    responses: Responses,
}

/// What is published in one environment.
#[derive(Debug)]
pub struct Environment {
    /// Its id.
    pub id: EnvId,
    /// What is published where.
    pub router: Router<Release>,
}

impl Group {
    pub(crate) fn compile(source: &source::Group) -> Result<Self, Error> {
        let mut group = Self {
            id: source.id.clone(),
            instance_id: source.instance_id.clone(),
            subdomain: source.subdomain.as_deref().map(Into::into),
            environments: HashMap::default(),
            responses: Responses::compile(&source.responses)
                .map_err(|fault| fault.at("group", &source.id))?,
        };
        for release in &source.releases {
            group.add(release).map_err(|fault| fault.at("API", &release.api_id))?;
        }
        Ok(group)
    }

    fn add(&mut self, release: &source::Release) -> Result<(), Fault> {
        if release.env_name.is_empty() || release.env_name.len() > 64 {
            return Err(Fault::Invalid("environment name"));
        }
        let environment = self
            .environments
            .entry(release.env_name.as_str().into())
            .or_insert_with(|| Environment { id: release.env_id.clone(), router: Router::default() });
        if environment.id != release.env_id {
            return Err(Fault::Duplicate("environment name"));
        }
        let definition = &release.definition;
        let (method, template) =
            (Method::of_definition(&definition.method)?, Template::parse(&definition.path)?);
        let compiled = Release::compile(release, &template, &self.responses)?;
        environment.router.insert(method, &template, definition.matching, compiled)
    }

    /// The environment with this name, as `X-Stage` carries it.
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<&Environment> {
        self.environments.get(name)
    }

    /// The answers to refusals before an API was found.
    #[must_use]
    pub fn responses(&self) -> Option<&ResponseSet> {
        self.responses.choose(None).map(|set| &**set)
    }
}
