//! Where documents are worked on: one at a time, at once or as tasks.

use crate::call::Call;
use countersign_control::tasks::TaskKind;
use countersign_control::{Control, Error};
use countersign_types::TaskId;
use std::sync::{Mutex, PoisonError};

/// Documents are worked on one after the other, so that many at once cannot take all memory.
static DESK: Mutex<()> = Mutex::new(());

/// Works at the desk: one order at a time.
pub(super) fn at_the_desk<T>(work: impl FnOnce() -> T) -> T {
    // Nothing lies on the desk that a panic could have left in disorder.
    let _place = DESK.lock().unwrap_or_else(PoisonError::into_inner);
    work()
}

/// Gives a task and returns its id; the work begins when the desk is free. What it returns is the task's result.
pub(super) fn give(
    call: &Call,
    kind: TaskKind,
    work: impl FnOnce(&Control) -> Result<String, Error> + Send + 'static,
) -> Result<TaskId, Error> {
    let (control, at) = (call.control.clone(), call.instance()?);
    let task = control.open_task(&at, kind)?;
    let given = task.clone();
    tokio::task::spawn_blocking(move || {
        let done = at_the_desk(|| {
            control.begin_task(&at, &task)?;
            control.end_task(&at, &task, work(&control))
        });
        if let Err(error) = done {
            // Its gateway may have been removed meanwhile, and the task with it.
            tracing::warn!(
                task = task.as_str(),
                error = &error as &dyn std::error::Error,
                "a task could not be ended"
            );
        }
    });
    Ok(given)
}
