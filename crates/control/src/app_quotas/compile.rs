//! The quota of an app as the data plane is given it.

use super::{AppQuota, AppQuotaBinding};
use crate::{App, Error};
use countersign_snapshot::source;
use countersign_store::{Document, Reader, find};
use countersign_types::Timestamp;

/// The quota that holds for the app, if there is one.
pub(crate) fn compile(reader: &dyn Reader, app: &App) -> Result<Option<source::AppQuota>, Error> {
    let Some(binding) = find::<AppQuotaBinding>(reader, app.scope(), app.id.as_str())? else {
        return Ok(None);
    };
    let quota: Option<AppQuota> = find(reader, app.scope(), binding.quota_id.as_str())?;
    Ok(quota.map(|quota| source::AppQuota {
        id: quota.id,
        calls: quota.call_limits,
        span: source::Span { count: quota.interval, unit: quota.unit.into() },
        begin: Timestamp::parse_iso(&quota.reset_time).ok().map(Timestamp::unix),
    }))
}
