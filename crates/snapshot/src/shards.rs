//! Maps in shards that successive snapshots share: changing one entry rebuilds one shard.

use crate::{
    error::{Error, Fault},
    fingerprint::Fingerprints,
};
use foldhash::fast::{FixedState, RandomState};
use serde::Serialize;
use std::{
    borrow::Borrow,
    collections::HashMap,
    fmt::Display,
    hash::{BuildHasher, Hash},
    sync::Arc,
};

const SHARDS: usize = 256;

/// What one entry is compiled from.
pub(crate) trait Document: Serialize {
    type Key: Borrow<str> + Hash + Eq + Clone + Display;
    type Entry;
    /// What a fault calls it.
    const KIND: &'static str;
    /// What a fault calls its key.
    const KEY: &'static str;

    fn key(&self) -> &Self::Key;
    fn compile(&self) -> Result<Self::Entry, Fault>;
}

/// Entries by key.
#[derive(Debug)]
pub(crate) struct Shards<K, E>(Box<[Arc<Shard<K, E>>]>);

#[derive(Debug)]
struct Shard<K, E> {
    fingerprint: u128,
    entries: HashMap<K, E, RandomState>,
}

impl<K: Borrow<str> + Hash + Eq + Clone + Display, E> Shards<K, E> {
    pub(crate) fn compile<D: Document<Key = K, Entry = E>>(
        documents: impl Iterator<Item = D>,
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let mut sorted: Vec<Vec<D>> = std::iter::repeat_with(Vec::new).take(SHARDS).collect();
        for document in documents {
            if let Some(shard) = sorted.get_mut(shard_of(document.key().borrow())) {
                shard.push(document);
            }
        }
        let shards = sorted.iter().enumerate().map(|(index, documents)| {
            let fingerprint = prints.of(documents);
            let unchanged = previous.and_then(|previous| previous.0.get(index));
            match unchanged.filter(|old| old.fingerprint == fingerprint) {
                Some(old) => Ok(Arc::clone(old)),
                None => Shard::compile(documents, fingerprint).map(Arc::new),
            }
        });
        shards.collect::<Result<_, _>>().map(Self)
    }

    pub(crate) fn get(&self, key: &str) -> Option<&E> {
        self.0.get(shard_of(key))?.entries.get(key)
    }

    #[cfg(test)]
    pub(crate) fn shared_with(&self, other: &Self) -> usize {
        self.0.iter().zip(&other.0).filter(|(own, other)| Arc::ptr_eq(own, other)).count()
    }
}

impl<K: Borrow<str> + Hash + Eq + Clone + Display, E> Shard<K, E> {
    fn compile<D: Document<Key = K, Entry = E>>(documents: &[D], fingerprint: u128) -> Result<Self, Error> {
        let mut entries = HashMap::with_capacity_and_hasher(documents.len(), RandomState::default());
        for document in documents {
            let place = |fault: Fault| fault.at(D::KIND, document.key());
            if entries.insert(document.key().clone(), document.compile().map_err(place)?).is_some() {
                return Err(place(Fault::Duplicate(D::KEY)));
            }
        }
        Ok(Self { fingerprint, entries })
    }
}

fn shard_of(key: &str) -> usize {
    // Not the hash of the shards' own maps: their keys would all collide in the bits used here.
    usize::try_from(FixedState::with_seed(0x5ca1_ab1e).hash_one(key) >> 56).unwrap_or(0) % SHARDS
}
