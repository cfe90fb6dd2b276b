//! What every management edge does before an operation runs: read the body within bounds, and find out who calls.
//!
//! A caller shows either a token (`X-Auth-Token`) or an AK/SK signature, never both. The decision is the identity
//! service's; this crate knows headers and bodies, no operation and no error shape. It also reads the tables of operations
//! that contracts are, writes the page that lists what of one is built, and puts answers together.

mod answer;
mod authenticate;
mod body;
mod compatibility;
mod contract;
mod head;

pub use answer::answer;
pub use authenticate::{Claimed, Refused, claim};
pub use body::{Unread, read};
pub use compatibility::{State, compatibility_page};
pub use contract::{Operation, operations};
pub use head::RequestHead;
