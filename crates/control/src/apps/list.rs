//! Listing apps.

use super::{App, OpenApp};
use crate::app_auths::AppAuth;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, links};
use countersign_store::{Document, Link, Scope, list};

/// Which apps a list shows.
#[derive(Debug, Clone, Default)]
pub struct AppFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
    /// On the AppKey.
    pub key: Filter,
    /// On the creator; every app is a user's.
    pub creator: Filter,
    /// On the state; every app is valid.
    pub status: Filter,
    /// On the related account.
    pub related_domain_id: Filter,
    /// On the related project.
    pub related_project_id: Filter,
}

impl AppFilter {
    fn passes(&self, app: &App) -> bool {
        self.id.passes(app.id.as_str())
            && self.name.passes(&app.name)
            && self.key.passes(app.key.as_str())
            && self.creator.passes("USER")
            && self.status.passes("1")
            && self.related_domain_id.passes(&app.related_domain_id)
            && self.related_project_id.passes(&app.related_project_id)
    }
}

/// An entry of the list of apps.
#[derive(Debug, Clone)]
pub struct ListedApp {
    /// The app and its secret.
    pub open: OpenApp,
    /// How many APIs it may call, each environment counted.
    pub auths: usize,
}

impl Control {
    /// A page of the apps, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_apps(
        &self,
        at: &InstanceRef,
        filter: &AppFilter,
        paging: Paging,
    ) -> Result<Page<ListedApp>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut apps: Vec<App> = list(reader, Scope::One(at.scope()))?;
            apps.retain(|app| filter.passes(app));
            let Page { total, items } = paging.cut(apps);
            let listed = items.into_iter().map(|app| {
                let link = Link::new(links::APP, app.id.as_str());
                let auths = reader.list_linked(AppAuth::KIND, Scope::One(at.scope()), &link)?.len();
                Ok(ListedApp { open: self.open_app(app)?, auths })
            });
            Ok(Page { total, items: listed.collect::<Result<_, Error>>()? })
        })
    }
}
