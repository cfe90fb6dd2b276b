//! What importing does, whether somebody waits for it or not.

use super::form;
use crate::call::{Call, id};
use countersign_api_types::openapi::{ImportFailure, ImportForm, ImportIgnored, ImportSuccess, ImportView};
use countersign_control::apis::Method;
use countersign_control::groups::GroupDraft;
use countersign_control::transfer::{Conflict, Import, Imported, Outcome, Target};
use countersign_control::{Control, Error, InstanceRef, validate::required};
use countersign_openapi::Modes;
use countersign_types::GroupId;

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
            acls: reading.acls,
            throttles: reading.throttles,
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
    view
}
