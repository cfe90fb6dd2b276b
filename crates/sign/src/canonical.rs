//! The canonical request (§3), up to its last line.

use crate::digest::Digest;
use crate::hash::Hasher;
use crate::{Hash, Order, PathForm, Query, path, query};

/// Canonical text without its last line, the payload hash: that line may be known only after the body.
///
/// Method, path and query form the *start*; it is the only part that differs between the forms clients sign.
#[derive(Clone)]
pub struct Canonical {
    text: Vec<u8>,
    start: usize,
    has_one_form: bool,
}

impl Canonical {
    /// Begins with the three lines of method, path and query. `target` is the raw request target.
    #[must_use]
    pub fn start(method: &[u8], target: &[u8], path_form: PathForm, order: Order) -> Self {
        let (raw_path, raw_query) = split_target(target);
        let mut text = Vec::with_capacity(512);
        text.extend_from_slice(method);
        text.push(b'\n');
        path_form.write(raw_path, &mut text);
        text.push(b'\n');
        let is_canonical = query::is_canonical(raw_query);
        if is_canonical {
            text.extend_from_slice(raw_query);
        } else {
            Query::parse(raw_query).write(order, &mut text);
        }
        text.push(b'\n');
        Self { start: text.len(), text, has_one_form: is_canonical && path::has_one_form(raw_path) }
    }

    /// Whether path and query read the same in all forms and orders.
    #[must_use]
    pub const fn has_one_form(&self) -> bool {
        self.has_one_form
    }

    /// Adds one line of the header block; the name in lower case, the value without surrounding blanks.
    pub fn header(&mut self, name: &str, value: &[u8]) {
        self.text.extend_from_slice(name.as_bytes());
        self.text.push(b':');
        self.text.extend_from_slice(value);
        self.text.push(b'\n');
    }

    /// Ends the header block and adds the line of signed names, joined with `;` in their order.
    pub fn signed_headers(&mut self, names: &str) {
        self.text.push(b'\n');
        self.text.extend_from_slice(names.as_bytes());
        self.text.push(b'\n');
    }

    /// The digest of the whole canonical request with this payload line.
    #[must_use]
    pub fn digest(&self, hash: Hash, payload: &[u8]) -> Digest {
        Hasher::digest(hash, &[&self.text, payload])
    }

    /// Like [`Canonical::digest`], with path and query in another form of the same request.
    #[must_use]
    pub fn digest_as(&self, path: &[u8], query: &[u8], hash: Hash, payload: &[u8]) -> Digest {
        let method = self.text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let rest = self.text.get(self.start..).unwrap_or_default();
        Hasher::digest(hash, &[method, b"\n", path, b"\n", query, b"\n", rest, payload])
    }

    /// The whole text with this payload line, for people; bytes that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn into_text(mut self, payload: &[u8]) -> String {
        self.text.extend_from_slice(payload);
        String::from_utf8(self.text)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

/// Path and query of a raw request target, split at the first `?`.
#[must_use]
pub fn split_target(target: &[u8]) -> (&[u8], &[u8]) {
    let mut halves = target.splitn(2, |byte| *byte == b'?');
    (halves.next().unwrap_or_default(), halves.next().unwrap_or_default())
}
