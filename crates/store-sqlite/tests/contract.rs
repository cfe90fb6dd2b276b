//! The contract of the store, checked on SQLite.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use countersign_store_sqlite::Sqlite;
use std::sync::Arc;
use tempfile::TempDir;

fn fresh() -> (Arc<Sqlite>, TempDir) {
    let directory = tempfile::tempdir().unwrap();
    (Arc::new(Sqlite::open(directory.path()).unwrap()), directory)
}

countersign_store::contract_tests!(fresh);
