//! AI API keys: secrets of an app for AI gateways. They are kept and given back; nothing published says how a call
//! carries one, so that the data plane takes none.

use crate::validate::{check, is_length, is_word};
use crate::{Control, Error, InstanceRef, Page, Paging, apps, links, quota};
use countersign_store::{Document, Link, Reader, Scope, list_linked};
use countersign_types::{AiApiKeyId, AppId, InstanceId, Passcode, Timestamp};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// An AI API key as it is stored, sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AiApiKey {
    /// Its id.
    pub id: AiApiKeyId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its app.
    pub app_id: AppId,
    /// Another name for it; empty when it has none.
    pub alias: String,
    /// The key, sealed.
    pub sealed_key: String,
    /// When it was created.
    pub created: Timestamp,
}

impl Document for AiApiKey {
    const KIND: &'static str = "ai_api_key";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::new(links::APP, self.app_id.as_str())]
    }
}

/// What can be said about a new key.
#[derive(Debug, Clone, Default)]
pub struct AiApiKeyDraft {
    /// The key; made up when absent.
    pub key: Option<Passcode>,
    /// Another name for it.
    pub alias: Option<String>,
}

/// A key in the clear, for the owner's eyes.
#[derive(Debug, Clone)]
pub struct OpenAiApiKey {
    /// Its record.
    pub record: AiApiKey,
    /// The key.
    pub key: Passcode,
}

impl AiApiKeyDraft {
    fn validate(&self) -> Result<(), Error> {
        let of_key = |c: char| c.is_ascii_alphanumeric() || "+-_/=".contains(c);
        let of_alias = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let is_key = |key: &Passcode| is_word(key.expose(), (8, 128), of_key, of_key);
        let is_alias = |alias: &str| is_length(alias, (1, 100)) && alias.chars().all(of_alias);
        check("ai_api_key", self.key.as_ref().is_none_or(is_key))?;
        check("alias", self.alias.as_deref().is_none_or(is_alias))
    }
}

fn seal_context(instance: &InstanceId, id: &AiApiKeyId) -> String {
    format!("ai_api_key/{instance}/{id}")
}

fn of_app(reader: &dyn Reader, at: &InstanceRef, app: &AppId) -> Result<Vec<AiApiKey>, Error> {
    apps::require(reader, at, app)?;
    Ok(list_linked(reader, Scope::One(at.scope()), &Link::new(links::APP, app.as_str()))?)
}

fn require(reader: &dyn Reader, at: &InstanceRef, app: &AppId, id: &AiApiKeyId) -> Result<AiApiKey, Error> {
    apps::require(reader, at, app)?;
    let found: Option<AiApiKey> = countersign_store::find(reader, at.scope(), id.as_str())?;
    found.filter(|key| key.app_id == *app).ok_or_else(|| Error::ai_api_key_not_found(id))
}

impl Control {
    fn open_ai_api_key(&self, record: AiApiKey) -> Result<OpenAiApiKey, Error> {
        let key = self.vault.open(&seal_context(&record.instance_id, &record.id), &record.sealed_key)?;
        Ok(OpenAiApiKey { record, key: Passcode::new(key) })
    }

    /// Adds a key to an app: the given one, or a new one.
    ///
    /// # Errors
    /// Unknown gateway or app, unacceptable values, a key that the app has already, too many keys.
    pub fn create_ai_api_key(
        &self,
        at: &InstanceRef,
        app: &AppId,
        draft: &AiApiKeyDraft,
    ) -> Result<OpenAiApiKey, Error> {
        draft.validate()?;
        let key = draft.key.clone().unwrap_or_else(|| self.new_passcode());
        let id: AiApiKeyId = self.new_id();
        let record = AiApiKey {
            sealed_key: self.vault.seal(&seal_context(&at.id, &id), key.expose()),
            id,
            instance_id: at.id.clone(),
            app_id: app.clone(),
            alias: draft.alias.clone().unwrap_or_default(),
            created: (self.now)(),
        };
        self.write(|writer| {
            at.resolve(writer)?;
            let existing = of_app(writer, at, app)?;
            quota::AI_API_KEYS.check(existing.len(), Error::resources_exceeded)?;
            for other in existing {
                check("ai_api_key", !bool::from(self.open_ai_api_key(other)?.key.ct_eq(&key)))?;
            }
            Ok(countersign_store::put(writer, &record)?)
        })?;
        Ok(OpenAiApiKey { record, key })
    }

    /// A page of an app's keys, oldest first.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn list_ai_api_keys(
        &self,
        at: &InstanceRef,
        app: &AppId,
        paging: Paging,
    ) -> Result<Page<OpenAiApiKey>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let Page { total, items } = paging.cut(of_app(reader, at, app)?);
            let items = items.into_iter().map(|key| self.open_ai_api_key(key)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }

    /// One key of an app.
    ///
    /// # Errors
    /// Unknown gateway, app or key.
    pub fn ai_api_key(&self, at: &InstanceRef, app: &AppId, id: &AiApiKeyId) -> Result<OpenAiApiKey, Error> {
        let record = self.read(|reader| {
            at.resolve(reader)?;
            require(reader, at, app, id)
        })?;
        self.open_ai_api_key(record)
    }

    /// Takes a key from an app.
    ///
    /// # Errors
    /// Unknown gateway, app or key.
    pub fn delete_ai_api_key(&self, at: &InstanceRef, app: &AppId, id: &AiApiKeyId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let key = require(writer, at, app, id)?;
            writer.delete(AiApiKey::KIND, at.scope(), key.id.as_str())?;
            Ok(())
        })
    }
}
