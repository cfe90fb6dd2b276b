//! Quotas of apps: how many calls an app may make in a while, over all APIs of its gateway. An app has one at most.

mod bind;
mod compile;
mod manage;

pub(crate) use bind::delete_of_app;
pub use bind::{QuotaApp, QuotaAppFilter};
pub(crate) use compile::compile;
pub use manage::AppQuotaDraft;

use crate::{Error, InstanceRef, TimeUnit};
use countersign_store::{Document, Link, Reader};
use countersign_types::{AppId, AppQuotaId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// A quota as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppQuota {
    /// Its id.
    pub id: AppQuotaId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// Calls of one app in one period, 1 to 2147483647.
    pub call_limits: u32,
    /// Units of a period, 1 to 2147483647.
    pub interval: u32,
    /// What a period is counted in.
    pub unit: TimeUnit,
    /// When the first period begins, as it was written; with an app's first call when empty.
    pub reset_time: String,
    /// When it was created.
    pub created: Timestamp,
}

/// That a quota holds for an app.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppQuotaBinding {
    /// The app; it also identifies the binding, so that there is one at most.
    pub app_id: AppId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The quota.
    pub quota_id: AppQuotaId,
    /// When it was bound.
    pub created: Timestamp,
}

/// Link of a binding to its quota.
const QUOTA: &str = "quota";

impl Document for AppQuota {
    const KIND: &'static str = "app_quota";

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

impl Document for AppQuotaBinding {
    const KIND: &'static str = "app_quota_binding";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.app_id.as_str()
    }

    fn links(&self) -> Vec<Link> {
        vec![Link::new(QUOTA, self.quota_id.as_str())]
    }
}

/// A quota and how many apps it holds for.
#[derive(Debug, Clone, PartialEq)]
pub struct AppQuotaDetail {
    /// The quota.
    pub quota: AppQuota,
    /// How many apps it holds for.
    pub apps: usize,
}

fn require(reader: &dyn Reader, at: &InstanceRef, id: &AppQuotaId) -> Result<AppQuota, Error> {
    let found = countersign_store::find(reader, at.scope(), id.as_str())?;
    found.ok_or_else(|| Error::app_quota_not_found(id))
}
