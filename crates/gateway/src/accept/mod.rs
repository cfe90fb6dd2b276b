//! From bytes to a request: listening, the engine, and the sizes and framing that everything else relies on.

mod admit;
mod body;
mod connection;
mod link;
mod listen;
mod peer;
mod request;
mod wire;

pub(crate) use admit::admit;
pub(crate) use body::{Body, Budget, Unread};
pub(crate) use connection::{Arrival, serve};
pub(crate) use link::Link;
pub(crate) use listen::{listen, listeners};
pub(crate) use peer::Peer;
pub use peer::Scheme;
pub(crate) use request::Request;
