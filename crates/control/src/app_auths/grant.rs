//! Granting and revoking authorizations.

use super::{AppAuth, identity};
use crate::apis::{self, Auth};
use crate::{Api, App, Control, Error, InstanceRef, apps, envs, links, quota};
use countersign_store::{Document, Link, Scope, Writer, find_by_name};
use countersign_types::{ApiId, AppId, AuthId, EnvId};
use std::collections::BTreeSet;

/// Most pairs of app and API in one request; it bounds the work of one transaction.
const PAIRS_MAX: usize = 10_000;

/// Which apps shall call which APIs: every one of them every one of those.
#[derive(Debug, Clone)]
pub struct GrantRequest {
    /// The environment.
    pub env_id: EnvId,
    /// The apps; repeated ones count once.
    pub app_ids: BTreeSet<AppId>,
    /// The APIs; repeated ones count once.
    pub api_ids: BTreeSet<ApiId>,
}

/// What became of one app and API.
#[derive(Debug)]
pub struct Grant {
    /// The app.
    pub app: App,
    /// The API.
    pub api: Api,
    /// The result.
    pub outcome: Outcome,
}

/// Result of one pair.
#[derive(Debug)]
pub enum Outcome {
    /// Newly authorized.
    Granted(AppAuth),
    /// It was authorized before.
    Kept(AppAuth),
    /// Not authorized, and why.
    Refused(Error),
}

impl Control {
    /// Authorizes apps. One pair that cannot be authorized does not hold the others up.
    ///
    /// # Errors
    /// Unknown gateway, environment, app or API, none of a kind, too many pairs.
    pub fn grant(&self, at: &InstanceRef, request: &GrantRequest) -> Result<Vec<Grant>, Error> {
        let GrantRequest { env_id, app_ids, api_ids } = request;
        if app_ids.is_empty() {
            return Err(Error::invalid_on_create("app_ids"));
        }
        if api_ids.is_empty() || api_ids.len().saturating_mul(app_ids.len()) > PAIRS_MAX {
            return Err(Error::invalid_on_create("api_ids"));
        }
        self.write(|writer| {
            at.resolve(writer)?;
            envs::require(writer, at, env_id)?;
            let mut grants = Vec::with_capacity(app_ids.len() * api_ids.len());
            for app_id in app_ids {
                let app = apps::require(writer, at, app_id)?;
                for api_id in api_ids {
                    let api = apis::require(writer, at, api_id)?;
                    let outcome = self.grant_one(writer, at, (&app, &api, env_id))?;
                    grants.push(Grant { app: app.clone(), api, outcome });
                }
            }
            Ok(grants)
        })
    }

    fn grant_one(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        (app, api, env): (&App, &Api, &EnvId),
    ) -> Result<Outcome, Error> {
        if let Some(auth) = find_by_name(writer, at.scope(), &identity(&api.id, env, &app.id))? {
            return Ok(Outcome::Kept(auth));
        }
        if api.definition.auth != Auth::App {
            return Ok(Outcome::Refused(Error::parameters("the API does not authenticate apps")));
        }
        let link = Link::new(links::APP, app.id.as_str());
        let existing = writer.list_linked(AppAuth::KIND, Scope::One(at.scope()), &link)?.len();
        if let Err(refusal) = quota::APP_AUTHS.check(existing, Error::resources_exceeded) {
            return Ok(Outcome::Refused(refusal));
        }
        let auth = AppAuth {
            id: self.new_id(),
            instance_id: at.id.clone(),
            app_id: app.id.clone(),
            api_id: api.id.clone(),
            env_id: env.clone(),
            created: (self.now)(),
        };
        countersign_store::put(writer, &auth)?;
        Ok(Outcome::Granted(auth))
    }

    /// Takes an authorization back.
    ///
    /// # Errors
    /// Unknown gateway or authorization.
    pub fn revoke(&self, at: &InstanceRef, id: &AuthId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            if writer.delete(AppAuth::KIND, at.scope(), id.as_str())? {
                return Ok(());
            }
            Err(Error::auth_not_found(id))
        })
    }
}
