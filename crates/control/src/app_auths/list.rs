//! Who may call what.

use super::AppAuth;
use crate::apis::{self, ApiDetail, Auth};
use crate::{Api, App, Control, Env, Error, Filter, InstanceRef, Page, Paging, apps, envs, groups, links};
use countersign_store::{Link, Reader, Scope, list, list_linked};
use countersign_types::{ApiId, AppId, EnvId};
use std::collections::HashSet;

/// An authorization with what replies tell about both sides.
#[derive(Debug, Clone)]
pub struct AuthDetail {
    /// The authorization.
    pub auth: AppAuth,
    /// The app.
    pub app: App,
    /// The API.
    pub api: ApiDetail,
    /// The environment.
    pub env: Env,
}

/// Which authorizations a list shows.
#[derive(Debug, Clone, Default)]
pub struct AuthFilter {
    /// On the app's id.
    pub app_id: Filter,
    /// On the app's name.
    pub app_name: Filter,
    /// On the API's id.
    pub api_id: Filter,
    /// On the API's name.
    pub api_name: Filter,
    /// On the id of the API's group.
    pub group_id: Filter,
    /// On the name of the API's group.
    pub group_name: Filter,
    /// On the environment's id.
    pub env_id: Filter,
}

/// Which of the APIs that an app may not call a list shows.
#[derive(Debug, Clone, Default)]
pub struct OpenApiFilter {
    /// On the API's id.
    pub id: Filter,
    /// On the API's name.
    pub name: Filter,
    /// On the group's id.
    pub group_id: Filter,
}

impl Control {
    /// A page of the APIs that an app may call.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn list_apis_of_app(
        &self,
        at: &InstanceRef,
        app: &AppId,
        filter: &AuthFilter,
        paging: Paging,
    ) -> Result<Page<AuthDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apps::require(reader, at, app)?;
            page(reader, at, &Link::new(links::APP, app.as_str()), filter, paging)
        })
    }

    /// A page of the apps that may call an API.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn list_apps_of_api(
        &self,
        at: &InstanceRef,
        api: &ApiId,
        filter: &AuthFilter,
        paging: Paging,
    ) -> Result<Page<AuthDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apis::require(reader, at, api)?;
            page(reader, at, &Link::new(links::API, api.as_str()), filter, paging)
        })
    }

    /// A page of the APIs with app authentication that an app may not call in an environment.
    ///
    /// # Errors
    /// Unknown gateway, app or environment.
    pub fn list_apis_not_of_app(
        &self,
        at: &InstanceRef,
        (app, env): (&AppId, &EnvId),
        filter: &OpenApiFilter,
        paging: Paging,
    ) -> Result<Page<ApiDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apps::require(reader, at, app)?;
            envs::require(reader, at, env)?;
            let scope = Scope::One(at.scope());
            let auths: Vec<AppAuth> = list_linked(reader, scope, &Link::new(links::APP, app.as_str()))?;
            let granted: HashSet<_> =
                auths.into_iter().filter(|auth| auth.env_id == *env).map(|auth| auth.api_id).collect();
            let mut open: Vec<Api> = list(reader, scope)?;
            open.retain(|api| {
                api.definition.auth == Auth::App
                    && !granted.contains(&api.id)
                    && filter.id.passes(api.id.as_str())
                    && filter.name.passes(&api.definition.name)
                    && filter.group_id.passes(api.definition.group_id.as_str())
            });
            let Page { total, items } = paging.cut(open);
            let items =
                items.into_iter().map(|api| apis::detail(reader, at, api)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }
}

/// An authorization with both its sides.
struct Pair {
    auth: AppAuth,
    app: App,
    api: Api,
}

/// The page of the authorizations that carry the link.
fn page(
    reader: &dyn Reader,
    at: &InstanceRef,
    link: &Link,
    filter: &AuthFilter,
    paging: Paging,
) -> Result<Page<AuthDetail>, Error> {
    let auths: Vec<AppAuth> = list_linked(reader, Scope::One(at.scope()), link)?;
    let mut passing = Vec::with_capacity(auths.len());
    for auth in auths {
        let app = apps::require(reader, at, &auth.app_id)?;
        let api = apis::require(reader, at, &auth.api_id)?;
        let pair = Pair { auth, app, api };
        if filter.passes(reader, at, &pair)? {
            passing.push(pair);
        }
    }
    let Page { total, items } = paging.cut(passing);
    let items = items.into_iter().map(|pair| detail(reader, at, pair)).collect::<Result<_, _>>()?;
    Ok(Page { total, items })
}

fn detail(reader: &dyn Reader, at: &InstanceRef, pair: Pair) -> Result<AuthDetail, Error> {
    let Pair { auth, app, api } = pair;
    let env = envs::require(reader, at, &auth.env_id)?;
    Ok(AuthDetail { auth, app, api: apis::detail(reader, at, api)?, env })
}

impl AuthFilter {
    /// The group is looked up only when its name matters.
    fn passes(&self, reader: &dyn Reader, at: &InstanceRef, pair: &Pair) -> Result<bool, Error> {
        let Pair { auth, app, api } = pair;
        let group_id = &api.definition.group_id;
        let by_itself = self.env_id.passes(auth.env_id.as_str())
            && self.app_id.passes(app.id.as_str())
            && self.app_name.passes(&app.name)
            && self.api_id.passes(api.id.as_str())
            && self.api_name.passes(&api.definition.name)
            && self.group_id.passes(group_id.as_str());
        if !by_itself || self.group_name == Filter::Any {
            return Ok(by_itself);
        }
        Ok(self.group_name.passes(&groups::require(reader, at, group_id)?.name))
    }
}
