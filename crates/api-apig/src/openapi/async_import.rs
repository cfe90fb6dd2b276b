use super::desk::give;
use super::import_order::ImportOrder;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::openapi::TaskGiven;
use countersign_control::Error;
use countersign_control::tasks::TaskKind;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let order = ImportOrder::read(call)?;
    let task = give(call, TaskKind::Import, |control| {
        let view = order.run(control)?;
        Ok(serde_json::to_string(&view).expect("texts in structs and lists"))
    })?;
    Ok(Answer::json(&TaskGiven { task_id: task.to_string() }))
}
