//! Publishing: freezing a draft as the version that serves in an environment.
//!
//! A [`Publication`] is the identity of (API, environment); it survives taking the API offline. Its [`Version`]s
//! are the frozen definitions, at most one of them effective.

mod action;
mod batch;
pub(crate) mod freeze;
mod republish;
mod versions;

pub use action::{Action, PublishRequest, Receipt};
pub use batch::{BatchFailure, BatchOutcome, BatchRequest, Selection};
pub(crate) use republish::republish_users;
pub use versions::{HistoryFilter, ListedVersion, VersionDetail};

use crate::apis::{Definition, Published};
use crate::{Env, Error, InstanceRef, links};
use countersign_store::{Document, Link, Reader, Scope, Writer, find, find_by_name, list_linked};
use countersign_types::{ApiId, EnvId, GroupId, InstanceId, PublishId, Timestamp, VersionId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The publication of an API in an environment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Its id; what policies are bound to.
    pub id: PublishId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The API.
    pub api_id: ApiId,
    /// The environment.
    pub env_id: EnvId,
    /// What serves; nothing while the API is offline.
    pub effective: Option<Effective>,
}

/// The effective version of a publication, with what the store must find it by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effective {
    /// The version.
    pub version_id: VersionId,
    /// The group it serves in.
    pub group_id: GroupId,
    /// Its route: no two effective versions of a group and environment may share one.
    pub route: String,
    /// The authorizers that it asks.
    #[serde(default)]
    pub authorizer_ids: Vec<String>,
}

/// Link of every publication, serving or not, to its environment. [`links::ENV`] is carried only while serving.
const HISTORY_ENV: &str = "history_env";

/// First part of the unique name that holds the route of an effective version.
const ROUTE: &str = "route";

impl Document for Publication {
    const KIND: &'static str = "publication";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        let identity = identity(&self.api_id, &self.env_id);
        let route = self
            .effective
            .as_ref()
            .map(|effective| format!("{ROUTE}/{}/{}/{}", effective.group_id, self.env_id, effective.route));
        [Some(identity), route].into_iter().flatten().collect()
    }

    fn links(&self) -> Vec<Link> {
        let mut all =
            vec![Link::new(links::API, self.api_id.as_str()), Link::new(HISTORY_ENV, self.env_id.as_str())];
        if let Some(effective) = &self.effective {
            all.push(Link::new(links::ENV, self.env_id.as_str()));
            all.push(Link::new(links::GROUP, effective.group_id.as_str()));
            all.extend(effective.authorizer_ids.iter().map(|id| Link::new(links::AUTHORIZER, id)));
        }
        all
    }
}

/// Unique name of the publication.
fn identity(api: &ApiId, env: &EnvId) -> String {
    format!("{api}/{env}")
}

/// A definition as it was when it was published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The publication that it belongs to.
    pub publish_id: PublishId,
    /// The API.
    pub api_id: ApiId,
    /// The environment.
    pub env_id: EnvId,
    /// When it was published.
    pub published: Timestamp,
    /// What the publisher wrote about it.
    pub remark: Option<String>,
    /// The definition with its `#variables#` as written.
    pub definition: Definition,
    /// Their values as they were.
    pub variables: BTreeMap<String, String>,
}

impl Document for Version {
    const KIND: &'static str = "api_version";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn links(&self) -> Vec<Link> {
        vec![
            Link::new(links::API, self.api_id.as_str()),
            Link::new(PUBLICATION, self.publish_id.as_str()),
            Link::new(HISTORY_ENV, self.env_id.as_str()),
        ]
    }
}

/// Link of a version to its publication.
const PUBLICATION: &str = "publication";

impl Version {
    /// The definition with the values put in.
    ///
    /// # Errors
    /// `APIG.3011` for a variable without value.
    pub fn resolved(&self) -> Result<Definition, Error> {
        freeze::resolve(&self.definition, &self.variables)
    }
}

/// The publication of the API in the environment, serving or not.
fn publication(
    reader: &dyn Reader,
    at: &InstanceRef,
    api: &ApiId,
    env: &EnvId,
) -> Result<Option<Publication>, Error> {
    Ok(find_by_name(reader, at.scope(), &identity(api, env))?)
}

/// The version that serves of the API in the environment.
pub(crate) fn effective(
    reader: &dyn Reader,
    at: &InstanceRef,
    api: &ApiId,
    env: &EnvId,
) -> Result<Option<Version>, Error> {
    let effective = publication(reader, at, api, env)?.and_then(|publication| publication.effective);
    effective.map(|effective| require_version(reader, at, &effective.version_id)).transpose()
}

/// The version of the gateway with this id.
fn require_version(reader: &dyn Reader, at: &InstanceRef, id: &VersionId) -> Result<Version, Error> {
    find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::version_not_found(id))
}

/// The version of the API that serves in the environment with this name, if there is one.
pub(crate) fn serving(
    reader: &dyn Reader,
    at: &InstanceRef,
    api: &ApiId,
    env_name: &str,
) -> Result<Option<Version>, Error> {
    let env: Option<Env> = find_by_name(reader, at.scope(), env_name)?;
    let Some(env) = env else { return Ok(None) };
    let effective = publication(reader, at, api, &env.id)?.and_then(|publication| publication.effective);
    effective.map(|effective| require_version(reader, at, &effective.version_id)).transpose()
}

/// Versions of a publication, oldest first.
fn versions_of(reader: &dyn Reader, at: &InstanceRef, id: &PublishId) -> Result<Vec<Version>, Error> {
    Ok(list_linked(reader, Scope::One(at.scope()), &Link::new(PUBLICATION, id.as_str()))?)
}

/// Where the API serves, oldest publication first.
pub(crate) fn of_api(reader: &dyn Reader, at: &InstanceRef, api: &ApiId) -> Result<Vec<Published>, Error> {
    let link = Link::new(links::API, api.as_str());
    let publications: Vec<Publication> = list_linked(reader, Scope::One(at.scope()), &link)?;
    let mut published = Vec::with_capacity(publications.len());
    for publication in publications {
        let Some(effective) = publication.effective else { continue };
        let version = require_version(reader, at, &effective.version_id)?;
        let env: Option<Env> = find(reader, at.scope(), publication.env_id.as_str())?;
        published.push(Published {
            publish_id: publication.id,
            version_id: effective.version_id,
            env_name: env.map_or_else(String::new, |env| env.name),
            env_id: publication.env_id,
            time: version.published,
        });
    }
    Ok(published)
}

/// Removes what was once published in an environment that goes away.
pub(crate) fn forget_env(writer: &mut dyn Writer, at: &InstanceRef, env: &EnvId) -> Result<(), Error> {
    forget(writer, at, &Link::new(HISTORY_ENV, env.as_str()))
}

/// Removes every publication and version of an API that goes away.
pub(crate) fn forget_api(writer: &mut dyn Writer, at: &InstanceRef, api: &ApiId) -> Result<(), Error> {
    forget(writer, at, &Link::new(links::API, api.as_str()))
}

fn forget(writer: &mut dyn Writer, at: &InstanceRef, link: &Link) -> Result<(), Error> {
    for kind in [Publication::KIND, Version::KIND] {
        for object in writer.list_linked(kind, Scope::One(at.scope()), link)? {
            writer.delete(kind, at.scope(), &object.id)?;
        }
    }
    Ok(())
}
