//! Importing and exporting APIs as documents, at once or as tasks.

use serde::{Deserialize, Serialize};

/// Fields of the form that imports a document. Whatever is sent beside them is refused.
#[derive(Debug, Clone, Default)]
pub struct ImportForm {
    /// `true` (default): a group is made for the APIs.
    pub is_create_group: Option<String>,
    /// The group, when none is made.
    pub group_id: Option<String>,
    /// `merge` (default) or `override`: policies of the same name.
    pub extend_mode: Option<String>,
    /// `true`: names and backends that are missing are made up.
    pub simple_mode: Option<String>,
    /// `true`: backends that are missing are mocks.
    pub mock_mode: Option<String>,
    /// `merge` (default) or `override`: APIs of the same route.
    pub api_mode: Option<String>,
    /// The document.
    pub file_name: Option<Vec<u8>>,
}

/// Body of exporting.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportBody {
    /// The environment.
    pub env_id: Option<String>,
    /// The group.
    pub group_id: Option<String>,
    /// `spec` (default), `proxy`, `all` or `dev`.
    pub define: Option<String>,
    /// `json` (default), `yaml` or `yml`.
    pub r#type: Option<String>,
    /// Version that the document gives itself.
    pub version: Option<String>,
    /// APIs of the group; all, when absent or empty.
    pub apis: Option<Vec<String>>,
}

/// What became of an import.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportView {
    /// APIs that were taken.
    pub success: Vec<ImportSuccess>,
    /// APIs that were refused.
    pub failure: Vec<ImportFailure>,
    /// The document as an object of its own; there is none.
    pub swagger: ImportedDocument,
    /// The group.
    pub group_id: String,
    /// APIs that were there, and stayed.
    pub ignore: Vec<ImportIgnored>,
}

/// An API that was taken.
#[derive(Debug, Clone, Serialize)]
pub struct ImportSuccess {
    /// Its path.
    pub path: String,
    /// Its method.
    pub method: &'static str,
    /// `create` or `update`.
    pub action: &'static str,
    /// Its id.
    pub id: String,
}

/// An API that was refused.
#[derive(Debug, Clone, Serialize)]
pub struct ImportFailure {
    /// Its path.
    pub path: String,
    /// Why.
    pub error_msg: String,
    /// Its method; empty, when the path as a whole was refused.
    pub method: &'static str,
    /// Code of the refusal.
    pub error_code: &'static str,
}

/// The document as an object of its own.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportedDocument {
    /// Its id.
    pub id: String,
    /// What became of it.
    pub result: String,
}

/// An API that was there, and stayed.
#[derive(Debug, Clone, Serialize)]
pub struct ImportIgnored {
    /// Its method.
    pub method: &'static str,
    /// Its path.
    pub path: String,
}

/// A task that was given.
#[derive(Debug, Clone, Serialize)]
pub struct TaskGiven {
    /// Its id.
    pub task_id: String,
}

/// How far a task is.
#[derive(Debug, Clone, Serialize)]
pub struct TaskView {
    /// Its id.
    pub task_id: String,
    /// `waiting`, `processing`, `succeed` or `failed`.
    pub task_status: &'static str,
    /// `import_api` or `export_api`.
    pub task_type: &'static str,
    /// JSON as text: what the operation would have answered, the exported file, or the refusal. Empty until the task
    /// has ended.
    pub task_result: String,
}

/// Result of a task that exported.
#[derive(Debug, Clone, Serialize)]
pub struct ExportedFile<'a> {
    /// Name without its ending.
    #[serde(rename = "FileName")]
    pub file_name: &'a str,
    /// Ending with its dot.
    #[serde(rename = "FileType")]
    pub file_type: &'a str,
    /// The document.
    #[serde(rename = "Comment")]
    pub comment: &'a str,
}
