//! APIs: their life, what is counted of them, documents and microservices.

use super::{RELEASE, Walk, api};
use crate::openapi::Form;
use crate::support::contract::{Optional, deviations};
use serde_json::{Value, json};

pub(super) async fn apis(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_apis"})).await.text("id");
    let check = json!({"group_id": group, "name": "orders"});
    walk.call("CheckApisV2", &[], check).await;
    let id = walk.call("CreateApiV2", &[], api(&group, "orders")).await.text("id");
    let at = [("api_id", id.as_str())];
    walk.call("ListApisV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfApiV2", &at, Value::Null).await;
    walk.call("UpdateApiV2", &at, api(&group, "orders2")).await;
    let online = json!({"action": "online", "env_id": RELEASE, "api_id": id});
    let version = walk.call("CreateOrDeletePublishRecordForApiV2", &[], online).await.text("version_id");
    let of_version = [("version_id", version.as_str())];
    walk.call("ListApiVersionsV2", &at, Value::Null).await;
    walk.call("ListApiVersionDetailV2", &of_version, Value::Null).await;
    walk.call("ChangeApiVersionV2", &at, json!({"version_id": version})).await;
    let debug = json!({"mode": "CONSUMER", "scheme": "HTTP", "method": "GET", "path": "/orders2"});
    walk.call("DebugApiV2", &at, debug).await;
    walk.call("ListApiRuntimeDefinitionV2", &[at[0], ("?", &format!("env_id={RELEASE}"))], Value::Null).await;
    walk.call("ListApisV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfApiV2", &at, Value::Null).await;
    for resource in ["ListApiQuantitiesV2", "ListAppQuantitiesV2", "ListApiGroupsQuantitiesV2"] {
        walk.call(resource, &[], Value::Null).await;
    }
    monitoring(walk, &group, &id).await;
    walk.call("DeleteApiByVersionIdV2", &of_version, Value::Null).await;
    let batch = json!({"env_id": RELEASE, "apis": [id, "0123456789abcdef0123456789abcdef"]});
    walk.call("BatchPublishOrOfflineApiV2", &[("?", "action=online")], batch.clone()).await;
    walk.call("BatchPublishOrOfflineApiV2", &[("?", "action=offline")], batch).await;
    walk.call("DeleteApiV2", &at, Value::Null).await;
}

async fn monitoring(walk: &mut Walk, group: &str, api: &str) {
    let of_api = format!("api_id={api}&duration=1h");
    walk.call("ListLatelyApiStatisticsV2", &[("?", &of_api)], Value::Null).await;
    walk.call("ListLatelyGroupStatisticsV2", &[("?", &format!("group_id={group}"))], Value::Null).await;
    let metric = "dim=inbound_eip&metric_name=up_stream&from=0&to=9999999999999&period=300&filter=max";
    walk.call("ListMetricData", &[("?", metric)], Value::Null).await;
    walk.call("ListTagsV2", &[], Value::Null).await;
}

pub(super) async fn documents(walk: &mut Walk) {
    let group = walk.call("CreateApiGroupV2", &[], json!({"name": "with_documents"})).await.text("id");
    walk.call("CreateApiV2", &[], api(&group, "documented")).await;
    let body = json!({"env_id": RELEASE, "group_id": group, "define": "dev"});
    // A file has no members.
    let file = walk.api.call("POST", "/openapi/export", body.clone()).await;
    assert_eq!((file.status.as_u16(), file.body["info"]["title"].as_str()), (200, Some("with_documents")));
    walk.called.push("ExportApiDefinitionsV2");
    let form = Form::new(&file.body.to_string()).with("is_create_group", "false").with("group_id", &group);
    for name in ["ImportApiDefinitionsV2", "ImportApiDefinitionsAsync"] {
        let operation = &walk.operations[name];
        let path = operation.path.rsplit_once('}').unwrap().1;
        let reply = walk.api.import(path, &form).await;
        assert_eq!(reply.status.as_u16(), operation.success, "{name}: {}", reply.body);
        assert_eq!(deviations(operation.response, &reply.body, Optional::Present), [""; 0]);
        walk.called.push(name);
    }
    let task = walk.call("ExportApiDefinitionsAsync", &[], body).await.text("task_id");
    walk.call("ShowAsyncTaskResult", &[("task_id", &task)], Value::Null).await;
}

pub(super) async fn microservices(walk: &mut Walk) {
    let import = json!({
        "group_info": {"group_name": "cluster"}, "service_type": "CCE",
        "cce_info": {
            "cluster_id": "c1", "namespace": "default", "workload_type": "deployment", "app_name": "shop", "port": 80
        },
        "apis": [{"req_uri": "/orders", "req_method": "GET"}],
    });
    let imported = walk.call("ImportMicroservice", &[], import).await;
    let id = imported.text("vpc_channel_id");
    let at = [("vpc_channel_id", id.as_str())];
    walk.call("ListVpcChannelsV2", &[], Value::Null).await;
    walk.call("ShowDetailsOfVpcChannelV2", &at, Value::Null).await;
    let api = imported.body["apis"][0]["id"].as_str().unwrap().to_owned();
    walk.call("DeleteApiV2", &[("api_id", &api)], Value::Null).await;
    walk.call("DeleteVpcChannelV2", &at, Value::Null).await;
}
