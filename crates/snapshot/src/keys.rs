//! From access key to principal, in shards that are shared between successive snapshots.

use crate::{
    error::{Error, Fault},
    fingerprint::Fingerprints,
    source::{self, Source},
};
use countersign_types::{AccessKeyId, AppId, DomainId, ProjectId, UserId};
use countersign_verify::Key;
use foldhash::fast::{FixedState, RandomState};
use std::{collections::HashMap, fmt, hash::BuildHasher, sync::Arc};

/// Shards of the index: adding one key rebuilds one of them.
const SHARDS: usize = 256;

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
    /// A user of the identity service.
    User {
        /// Its id.
        id: UserId,
        /// Its name.
        name: Box<str>,
        /// Its account.
        domain_id: DomainId,
        /// Projects it may act in.
        project_ids: Box<[ProjectId]>,
    },
}

/// One key pair, ready to verify.
pub struct KeyEntry {
    /// The prepared key.
    pub key: Key,
    /// Whom it stands for.
    pub principal: Principal,
}

impl fmt::Debug for KeyEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyEntry").field("principal", &self.principal).finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Shard {
    fingerprint: u128,
    entries: HashMap<AccessKeyId, KeyEntry, RandomState>,
}

/// All key pairs of the data plane.
#[derive(Debug)]
pub struct Keys {
    shards: Box<[Arc<Shard>]>,
}

/// A key pair of either kind, before it is prepared.
#[derive(Clone, Copy)]
enum Pair<'s> {
    App(&'s source::App),
    User(&'s source::AccessKey),
}

impl Keys {
    pub(crate) fn compile(
        source: &Source,
        previous: Option<&Self>,
        prints: &Fingerprints,
    ) -> Result<Self, Error> {
        let mut pairs: Vec<Vec<Pair<'_>>> = vec![Vec::new(); SHARDS];
        let all = source.apps.iter().map(Pair::App).chain(source.access_keys.iter().map(Pair::User));
        for pair in all {
            if let Some(shard) = pairs.get_mut(shard_of(pair.key().as_str())) {
                shard.push(pair);
            }
        }
        let shards = pairs.iter().enumerate().map(|(index, pairs)| {
            let fingerprint = prints.of(pairs.iter().map(Pair::document));
            let unchanged =
                previous.and_then(|keys| keys.shards.get(index)).filter(|old| old.fingerprint == fingerprint);
            unchanged
                .map_or_else(|| Shard::compile(pairs, fingerprint).map(Arc::new), |old| Ok(Arc::clone(old)))
        });
        Ok(Self { shards: shards.collect::<Result<_, _>>()? })
    }

    /// Looks up a key as the client wrote it.
    #[must_use]
    pub fn get(&self, access_key: &str) -> Option<&KeyEntry> {
        self.shards.get(shard_of(access_key))?.entries.get(access_key)
    }

    #[cfg(test)]
    pub(crate) fn shards_shared_with(&self, other: &Self) -> usize {
        self.shards.iter().zip(&other.shards).filter(|(own, other)| Arc::ptr_eq(own, other)).count()
    }
}

impl Shard {
    fn compile(pairs: &[Pair<'_>], fingerprint: u128) -> Result<Self, Error> {
        let mut entries = HashMap::with_capacity_and_hasher(pairs.len(), RandomState::default());
        for pair in pairs {
            if pair.secret_is_blank() {
                return Err(Fault::Blank("secret").at("key", pair.key()));
            }
            if entries.insert(pair.key().clone(), pair.prepare()).is_some() {
                return Err(Fault::Duplicate("access key").at("key", pair.key()));
            }
        }
        Ok(Self { fingerprint, entries })
    }
}

impl<'s> Pair<'s> {
    fn key(&self) -> &'s AccessKeyId {
        match self {
            Self::App(app) => &app.key,
            Self::User(key) => &key.key,
        }
    }

    fn secret_is_blank(&self) -> bool {
        let secret = match self {
            Self::App(app) => &app.secret,
            Self::User(key) => &key.secret,
        };
        secret.expose().trim().is_empty()
    }

    fn prepare(&self) -> KeyEntry {
        match self {
            Self::App(app) => KeyEntry {
                key: Key::new(app.key.clone(), app.secret.clone()),
                principal: Principal::App { id: app.id.clone(), name: app.name.as_str().into() },
            },
            Self::User(key) => KeyEntry {
                key: Key::new(key.key.clone(), key.secret.clone()),
                principal: Principal::User {
                    id: key.user_id.clone(),
                    name: key.user_name.as_str().into(),
                    domain_id: key.domain_id.clone(),
                    project_ids: key.project_ids.as_slice().into(),
                },
            },
        }
    }

    fn document(&self) -> Document<'s> {
        match self {
            Self::App(app) => Document::App(app),
            Self::User(key) => Document::User(key),
        }
    }
}

/// What a shard's fingerprint is taken of.
#[derive(serde::Serialize)]
enum Document<'s> {
    App(&'s source::App),
    User(&'s source::AccessKey),
}

fn shard_of(access_key: &str) -> usize {
    // Not the hash of the shards' own maps: their keys would all collide in the bits used here.
    usize::try_from(FixedState::with_seed(0x5ca1_ab1e).hash_one(access_key) >> 56).unwrap_or(0) % SHARDS
}
