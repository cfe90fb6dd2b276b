//! Apps ("credentials"): who calls APIs with an AppKey and an AppSecret.

use crate::app_auths::{self, AppAuth};
use crate::context::put_unique;
use crate::validate::{check, is_name, is_remark, is_word};
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, links, quota};
use countersign_store::{Document, Link, Reader, Scope, Writer, list};
use countersign_types::{AccessKeyId, AppId, InstanceId, SecretKey, Timestamp};
use serde::{Deserialize, Serialize};

/// An app as it is stored; its secret is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct App {
    /// Its id.
    pub id: AppId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// AppKey; unique over all gateways and never changed.
    pub key: AccessKeyId,
    /// AppSecret, sealed; see [`Control::open_app_secret`].
    pub sealed_secret: String,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

impl Document for App {
    const KIND: &'static str = "app";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

/// Holds an AppKey for its app. One scope for all gateways, because the data plane looks keys up without one.
#[derive(Debug, Serialize, Deserialize)]
struct AppKey {
    key: AccessKeyId,
    app_id: AppId,
}

const EVERYWHERE: &str = "everywhere";

impl Document for AppKey {
    const KIND: &'static str = "app_key";

    fn scope(&self) -> &str {
        EVERYWHERE
    }

    fn id(&self) -> &str {
        self.key.as_str()
    }
}

/// What can be said about an app.
#[derive(Debug, Clone, Default)]
pub struct AppDraft {
    /// Its name.
    pub name: String,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
    /// AppKey; made up when absent. It must not change later.
    pub key: Option<String>,
    /// AppSecret; made up when absent at creation, kept when absent later.
    pub secret: Option<SecretKey>,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
}

impl AppDraft {
    fn validate(&self) -> Result<(), Error> {
        check("name", is_name(&self.name))?;
        check("remark", self.remark.as_deref().is_none_or(is_remark))?;
        self.secret.as_ref().map_or(Ok(()), check_secret)
    }

    fn key(&self) -> Result<Option<AccessKeyId>, Error> {
        let Some(key) = &self.key else { return Ok(None) };
        let each = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        check("app_key", is_word(key, (8, 200), |c| c.is_ascii_alphanumeric(), each))?;
        AccessKeyId::parse(key).map(Some).map_err(|_| Error::invalid("app_key"))
    }
}

fn check_secret(secret: &SecretKey) -> Result<(), Error> {
    let each = |c: char| c.is_ascii_alphanumeric() || "_-!@#$%".contains(c);
    check("app_secret", is_word(secret.expose(), (8, 128), |c| c.is_ascii_alphanumeric(), each))
}

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

/// An app with its secret in the clear, for the owner's eyes.
#[derive(Debug, Clone)]
pub struct OpenApp {
    /// The app.
    pub app: App,
    /// AppSecret.
    pub secret: SecretKey,
}

/// An entry of the list of apps.
#[derive(Debug, Clone)]
pub struct ListedApp {
    /// The app and its secret.
    pub open: OpenApp,
    /// How many APIs it may call, each environment counted.
    pub auths: usize,
}

/// Finds the app in the transaction of a use-case.
///
/// # Errors
/// `APIG.3004` when the gateway has no such app.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &AppId) -> Result<App, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::app_not_found(id))
}

/// Under which context an app's secret is sealed.
fn seal_context(instance: &InstanceId, app: &AppId) -> String {
    format!("app/{instance}/{app}")
}

impl Control {
    /// The secret of an app in the clear.
    ///
    /// # Errors
    /// [`Error::Vault`] when key file and store do not fit.
    pub fn open_app_secret(&self, app: &App) -> Result<SecretKey, Error> {
        let secret = self.vault.open(&seal_context(&app.instance_id, &app.id), &app.sealed_secret)?;
        Ok(SecretKey::new(secret))
    }

    fn open_app(&self, app: App) -> Result<OpenApp, Error> {
        Ok(OpenApp { secret: self.open_app_secret(&app)?, app })
    }

    fn seal_app_secret(&self, instance: &InstanceId, app: &AppId, secret: &SecretKey) -> String {
        self.vault.seal(&seal_context(instance, app), secret.expose())
    }

