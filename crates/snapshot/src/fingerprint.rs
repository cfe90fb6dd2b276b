//! Cheap equality of documents between successive sources, so that unchanged parts are reused.

use foldhash::quality::RandomState;
use serde::Serialize;
use std::{
    hash::{BuildHasher, Hasher},
    io,
};

/// Two independently and randomly seeded 64-bit hashes: documents cannot be chosen to collide.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fingerprints {
    states: [RandomState; 2],
}

impl Fingerprints {
    pub(crate) fn of<T: Serialize>(&self, documents: impl IntoIterator<Item = T>) -> u128 {
        let [left, right] = &self.states;
        let mut sink = Sink { left: left.build_hasher(), right: right.build_hasher() };
        for document in documents {
            // Writing into a hasher cannot fail, and the source's types have no map keys that are not text.
            let _infallible = serde_json::to_writer(&mut sink, &document);
        }
        u128::from(sink.left.finish()) << 64 | u128::from(sink.right.finish())
    }
}

struct Sink<H> {
    left: H,
    right: H,
}

impl<H: Hasher> io::Write for Sink<H> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.left.write(bytes);
        self.right.write(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
