//! What a data directory survives, and what is refused with a clear error.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use countersign_store::{Error, Object, Scope, Store};
use countersign_store_sqlite::Sqlite;
use std::fs;
use std::path::{Path, PathBuf};

fn object(id: &str) -> Object {
    Object {
        kind: "kind".into(),
        scope: "scope".into(),
        id: id.into(),
        names: vec![format!("name-{id}")],
        links: vec![],
        document: serde_json::json!({ "filler": "x".repeat(500) }),
        revision: 0,
    }
}

fn fill(directory: &Path, count: u64) {
    let store = Sqlite::open(directory).unwrap();
    for id in 0..count {
        store.write(&mut |writer| writer.put(&object(&id.to_string()))).unwrap();
    }
}

fn count(store: &Sqlite) -> usize {
    countersign_store::read::<_, Error>(store, |reader| Ok(reader.list("kind", Scope::All)?.len())).unwrap()
}

fn database(directory: &Path) -> PathBuf {
    directory.join("store.db")
}

#[test]
fn reopening_keeps_objects_revision_and_feed() {
    let directory = tempfile::tempdir().unwrap();
    fill(directory.path(), 5);
    let store = Sqlite::open(directory.path()).unwrap();
    assert_eq!(count(&store), 5);
    assert_eq!(*store.watch().borrow(), 5);
    let taken =
        store.write(&mut |writer| writer.put(&Object { names: vec!["name-1".into()], ..object("9") }));
    assert!(matches!(taken, Err(Error::NameTaken { .. })));
    let changes = countersign_store::read::<_, Error>(&store, |reader| reader.changes(0, 10)).unwrap();
    assert_eq!(changes.len(), 5);
}

#[test]
fn a_second_open_of_the_directory_is_refused_until_the_first_is_closed() {
    let directory = tempfile::tempdir().unwrap();
    let first = Sqlite::open(directory.path()).unwrap();
    let second = Sqlite::open(directory.path());
    assert!(
        matches!(&second, Err(Error::InUse { path }) if Path::new(path) == directory.path()),
        "{second:?}"
    );
    assert!(second.unwrap_err().to_string().contains("in use by another process"));
    drop(first);
    Sqlite::open(directory.path()).unwrap();
}

#[test]
fn a_newer_schema_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    fill(directory.path(), 1);
    let connection = rusqlite::Connection::open(database(directory.path())).unwrap();
    connection.pragma_update(None, "user_version", 99).unwrap();
    drop(connection);
    for _ in 0..2 {
        let refused = Sqlite::open(directory.path());
        assert!(matches!(refused, Err(Error::Newer { found: 99, .. })), "{refused:?}");
    }
}

#[test]
fn a_file_that_is_no_database_is_refused_by_name() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(database(directory.path()), "this is a letter to my aunt".repeat(100)).unwrap();
    let refused = Sqlite::open(directory.path()).unwrap_err();
    assert!(matches!(&refused, Error::Damaged { .. }), "{refused:?}");
    assert!(refused.to_string().contains("store.db"));
}

#[test]
fn an_overwritten_page_is_found_when_the_store_is_opened() {
    let directory = tempfile::tempdir().unwrap();
    fill(directory.path(), 50);
    let pages = fs::metadata(database(directory.path())).unwrap().len() / 4096;
    assert!(pages > 10);
    let intact = fs::read(database(directory.path())).unwrap();
    for page in [1, pages as usize / 2, pages as usize - 1] {
        let mut damaged = intact.clone();
        damaged[page * 4096..][..64].fill(0xA5);
        fs::write(database(directory.path()), damaged).unwrap();
        let refused = Sqlite::open(directory.path());
        assert!(matches!(refused, Err(Error::Damaged { .. })), "page {page}: {refused:?}");
    }
}

#[test]
fn a_first_start_that_was_interrupted_is_continued() {
    let directory = tempfile::tempdir().unwrap();
    // What a crash between creating the file and the first migration leaves behind.
    fs::write(database(directory.path()), "").unwrap();
    fill(directory.path(), 1);
    assert_eq!(count(&Sqlite::open(directory.path()).unwrap()), 1);
}

#[cfg(unix)]
#[test]
fn what_it_creates_is_readable_by_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("a/b");
    let _store = Sqlite::open(&directory).unwrap();
    assert_eq!(fs::metadata(&directory).unwrap().permissions().mode() & 0o777, 0o700);
    for entry in fs::read_dir(&directory).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "store.lock" {
            assert_eq!(
                entry.metadata().unwrap().permissions().mode() & 0o777,
                0o600,
                "{:?}",
                entry.file_name()
            );
        }
    }
}
