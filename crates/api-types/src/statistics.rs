//! Calls, bandwidth and traffic over time.

use serde::Serialize;

/// Calls by the minute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StatisticsView<T> {
    /// `APIG.0000`: there is nothing wrong.
    pub code: &'static str,
    /// What that code means.
    pub msg: &'static str,
    /// First minute of the time asked for, in seconds since 1970.
    pub start_time: u64,
    /// Last minute of it, likewise.
    pub end_time: u64,
    /// Minutes with calls, oldest first.
    pub list: Vec<T>,
}

/// Calls of an API in a minute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ApiMinute {
    /// What APIs and groups have in common.
    #[serde(flatten)]
    pub calls: Calls,
    /// Longest part of a call that was not the backend's, in milliseconds.
    pub max_inner_latency: u64,
    /// Its average.
    pub avg_inner_latency: f64,
    /// Longest wait for the backend, in milliseconds.
    pub max_backend_latency: u64,
    /// Its average over the calls that asked the backend.
    pub avg_backend_latency: f64,
    /// `MINUTE`
    pub cycle: &'static str,
    /// The API.
    pub api_id: String,
    /// 1
    pub status: u8,
}

/// Calls in a minute.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calls {
    /// Longest call, in milliseconds.
    pub max_latency: u64,
    /// Its average.
    pub avg_latency: f64,
    /// Calls.
    pub req_count: u32,
    /// Those answered with 2xx.
    pub req_count2xx: u32,
    /// Those answered with 4xx.
    pub req_count4xx: u32,
    /// Those answered with 5xx.
    pub req_count5xx: u32,
    /// Those answered with either of the last two.
    pub req_count_error: u32,
    /// Bytes to clients.
    pub output_throughput: u64,
    /// Bytes from clients.
    pub input_throughput: u64,
    /// The minute, in seconds since 1970.
    pub current_minute: u64,
    /// The group.
    pub group_id: String,
    /// The project that offers the API.
    pub provider: String,
    /// The minute, as text.
    pub req_time: String,
    /// Until when it was counted.
    pub register_time: String,
}

/// A metric over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetricDataView {
    /// A value for each period, oldest first.
    pub datapoints: Vec<Datapoint>,
}

/// The value of a period: one member of the first five, the one that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Datapoint {
    /// Mean of the period's minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average: Option<u64>,
    /// The largest of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<u64>,
    /// The smallest of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<u64>,
    /// Their sum.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sum: Option<u64>,
    /// Their variance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variance: Option<u64>,
    /// When the period began, in milliseconds since 1970.
    pub timestamp: u64,
    /// Unit of the value.
    pub unit: &'static str,
}
