use crate::answer::Answer;
use crate::call::Call;
use countersign_api_types::ErrorBody;
use countersign_api_types::openapi::TaskView;
use countersign_control::Error;
use countersign_control::tasks::{Refused, TaskDetail, TaskKind, TaskState};

pub(super) fn handle(call: &Call) -> Result<Answer, Error> {
    let TaskDetail { task, outcome } = call.control.task(&call.instance()?, &call.id("task_id")?)?;
    Ok(Answer::json(&TaskView {
        task_id: task.id.to_string(),
        task_status: match task.state {
            TaskState::Waiting => "waiting",
            TaskState::Running => "processing",
            TaskState::Succeeded => "succeed",
            TaskState::Failed => "failed",
        },
        task_type: match task.kind {
            TaskKind::Import => "import_api",
            TaskKind::Export => "export_api",
        },
        task_result: outcome.map_or_else(String::new, |outcome| outcome.unwrap_or_else(refusal)),
    }))
}

/// A refusal as any operation would have told it.
fn refusal(refused: Refused) -> String {
    let body = ErrorBody { error_code: refused.code, error_msg: refused.message };
    serde_json::to_string(&body).expect("two texts")
}
