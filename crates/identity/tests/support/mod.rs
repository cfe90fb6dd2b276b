//! An installation in a temporary directory, with a clock and a random source of the test's own.

use countersign_identity::{Bootstrap, Identity};
use countersign_store::{Unsealable, Vault};
use countersign_store_sqlite::Sqlite;
use countersign_types::Timestamp;
use std::cell::Cell;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// Marks what it seals, so that tests can see whether a secret was stored plainly.
struct MarkingVault;

impl Vault for MarkingVault {
    fn seal(&self, context: &str, secret: &str) -> String {
        let reversed: String = secret.chars().rev().collect();
        format!("{context}|{reversed}")
    }

    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable> {
        let (bound, reversed) = sealed.split_once('|').ok_or(Unsealable)?;
        if bound == context { Ok(reversed.chars().rev().collect()) } else { Err(Unsealable) }
    }
}

thread_local! {
    static NOW: Cell<u64> = const { Cell::new(1_700_000_000) };
}

/// Moves this test's clock.
#[allow(dead_code, reason = "not every test file waits")]
pub(crate) fn wait(seconds: u64) {
    NOW.with(|now| now.set(now.get() + seconds));
}

/// Never the same twice within the process, and every byte value occurs.
fn counting(buffer: &mut [u8]) {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    for chunk in buffer.chunks_mut(8) {
        let draw = NEXT.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
        chunk.copy_from_slice(&draw[..chunk.len()]);
    }
}

/// An installation before its first start.
pub(crate) fn identity() -> (tempfile::TempDir, Identity) {
    let directory = tempfile::tempdir().unwrap();
    let identity = Identity {
        store: Arc::new(Sqlite::open(directory.path()).unwrap()),
        vault: Arc::new(MarkingVault),
        now: || Timestamp::from_unix(NOW.with(Cell::get)),
        random: counting,
    };
    (directory, identity)
}

/// An installation after its first start.
#[allow(dead_code, reason = "not every test file needs it")]
pub(crate) fn started() -> (tempfile::TempDir, Identity, Bootstrap) {
    let (directory, identity) = identity();
    let made = identity.bootstrap("local-1", &|_, _| Ok(())).unwrap();
    (directory, identity, made)
}
