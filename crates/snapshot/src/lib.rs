//! The configuration of the data plane: a plain [`Source`] that the control plane writes, and the immutable
//! compiled form that the gateway reads.
//!
//! A source is hostile input: it is validated as a whole before anything serves from it.

pub mod source;

pub use source::Source;
