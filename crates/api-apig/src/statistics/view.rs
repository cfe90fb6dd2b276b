//! Minutes as clients read them.

use countersign_api_types::statistics::{Calls, StatisticsView};
use countersign_control::statistics::Statistics;
use countersign_types::{ProjectId, Tally, Timestamp};

pub(super) fn view<T>(
    statistics: &Statistics,
    entry: impl Fn(&(Timestamp, Tally)) -> T,
) -> StatisticsView<T> {
    let (first, last) = statistics.span;
    StatisticsView {
        code: "APIG.0000",
        msg: "Successful",
        start_time: first.unix(),
        end_time: last.unix(),
        list: statistics.minutes.iter().map(entry).collect(),
    }
}

pub(super) fn calls(
    statistics: &Statistics,
    project: &ProjectId,
    (minute, tally): &(Timestamp, Tally),
) -> Calls {
    let counted_until = Timestamp::from_unix((minute.unix() + 60).min(statistics.now.unix()));
    Calls {
        max_latency: u64::from(tally.longest_us).div_ceil(1_000),
        avg_latency: millis(tally.total_us, tally.calls),
        req_count: tally.calls,
        req_count2xx: tally.status_2xx,
        req_count4xx: tally.status_4xx,
        req_count5xx: tally.status_5xx,
        req_count_error: tally.status_4xx.saturating_add(tally.status_5xx),
        output_throughput: tally.bytes_out,
        input_throughput: tally.bytes_in,
        current_minute: minute.unix(),
        group_id: statistics.group_id.to_string(),
        provider: project.to_string(),
        req_time: minute.rfc3339().to_string(),
        register_time: counted_until.rfc3339().to_string(),
    }
}

/// Milliseconds, with two digits of a fraction, that each of so many took on average.
pub(super) fn millis(micros: u64, count: u32) -> f64 {
    let hundredths = micros.checked_div(u64::from(count)).unwrap_or(0).div_ceil(10);
    hundredths as f64 / 100.0
}
