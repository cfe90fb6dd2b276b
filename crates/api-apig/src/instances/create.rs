use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances::{self as wire, InstanceAccepted};
use countersign_control::Error;
use countersign_control::instances::{InstanceCreate, Placement, Tag};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let create = read(call.json()?, call.caller.who.id().to_owned())?;
    let instance = call.control.create_instance(&call.project()?, create)?;
    Ok(Answer::json(&InstanceAccepted {
        instance_id: instance.id.to_string(),
        message: "The gateway is created and running.".to_owned(),
        job_id: String::new(),
    }))
}

fn read(body: wire::InstanceCreate, user_id: String) -> Result<InstanceCreate, Error> {
    Ok(InstanceCreate {
        id: body.instance_id,
        name: body.instance_name.ok_or_else(|| Error::instance_invalid("instance_name"))?,
        description: body.description.unwrap_or_default(),
        spec: body.spec_id.ok_or_else(|| Error::instance_invalid("spec_id"))?,
        maintenance: (body.maintain_begin, body.maintain_end),
        placement: Placement {
            vpc_id: body.vpc_id.unwrap_or_default(),
            subnet_id: body.subnet_id.unwrap_or_default(),
            security_group_id: body.security_group_id.unwrap_or_default(),
            enterprise_project_id: body.enterprise_project_id.unwrap_or_default(),
            zones: body.available_zone_ids.unwrap_or_default(),
            bandwidth_size: body.bandwidth_size.unwrap_or_default(),
            bandwidth_charging_mode: body.bandwidth_charging_mode.unwrap_or_default(),
            ingress_bandwidth_charging_mode: body.ingress_bandwidth_charging_mode.unwrap_or_default(),
            loadbalancer_provider: body.loadbalancer_provider.unwrap_or_else(|| "elb".to_owned()),
            endpoint_service: body.vpcep_service_name.unwrap_or_default(),
        },
        tags: body
            .tags
            .unwrap_or_default()
            .into_iter()
            .map(|tag| Tag { key: tag.key, value: tag.value })
            .collect(),
        user_id,
    })
}
