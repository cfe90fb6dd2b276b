//! Bandwidth and traffic of a gateway over time.

use crate::{Control, Error, InstanceRef};
use countersign_types::{Timestamp, Traffic};
use std::collections::BTreeMap;

/// How far back traffic of gateways can be asked for, in minutes.
const MINUTES_MAX: u64 = 24 * 60;

/// Which way bytes go, seen from the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Out of it ("upstream" in the contract).
    Out,
    /// Into it ("downstream").
    In,
}

/// Whom the gateway speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Clients: the inbound address.
    Clients,
    /// Backends: the outbound address.
    Backends,
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Bits a second, on average over each minute.
    Bandwidth,
    /// Share of the bandwidth that was bought.
    BandwidthUsage,
    /// Bytes of each minute.
    Bytes,
}

impl Metric {
    /// Unit of its values.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Bandwidth => "bit/s",
            Self::BandwidthUsage => "%",
            Self::Bytes => "Byte",
        }
    }
}

/// How the minutes of a period become one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// Their mean.
    Average,
    /// The largest.
    Max,
    /// The smallest.
    Min,
    /// Their sum.
    Sum,
    /// How much they vary around their mean.
    Variance,
}

/// Asks for a metric over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricQuery {
    /// What.
    pub metric: Metric,
    /// Whose bytes.
    pub side: Side,
    /// Which of them.
    pub direction: Direction,
    /// From when, in milliseconds since 1970.
    pub from_ms: u64,
    /// Until when, in milliseconds since 1970; later than `from_ms`.
    pub to_ms: u64,
    /// Length of a period; the finest is a minute.
    pub period_seconds: u64,
    /// How a period becomes one value.
    pub aggregate: Aggregate,
}

/// The value of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Datapoint {
    /// When the period began.
    pub time: Timestamp,
    /// The value, rounded.
    pub value: u64,
}

impl Control {
    /// The values of all periods in which the data plane counted, oldest first; at most those of the last day. Nobody
    /// buys bandwidth of this gateway, so that its usage has no values.
    ///
    /// # Errors
    /// Unknown gateway; a time that ends before it begins (`APIG.2012`).
    pub fn metric_data(&self, at: &InstanceRef, query: &MetricQuery) -> Result<Vec<Datapoint>, Error> {
        crate::validate::check("to", query.from_ms < query.to_ms)?;
        self.read(|reader| at.resolve(reader).map(drop))?;
        let (Some(since), false) = (self.counts.since(), query.metric == Metric::BandwidthUsage) else {
            return Ok(Vec::new());
        };
        let last = (self.now)().unix() / 60;
        let first = query.from_ms.div_ceil(60_000).max(since).max(last.saturating_sub(MINUTES_MAX - 1));
        let last = last.min(query.to_ms / 60_000);
        let traffic = self.counts.traffic(&at.id);
        let minutes = (first..=last).map(|minute| (minute, query.value_of(traffic.get(&minute))));
        Ok(query.periods(minutes))
    }
}

impl MetricQuery {
    /// The value of one minute; one without calls has zero.
    fn value_of(&self, traffic: Option<&Traffic>) -> u64 {
        let bytes = traffic.map_or(0, |traffic| match (self.side, self.direction) {
            (Side::Clients, Direction::Out) => traffic.to_clients,
            (Side::Clients, Direction::In) => traffic.from_clients,
            (Side::Backends, Direction::Out) => traffic.to_backends,
            (Side::Backends, Direction::In) => traffic.from_backends,
        });
        match self.metric {
            Metric::Bandwidth => bytes.saturating_mul(8) / 60,
            Metric::BandwidthUsage | Metric::Bytes => bytes,
        }
    }

    fn periods(&self, minutes: impl Iterator<Item = (u64, u64)>) -> Vec<Datapoint> {
        let seconds = self.period_seconds.max(60);
        let mut periods = BTreeMap::<u64, Vec<u64>>::new();
        for (minute, value) in minutes {
            let time = minute * 60;
            periods.entry(time - time % seconds).or_default().push(value);
        }
        let point = |(time, values): (u64, Vec<u64>)| Datapoint {
            time: Timestamp::from_unix(time),
            value: self.aggregate.of(&values),
        };
        periods.into_iter().map(point).collect()
    }
}

impl Aggregate {
    /// Of values of which there is at least one.
    fn of(self, values: &[u64]) -> u64 {
        let sum = || values.iter().fold(0_u64, |sum, value| sum.saturating_add(*value));
        let mean = || sum() as f64 / values.len() as f64;
        match self {
            Self::Sum => sum(),
            Self::Max => values.iter().copied().max().unwrap_or(0),
            Self::Min => values.iter().copied().min().unwrap_or(0),
            Self::Average => mean().round() as u64,
            Self::Variance => {
                let mean = mean();
                let squares = values.iter().map(|value| (*value as f64 - mean).powi(2));
                (squares.sum::<f64>() / values.len() as f64).round() as u64
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_period_become_one() {
        let of = |aggregate: Aggregate| aggregate.of(&[2, 4, 4, 4, 5, 5, 7, 9]);
        assert_eq!(of(Aggregate::Sum), 40);
        assert_eq!(of(Aggregate::Average), 5);
        assert_eq!((of(Aggregate::Min), of(Aggregate::Max)), (2, 9));
        assert_eq!(of(Aggregate::Variance), 4);
    }
}
