use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::statistics::{Datapoint as DatapointView, MetricDataView};
use countersign_control::Error;
use countersign_control::statistics::{Aggregate, Datapoint, Direction, Metric, MetricQuery, Side};
use countersign_control::validate::required;

/// Lengths of periods in seconds. The documents call 1 real-time data.
const PERIODS: [u64; 6] = [1, 300, 1_200, 3_600, 14_400, 86_400];

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let query = query(call)?;
    let points = call.control.metric_data(&call.instance()?, &query)?;
    Ok(Answer::json(&MetricDataView { datapoints: points.iter().map(|point| view(&query, point)).collect() }))
}

fn query(call: &Call) -> Result<MetricQuery, Error> {
    let (metric, direction) = word(call, "metric_name", metric)?;
    Ok(MetricQuery {
        side: word(call, "dim", side)?,
        metric,
        direction,
        from_ms: word(call, "from", |text| text.parse().ok())?,
        to_ms: word(call, "to", |text| text.parse().ok())?,
        period_seconds: word(call, "period", |text| text.parse().ok().filter(|own| PERIODS.contains(own)))?,
        aggregate: word(call, "filter", aggregate)?,
    })
}

fn word<T>(call: &Call, name: &str, parse: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    parse(required(name, call.query(name))?).ok_or_else(|| Error::invalid(name))
}

fn side(word: &str) -> Option<Side> {
    match word {
        "inbound_eip" => Some(Side::Clients),
        "outbound_eip" => Some(Side::Backends),
        _ => None,
    }
}

fn metric(word: &str) -> Option<(Metric, Direction)> {
    Some(match word {
        "upstream_bandwidth" => (Metric::Bandwidth, Direction::Out),
        "downstream_bandwidth" => (Metric::Bandwidth, Direction::In),
        "upstream_bandwidth_usage" => (Metric::BandwidthUsage, Direction::Out),
        "downstream_bandwidth_usage" => (Metric::BandwidthUsage, Direction::In),
        "up_stream" => (Metric::Bytes, Direction::Out),
        "down_stream" => (Metric::Bytes, Direction::In),
        _ => return None,
    })
}

fn aggregate(word: &str) -> Option<Aggregate> {
    Some(match word {
        "average" => Aggregate::Average,
        "max" => Aggregate::Max,
        "min" => Aggregate::Min,
        "sum" => Aggregate::Sum,
        "variance" => Aggregate::Variance,
        _ => return None,
    })
}

fn view(query: &MetricQuery, point: &Datapoint) -> DatapointView {
    let value = |own| (query.aggregate == own).then_some(point.value);
    DatapointView {
        average: value(Aggregate::Average),
        max: value(Aggregate::Max),
        min: value(Aggregate::Min),
        sum: value(Aggregate::Sum),
        variance: value(Aggregate::Variance),
        timestamp: point.time.unix_millis(),
        unit: query.metric.unit(),
    }
}
