//! Statistics, metrics and tags.

use crate::support::counts::{minute, tally};
use crate::support::{Api, PROJECT};
use serde_json::{Value, json};

struct Place {
    api: Api,
    group: String,
}

impl Place {
    async fn new() -> Self {
        let api = Api::new();
        let group = api.call("POST", "/api-groups", json!({"name": "counted"})).await.text("id");
        Self { api, group }
    }

    async fn add(&self, name: &str, tags: Value) -> String {
        let mut definition = json!({
            "group_id": self.group, "name": name, "type": 1, "req_protocol": "BOTH", "req_method": "GET",
            "req_uri": format!("/{name}"), "match_mode": "NORMAL", "auth_type": "NONE", "backend_type": "MOCK",
            "mock_info": {"result_content": "mock"},
        });
        definition["tags"] = tags;
        self.api.call("POST", "/apis", definition).await.text("id")
    }

    async fn get(&self, rest: &str) -> Value {
        let reply = self.api.call("GET", rest, Value::Null).await;
        assert_eq!(reply.status, 200, "{rest}: {}", reply.body);
        reply.body
    }

    async fn refuse(&self, rest: &str) -> (u16, String) {
        let reply = self.api.call("GET", rest, Value::Null).await;
        (reply.status.as_u16(), reply.code().to_owned())
    }
}

#[tokio::test]
async fn calls_of_an_api_are_shown_by_the_minute() {
    let place = Place::new().await;
    let id = place.add("counted", Value::Null).await;
    let shown = place.get(&format!("/statistics/api/latest?api_id={id}&duration=1h")).await;
    let (now, first) = (minute() * 60, (minute() - 9) * 60);
    assert_eq!((&shown["start_time"], &shown["end_time"]), (&json!(now - 59 * 60), &json!(now)));
    let minutes: Vec<_> =
        shown["list"].as_array().unwrap().iter().map(|one| &one["current_minute"]).collect();
    assert_eq!(minutes, [&json!(first), &json!(now)], "oldest first, nothing older than an hour");
    assert_eq!(
        shown["list"][0],
        json!({
            "max_latency": 10, "avg_latency": 5.0, "req_count": 4, "req_count2xx": 2, "req_count4xx": 1,
            "req_count5xx": 1, "req_count_error": 2, "max_inner_latency": 1, "avg_inner_latency": 2.5,
            "max_backend_latency": 9, "avg_backend_latency": 3.34, "output_throughput": 8000,
            "input_throughput": 400, "current_minute": first, "cycle": "MINUTE", "api_id": id,
            "group_id": place.group, "provider": PROJECT, "req_time": "2023-11-14T22:04:00Z",
            "register_time": "2023-11-14T22:05:00Z", "status": 1,
        })
    );
    let last_minute = place.get(&format!("/statistics/api/latest?api_id={id}&duration=1m")).await;
    assert_eq!(last_minute["list"].as_array().unwrap().len(), 1);
    assert_eq!(last_minute["start_time"], last_minute["end_time"]);
}

#[tokio::test]
async fn calls_of_a_group_are_those_of_its_apis() {
    let place = Place::new().await;
    for name in ["one", "two", "three"] {
        place.add(name, Value::Null).await;
    }
    let shown = place.get(&format!("/statistics/group/latest?group_id={}", place.group)).await;
    let counts: Vec<_> =
        shown["list"].as_array().unwrap().iter().map(|one| one["req_count"].as_u64()).collect();
    assert_eq!(counts, [Some(u64::from(tally().calls) * 3); 2]);
    assert_eq!(shown["list"][0].get("api_id"), None);
}

#[tokio::test]
async fn statistics_ask_for_something_that_exists_within_an_hour() {
    let place = Place::new().await;
    let id = place.add("counted", Value::Null).await;
    let of_api = |query: &str| format!("/statistics/api/latest?{query}");
    for duration in ["0m", "61m", "2h", "1", "h", "-1m", "1d", "99999999999999h"] {
        let refused = place.refuse(&of_api(&format!("api_id={id}&duration={duration}"))).await;
        assert_eq!(refused, (400, "APIG.2012".into()), "{duration}");
    }
    assert_eq!(place.refuse(&of_api(&format!("api_id={id}"))).await, (400, "APIG.2001".into()));
    assert_eq!(place.refuse(&of_api("duration=1h")).await, (400, "APIG.2001".into()));
    assert_eq!(place.refuse(&of_api("api_id=missing&duration=1h")).await, (404, "APIG.3002".into()));
    assert_eq!(place.refuse("/statistics/group/latest?group_id=missing").await, (404, "APIG.3001".into()));
    assert_eq!(place.refuse("/statistics/group/latest").await, (400, "APIG.2001".into()));
}

