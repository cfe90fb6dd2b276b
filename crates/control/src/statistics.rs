//! What the data plane counted, asked for by API, by group and by gateway.

mod metric;

pub use metric::{Aggregate, Datapoint, Direction, Metric, MetricQuery, Side};

use crate::apis::{self, Api};
use crate::{Control, Error, InstanceRef, groups, links};
use countersign_store::{Link, Scope, list_linked};
use countersign_types::{ApiId, GroupId, InstanceId, Tally, Timestamp, Traffic};
use std::collections::BTreeMap;

/// How far back calls of APIs can be asked for, in minutes.
pub const MINUTES_MAX: u64 = 60;

/// Knows what the data plane counted. Keys are minutes since 1970; minutes without calls are absent.
pub trait CallCounts: Send + Sync + 'static {
    /// Calls of these APIs together within the last hour.
    fn calls(&self, apis: &[ApiId]) -> BTreeMap<u64, Tally>;

    /// Traffic of the gateway within the last day.
    fn traffic(&self, gateway: &InstanceId) -> BTreeMap<u64, Traffic>;

    /// The first minute that was counted; `None` while nothing counts yet.
    fn since(&self) -> Option<u64>;
}

/// Calls of an API or a group, by the minute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// First and last minute of the time asked for.
    pub span: (Timestamp, Timestamp),
    /// The group.
    pub group_id: GroupId,
    /// When it was asked for.
    pub now: Timestamp,
    /// Minutes with calls, oldest first.
    pub minutes: Vec<(Timestamp, Tally)>,
}

impl Control {
    /// Calls of the API within the last minutes, the current one included.
    ///
    /// # Errors
    /// Unknown gateway or API; no minute at all, or more than [`MINUTES_MAX`].
    pub fn api_statistics(&self, at: &InstanceRef, id: &ApiId, minutes: u64) -> Result<Statistics, Error> {
        crate::validate::check("duration", (1..=MINUTES_MAX).contains(&minutes))?;
        let group = self.read(|reader| {
            at.resolve(reader)?;
            Ok(apis::require(reader, at, id)?.definition.group_id)
        })?;
        Ok(self.statistics(group, std::slice::from_ref(id), minutes))
    }

    /// Calls of all APIs of the group together within the last hour.
    ///
    /// # Errors
    /// Unknown gateway or group.
    pub fn group_statistics(&self, at: &InstanceRef, id: &GroupId) -> Result<Statistics, Error> {
        let apis: Vec<ApiId> = self.read(|reader| {
            at.resolve(reader)?;
            let group = groups::require(reader, at, id)?;
            let link = Link::new(links::GROUP, group.id.as_str());
            let apis: Vec<Api> = list_linked(reader, Scope::One(at.scope()), &link)?;
            Ok(apis.into_iter().map(|api| api.id).collect())
        })?;
        Ok(self.statistics(id.clone(), &apis, MINUTES_MAX))
    }

    fn statistics(&self, group_id: GroupId, apis: &[ApiId], minutes: u64) -> Statistics {
        let now = (self.now)();
        let last = now.unix() / 60;
        let first = last.saturating_sub(minutes - 1);
        let counted =
            self.counts.calls(apis).into_iter().filter(|(minute, _)| (first..=last).contains(minute));
        Statistics {
            span: (begin(first), begin(last)),
            group_id,
            now,
            minutes: counted.map(|(minute, tally)| (begin(minute), tally)).collect(),
        }
    }
}

/// When a minute begins.
const fn begin(minute: u64) -> Timestamp {
    Timestamp::from_unix(minute * 60)
}
