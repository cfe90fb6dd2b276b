//! Many APIs at once, into a group and out of it. What they are written in is no matter here.

mod acls;
mod export;
mod import;
mod names;
mod responses;
mod throttles;

pub use export::{Export, ExportRequest, Scope};
pub use import::{APIS_MAX, Candidate, Conflict, Import, Imported, Outcome, Reason, Target};
pub use throttles::{BoundThrottle, NewThrottle};
