use super::view::{calls, millis, view};
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::statistics::ApiMinute;
use countersign_control::Error;
use countersign_control::validate::required;
use countersign_types::{ApiId, Tally, Timestamp};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let id: ApiId = required("api_id", call.query_id("api_id")?)?;
    let minutes = minutes(required("duration", call.query("duration"))?)?;
    let (at, project) = (call.instance()?, call.project()?);
    let statistics = call.control.api_statistics(&at, &id, minutes)?;
    let entry = |minute: &(Timestamp, Tally)| entry(&id, calls(&statistics, &project, minute), minute);
    Ok(Answer::json(&view(&statistics, entry)))
}

fn entry(
    id: &ApiId,
    calls: countersign_api_types::statistics::Calls,
    (_, tally): &(Timestamp, Tally),
) -> ApiMinute {
    ApiMinute {
        calls,
        max_inner_latency: u64::from(tally.longest_inner_us).div_ceil(1_000),
        avg_inner_latency: millis(tally.total_us.saturating_sub(tally.upstream_us), tally.calls),
        max_backend_latency: u64::from(tally.longest_upstream_us).div_ceil(1_000),
        avg_backend_latency: millis(tally.upstream_us, tally.exchanges),
        cycle: "MINUTE",
        api_id: id.to_string(),
        status: 1,
    }
}

/// Minutes of a text such as `1h` or `30m`.
fn minutes(text: &str) -> Result<u64, Error> {
    let number =
        |digits: &str| digits.parse::<u32>().ok().filter(|_| digits.bytes().all(|c| c.is_ascii_digit()));
    let minutes = match (text.strip_suffix('h'), text.strip_suffix('m')) {
        (Some(hours), _) => number(hours).map(|hours| u64::from(hours) * 60),
        (_, Some(minutes)) => number(minutes).map(u64::from),
        _ => None,
    };
    minutes.ok_or_else(|| Error::invalid("duration"))
}
