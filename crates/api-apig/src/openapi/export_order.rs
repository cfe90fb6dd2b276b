//! What exporting does, whether somebody waits for it or not.

use crate::call::{Call, id};
use countersign_api_types::openapi::ExportBody;
use countersign_control::transfer::{ExportRequest, Scope};
use countersign_control::{Control, Error, InstanceRef, validate::required};
use countersign_openapi::{Dialect, Format, Writing};

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
