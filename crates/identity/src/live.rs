//! The view that requests are answered from, and how it follows the store.

use crate::hashing::Pool;
use crate::lockout::Lockout;
use crate::uses::Uses;
use crate::{Directory, Error, Identity};
use arc_swap::ArcSwap;
use countersign_store::read;
use countersign_token::{Seen, Verified};
use countersign_types::Timestamp;
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::watch;

/// The identity service at work: the use-cases on the store and the latest view of it.
pub struct Live {
    pub(crate) identity: Identity,
    pub(crate) lockout: Lockout,
    pub(crate) hashing: Pool,
    pub(crate) uses: Uses,
    pub(crate) unknown_user_hash: String,
    /// Tokens that were opened before: what is looked up in the view is looked up every time.
    tokens_seen: Mutex<Seen<Verified>>,
    current: ArcSwap<Directory>,
    /// Revision up to which the view is known to be current; others commit to the same store, too.
    seen: AtomicU64,
    revisions: watch::Receiver<u64>,
    loading: Mutex<()>,
}

impl Live {
    /// Loads the view; makes token keys when there are none.
    ///
    /// # Errors
    /// A store fault, or a secret that does not open.
    pub fn open(identity: Identity) -> Result<Self, Error> {
        identity.prepare_token_keys()?;
        let revisions = identity.store.watch();
        let current = read(identity.store.as_ref(), |reader| Directory::load(&identity, reader))?;
        let unknown_user_hash = identity.hash_password(&identity.new_password())?;
        Ok(Self {
            lockout: Lockout::default(),
            hashing: Pool::new(),
            uses: Uses::default(),
            unknown_user_hash,
            tokens_seen: Mutex::default(),
            seen: AtomicU64::new(current.revision),
            current: ArcSwap::from_pointee(current),
            revisions,
            loading: Mutex::new(()),
            identity,
        })
    }

    /// The view at the latest revision that was committed before the call. It reads the store only after a
    /// commit, so call it where blocking is allowed, or while [`Self::is_current`].
    ///
    /// # Errors
    /// A store fault, or a secret that does not open.
    pub fn directory(&self) -> Result<Arc<Directory>, Error> {
        let latest = *self.revisions.borrow();
        if self.seen.load(Ordering::Acquire) < latest {
            self.follow(latest)?;
        }
        Ok(self.current.load_full())
    }

    /// Whether the view has followed every commit, so that a use-case that only reads it waits for nothing.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.seen.load(Ordering::Acquire) >= *self.revisions.borrow()
    }

    pub(crate) fn tokens_seen(&self) -> MutexGuard<'_, Seen<Verified>> {
        self.tokens_seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many passwords and other secrets were hashed since the start.
    #[must_use]
    pub fn hashes(&self) -> u64 {
        self.hashing.done()
    }

    /// The current time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.identity.now)()
    }

    /// The use-cases on the store.
    #[must_use]
    pub const fn identity(&self) -> &Identity {
        &self.identity
    }

    fn follow(&self, latest: u64) -> Result<(), Error> {
        let _one_at_a_time = self.loading.lock().unwrap_or_else(PoisonError::into_inner);
        if self.seen.load(Ordering::Acquire) >= latest {
            return Ok(());
        }
        let current = self.current.load_full();
        let seen = read(self.identity.store.as_ref(), |reader| {
            if current.is_stale(reader)? {
                self.current.store(Arc::new(Directory::load(&self.identity, reader)?));
            }
            Ok::<_, Error>(reader.revision()?)
        })?;
        self.seen.store(seen, Ordering::Release);
        Ok(())
    }
}
