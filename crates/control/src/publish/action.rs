//! Putting one API online and taking it offline.

use super::{Effective, Publication, Version, freeze, identity, publication, require_version, versions_of};
use crate::apis::{self, Api};
use crate::compile::check_servable;
use crate::validate::{check, is_remark};
use crate::{Control, Error, InstanceRef, envs, quota, variables};
use countersign_store::{Document, Writer};
use countersign_types::{ApiId, EnvId, PublishId, Timestamp, VersionId};

/// What to do with an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Freeze the draft and serve it.
    Online,
    /// Stop serving.
    Offline,
}

impl Action {
    /// From the contract's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "online" => Some(Self::Online),
            "offline" => Some(Self::Offline),
            _ => None,
        }
    }
}

/// One API, one environment.
#[derive(Debug, Clone)]
pub struct PublishRequest {
    /// The API.
    pub api_id: ApiId,
    /// The environment.
    pub env_id: EnvId,
    /// What the publisher writes about it.
    pub remark: Option<String>,
}

/// What an action answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Identity of (API, environment).
    pub publish_id: PublishId,
    /// The API.
    pub api_id: ApiId,
    /// Its name.
    pub api_name: String,
    /// The environment.
    pub env_id: EnvId,
    /// What the publisher wrote.
    pub remark: Option<String>,
    /// When the version was published.
    pub time: Timestamp,
    /// The version that is effective now, or was until now.
    pub version_id: VersionId,
}

impl Control {
    /// Puts an API online or takes it offline.
    ///
    /// # Errors
    /// Unknown gateway, API or environment; online: an undefined variable (`APIG.3011`), a route that another
    /// API serves there (`APIG.3301`), what the data plane cannot do yet (501); offline: not online (`APIG.3015`).
    pub fn publish(
        &self,
        at: &InstanceRef,
        action: Action,
        request: &PublishRequest,
    ) -> Result<Receipt, Error> {
        check("remark", request.remark.as_deref().is_none_or(is_remark))?;
        self.write(|writer| {
            at.resolve(writer)?;
            let api = apis::require(writer, at, &request.api_id)?;
            envs::require(writer, at, &request.env_id)?;
            match action {
                Action::Online => self.online(writer, at, &api, request),
                Action::Offline => offline(writer, at, &api, &request.env_id),
            }
        })
    }

    fn online(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        api: &Api,
        request: &PublishRequest,
    ) -> Result<Receipt, Error> {
        let values = variables::of(writer, at, &api.definition.group_id, &request.env_id)?;
        let publication = match publication(writer, at, &api.id, &request.env_id)? {
            Some(publication) => publication,
            None => self.new_publication(at, &api.id, &request.env_id),
        };
        let version = Version {
            id: self.new_id(),
            instance_id: at.id.clone(),
            publish_id: publication.id.clone(),
            api_id: api.id.clone(),
            env_id: request.env_id.clone(),
            published: (self.now)(),
            remark: request.remark.clone(),
            definition: api.definition.clone(),
            variables: freeze::used_values(&api.definition, values),
        };
        add_version(writer, at, publication, &version)?;
        Ok(receipt(&version))
    }

    fn new_publication(&self, at: &InstanceRef, api: &ApiId, env: &EnvId) -> Publication {
        Publication {
            id: self.new_id(),
            instance_id: at.id.clone(),
            api_id: api.clone(),
            env_id: env.clone(),
            effective: None,
        }
    }
}

/// Stores the version, makes it effective and drops the oldest ones beyond the quota.
pub(super) fn add_version(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    publication: Publication,
    version: &Version,
) -> Result<(), Error> {
    countersign_store::put(writer, version)?;
    make_effective(writer, publication, version)?;
    let versions = versions_of(writer, at, &version.publish_id)?;
    let surplus = versions.len().saturating_sub(quota::API_VERSIONS.most);
    for oldest in versions.iter().take(surplus) {
        writer.delete(Version::KIND, at.scope(), oldest.id.as_str())?;
    }
    Ok(())
}

/// Lets the version serve, instead of what served before.
pub(super) fn make_effective(
    writer: &mut dyn Writer,
    publication: Publication,
    version: &Version,
) -> Result<(), Error> {
    check_servable(version)?;
    let effective = Effective {
        version_id: version.id.clone(),
        group_id: version.definition.group_id.clone(),
        route: version.definition.route(),
        authorizer_ids: version.definition.authorizers().map(|(_, id)| id.to_owned()).collect(),
    };
    let publication = Publication { effective: Some(effective), ..publication };
    match countersign_store::put(writer, &publication) {
        Err(countersign_store::Error::NameTaken { .. }) => Err(Error::api_taken()),
        other => other.map_err(Error::from),
    }
}

fn offline(writer: &mut dyn Writer, at: &InstanceRef, api: &Api, env: &EnvId) -> Result<Receipt, Error> {
    let found = publication(writer, at, &api.id, env)?;
    let not_online = || Error::publication_not_found(identity(&api.id, env));
    let publication = found.ok_or_else(not_online)?;
    let effective = publication.effective.as_ref().ok_or_else(not_online)?;
    let version = require_version(writer, at, &effective.version_id)?;
    countersign_store::put(writer, &Publication { effective: None, ..publication })?;
    Ok(receipt(&version))
}

pub(super) fn receipt(version: &Version) -> Receipt {
    Receipt {
        publish_id: version.publish_id.clone(),
        api_id: version.api_id.clone(),
        api_name: version.definition.name.clone(),
        env_id: version.env_id.clone(),
        remark: version.remark.clone(),
        time: version.published,
        version_id: version.id.clone(),
    }
}
