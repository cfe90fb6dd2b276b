//! Many APIs at once, into a group and out of it. What they are written in is no matter here.

mod acls;
mod export;
mod import;
mod names;
mod responses;

pub use export::{Export, ExportRequest, Scope};
pub use import::{APIS_MAX, Candidate, Conflict, Import, Imported, Outcome, Reason, Target};
