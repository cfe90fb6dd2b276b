//! What is left of a request: one record, a few counters.

mod access_log;
pub(crate) mod bytes;
mod calls;
mod ids;
mod ledger;
mod line;
mod meters;
mod observed;
mod record;
mod refusals;

pub(crate) use access_log::{LogBuffer, LogWriter};
pub use calls::CallBook;
pub(crate) use calls::CallCounter;
pub(crate) use ids::{RequestId, RequestIds};
pub(crate) use meters::Meters;
pub use meters::Metrics;
pub(crate) use observed::Observed;
pub(crate) use record::{Record, refuse_head};
pub(crate) use refusals::RefusalNotes;
pub use refusals::{DiagnosedRefusal, RefusalBook, Why};
