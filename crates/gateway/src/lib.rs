//! The data plane: one line from the bytes of a client to the bytes of a backend.
//!
//! `accept → route → authenticate → authorize → throttle → transform → forward → observe`. Every stage consumes the proof
//! of the one before and returns its own, so that skipping a stage does not compile; any stage may answer with a
//! `Reject`, which one renderer writes. The line reads one immutable [`Snapshot`](countersign_snapshot::Snapshot)
//! and never a store; it takes no lock that another core could hold.
//!
//! ```no_run
//! use countersign_gateway::{Config, Snapshots, start};
//! use countersign_types::Timestamp;
//! let snapshots = Snapshots::default();
//! let running = start(Config::default(), snapshots.clone(), || Timestamp::from_unix(0)).unwrap();
//! println!("{}", running.address());
//! running.shutdown(std::time::Duration::from_secs(5));
//! ```

mod accept;
mod access;
mod answer;
mod app_token;
mod authenticate;
mod authorize;
mod authorizer;
mod config;
mod core;
mod cors;
mod forward;
mod gather;
mod known;
mod line;
mod observe;
mod private;
mod query;
mod reject;
mod route;
mod run;
mod snapshots;
mod throttle;
mod transform;

pub use accept::Scheme;
pub use config::{AccessLog, Config, Timeouts, TrustedRoots};
pub use countersign_diagnosis::Named;
pub use observe::{CallBook, DiagnosedRefusal, Metrics, RefusalBook, Why};
pub use private::PrivateLine;
pub use run::{Running, start};
pub use snapshots::Snapshots;