    /// Creates an app; key and secret are made up when the draft has none.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name or key, too many apps.
    pub fn create_app(&self, at: &InstanceRef, draft: &AppDraft) -> Result<OpenApp, Error> {
        draft.validate()?;
        let id: AppId = self.new_id();
        let key = draft.key()?.unwrap_or_else(|| self.new_id());
        let secret = draft.secret.clone().unwrap_or_else(|| SecretKey::new(self.hex_id()));
        let now = (self.now)();
        let app = App {
            sealed_secret: self.seal_app_secret(&at.id, &id, &secret),
            id,
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            remark: draft.remark.clone().unwrap_or_default(),
            key,
            related_domain_id: draft.related_domain_id.clone(),
            related_project_id: draft.related_project_id.clone(),
            created: now,
            updated: now,
        };
        self.write(|writer| {
            at.resolve(writer)?;
            let apps = writer.list(App::KIND, Scope::One(at.scope()))?.len();
            quota::APPS.check(apps, Error::apps_exceeded)?;
            put_unique(writer, &app, Error::app_name_taken)?;
            reserve_key(writer, &app)
        })?;
        Ok(OpenApp { app, secret })
    }

    /// One app.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn app(&self, at: &InstanceRef, id: &AppId) -> Result<OpenApp, Error> {
        let app = self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })?;
        self.open_app(app)
    }

    /// The app without its secret, for callers who want to authorize it.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn validate_app(&self, at: &InstanceRef, id: &AppId) -> Result<App, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, id)
        })
    }

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

    /// Changes name, remark, relations and, when given, the secret.
    ///
    /// # Errors
    /// Unknown gateway or app, unacceptable values, a taken name, another key.
    pub fn update_app(&self, at: &InstanceRef, id: &AppId, draft: &AppDraft) -> Result<OpenApp, Error> {
        draft.validate()?;
        let key = draft.key()?;
        let app = self.write(|writer| {
            at.resolve(writer)?;
            let mut app = require(writer, at, id)?;
            check("app_key", key.as_ref().is_none_or(|key| *key == app.key))?;
            app.name.clone_from(&draft.name);
            app.remark = draft.remark.clone().unwrap_or(app.remark);
            app.related_domain_id.clone_from(&draft.related_domain_id);
            app.related_project_id.clone_from(&draft.related_project_id);
            if let Some(secret) = &draft.secret {
                app.sealed_secret = self.seal_app_secret(&at.id, id, secret);
            }
            app.updated = (self.now)();
            put_unique(writer, &app, Error::app_name_taken)?;
            Ok(app)
        })?;
        self.open_app(app)
    }

    /// Replaces the secret by the given one, or by a new one.
    ///
    /// # Errors
    /// Unknown gateway or app, an unacceptable secret.
    pub fn reset_app_secret(
        &self,
        at: &InstanceRef,
        id: &AppId,
        secret: Option<SecretKey>,
    ) -> Result<OpenApp, Error> {
        let secret = secret.unwrap_or_else(|| SecretKey::new(self.hex_id()));
        check_secret(&secret)?;
        let sealed = self.seal_app_secret(&at.id, id, &secret);
        let app = self.write(|writer| {
            at.resolve(writer)?;
            let mut app = require(writer, at, id)?;
            app.sealed_secret.clone_from(&sealed);
            app.updated = (self.now)();
            countersign_store::put(writer, &app)?;
            Ok(app)
        })?;
        Ok(OpenApp { app, secret })
    }

    /// Removes an app with its authorizations.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn delete_app(&self, at: &InstanceRef, id: &AppId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let app = require(writer, at, id)?;
            app_auths::delete_linked(writer, at, links::APP, id.as_str())?;
            delete(writer, &app)
        })
    }
}

/// Removes the app and frees its key.
pub(crate) fn delete(writer: &mut dyn Writer, app: &App) -> Result<(), Error> {
    writer.delete(AppKey::KIND, EVERYWHERE, app.key.as_str())?;
    writer.delete(App::KIND, app.scope(), app.id.as_str())?;
    Ok(())
}

fn reserve_key(writer: &mut dyn Writer, app: &App) -> Result<(), Error> {
    if writer.get(AppKey::KIND, EVERYWHERE, app.key.as_str())?.is_some() {
        return Err(Error::app_key_taken());
    }
    Ok(countersign_store::put(writer, &AppKey { key: app.key.clone(), app_id: app.id.clone() })?)
}
