//! What a client says about a policy, and what of it is acceptable.

use super::{Limits, Sharing};
use crate::validate::{check, is_name, is_remark};
use crate::{Error, time_unit::TimeUnit};

/// What can be said about a policy.
#[derive(Debug, Clone)]
pub struct ThrottleDraft {
    /// Its name.
    pub name: String,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
    /// Whose calls are counted together.
    pub sharing: Sharing,
    /// Most calls in a window.
    pub limits: ThrottleLimits,
    /// Length of the window in units.
    pub interval: i64,
    /// Unit of its length.
    pub unit: TimeUnit,
}

/// Limits as a client writes them: absent or 0 is none.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThrottleLimits {
    /// Of all callers together; there must be one.
    pub api: i64,
    /// Of each user.
    pub user: Option<i64>,
    /// Of each app.
    pub app: Option<i64>,
    /// Of each source address.
    pub ip: Option<i64>,
}

/// A number from 1 to 2 147 483 647.
pub(super) fn number(parameter: &str, value: i64) -> Result<u32, Error> {
    let number = u32::try_from(value).ok().filter(|number| (1..=i32::MAX as u32).contains(number));
    number.ok_or_else(|| Error::invalid(parameter))
}

/// The limit, if there is one; it must not exceed those that bound it.
fn within(parameter: &str, value: Option<i64>, bounds: &[Option<u32>]) -> Result<Option<u32>, Error> {
    let Some(value) = value.filter(|value| *value != 0) else { return Ok(None) };
    let limit = number(parameter, value)?;
    check(parameter, bounds.iter().flatten().all(|bound| limit <= *bound))?;
    Ok(Some(limit))
}

impl ThrottleLimits {
    fn read(self) -> Result<Limits, Error> {
        let api = number("api_call_limits", self.api)?;
        let user = within("user_call_limits", self.user, &[Some(api)])?;
        let app = within("app_call_limits", self.app, &[Some(api), user])?;
        Ok(Limits { api, user, app, ip: within("ip_call_limits", self.ip, &[Some(api)])? })
    }
}

/// The parts of a draft that numbers make.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rates {
    pub(super) limits: Limits,
    pub(super) interval: u32,
    pub(super) unit: TimeUnit,
}

impl ThrottleDraft {
    /// Its numbers, when all of it is acceptable.
    pub(super) fn read(&self) -> Result<Rates, Error> {
        check("name", is_name(&self.name))?;
        check("remark", self.remark.as_deref().is_none_or(is_remark))?;
        let interval = number("time_interval", self.interval)?;
        Ok(Rates { limits: self.limits.read()?, interval, unit: self.unit })
    }
}

impl Rates {
    /// Passes when the API's limit is no more than that of the gateway's feature, calls per second.
    pub(super) fn check_within(&self, per_second: u32) -> Result<(), Error> {
        let seconds = u64::from(self.interval).saturating_mul(self.unit.seconds());
        let most = seconds.saturating_mul(per_second.into());
        check("api_call_limits", u64::from(self.limits.api) <= most)
    }
}
