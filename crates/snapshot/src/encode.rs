//! Percent-encoding of text that the gateway itself puts into a target.

use std::fmt::Write;

/// Encodes everything but the unreserved characters of RFC 3986 §2.3.
#[must_use]
pub fn component(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    push_component(&mut encoded, text);
    encoded
}

/// [`component`] into an existing text.
pub fn push_component(target: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            target.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _infallible = write!(target, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_unreserved_characters_stay() {
        assert_eq!(super::component("aZ0-._~ /?&=+%你"), "aZ0-._~%20%2F%3F%26%3D%2B%25%E4%BD%A0");
    }
}
