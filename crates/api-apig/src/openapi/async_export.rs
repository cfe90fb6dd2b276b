use super::desk::give;
use super::export_order::ExportOrder;
use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::openapi::{ExportedFile, TaskGiven};
use countersign_control::Error;
use countersign_control::tasks::TaskKind;

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let order = ExportOrder::read(call)?;
    let task = give(call, TaskKind::Export, |control| {
        let file_type = order.ending;
        let file = order.run(control)?;
        let result = ExportedFile { file_name: &file.name, file_type, comment: &file.content };
        Ok(serde_json::to_string(&result).expect("three texts"))
    })?;
    Ok(Answer::json(&TaskGiven { task_id: task.to_string() }))
}
