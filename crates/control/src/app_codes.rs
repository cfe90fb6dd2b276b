//! AppCodes: secrets of an app that alone prove who calls, on APIs that take them.

use crate::context::put_unique;
use crate::validate::{check, is_word};
use crate::{Control, Error, InstanceRef, Page, Paging, apps, links, quota};
use countersign_snapshot::source::CodeDigest;
use countersign_store::{Document, Link, Reader, Scope, list_linked};
use countersign_types::{AppCodeId, AppId, InstanceId, Passcode, Timestamp};
use serde::{Deserialize, Serialize};

/// An AppCode as it is stored, sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AppCode {
    /// Its id.
    pub id: AppCodeId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its app.
    pub app_id: AppId,
    /// The code, sealed.
    pub sealed_code: String,
    /// What the data plane knows it by; unique on the gateway.
    pub digest: CodeDigest,
    /// When it was created.
    pub created: Timestamp,
}

impl Document for AppCode {
    const KIND: &'static str = "app_code";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.digest.to_string()]
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::new(links::APP, self.app_id.as_str())]
    }
}

/// An AppCode in the clear, for the owner's eyes.
#[derive(Debug, Clone)]
pub struct OpenAppCode {
    /// Its record.
    pub record: AppCode,
    /// The code.
    pub code: Passcode,
}

/// 64 to 180 characters, the first a letter, a digit, `+` or `/`.
fn check_code(code: &str) -> Result<(), Error> {
    let first = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    let each = |c: char| c.is_ascii_alphanumeric() || "+_!@#$%-/=".contains(c);
    check("app_code", is_word(code, (64, 180), first, each))
}

fn seal_context(instance: &InstanceId, id: &AppCodeId) -> String {
    format!("app_code/{instance}/{id}")
}

fn require(reader: &dyn Reader, at: &InstanceRef, app: &AppId, id: &AppCodeId) -> Result<AppCode, Error> {
    let found: Option<AppCode> = countersign_store::find(reader, at.scope(), id.as_str())?;
    found.filter(|code| code.app_id == *app).ok_or_else(|| Error::app_code_not_found(id))
}

impl Control {
    fn open_app_code(&self, record: AppCode) -> Result<OpenAppCode, Error> {
        let code = self.vault.open(&seal_context(&record.instance_id, &record.id), &record.sealed_code)?;
        Ok(OpenAppCode { record, code: Passcode::new(code) })
    }

    /// Adds a code to an app: the given one, or a new one.
    ///
    /// # Errors
    /// Unknown gateway or app, an unacceptable code or one that is in use, too many codes.
    pub fn create_app_code(
        &self,
        at: &InstanceRef,
        app: &AppId,
        code: Option<Passcode>,
    ) -> Result<OpenAppCode, Error> {
        let code = code.unwrap_or_else(|| self.new_passcode());
        check_code(code.expose())?;
        let id: AppCodeId = self.new_id();
        let record = AppCode {
            sealed_code: self.vault.seal(&seal_context(&at.id, &id), code.expose()),
            digest: CodeDigest::of(&at.id, code.expose().as_bytes()),
            id,
            instance_id: at.id.clone(),
            app_id: app.clone(),
            created: (self.now)(),
        };
        self.write(|writer| {
            at.resolve(writer)?;
            apps::require(writer, at, app)?;
            let of_app = Link::new(links::APP, app.as_str());
            let existing = writer.count(AppCode::KIND, Scope::One(at.scope()), Some(&of_app))?;
            quota::APP_CODES.check(existing, Error::resources_exceeded)?;
            put_unique(writer, &record, || Error::invalid("app_code"))
        })?;
        Ok(OpenAppCode { record, code })
    }

    /// A page of an app's codes, oldest first.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn list_app_codes(
        &self,
        at: &InstanceRef,
        app: &AppId,
        paging: Paging,
    ) -> Result<Page<OpenAppCode>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apps::require(reader, at, app)?;
            let of_app = Link::new(links::APP, app.as_str());
            let codes: Vec<AppCode> = list_linked(reader, Scope::One(at.scope()), &of_app)?;
            let Page { total, items } = paging.cut(codes);
            let items = items.into_iter().map(|code| self.open_app_code(code)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }

    /// One code of an app.
    ///
    /// # Errors
    /// Unknown gateway, app or code.
    pub fn app_code(&self, at: &InstanceRef, app: &AppId, id: &AppCodeId) -> Result<OpenAppCode, Error> {
        let record = self.read(|reader| {
            at.resolve(reader)?;
            apps::require(reader, at, app)?;
            require(reader, at, app, id)
        })?;
        self.open_app_code(record)
    }

    /// Takes a code from an app.
    ///
    /// # Errors
    /// Unknown gateway, app or code.
    pub fn delete_app_code(&self, at: &InstanceRef, app: &AppId, id: &AppCodeId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            apps::require(writer, at, app)?;
            let code = require(writer, at, app, id)?;
            writer.delete(AppCode::KIND, at.scope(), code.id.as_str())?;
            Ok(())
        })
    }
}
