//! What importing and exporting do, whether somebody waits for it or not.

use super::form;
use crate::call::{Call, id};
use countersign_api_types::openapi::{
    ExportBody, ImportFailure, ImportForm, ImportIgnored, ImportSuccess, ImportView, ImportedDocument,
};
use countersign_control::apis::Method;
use countersign_control::groups::GroupDraft;
use countersign_control::tasks::TaskKind;
use countersign_control::transfer::{Conflict, ExportRequest, Import, Imported, Outcome, Scope, Target};
use countersign_control::{Control, Error, InstanceRef, validate::required};
use countersign_openapi::{Dialect, Format, Modes, Writing};
use countersign_types::{GroupId, TaskId};
use std::sync::{Mutex, PoisonError};

/// Documents are worked on one after the other, so that many at once cannot take all memory.
static DESK: Mutex<()> = Mutex::new(());

/// A document to be imported, its options read.
pub(super) struct ImportOrder {
    at: InstanceRef,
    group: Option<GroupId>,
    conflict: Conflict,
    extension: Conflict,
    modes: Modes,
    document: Vec<u8>,
}

impl ImportOrder {
    pub(super) fn read(call: &Call) -> Result<Self, Error> {
        let form = form::read(call)?;
        let document = form.file_name.clone().ok_or_else(|| Error::missing("file_name"))?;
        Ok(Self {
            at: call.instance()?,
            group: target(&form)?,
            extension: mode("extend_mode", form.extend_mode.as_deref())?,
            conflict: mode("api_mode", form.api_mode.as_deref())?,
            modes: Modes {
                simple: flag("simple_mode", form.simple_mode.as_deref())?.unwrap_or_default(),
                mock: flag("mock_mode", form.mock_mode.as_deref())?.unwrap_or_default(),
            },
            document,
        })
    }

    pub(super) fn run(self, control: &Control) -> Result<ImportView, Error> {
        let reading = countersign_openapi::read(&self.document, self.modes)?;
        let target = match self.group {
            Some(group) => Target::Existing(group),
            None => Target::New(GroupDraft { name: reading.title, remark: reading.description }),
        };
        let import = Import {
            target,
            conflict: self.conflict,
            extension: self.extension,
            responses: reading.responses,
            candidates: reading.candidates,
        };
        Ok(view(control.import_apis(&self.at, &import)?))
    }
}

/// The group that exists, unless one is to be made.
fn target(form: &ImportForm) -> Result<Option<GroupId>, Error> {
    if flag("is_create_group", form.is_create_group.as_deref())?.unwrap_or(true) {
        return Ok(None);
    }
    let group = form.group_id.clone().filter(|group| !group.is_empty());
    id("group_id", required("group_id", group)?).map(Some)
}

/// Clients write truth values as Python does, too.
fn flag(name: &str, text: Option<&str>) -> Result<Option<bool>, Error> {
    match text {
        None | Some("") => Ok(None),
        Some("true" | "True") => Ok(Some(true)),
        Some("false" | "False") => Ok(Some(false)),
        Some(_) => Err(Error::invalid(name)),
    }
}

fn mode(name: &str, text: Option<&str>) -> Result<Conflict, Error> {
    match text {
        None | Some("" | "merge") => Ok(Conflict::Keep),
        Some("override") => Ok(Conflict::Replace),
        Some(_) => Err(Error::invalid(name)),
    }
}

fn view(imported: Imported) -> ImportView {
    let mut view = ImportView { group_id: imported.group_id.to_string(), ..ImportView::default() };
    for (path, method, outcome) in imported.outcomes {
        let method = method.map_or("", Method::as_str);
        match outcome {
            Outcome::Created(id) => {
                view.success.push(ImportSuccess { path, method, action: "create", id: id.to_string() });
            }
            Outcome::Replaced(id) => {
                view.success.push(ImportSuccess { path, method, action: "update", id: id.to_string() });
            }
            Outcome::Ignored => view.ignore.push(ImportIgnored { method, path }),
            Outcome::Refused(reason) => view.failure.push(ImportFailure {
                path,
                error_msg: reason.message,
                method,
                error_code: reason.code,
            }),
        }
    }
    view.swagger = ImportedDocument::default();
    view
}

/// What is to be exported, and as what.
pub(super) struct ExportOrder {
    at: InstanceRef,
    request: ExportRequest,
    define: &'static str,
    dialect: Dialect,
    format: Format,
    /// Ending of the file's name.
    pub(super) ending: &'static str,
    version: String,
}

/// An exported document.
pub(super) struct File {
    /// Name without its ending.
    pub(super) name: String,
    pub(super) content: String,
}

impl ExportOrder {
    pub(super) fn read(call: &Call) -> Result<Self, Error> {
        let body: ExportBody = call.json()?;
        let (define, scope) = define(body.define.as_deref())?;
        let (format, ending) = format(body.r#type.as_deref())?;
        Ok(Self {
            at: call.instance()?,
            request: ExportRequest {
                env_id: id("env_id", required("env_id", body.env_id.filter(|id| !id.is_empty()))?)?,
                group_id: id("group_id", required("group_id", body.group_id.filter(|id| !id.is_empty()))?)?,
                scope,
                apis: body
                    .apis
                    .unwrap_or_default()
                    .into_iter()
                    .map(|api| id("apis", api))
                    .collect::<Result<_, _>>()?,
            },
            define,
            dialect: dialect(call.query("oas_version"))?,
            format,
            ending,
            version: version(call, body.version)?,
        })
    }

    pub(super) fn run(self, control: &Control) -> Result<File, Error> {
        let export = control.export_apis(&self.at, &self.request)?;
        let Self { define, dialect, format, version, .. } = self;
        let content = countersign_openapi::write(&export, Writing { dialect, format, version: &version })?;
        Ok(File { name: format!("{}-{}-{define}-{version}", export.group.name, export.env.name), content })
    }
}

fn define(word: Option<&str>) -> Result<(&'static str, Scope), Error> {
    match word {
        None | Some("" | "spec") => Ok(("spec", Scope::Front)),
        Some("proxy") => Ok(("proxy", Scope::Whole)),
        Some("all") => Ok(("all", Scope::WithPolicies)),
        Some("dev") => Ok(("dev", Scope::Draft)),
        Some(_) => Err(Error::invalid("define")),
    }
}

fn format(word: Option<&str>) -> Result<(Format, &'static str), Error> {
    match word {
        None | Some("" | "json") => Ok((Format::Json, ".json")),
        Some("yaml") => Ok((Format::Yaml, ".yaml")),
        Some("yml") => Ok((Format::Yaml, ".yml")),
        Some(_) => Err(Error::invalid("type")),
    }
}

fn dialect(word: Option<&str>) -> Result<Dialect, Error> {
    match word {
        None | Some("2.0") => Ok(Dialect::Swagger),
        Some("3.0") => Ok(Dialect::OpenApi),
        Some(_) => Err(Error::invalid("oas_version")),
    }
}

/// The version that is asked for, else the time: `2023-07-11-19:54:22`.
fn version(call: &Call, version: Option<String>) -> Result<String, Error> {
    match version.filter(|version| !version.is_empty()) {
        Some(version) if version.len() <= 64 && !version.contains(char::is_control) => Ok(version),
        Some(_) => Err(Error::invalid("version")),
        None => {
            let now = (call.control.now)().rfc3339().to_string();
            Ok(now.trim_end_matches('Z').replace('T', "-"))
        }
    }
}

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
