//! Counters: one set a worker, written by that worker alone, summed when somebody asks.

use crate::{
    authenticate::Scheme,
    reject::{Reject, Stage},
    throttle::Dimension,
};
use countersign_types::code;
use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// Upper bounds of the latency buckets in microseconds.
const BOUNDS: [u64; 14] = [
    100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    5_000_000,
];

/// A number that only ever grows. One thread writes it, so no locked instruction is needed.
#[derive(Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, more: u64) {
        self.0.store(self.0.load(Ordering::Relaxed).wrapping_add(more), Ordering::Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Things that are entered and left.
#[derive(Default)]
pub(crate) struct Gauge {
    entered: Counter,
    left: Counter,
}

impl Gauge {
    pub(crate) fn enter(&self) {
        self.entered.add(1);
    }

    pub(crate) fn leave(&self) {
        self.left.add(1);
    }
}

/// How long things took.
#[derive(Default)]
pub(crate) struct Histogram {
    buckets: [Counter; BOUNDS.len()],
    count: Counter,
    micros: Counter,
}

impl Histogram {
    pub(crate) fn observe(&self, time: Duration) {
        let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.count.add(1);
        self.micros.add(micros);
        if let Some(bucket) =
            BOUNDS.iter().position(|bound| micros <= *bound).and_then(|index| self.buckets.get(index))
        {
            bucket.add(1);
        }
    }
}

/// The counters of one worker. The number of series is fixed: stages, codes and status classes, nothing a
/// client can choose.
#[derive(Default)]
pub(crate) struct Meters {
    /// Answers of backends and mocks by the first digit of their status.
    answered: [Counter; 5],
    refused: Refusals,
    /// Callers who were who they said, by scheme.
    authenticated: [Counter; Scheme::ALL.len()],
    /// Calls refused by a limit, by what it limits.
    throttled: [Counter; Dimension::ALL.len()],
    /// Requests whose client left before the end of the answer.
    aborted: Counter,
    pub(crate) total_time: Histogram,
    pub(crate) upstream_time: Histogram,
    pub(crate) requests: Gauge,
    pub(crate) connections: Gauge,
    pub(crate) upstream_connections: Gauge,
    pub(crate) upstream_reused: Counter,
    pub(crate) upstream_retried: Counter,
    pub(crate) request_body_bytes: Counter,
    pub(crate) response_body_bytes: Counter,
    pub(crate) log_records_lost: Counter,
    /// Refused signatures that were diagnosed, and those for which the budget was spent.
    pub(crate) diagnosed: Counter,
    pub(crate) undiagnosed: Counter,
}

/// Refusals by stage and position in the code table.
struct Refusals([[Counter; code::ALL.len()]; Stage::ALL.len()]);

impl Default for Refusals {
    fn default() -> Self {
        Self(std::array::from_fn(|_| std::array::from_fn(|_| Counter::default())))
    }
}

impl Meters {
    pub(crate) fn count_answer(&self, status: u16) {
        let class = usize::from(status / 100).saturating_sub(1);
        if let Some(counter) = self.answered.get(class) {
            counter.add(1);
        }
    }

    pub(crate) fn count_refusal(&self, reject: &Reject) {
        let stage = self.refused.0.get(reject.stage as usize);
        let code = code::ALL.iter().position(|code| *code == reject.code);
        if let Some(counter) = code.and_then(|code| stage?.get(code)) {
            counter.add(1);
        }
    }

    pub(crate) fn count_caller(&self, scheme: Scheme) {
        if let Some(counter) = self.authenticated.get(scheme as usize) {
            counter.add(1);
        }
    }

    pub(crate) fn count_throttled(&self, dimension: Dimension) {
        if let Some(counter) = self.throttled.get(dimension as usize) {
            counter.add(1);
        }
    }

    pub(crate) fn count_abort(&self) {
        self.aborted.add(1);
    }
}

/// The counters of all workers, for the management listener. Clones share them.
#[derive(Clone)]
pub struct Metrics {
    workers: Arc<[Arc<Meters>]>,
}

impl Metrics {
    pub(crate) fn new(workers: Vec<Arc<Meters>>) -> Self {
        Self { workers: workers.into() }
    }

    /// Appends all series in the Prometheus text format (version 0.0.4).
    pub fn encode(&self, to: &mut String) {
        // Writing to a String cannot fail.
        let _infallible = self.write(to);
    }

    fn sum(&self, counter: impl Fn(&Meters) -> &Counter) -> u64 {
        self.workers.iter().map(|meters| counter(meters).get()).fold(0, u64::wrapping_add)
    }

    fn write(&self, to: &mut String) -> std::fmt::Result {
        self.write_requests(to)?;
        self.write_callers(to)?;
        self.write_throttled(to)?;
        self.write_histogram(to, "request_duration_seconds", "Arrival to end of the answer.", |own| {
            &own.total_time
        })?;
        self.write_histogram(to, "upstream_duration_seconds", "Backend request to its head.", |own| {
            &own.upstream_time
        })?;
        for (name, help, gauge) in GAUGES {
            let now = self.sum(|own| &gauge(own).entered).wrapping_sub(self.sum(|own| &gauge(own).left));
            write!(to, "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} gauge\n{PREFIX}{name} {now}\n")?;
        }
        for (name, help, counter) in COUNTERS {
            let value = self.sum(counter);
            write!(
                to,
                "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} counter\n{PREFIX}{name} {value}\n"
            )?;
        }
        Ok(())
    }

    fn write_requests(&self, to: &mut String) -> std::fmt::Result {
        const NAME: &str = "requests_total";
        write!(to, "# HELP {PREFIX}{NAME} Requests by how they ended.\n# TYPE {PREFIX}{NAME} counter\n")?;
        for class in 0..5 {
            let value =
                self.workers.iter().filter_map(|own| own.answered.get(class)).map(Counter::get).sum::<u64>();
            writeln!(
                to,
                "{PREFIX}{NAME}{{stage=\"answered\",code=\"\",status=\"{}xx\"}} {value}",
                class + 1
            )?;
        }
        for (stage, code) in
            Stage::ALL.into_iter().flat_map(|stage| code::ALL.iter().map(move |code| (stage, code)))
        {
            let position = code::ALL.iter().position(|own| own == code);
            let cell = |own: &Arc<Meters>| Some(own.refused.0.get(stage as usize)?.get(position?)?.get());
            let value: u64 = self.workers.iter().filter_map(cell).sum();
            if value > 0 {
                let (stage, status, code) = (stage.name(), code.status, code.code);
                writeln!(
                    to,
                    "{PREFIX}{NAME}{{stage=\"{stage}\",code=\"{code}\",status=\"{status}\"}} {value}"
                )?;
            }
        }
        Ok(())
    }

    fn write_callers(&self, to: &mut String) -> std::fmt::Result {
        const NAME: &str = "authenticated_total";
        write!(to, "# HELP {PREFIX}{NAME} Callers admitted, by scheme.\n# TYPE {PREFIX}{NAME} counter\n")?;
        for scheme in Scheme::ALL {
            let counter = |own: &Arc<Meters>| own.authenticated.get(scheme as usize).map(Counter::get);
            let value: u64 = self.workers.iter().filter_map(counter).sum();
            writeln!(to, "{PREFIX}{NAME}{{scheme=\"{}\"}} {value}", scheme.name())?;
        }
        Ok(())
    }

    fn write_throttled(&self, to: &mut String) -> std::fmt::Result {
        const NAME: &str = "throttled_total";
        write!(to, "# HELP {PREFIX}{NAME} Calls refused by a limit.\n# TYPE {PREFIX}{NAME} counter\n")?;
        for dimension in Dimension::ALL {
            let counter = |own: &Arc<Meters>| own.throttled.get(dimension as usize).map(Counter::get);
            let value: u64 = self.workers.iter().filter_map(counter).sum();
            writeln!(to, "{PREFIX}{NAME}{{limit=\"{}\"}} {value}", dimension.name())?;
        }
        Ok(())
    }

    fn write_histogram(
        &self,
        to: &mut String,
        name: &str,
        help: &str,
        histogram: impl Fn(&Meters) -> &Histogram,
    ) -> std::fmt::Result {
        write!(to, "# HELP {PREFIX}{name} {help}\n# TYPE {PREFIX}{name} histogram\n")?;
        let mut below = 0;
        for (index, bound) in BOUNDS.iter().enumerate() {
            let bucket = |own: &Arc<Meters>| histogram(own).buckets.get(index).map(Counter::get);
            below += self.workers.iter().filter_map(bucket).sum::<u64>();
            writeln!(to, "{PREFIX}{name}_bucket{{le=\"{}\"}} {below}", seconds(*bound))?;
        }
        let (count, micros) = (self.sum(|own| &histogram(own).count), self.sum(|own| &histogram(own).micros));
        writeln!(to, "{PREFIX}{name}_bucket{{le=\"+Inf\"}} {count}")?;
        writeln!(to, "{PREFIX}{name}_sum {}\n{PREFIX}{name}_count {count}", seconds(micros))
    }
}

/// Microseconds as decimal seconds, without passing through binary fractions.
fn seconds(micros: u64) -> String {
    let text = format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

const PREFIX: &str = "countersign_gateway_";

type Series<T> = (&'static str, &'static str, fn(&Meters) -> &T);

const GAUGES: [Series<Gauge>; 3] = [
    ("requests_in_flight", "Requests being served.", |own| &own.requests),
    ("connections", "Open client connections.", |own| &own.connections),
    ("upstream_connections", "Open connections to backends.", |own| &own.upstream_connections),
];

const COUNTERS: [Series<Counter>; 10] = [
    ("requests_aborted_total", "Requests whose client left early.", |own| &own.aborted),
    ("connections_total", "Client connections accepted.", |own| &own.connections.entered),
    ("upstream_connections_total", "Connections opened to backends.", |own| {
        &own.upstream_connections.entered
    }),
    ("upstream_reused_total", "Requests sent on a pooled connection.", |own| &own.upstream_reused),
    ("upstream_retried_total", "Further attempts after a backend did not answer.", |own| {
        &own.upstream_retried
    }),
    ("request_body_bytes_total", "Bytes of request bodies.", |own| &own.request_body_bytes),
    ("response_body_bytes_total", "Bytes of response bodies.", |own| &own.response_body_bytes),
    ("access_log_records_lost_total", "Access records dropped under overload.", |own| &own.log_records_lost),
    ("diagnoses_total", "Refused signatures that were diagnosed.", |own| &own.diagnosed),
    ("diagnoses_left_out_total", "Refused signatures that were not, to save time.", |own| &own.undiagnosed),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_are_summed_and_buckets_are_cumulative() {
        let (left, right) = (Arc::new(Meters::default()), Arc::new(Meters::default()));
        left.count_answer(200);
        right.count_answer(204);
        right.count_refusal(&Reject::new(Stage::Authenticate, code::APP_AUTHENTICATION, "x"));
        left.total_time.observe(Duration::from_micros(90));
        right.total_time.observe(Duration::from_millis(2));
        right.connections.enter();
        right.count_caller(Scheme::Token);
        let mut text = String::new();
        Metrics::new(vec![left, right]).encode(&mut text);
        for line in [
            "countersign_gateway_requests_total{stage=\"answered\",code=\"\",status=\"2xx\"} 2",
            "countersign_gateway_requests_total{stage=\"authenticate\",code=\"APIG.0303\",status=\"401\"} 1",
            "countersign_gateway_request_duration_seconds_bucket{le=\"0.0001\"} 1",
            "countersign_gateway_request_duration_seconds_bucket{le=\"0.0025\"} 2",
            "countersign_gateway_request_duration_seconds_sum 0.00209",
            "countersign_gateway_connections 1",
            "countersign_gateway_authenticated_total{scheme=\"token\"} 1",
            "countersign_gateway_authenticated_total{scheme=\"app\"} 0",
        ] {
            assert!(text.lines().any(|own| own == line), "{line} is missing in\n{text}");
        }
    }
}
