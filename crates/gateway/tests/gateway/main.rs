//! The gateway from outside: raw clients, real sockets, hand-built configuration.

mod backend;
mod bodies;
mod client;
mod forwarding;
mod headers;
mod hostile;
mod lifecycle;
mod observation;
mod parameters;
mod routing;
mod signatures;
mod world;
