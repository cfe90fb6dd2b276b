//! The server: reads the configuration, owns clock and randomness, wires the planes together, starts and stops.
//!
//! It decides nothing about requests; those decisions live in `countersign-gateway`, `countersign-api-apig` and
//! the use-cases below them.

mod administrator;
mod callers;
mod clock;
mod config;
mod counts;
mod demo;
mod entropy;
mod installation;
mod management;
mod private_file;
mod prober;
mod publisher;
mod ready;
mod serve;
mod snapshot_file;
mod token_keys;
mod uses;
mod vault;

pub use config::Options;
pub use serve::serve;
