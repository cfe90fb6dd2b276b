//! Between text and tree, within bounds.

use countersign_control::Error;
use serde_json::Value;
use serde_saphyr::{budget, options};
use std::borrow::Cow;
use std::fmt::Write;

/// Largest document that is read or written, in bytes.
pub const DOCUMENT_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Deepest nesting.
const DEPTH_MAX: usize = 64;
/// Most nodes, those that aliases repeat counted each time.
const NODES_MAX: usize = 250_000;
/// Most aliases.
const ALIASES_MAX: usize = 1_000;

/// What a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Swagger 2.0.
    Swagger,
    /// OpenAPI 3.0.
    OpenApi,
}

/// What a document is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML.
    Yaml,
}

/// The tree of the document. JSON is read as the YAML that it is, so that one set of bounds holds for both.
pub(crate) fn parse(bytes: &[u8]) -> Result<Value, Error> {
    if bytes.len() > DOCUMENT_BYTES_MAX {
        return Err(Error::document_too_long());
    }
    let text = std::str::from_utf8(bytes).map_err(Error::import_format)?;
    if text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() {
        return Err(Error::import_empty());
    }
    let bounds = budget! {
        max_depth: DEPTH_MAX,
        flow_nesting_limit: DEPTH_MAX,
        max_nodes: NODES_MAX,
        max_aliases: ALIASES_MAX,
        max_anchors: ALIASES_MAX,
        max_total_scalar_bytes: 2 * DOCUMENT_BYTES_MAX,
        max_documents: 1,
    };
    let options = options! { budget: bounds, strict_booleans: true, with_snippet: false };
    serde_saphyr::from_str_with_options(&as_yaml(text), options).map_err(Error::import_format)
}

/// JSON may hold characters as they are that YAML wants escaped. Both know the escape.
fn as_yaml(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('{') || !text.contains(must_be_escaped) {
        return Cow::Borrowed(text);
    }
    let mut yaml = String::with_capacity(text.len() + 64);
    for c in text.chars() {
        if must_be_escaped(c) {
            // Writing to a String cannot fail.
            let _ = write!(yaml, "\\u{:04x}", u32::from(c));
        } else {
            yaml.push(c);
        }
    }
    Cow::Owned(yaml)
}

const fn must_be_escaped(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// The tree as text.
pub(crate) fn render(tree: &Value, format: Format) -> Result<String, Error> {
    let text = match format {
        Format::Json => serde_json::to_string_pretty(tree).map_err(|error| error.to_string()),
        Format::Yaml => serde_saphyr::to_string(tree).map_err(|error| error.to_string()),
    };
    match text {
        Ok(text) if text.len() <= DOCUMENT_BYTES_MAX => Ok(text),
        Ok(_) => Err(Error::document_too_long()),
        Err(reason) => Err(Error::import_format(reason)),
    }
}
