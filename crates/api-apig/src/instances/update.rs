use super::view::detail;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::instances as wire;
use countersign_control::Error;
use countersign_control::instances::InstanceUpdate;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let body: wire::InstanceUpdate = call.json()?;
    let update = InstanceUpdate {
        name: body.instance_name,
        description: body.description,
        maintenance: (body.maintain_begin, body.maintain_end),
        security_group_id: body.security_group_id,
        endpoint_service: body.vpcep_service_name,
    };
    let instance = call.control.update_instance(&call.gateway()?, &update)?;
    Ok(Answer::json(&detail(&call.control, &instance)))
}
