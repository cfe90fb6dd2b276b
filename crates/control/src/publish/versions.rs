//! The history of publications: list, show, switch, take offline.

use super::action::{make_effective, receipt};
use super::{Publication, Receipt, Version, identity, publication, require_version};
use crate::apis::{self, Api, Definition};
use crate::{
    Control, Env, Error, Filter, Group, InstanceRef, Page, Paging, authorizers, envs, groups, links,
};
use countersign_store::{Link, Scope, find, list_linked};
use countersign_types::{ApiId, EnvId, VersionId};

/// Which versions a history shows.
#[derive(Debug, Clone, Default)]
pub struct HistoryFilter {
    /// On the environment's id.
    pub env_id: Filter,
    /// On the environment's name.
    pub env_name: Filter,
}

/// An entry of the history.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedVersion {
    /// The version.
    pub version: Version,
    /// Name of its environment.
    pub env_name: String,
    /// Whether it serves.
    pub is_effective: bool,
}

/// A version with its surroundings.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionDetail {
    /// The API as it is now.
    pub api: Api,
    /// Its group.
    pub group: Group,
    /// The environment.
    pub env: Env,
    /// The version.
    pub version: Version,
    /// Its definition with the values of variables put in.
    pub definition: Definition,
}

impl Control {
    /// A page of an API's versions, latest first.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn list_versions(
        &self,
        at: &InstanceRef,
        api: &ApiId,
        filter: &HistoryFilter,
        paging: Paging,
    ) -> Result<Page<ListedVersion>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apis::require(reader, at, api)?;
            let link = Link::new(links::API, api.as_str());
            let versions: Vec<Version> = list_linked(reader, Scope::One(at.scope()), &link)?;
            let mut listed = Vec::with_capacity(versions.len());
            for version in versions.into_iter().rev() {
                let env_name = envs::require(reader, at, &version.env_id)?.name;
                let publication: Option<Publication> = find(reader, at.scope(), version.publish_id.as_str())?;
                let effective = publication.and_then(|publication| publication.effective);
                let is_effective = effective.is_some_and(|effective| effective.version_id == version.id);
                listed.push(ListedVersion { version, env_name, is_effective });
            }
            listed.retain(|entry| {
                filter.env_id.passes(entry.version.env_id.as_str()) && filter.env_name.passes(&entry.env_name)
            });
            Ok(paging.cut(listed))
        })
    }

    /// One version.
    ///
    /// # Errors
    /// Unknown gateway or version.
    pub fn version(&self, at: &InstanceRef, id: &VersionId) -> Result<VersionDetail, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let version = require_version(reader, at, id)?;
            let api = apis::require(reader, at, &version.api_id)?;
            let group = groups::require(reader, at, &version.definition.group_id)?;
            let env = envs::require(reader, at, &version.env_id)?;
            Ok(VersionDetail { definition: version.resolved()?, api, group, env, version })
        })
    }

    /// The version of the API that serves in the environment.
    ///
    /// # Errors
    /// Unknown gateway, API or environment; an API that is not online there (`APIG.3015`).
    pub fn runtime(&self, at: &InstanceRef, api: &ApiId, env: &EnvId) -> Result<VersionDetail, Error> {
        let id = self.read(|reader| {
            at.resolve(reader)?;
            apis::require(reader, at, api)?;
            envs::require(reader, at, env)?;
            let effective = publication(reader, at, api, env)?.and_then(|publication| publication.effective);
            let effective = effective.ok_or_else(|| Error::publication_not_found(identity(api, env)))?;
            Ok(effective.version_id)
        })?;
        self.version(at, &id)
    }

    /// Lets another version of the API serve in that version's environment, also when the API is offline there.
    ///
    /// # Errors
    /// Unknown gateway, API or version; a route that another API serves by now (`APIG.3301`), an
    /// authorizer that is gone (`APIG.3081`).
    pub fn switch_version(&self, at: &InstanceRef, api: &ApiId, id: &VersionId) -> Result<Receipt, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            apis::require(writer, at, api)?;
            let version = require_version(writer, at, id)?;
            let publication = publication(writer, at, api, &version.env_id)?
                .filter(|publication| publication.id == version.publish_id)
                .ok_or_else(|| Error::version_not_found(id))?;
            // The group of an API may change while it is offline.
            groups::require(writer, at, &version.definition.group_id)?;
            authorizers::check_references(writer, at, &version.definition)?;
            make_effective(writer, publication, &version)?;
            Ok(receipt(&version))
        })
    }

    /// Stops the version from serving; it stays in the history.
    ///
    /// # Errors
    /// Unknown gateway or version; a version that does not serve (`APIG.3015`).
    pub fn take_version_offline(&self, at: &InstanceRef, id: &VersionId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let version = require_version(writer, at, id)?;
            let publication: Publication = find(writer, at.scope(), version.publish_id.as_str())?
                .ok_or_else(|| Error::version_not_found(id))?;
            if publication.effective.as_ref().is_none_or(|effective| effective.version_id != *id) {
                return Err(Error::publication_not_found(identity(&version.api_id, &version.env_id)));
            }
            Ok(countersign_store::put(writer, &Publication { effective: None, ..publication })?)
        })
    }
}
