//! `/v2/{project_id}/apigw/instances/{instance_id}/vpc-channels`

mod delete;
mod list;
mod show;

use crate::endpoints::{Endpoint, endpoint};
use countersign_api_types::channels::{CceView, ChannelView, CseView, MicroserviceView};
use countersign_control::LoadChannel;
use countersign_control::channels::{Microservice, Service, Workload};

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    endpoint("ListVpcChannelsV2", list::handle),
    endpoint("ShowDetailsOfVpcChannelV2", show::handle),
    endpoint("DeleteVpcChannelV2", delete::handle),
];

fn view(channel: LoadChannel) -> ChannelView {
    ChannelView {
        microservice_info: microservice(&channel),
        name: channel.name,
        port: channel.port,
        balance_strategy: 1,
        member_type: "ip",
        kind: 3,
        vpc_channel_type: "microservice",
        dict_code: String::new(),
        create_time: channel.created.rfc3339().to_string(),
        id: channel.id.to_string(),
        status: 1,
        member_groups: [],
    }
}

fn microservice(channel: &LoadChannel) -> MicroserviceView {
    let created = channel.created.rfc3339().to_string();
    let (cce, cse) = match &channel.microservice {
        Microservice::Cce(own) => (Some(workload(own)), None),
        Microservice::Cse(own) => (None, Some(service(own))),
    };
    MicroserviceView {
        id: channel.id.to_string(),
        instance_id: channel.instance_id.to_string(),
        service_type: channel.microservice.word(),
        cse_info: cse,
        cce_info: cce,
        update_time: created.clone(),
        create_time: created,
    }
}

fn workload(workload: &Workload) -> CceView {
    let (label_key, label_value) = workload.label.clone().unwrap_or_default();
    CceView {
        cluster_id: workload.cluster_id.clone(),
        namespace: workload.namespace.clone(),
        workload_type: workload.kind.as_str(),
        app_name: workload.app_name.clone().unwrap_or_default(),
        label_key,
        label_value,
        cluster_name: String::new(),
    }
}

fn service(service: &Service) -> CseView {
    CseView {
        engine_id: service.engine_id.clone(),
        service_id: service.service_id.clone(),
        engine_name: String::new(),
        service_name: String::new(),
        register_address: String::new(),
        cse_app_id: String::new(),
        version: service.version.clone(),
    }
}
