//! Which quota holds for which app.

use super::{AppQuota, AppQuotaBinding, QUOTA, require};
use crate::validate::check;
use crate::{App, Control, Error, Filter, InstanceRef, Page, Paging, apps};
use countersign_store::{Document, Link, Reader, Scope, Writer, find, list, list_linked, put};
use countersign_types::{AppId, AppQuotaId};
use std::collections::HashSet;

/// Most apps that one request names.
const APPS_MAX: usize = 1_000;

/// An app as the lists of a quota show it.
#[derive(Debug, Clone)]
pub struct QuotaApp {
    /// The app.
    pub app: App,
    /// The quota that holds for it, and since when; nothing for apps that can be bound.
    pub bound: Option<(AppQuota, AppQuotaBinding)>,
}

/// Which apps a list of a quota shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotaAppFilter {
    /// Those that it holds for.
    Bound,
    /// Those that it can be bound to: no quota holds for them.
    Bindable,
}

/// The binding of an app, if it has one.
pub(super) fn of_app(
    reader: &dyn Reader,
    at: &InstanceRef,
    app: &AppId,
) -> Result<Option<AppQuotaBinding>, Error> {
    Ok(find(reader, at.scope(), app.as_str())?)
}

/// Removes the binding of an app that goes away.
///
/// # Errors
/// A fault of the store.
pub(crate) fn delete_of_app(writer: &mut dyn Writer, at: &InstanceRef, app: &AppId) -> Result<(), Error> {
    writer.delete(AppQuotaBinding::KIND, at.scope(), app.as_str())?;
    Ok(())
}

impl Control {
    /// Makes a quota hold for apps, all or none. Apps that it holds for already keep their binding.
    ///
    /// # Errors
    /// Unknown gateway, quota or app; an app with another quota; no app or too many.
    pub fn bind_app_quota(
        &self,
        at: &InstanceRef,
        id: &AppQuotaId,
        app_ids: &[AppId],
    ) -> Result<Vec<AppQuotaBinding>, Error> {
        check("app_ids", (1..=APPS_MAX).contains(&app_ids.len()))?;
        self.write(|writer| {
            at.resolve(writer)?;
            require(writer, at, id)?;
            app_ids.iter().map(|app| self.bind_app(writer, at, id, app)).collect()
        })
    }

    fn bind_app(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        quota: &AppQuotaId,
        app: &AppId,
    ) -> Result<AppQuotaBinding, Error> {
        apps::require(writer, at, app)?;
        if let Some(binding) = of_app(writer, at, app)? {
            check("app_ids", binding.quota_id == *quota)?;
            return Ok(binding);
        }
        let binding = AppQuotaBinding {
            app_id: app.clone(),
            instance_id: at.id.clone(),
            quota_id: quota.clone(),
            created: (self.now)(),
        };
        put(writer, &binding)?;
        Ok(binding)
    }

    /// A page of the apps that a quota holds for, or can be bound to.
    ///
    /// # Errors
    /// Unknown gateway or quota.
    pub fn list_apps_of_quota(
        &self,
        at: &InstanceRef,
        id: &AppQuotaId,
        (which, name): (QuotaAppFilter, &Filter),
        paging: Paging,
    ) -> Result<Page<QuotaApp>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let quota = require(reader, at, id)?;
            let mut apps = match which {
                QuotaAppFilter::Bound => bound(reader, at, &quota)?,
                QuotaAppFilter::Bindable => bindable(reader, at)?,
            };
            apps.retain(|one| name.passes(&one.app.name));
            Ok(paging.cut(apps))
        })
    }

    /// Takes an app from a quota.
    ///
    /// # Errors
    /// Unknown gateway, quota or app; an app that the quota does not hold for.
    pub fn unbind_app_quota(&self, at: &InstanceRef, id: &AppQuotaId, app: &AppId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            require(writer, at, id)?;
            apps::require(writer, at, app)?;
            let binding = of_app(writer, at, app)?;
            check("app_id", binding.is_some_and(|binding| binding.quota_id == *id))?;
            delete_of_app(writer, at, app)
        })
    }
}

fn bound(reader: &dyn Reader, at: &InstanceRef, quota: &AppQuota) -> Result<Vec<QuotaApp>, Error> {
    let link = Link::new(QUOTA, quota.id.as_str());
    let bindings: Vec<AppQuotaBinding> = list_linked(reader, Scope::One(at.scope()), &link)?;
    let with_app = |binding: AppQuotaBinding| {
        Ok(QuotaApp {
            app: apps::require(reader, at, &binding.app_id)?,
            bound: Some((quota.clone(), binding)),
        })
    };
    bindings.into_iter().map(with_app).collect()
}

fn bindable(reader: &dyn Reader, at: &InstanceRef) -> Result<Vec<QuotaApp>, Error> {
    let bindings: Vec<AppQuotaBinding> = list(reader, Scope::One(at.scope()))?;
    let bound: HashSet<_> = bindings.into_iter().map(|binding| binding.app_id).collect();
    let apps: Vec<App> = list(reader, Scope::One(at.scope()))?;
    let free = apps.into_iter().filter(|app| !bound.contains(&app.id));
    Ok(free.map(|app| QuotaApp { app, bound: None }).collect())
}
