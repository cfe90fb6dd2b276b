//! Gateways: their settings, features and tags.

use super::Walk;
use serde_json::{Value, json};

pub(super) async fn gateways(walk: &mut Walk) {
    walk.call("ListAvailableZonesV2", &[], Value::Null).await;
    walk.call("ListInstanceConfigsV2", &[], Value::Null).await;
    walk.call("ListProjectCofigsV2", &[], Value::Null).await;
    let create = json!({"instance_name": "second", "spec_id": "BASIC", "tags": [{"key": "a", "value": "b"}]});
    let id = walk.call("CreateInstanceV2", &[], create).await.text("instance_id");
    let at = [("instance_id", id.as_str())];
    walk.call("ListInstancesV2", &[], Value::Null).await;
    let shown = walk.call("ShowDetailsOfInstanceV2", &at, Value::Null).await;
    assert_eq!((shown.text("status"), shown.text("available_zone_ids")), ("Running".into(), "[]".into()));
    walk.call("ShowDetailsOfInstanceProgressV2", &at, Value::Null).await;
    walk.call("ShowRestrictionOfInstanceV2", &at, Value::Null).await;
    walk.call("UpdateInstanceV2", &at, json!({"description": "x"})).await;
    walk.call(
        "CreateFeatureV2",
        &at,
        json!({"name": "ratelimit", "enable": true, "config": "{\"api_limits\": 7}"}),
    )
    .await;
    walk.call("ListFeaturesV2", &at, Value::Null).await;
    walk.call("ListInstanceFeatures", &at, Value::Null).await;
    let tags = json!({"action": "create", "tags": [{"key": "c", "value": "d"}]});
    walk.call("BatchCreateOrDeleteInstanceTags", &at, tags).await;
    walk.call("ListInstanceTags", &at, Value::Null).await;
    let query = json!({"tags": [{"key": "c", "values": ["d"]}]});
    walk.call("ListInstancesByTags", &[], query.clone()).await;
    walk.call("ShowInstancesNumByTags", &[], query).await;
    walk.call("ListProjectInstanceTags", &[], Value::Null).await;
    walk.call("DeleteInstancesV2", &at, Value::Null).await;
}
