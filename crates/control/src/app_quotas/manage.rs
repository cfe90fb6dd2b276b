//! Creating, reading, changing and removing quotas.

use super::{AppQuota, AppQuotaBinding, AppQuotaDetail, QUOTA, bind, require};
use crate::context::put_unique;
use crate::validate::{check, is_remark, is_word};
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, TimeUnit, apps, quota};
use countersign_store::{Document, Link, Reader, Scope, list};
use countersign_types::{AppId, AppQuotaId, Timestamp};

/// What can be said about a quota.
#[derive(Debug, Clone)]
pub struct AppQuotaDraft {
    /// Its name: 3 to 255 characters.
    pub name: String,
    /// Calls of one app in one period.
    pub call_limits: i64,
    /// Units of a period.
    pub interval: i64,
    /// What a period is counted in.
    pub unit: TimeUnit,
    /// When the first period begins: an RFC 3339 time in UTC.
    pub reset_time: Option<String>,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
}

impl AppQuotaDraft {
    fn validate(&self) -> Result<(), Error> {
        let each = |c: char| c.is_alphanumeric() || c == '_';
        let is_time = |text: &str| text.is_empty() || Timestamp::parse_iso(text).is_ok();
        check("name", is_word(&self.name, (3, 255), char::is_alphabetic, each))?;
        check("remark", self.remark.as_deref().is_none_or(is_remark))?;
        check("reset_time", self.reset_time.as_deref().is_none_or(is_time))?;
        number("call_limits", self.call_limits)?;
        number("time_interval", self.interval).map(drop)
    }

    /// The quota with everything that the draft says.
    fn apply(&self, quota: AppQuota) -> Result<AppQuota, Error> {
        Ok(AppQuota {
            name: self.name.clone(),
            remark: self.remark.clone().unwrap_or(quota.remark),
            call_limits: number("call_limits", self.call_limits)?,
            interval: number("time_interval", self.interval)?,
            unit: self.unit,
            reset_time: self.reset_time.clone().unwrap_or_default(),
            ..quota
        })
    }
}

/// 1 to 2147483647.
fn number(parameter: &str, value: i64) -> Result<u32, Error> {
    let number = i32::try_from(value).ok().and_then(|value| u32::try_from(value).ok());
    number.filter(|number| *number > 0).ok_or_else(|| Error::invalid(parameter))
}

fn detail(reader: &dyn Reader, at: &InstanceRef, quota: AppQuota) -> Result<AppQuotaDetail, Error> {
    let link = Link::new(QUOTA, quota.id.as_str());
    let apps = reader.count(AppQuotaBinding::KIND, Scope::One(at.scope()), Some(&link))?;
    Ok(AppQuotaDetail { quota, apps })
}

impl Control {
    /// Creates a quota that holds for no app yet.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many quotas.
    pub fn create_app_quota(&self, at: &InstanceRef, draft: &AppQuotaDraft) -> Result<AppQuotaDetail, Error> {
        draft.validate()?;
        let quota = draft.apply(AppQuota {
            id: self.new_id(),
            instance_id: at.id.clone(),
            name: String::new(),
            remark: String::new(),
            call_limits: 0,
            interval: 0,
            unit: draft.unit,
            reset_time: String::new(),
            created: (self.now)(),
        })?;
        self.write(|writer| {
            at.resolve(writer)?;
            let existing = writer.count(AppQuota::KIND, Scope::One(at.scope()), None)?;
            quota::APP_QUOTAS.check(existing, Error::resources_exceeded)?;
            put_unique(writer, &quota, Error::app_quota_name_taken)
        })?;
        Ok(AppQuotaDetail { quota, apps: 0 })
    }

    /// A page of the quotas, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_app_quotas(
        &self,
        at: &InstanceRef,
        name: &Filter,
        paging: Paging,
    ) -> Result<Page<AppQuotaDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut quotas: Vec<AppQuota> = list(reader, Scope::One(at.scope()))?;
            quotas.retain(|quota| name.passes(&quota.name));
            let Page { total, items } = paging.cut(quotas);
            let items = items.into_iter().map(|quota| detail(reader, at, quota)).collect::<Result<_, _>>()?;
            Ok(Page { total, items })
        })
    }

    /// One quota.
    ///
    /// # Errors
    /// Unknown gateway or quota.
    pub fn app_quota(&self, at: &InstanceRef, id: &AppQuotaId) -> Result<AppQuotaDetail, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let quota = require(reader, at, id)?;
            detail(reader, at, quota)
        })
    }

    /// The quota of an app, if it has one.
    ///
    /// # Errors
    /// Unknown gateway or app.
    pub fn quota_of_app(&self, at: &InstanceRef, app: &AppId) -> Result<Option<AppQuotaDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            apps::require(reader, at, app)?;
            let Some(binding) = bind::of_app(reader, at, app)? else { return Ok(None) };
            let quota = require(reader, at, &binding.quota_id)?;
            detail(reader, at, quota).map(Some)
        })
    }

    /// Replaces what a quota says; it acts at once.
    ///
    /// # Errors
    /// Unknown gateway or quota, unacceptable values, a taken name.
    pub fn update_app_quota(
        &self,
        at: &InstanceRef,
        id: &AppQuotaId,
        draft: &AppQuotaDraft,
    ) -> Result<AppQuotaDetail, Error> {
        draft.validate()?;
        self.write(|writer| {
            at.resolve(writer)?;
            let quota = draft.apply(require(writer, at, id)?)?;
            put_unique(writer, &quota, Error::app_quota_name_taken)?;
            detail(writer, at, quota)
        })
    }

    /// Removes a quota; the apps that it held for have none then.
    ///
    /// # Errors
    /// Unknown gateway or quota.
    pub fn delete_app_quota(&self, at: &InstanceRef, id: &AppQuotaId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let quota = require(writer, at, id)?;
            let link = Link::new(QUOTA, quota.id.as_str());
            for binding in writer.list_linked(AppQuotaBinding::KIND, Scope::One(at.scope()), &link)? {
                writer.delete(AppQuotaBinding::KIND, at.scope(), &binding.id)?;
            }
            writer.delete(AppQuota::KIND, at.scope(), quota.id.as_str())?;
            Ok(())
        })
    }
}
