//! Tasks that clients do not wait for: what became of them is kept for a day.
//!
//! Whoever runs a task tells when it begins and how it ends. A task that did not end before the process did never
//! will; [`Control::fail_interrupted_tasks`] says so at the next start.

use crate::{Control, Error, InstanceRef};
use countersign_store::{Document, Reader, Scope, Writer, find, list};
use countersign_types::{InstanceId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Most tasks of a gateway that have not ended.
const UNENDED_MAX: usize = 5;
/// Most tasks of a gateway that are kept.
const KEPT_MAX: usize = 20;
/// How long a task is kept after it was given, in seconds.
const KEPT_SECONDS: u64 = 24 * 60 * 60;

/// What tasks are stored as.
pub(crate) const KINDS: [&str; 2] = [Task::KIND, Report::KIND];

/// What a task does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskKind {
    /// It imports APIs.
    Import,
    /// It exports APIs.
    Export,
}

/// How far a task is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskState {
    /// Others are before it.
    Waiting,
    /// It runs.
    Running,
    /// It did what it should.
    Succeeded,
    /// It did not.
    Failed,
}

impl TaskState {
    const fn has_ended(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

/// A task as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// What it does.
    pub kind: TaskKind,
    /// How far it is.
    pub state: TaskState,
    /// When it was given.
    pub given: Timestamp,
}

/// What a task has to say for itself. It stands alone, because it may be long.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Report {
    id: TaskId,
    instance_id: InstanceId,
    outcome: Result<String, Refused>,
}

/// Why a task failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Code of the refusal.
    pub code: String,
    /// Its text.
    pub message: String,
}

/// A task and, when it has ended, what it has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskDetail {
    /// The task.
    pub task: Task,
    /// Its result, or why there is none.
    pub outcome: Option<Result<String, Refused>>,
}

impl Document for Task {
    const KIND: &'static str = "task";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Document for Report {
    const KIND: &'static str = "task_report";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }
}

impl Control {
    /// A new task, which waits. Tasks whose time is over, and the oldest beyond those that are kept, go.
    ///
    /// # Errors
    /// Unknown gateway; too many tasks that have not ended (`APIG.3718`).
    pub fn open_task(&self, at: &InstanceRef, kind: TaskKind) -> Result<TaskId, Error> {
        let now = (self.now)();
        let task = Task {
            id: self.new_id(),
            instance_id: at.id.clone(),
            kind,
            state: TaskState::Waiting,
            given: now,
        };
        self.write(|writer| {
            at.resolve(writer)?;
            make_room(writer, at, now)?;
            countersign_store::put(writer, &task)?;
            Ok(task.id.clone())
        })
    }

    /// The task runs from now on.
    ///
    /// # Errors
    /// The task is gone, as when its gateway was removed.
    pub fn begin_task(&self, at: &InstanceRef, id: &TaskId) -> Result<(), Error> {
        self.write(|writer| {
            let task = Task { state: TaskState::Running, ..require(writer, at, id)? };
            Ok(countersign_store::put(writer, &task)?)
        })
    }

    /// The task has ended with this result, or with the refusal.
    ///
    /// # Errors
    /// The task is gone, as when its gateway was removed.
    pub fn end_task(
        &self,
        at: &InstanceRef,
        id: &TaskId,
        result: Result<String, Error>,
    ) -> Result<(), Error> {
        let outcome = result.map_err(|error| Refused::of(&error));
        self.write(|writer| {
            let task = require(writer, at, id)?;
            end(writer, task, outcome.clone())
        })
    }

    /// One task.
    ///
    /// # Errors
    /// Unknown gateway; a task that never was or that is kept no longer (`APIG.3093`).
    pub fn task(&self, at: &InstanceRef, id: &TaskId) -> Result<TaskDetail, Error> {
        let now = (self.now)();
        self.read(|reader| {
            at.resolve(reader)?;
            let task = require(reader, at, id)?;
            if is_over(&task, now) {
                return Err(Error::task_not_found(id));
            }
            let report: Option<Report> = find(reader, at.scope(), id.as_str())?;
            Ok(TaskDetail { task, outcome: report.map(|report| report.outcome) })
        })
    }

    /// Marks as failed what had not ended when the process did. Call it before anybody can give a task.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn fail_interrupted_tasks(&self) -> Result<(), Error> {
        let outcome = Err(Refused::of(&Error::task_interrupted()));
        self.write(|writer| {
            for task in list::<Task>(writer, Scope::All)? {
                if !task.state.has_ended() {
                    end(writer, task, outcome.clone())?;
                }
            }
            Ok(())
        })
    }
}

impl Refused {
    /// Faults are not told, as nowhere.
    fn of(error: &Error) -> Self {
        let (code, message) = match error {
            Error::Refused { code, message, .. } => (*code, message.clone()),
            Error::Store(_) | Error::Vault(_) => ("APIG.9999", "System error".to_owned()),
        };
        Self { code: code.to_owned(), message }
    }
}

fn require(reader: &dyn Reader, at: &InstanceRef, id: &TaskId) -> Result<Task, Error> {
    find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::task_not_found(id))
}

fn end(writer: &mut dyn Writer, task: Task, outcome: Result<String, Refused>) -> Result<(), Error> {
    let state = if outcome.is_ok() { TaskState::Succeeded } else { TaskState::Failed };
    let report = Report { id: task.id.clone(), instance_id: task.instance_id.clone(), outcome };
    countersign_store::put(writer, &report)?;
    Ok(countersign_store::put(writer, &Task { state, ..task })?)
}

fn is_over(task: &Task, now: Timestamp) -> bool {
    task.state.has_ended() && now.unix() >= task.given.unix() + KEPT_SECONDS
}

/// Removes what need not be kept, and passes when there is room for one more.
fn make_room(writer: &mut dyn Writer, at: &InstanceRef, now: Timestamp) -> Result<(), Error> {
    let (ended, unended): (Vec<Task>, Vec<Task>) =
        list::<Task>(writer, Scope::One(at.scope()))?.into_iter().partition(|task| task.state.has_ended());
    if unended.len() >= UNENDED_MAX {
        return Err(Error::tasks_running());
    }
    let surplus = (ended.len() + unended.len() + 1).saturating_sub(KEPT_MAX);
    let gone = |(position, task): &(usize, Task)| *position < surplus || is_over(task, now);
    for (_, task) in ended.into_iter().enumerate().filter(gone) {
        writer.delete(Task::KIND, at.scope(), task.id.as_str())?;
        writer.delete(Report::KIND, at.scope(), task.id.as_str())?;
    }
    Ok(())
}
