//! `kill -9` in the middle of concurrent writes loses no acknowledged write, and the store opens again.
//!
//! The test starts itself as the writer that gets killed, so it has a `main` of its own.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a failed expectation is a failed test")]

use countersign_store::{Error, Object, Store, read};
use countersign_store_sqlite::Sqlite;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

const CYCLES: usize = 10;
const WRITERS: usize = 4;
const WRITER: &str = "--writer";

fn main() {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some(WRITER) => write_until_killed(Path::new(&arguments.next().unwrap()), &arguments.next().unwrap()),
        // Options of the standard test harness: `cargo test NAME` and the like.
        _ => acknowledged_writes_survive_being_killed(),
    }
}

fn acknowledged_writes_survive_being_killed() {
    let directory = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for cycle in 0..CYCLES {
        // Killed at another point of the write-ahead log each time.
        acknowledged.extend(kill_after(directory.path(), cycle, 50 + cycle * 37));
        let store = Sqlite::open(directory.path()).unwrap();
        let lost = missing(&store, &acknowledged);
        assert!(lost.is_empty(), "cycle {cycle} lost {lost:?}");
        assert!(*store.watch().borrow() >= acknowledged.len() as u64);
    }
    println!("{CYCLES} cycles, {} acknowledged writes, none lost", acknowledged.len());
}

/// Runs a writer, kills it after so many acknowledgements and returns every one that it gave.
fn kill_after(directory: &Path, cycle: usize, acknowledgements: usize) -> Vec<String> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .arg(WRITER)
        .arg(directory)
        .arg(cycle.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut given: Vec<String> = lines.by_ref().take(acknowledgements).collect();
    assert_eq!(given.len(), acknowledgements, "the writer ended by itself");
    writer.kill().unwrap();
    given.extend(lines);
    writer.wait().unwrap();
    // The last line may have been cut short.
    given.retain(|line| line.ends_with('.'));
    given
}

fn missing(store: &Sqlite, ids: &[String]) -> Vec<String> {
    let is_missing = |id: &&String| {
        read::<_, Error>(store, |reader| Ok(reader.get("kind", "scope", id)?.is_none())).unwrap()
    };
    ids.iter().filter(is_missing).cloned().collect()
}

/// Prints the id of every object as soon as its write is acknowledged.
fn write_until_killed(directory: &Path, cycle: &str) {
    let store = Sqlite::open(directory).unwrap();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let store = &store;
            scope.spawn(move || {
                for number in 0_u64.. {
                    let id = format!("{cycle}-{writer}-{number}.");
                    store.write(&mut |writer| writer.put(&object(&id))).unwrap();
                    println!("{id}");
                }
            });
        }
    });
}

fn object(id: &str) -> Object {
    Object {
        kind: "kind".into(),
        scope: "scope".into(),
        id: id.into(),
        names: vec![format!("name {id}")],
        links: vec![],
        document: serde_json::json!({ "filler": "x".repeat(300) }),
        revision: 0,
    }
}
