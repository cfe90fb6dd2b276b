//! Creating, reading, changing and removing apps.

use super::{App, AppDraft, OpenApp, PreviousSecret, key, require};
use crate::context::put_unique;
use crate::validate::{check, is_name, is_remark, is_word};
use crate::{AiApiKey, AppCode, Control, Error, InstanceRef, app_auths, app_quotas, links, quota, throttles};
use countersign_store::{Document, Link, Scope};
use countersign_types::{AccessKeyId, AppId, InstanceId, SecretKey, Timestamp};
use subtle::ConstantTimeEq;

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
        self.unseal_app_secret(app, &app.sealed_secret)
    }

    /// A secret of an app, current or previous, in the clear.
    pub(crate) fn unseal_app_secret(&self, app: &App, sealed: &str) -> Result<SecretKey, Error> {
        Ok(SecretKey::new(self.vault.open(&seal_context(&app.instance_id, &app.id), sealed)?))
    }

    pub(super) fn open_app(&self, app: App) -> Result<OpenApp, Error> {
        Ok(OpenApp { secret: self.open_app_secret(&app)?, app })
    }

    fn seal_app_secret(&self, instance: &InstanceId, app: &AppId, secret: &SecretKey) -> String {
        self.vault.seal(&seal_context(instance, app), secret.expose())
    }

    /// The secret that is replaced holds for a while, if the installation says so; one that was replaced before ends.
    fn replace_app_secret(&self, app: &mut App, secret: &SecretKey) -> Result<(), Error> {
        if self.open_app_secret(app)?.ct_eq(secret).into() {
            return Ok(());
        }
        let until = Timestamp::from_unix((self.now)().unix().saturating_add(self.app_secret_overlap_seconds));
        let sealed_secret = self.seal_app_secret(&app.instance_id, &app.id, secret);
        let sealed_secret = std::mem::replace(&mut app.sealed_secret, sealed_secret);
        app.previous =
            (self.app_secret_overlap_seconds > 0).then_some(PreviousSecret { sealed_secret, until });
        Ok(())
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
            previous: None,
            id,
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            remark: draft.remark.clone().unwrap_or_default(),
            key,
            related_domain_id: draft.related_domain_id.clone(),
            related_project_id: draft.related_project_id.clone(),
            acl: None,
            diagnosed: false,
            created: now,
            updated: now,
        };
        self.write(|writer| {
            at.resolve(writer)?;
            let apps = writer.count(App::KIND, Scope::One(at.scope()), None)?;
            quota::APPS.check(apps, Error::apps_exceeded)?;
            put_unique(writer, &app, Error::app_name_taken)?;
            key::reserve(writer, &app)
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
                self.replace_app_secret(&mut app, secret)?;
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
        let app = self.write(|writer| {
            at.resolve(writer)?;
            let mut app = require(writer, at, id)?;
            self.replace_app_secret(&mut app, &secret)?;
            app.updated = (self.now)();
            countersign_store::put(writer, &app)?;
            Ok(app)
        })?;
        Ok(OpenApp { app, secret })
    }

    /// Removes an app with its authorizations, special limits, AppCodes and AI API keys; its quota no longer holds for it.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn delete_app(&self, at: &InstanceRef, id: &AppId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let app = require(writer, at, id)?;
            app_auths::delete_linked(writer, at, links::APP, id.as_str())?;
            throttles::delete_linked(writer, at, links::APP, id.as_str())?;
            app_quotas::delete_of_app(writer, at, id)?;
            let owned = Link::new(links::APP, id.as_str());
            for kind in [AppCode::KIND, AiApiKey::KIND] {
                for secret in writer.list_linked(kind, Scope::One(at.scope()), &owned)? {
                    writer.delete(kind, at.scope(), &secret.id)?;
                }
            }
            key::delete(writer, &app)
        })
    }
}
