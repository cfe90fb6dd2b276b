//! Any bytes as text: each character is one byte.

use anyhow::{Result, bail};

/// The bytes that a text stands for.
///
/// # Errors
/// When a character is no byte.
pub(crate) fn bytes(text: &str) -> Result<Vec<u8>> {
    let Ok(bytes) = text.chars().map(u8::try_from).collect() else {
        bail!("{text:?} has a character above U+00FF");
    };
    Ok(bytes)
}

/// The text that bytes read as.
pub(crate) fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
