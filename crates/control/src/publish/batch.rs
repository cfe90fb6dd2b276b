//! Many APIs at once: each succeeds or fails on its own.

use super::{Action, PublishRequest, Receipt};
use crate::apis::Api;
use crate::validate::check;
use crate::{Control, Error, InstanceRef, envs, groups, links};
use countersign_store::{Link, Scope, find, list_linked};
use countersign_types::{ApiId, EnvId, GroupId};

/// Most APIs of one request.
const APIS_MAX: usize = 1_000;

/// Which APIs.
#[derive(Debug, Clone)]
pub enum Selection {
    /// These.
    Apis(Vec<ApiId>),
    /// Those of this group; going offline: those that serve.
    Group(GroupId),
}

/// Many APIs, one environment.
#[derive(Debug, Clone)]
pub struct BatchRequest {
    /// Which APIs.
    pub selection: Selection,
    /// The environment.
    pub env_id: EnvId,
    /// What the publisher writes about it.
    pub remark: Option<String>,
}

/// What became of the APIs, in their order.
#[derive(Debug, Default)]
pub struct BatchOutcome {
    /// Done.
    pub success: Vec<Receipt>,
    /// Refused.
    pub failure: Vec<BatchFailure>,
}

/// A refused API.
#[derive(Debug)]
pub struct BatchFailure {
    /// The API.
    pub api_id: ApiId,
    /// Its name; empty when there is no such API.
    pub api_name: String,
    /// Code of the refusal.
    pub code: &'static str,
    /// Its text.
    pub message: String,
}

impl Control {
    /// Puts APIs online or takes them offline.
    ///
    /// # Errors
    /// Unknown gateway, environment or group, too many APIs, a fault of the store. A refusal of one API is told
    /// in the outcome.
    pub fn publish_batch(
        &self,
        at: &InstanceRef,
        action: Action,
        request: &BatchRequest,
    ) -> Result<BatchOutcome, Error> {
        let mut outcome = BatchOutcome::default();
        for api_id in self.select(at, action, request)? {
            let one =
                PublishRequest { api_id, env_id: request.env_id.clone(), remark: request.remark.clone() };
            match self.publish(at, action, &one) {
                Ok(receipt) => outcome.success.push(receipt),
                Err(Error::Refused { code, message, .. }) => {
                    let api_name = self.name_of(at, &one.api_id)?;
                    outcome.failure.push(BatchFailure { api_id: one.api_id, api_name, code, message });
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(outcome)
    }

    fn select(&self, at: &InstanceRef, action: Action, request: &BatchRequest) -> Result<Vec<ApiId>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            envs::require(reader, at, &request.env_id)?;
            let group = match &request.selection {
                Selection::Apis(ids) => {
                    check("apis", (1..=APIS_MAX).contains(&ids.len()))?;
                    return Ok(ids.clone());
                }
                Selection::Group(group) => groups::require(reader, at, group)?,
            };
            let link = Link::new(links::GROUP, group.id.as_str());
            let mut ids = Vec::new();
            for api in list_linked::<Api>(reader, Scope::One(at.scope()), &link)? {
                let serves = super::publication(reader, at, &api.id, &request.env_id)?
                    .is_some_and(|publication| publication.effective.is_some());
                if serves || action == Action::Online {
                    ids.push(api.id);
                }
            }
            Ok(ids)
        })
    }

    fn name_of(&self, at: &InstanceRef, id: &ApiId) -> Result<String, Error> {
        let api: Option<Api> = self.read(|reader| Ok(find(reader, at.scope(), id.as_str())?))?;
        Ok(api.map_or_else(String::new, |api| api.definition.name))
    }
}
