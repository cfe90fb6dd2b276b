//! From access key to whom it stands for.

use crate::{
    error::{Error, Fault},
    fingerprint::Fingerprints,
    shards::{Document, Shards},
    source::{self, Source},
};
use countersign_types::{AccessKeyId, AppId, SecretKey, Timestamp, UserId};
use countersign_verify::Key;
use std::fmt;

/// Whom a key stands for.
#[derive(Debug, Clone)]
pub enum Principal {
    /// An app of the data plane.
    App {
        /// Its id.
        id: AppId,
        /// Its name.
        name: Box<str>,
    },
    /// A user of the identity service; see [`crate::Principals::user`].
    User(UserId),
}

/// One key pair, ready to verify.
pub struct KeyEntry {
    /// The prepared key.
    pub key: Key,
    /// Whom it stands for.
    pub principal: Principal,
    /// Whether refused signatures with it are diagnosed.
    pub diagnosed: bool,
    /// Boxed, because next to no key has one.
    previous: Option<Box<Previous>>,
}

/// A key pair whose secret was replaced.
struct Previous {
    key: Key,
    /// First moment at which it no longer holds.
    until: Timestamp,
}

impl KeyEntry {
    /// The key with the secret before the last reset, while that still holds.
    #[must_use]
    pub fn previous(&self, now: Timestamp) -> Option<&Key> {
        self.previous.as_ref().filter(|previous| now < previous.until).map(|previous| &previous.key)
    }

    /// The keys that hold: the current one first.
    pub fn keys(&self, now: Timestamp) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.key).chain(self.previous(now))
    }
}

impl fmt::Debug for KeyEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyEntry").field("principal", &self.principal).finish_non_exhaustive()
    }
}

/// All permanent key pairs of the data plane.
#[derive(Debug)]
pub struct Keys(Shards<AccessKeyId, KeyEntry>);

impl Keys {
    pub(crate) fn compile(
        source: &Source,
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let apps = source.apps.iter().map(Pair::App);
        let users = source.identity.access_keys.iter().map(Pair::User);
        Shards::compile(apps.chain(users), previous.map(|keys| &keys.0), prints).map(Self)
    }

    /// Looks up a key as the client wrote it.
    #[must_use]
    pub fn get(&self, access_key: &str) -> Option<&KeyEntry> {
        self.0.get(access_key)
    }

    #[cfg(test)]
    pub(crate) fn shards_shared_with(&self, other: &Self) -> usize {
        self.0.shared_with(&other.0)
    }
}

/// A key pair of either kind, before it is prepared.
#[derive(serde::Serialize)]
enum Pair<'s> {
    App(&'s source::App),
    User(&'s source::AccessKey),
}

impl Pair<'_> {
    fn prepare(&self, secret: &SecretKey) -> Result<Key, Fault> {
        if secret.expose().trim().is_empty() {
            return Err(Fault::Blank("secret"));
        }
        Ok(Key::new(self.key().clone(), secret.clone()))
    }
}

impl Document for Pair<'_> {
    type Key = AccessKeyId;
    type Entry = KeyEntry;
    const KIND: &'static str = "key";
    const KEY: &'static str = "access key";

    fn key(&self) -> &AccessKeyId {
        match self {
            Self::App(app) => &app.key,
            Self::User(pair) => &pair.key,
        }
    }

    fn compile(&self) -> Result<KeyEntry, Fault> {
        let (secret, principal) = match self {
            Self::App(app) => {
                (&app.secret, Principal::App { id: app.id.clone(), name: app.name.as_str().into() })
            }
            Self::User(pair) => (&pair.secret, Principal::User(pair.user_id.clone())),
        };
        let previous = match self {
            Self::App(source::App { previous: Some(previous), .. }) => {
                Some(Box::new(Previous { key: self.prepare(&previous.secret)?, until: previous.until }))
            }
            Self::App(_) | Self::User(_) => None,
        };
        let diagnosed = matches!(self, Self::App(source::App { diagnosed: true, .. }));
        Ok(KeyEntry { key: self.prepare(secret)?, principal, diagnosed, previous })
    }
}
