//! Where the keys come from.

use countersign_types::{AccessKeyId, SecretKey};
use countersign_verify::Key;
use std::{collections::HashMap, sync::Arc};

/// Finds keys. It is asked for each request, so that keys can be rotated while the service runs: know the new key, then
/// change it at the gateway, then forget the old one.
pub trait KeySource: Send + Sync + 'static {
    /// The key with this access key, as the request wrote it.
    fn key(&self, access_key: &str) -> Option<Arc<Key>>;
}

/// Keys that never change.
#[derive(Debug, Default)]
pub struct Keys(HashMap<Box<str>, Arc<Key>>);

impl<const N: usize> From<[(AccessKeyId, SecretKey); N]> for Keys {
    fn from(pairs: [(AccessKeyId, SecretKey); N]) -> Self {
        pairs.into_iter().collect()
    }
}

impl FromIterator<(AccessKeyId, SecretKey)> for Keys {
    fn from_iter<I: IntoIterator<Item = (AccessKeyId, SecretKey)>>(pairs: I) -> Self {
        let prepared = |(key, secret): (AccessKeyId, SecretKey)| {
            (Box::from(key.as_str()), Arc::new(Key::new(key, secret)))
        };
        Self(pairs.into_iter().map(prepared).collect())
    }
}

impl KeySource for Keys {
    fn key(&self, access_key: &str) -> Option<Arc<Key>> {
        self.0.get(access_key).cloned()
    }
}

impl<F: Fn(&str) -> Option<Arc<Key>> + Send + Sync + 'static> KeySource for F {
    fn key(&self, access_key: &str) -> Option<Arc<Key>> {
        self(access_key)
    }
}
