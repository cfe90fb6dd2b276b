//! Granting and revoking authorizations.

use super::{AppAuth, identity};
use crate::apis::{self, Auth};
use crate::{Api, App, Control, Error, InstanceRef, apps, envs, links, quota};
use countersign_store::{Document, Link, Scope, Writer, find_by_name};
use countersign_types::{ApiId, AppId, AuthId, EnvId};

/// Most pairs of app and API in one request; it bounds the work of one transaction.
const PAIRS_MAX: usize = 10_000;

/// Which apps shall call which APIs: every one of them every one of those.
#[derive(Debug, Clone)]
pub struct GrantRequest {
    /// The environment.
    pub env_id: EnvId,
    /// The apps.
    pub app_ids: Vec<AppId>,
    /// The APIs.
    pub api_ids: Vec<ApiId>,
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
            return Err(Error::invalid("app_ids"));
        }
        if api_ids.is_empty() || api_ids.len().saturating_mul(app_ids.len()) > PAIRS_MAX {
            return Err(Error::invalid("api_ids"));
        }
        self.write(|writer| {
            at.resolve(writer)?;
            envs::require(writer, at, env_id)?;
            let mut grants = Vec::with_capacity(app_ids.len() * api_ids.len());
            for app_id in app_ids {
                let app = apps::require(writer, at, app_id)?;
                grants.append(&mut self.grant_app(writer, at, &app, request)?);
            }
            Ok(grants)
        })
    }

    /// All APIs of the request for one app. Its authorizations are counted once, not for every API.
    fn grant_app(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        app: &App,
        request: &GrantRequest,
    ) -> Result<Vec<Grant>, Error> {
        let link = Link::new(links::APP, app.id.as_str());
        let mut existing = writer.count(AppAuth::KIND, Scope::One(at.scope()), Some(&link))?;
        let mut grants = Vec::with_capacity(request.api_ids.len());
        for api_id in &request.api_ids {
            let api = apis::require(writer, at, api_id)?;
            let outcome = match find_by_name(writer, at.scope(), &identity(api_id, &request.env_id, &app.id))?
            {
                Some(auth) => Outcome::Kept(auth),
                None => match check(&api, existing) {
                    Ok(()) => Outcome::Granted(self.new_auth(app, api_id, &request.env_id)),
                    Err(refusal) => Outcome::Refused(refusal),
                },
            };
            if let Outcome::Granted(auth) = &outcome {
                countersign_store::put(writer, auth)?;
                existing += 1;
            }
            grants.push(Grant { app: app.clone(), api, outcome });
        }
        Ok(grants)
    }

    fn new_auth(&self, app: &App, api: &ApiId, env: &EnvId) -> AppAuth {
        AppAuth {
            id: self.new_id(),
            instance_id: app.instance_id.clone(),
            app_id: app.id.clone(),
            api_id: api.clone(),
            env_id: env.clone(),
            created: (self.now)(),
        }
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

/// Whether one more app may be authorized for the API, by an app that has so many authorizations.
fn check(api: &Api, existing: usize) -> Result<(), Error> {
    if api.definition.auth != Auth::App {
        return Err(Error::parameters("the API does not authenticate apps"));
    }
    quota::APP_AUTHS.check(existing, Error::resources_exceeded)
}
