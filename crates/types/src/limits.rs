//! Every limit of the product with its unit, in one place.

/// Largest body that is covered by a signature, in bytes (12 MiB; one byte more is 413).
pub const BODY_BYTES_MAX: u64 = 12 * 1024 * 1024;
/// Longest request target in bytes (32 KiB; more is 414).
pub const TARGET_BYTES_MAX: usize = 32 * 1024;
/// Longest single header line value in bytes (32 KiB; more is 494).
pub const HEADER_BYTES_MAX: usize = 32 * 1024;
/// All header names and values together in bytes (128 KiB; more is 494).
pub const HEADERS_BYTES_MAX: usize = 128 * 1024;
/// Most header lines of one request (more is 494).
pub const HEADERS_MAX: usize = 100;
/// Most names in `SignedHeaders`.
pub const SIGNED_HEADERS_MAX: usize = HEADERS_MAX;
/// Allowed distance between the signing time and the verifier's clock, in seconds, inclusive.
pub const SKEW_SECONDS_MAX: u64 = 15 * 60;
/// Default backend timeout in milliseconds.
pub const BACKEND_TIMEOUT_MS_DEFAULT: u32 = 5_000;
/// Ceiling of the backend timeout in milliseconds.
pub const BACKEND_TIMEOUT_MS_MAX: u32 = 60_000;
/// Largest JSON document the management API reads, in bytes.
pub const MANAGEMENT_BODY_BYTES_MAX: usize = 4 * 1024 * 1024;
/// Largest form that brings a document to import, in bytes. It is larger than any document that is taken, so that one
/// that is too large is refused as such.
pub const IMPORT_BODY_BYTES_MAX: usize = 16 * 1024 * 1024;
