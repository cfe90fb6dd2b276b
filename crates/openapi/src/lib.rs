//! APIs as documents: Swagger 2.0 and OpenAPI 3.0, in JSON and YAML, with the published `x-apigateway-…` extensions.
//!
//! A definition that is written and read again is the same. What the published extensions have no word for stands
//! in `x-countersign` objects beside them.
//!
//! Documents come from strangers. Reading one takes time and memory in proportion to its size, whatever it holds:
//! bytes, nesting, nodes, aliases and what references multiply are bounded, and only local references are followed.
//! A document that cannot be understood as a whole is refused; where a single API cannot, only that one is, with the
//! place in its message.
//!
//! It decides nothing about APIs and stores nothing: what a definition must satisfy, and where it goes, is the
//! business of `countersign-control`.
//!
//! ```
//! use countersign_openapi::{Modes, read};
//!
//! let document = br#"
//! swagger: "2.0"
//! info: {title: orders, version: "1"}
//! paths:
//!   /orders:
//!     get:
//!       operationId: list_orders
//!       x-apigateway-backend: {type: MOCK, mockEndpoints: {result-content: "[]"}}
//!     put: {operationId: 7}
//! "#;
//! let reading = read(document, Modes::default())?;
//! assert_eq!(reading.title, "orders");
//! assert_eq!(reading.candidates[0].definition.as_ref().unwrap().name, "list_orders");
//! assert_eq!(reading.candidates[1].definition.as_ref().unwrap_err().code, "APIG.3602");
//! # Ok::<(), countersign_control::Error>(())
//! ```

mod keys;
mod object;
mod read;
mod text;
mod write;

pub use read::{Modes, Reading, read};
pub use text::{DOCUMENT_BYTES_MAX, Dialect, Format};
pub use write::{Writing, write};