fn metric(dim: &str, name: &str, period: u64, filter: &str) -> String {
    let (from, to) = ((minute() - 30) * 60_000, (minute() + 30) * 60_000);
    format!("/metric-data?dim={dim}&metric_name={name}&from={from}&to={to}&period={period}&filter={filter}")
}

#[tokio::test]
async fn traffic_of_a_gateway_is_shown_for_the_time_that_was_counted() {
    let place = Place::new().await;
    let shown = place.get(&metric("inbound_eip", "up_stream", 1, "sum")).await;
    let sums: Vec<_> = shown["datapoints"].as_array().unwrap().iter().map(|one| &one["sum"]).collect();
    let expected: Vec<_> = (0..10).map(|minute| json!(if minute == 8 { 0 } else { 600 })).collect();
    assert_eq!(sums, expected.iter().collect::<Vec<_>>(), "from the first minute to the current one");
    let first = json!({"sum": 600, "timestamp": (minute() - 9) * 60_000, "unit": "Byte"});
    assert_eq!(shown["datapoints"][0], first);
    for (dim, name, bytes) in [
        ("inbound_eip", "down_stream", 60),
        ("outbound_eip", "up_stream", 90),
        ("outbound_eip", "down_stream", 120),
    ] {
        let shown = place.get(&metric(dim, name, 86_400, "sum")).await;
        let total: u64 =
            shown["datapoints"].as_array().unwrap().iter().map(|one| one["sum"].as_u64().unwrap()).sum();
        assert_eq!(total, bytes * 9, "{dim} {name}");
    }
}

#[tokio::test]
async fn bandwidth_is_in_bits_a_second_and_its_usage_is_of_nothing() {
    let place = Place::new().await;
    let shown = place.get(&metric("inbound_eip", "upstream_bandwidth", 1, "max")).await;
    assert_eq!(
        (&shown["datapoints"][0]["max"], &shown["datapoints"][0]["unit"]),
        (&json!(80), &json!("bit/s"))
    );
    for name in ["upstream_bandwidth_usage", "downstream_bandwidth_usage"] {
        assert_eq!(place.get(&metric("inbound_eip", name, 300, "max")).await, json!({"datapoints": []}));
    }
}

#[tokio::test]
async fn a_metric_is_asked_for_in_full() {
    let place = Place::new().await;
    let good = metric("inbound_eip", "up_stream", 300, "average");
    for (part, bad) in [
        ("dim=inbound_eip", "dim=eip"),
        ("metric_name=up_stream", "metric_name=up"),
        ("period=300", "period=60"),
        ("filter=average", "filter=mean"),
        ("from=", "from=x"),
        ("to=", "to=-"),
        ("to=", "to=0&rest="),
    ] {
        let refused = place.refuse(&good.replacen(part, bad, 1)).await;
        assert_eq!(refused, (400, "APIG.2012".into()), "{bad}");
    }
    for part in ["dim", "metric_name", "from", "to", "period", "filter"] {
        let refused = place.refuse(&good.replace(&format!("{part}="), "other=")).await;
        assert_eq!(refused, (400, "APIG.2001".into()), "{part}");
    }
}

#[tokio::test]
async fn every_tag_of_an_api_is_listed_once() {
    let place = Place::new().await;
    assert_eq!(place.get("/tags").await, json!({"size": 0, "total": 0, "tags": []}));
    let first = place.add("one", json!(["red", "green"])).await;
    place.add("two", json!(["green", "blue"])).await;
    place.add("three", Value::Null).await;
    let all = json!({"size": 3, "total": 3, "tags": ["blue", "green", "red"]});
    assert_eq!(place.get("/tags").await, all);
    let page = json!({"size": 1, "total": 3, "tags": ["green"]});
    assert_eq!(place.get("/tags?offset=1&limit=1").await, page);
    assert_eq!(place.get("/tags?offset=3").await["tags"], json!([]));
    let deleted = place.api.call("DELETE", &format!("/apis/{first}"), Value::Null).await;
    assert_eq!(deleted.status, 204);
    assert_eq!(place.get("/tags").await["tags"], json!(["blue", "green"]));
}
