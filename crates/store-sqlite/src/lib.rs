//! The embedded store: one SQLite database in a data directory, used by one process.
//!
//! It runs in WAL mode with `synchronous=FULL`: a write that returned `Ok` survives `kill -9` and a power cut.
//! One connection writes; readers have their own connections and never wait for the writer. The crate knows
//! nothing of what the documents mean, and never blocks on anything but the disk and its own writer.
//!
//! ```
//! use countersign_store::{Object, Store as _};
//! let directory = tempfile::tempdir()?;
//! let store = countersign_store_sqlite::Sqlite::open(directory.path())?;
//! let greeting = Object {
//!     kind: "greeting".into(),
//!     scope: "world".into(),
//!     id: "1".into(),
//!     names: vec!["hello".into()],
//!     links: vec![],
//!     document: serde_json::json!({"text": "Hello"}),
//!     revision: 0,
//! };
//! assert_eq!(store.write(&mut |writer| writer.put(&greeting))?, 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod lock;
mod schema;
mod transaction;
mod view;

use crate::lock::ProcessLock;
use crate::transaction::Transaction;
use crate::view::View;
use countersign_store::{Error, Reader, Store, Writer};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

const FILE: &str = "store.db";

/// Idle read connections that are kept for the next reader.
const IDLE_READERS_MAX: usize = 8;

/// A store in a directory of the local file system.
#[derive(Debug)]
pub struct Sqlite {
    file: PathBuf,
    writer: Mutex<WriteSide>,
    readers: Mutex<Vec<Connection>>,
    revision: watch::Sender<u64>,
    // Last: released only after the connections are closed.
    _lock: ProcessLock,
}

#[derive(Debug)]
struct WriteSide {
    connection: Connection,
    /// A failed write to the disk leaves unknown what it holds; only a restart, which reads it back, can tell.
    failed: bool,
}

impl Sqlite {
    /// Opens the store in `directory`, which is created (mode 0700) when missing.
    ///
    /// # Errors
    /// [`Error::InUse`] when another process has it open, [`Error::Newer`] when a newer version wrote it,
    /// [`Error::Damaged`] when its file is not readable as a store, else [`Error::Driver`].
    pub fn open(directory: impl AsRef<Path>) -> Result<Self, Error> {
        let directory = directory.as_ref();
        create_directory(directory).map_err(fault)?;
        let lock = ProcessLock::take(directory)?;
        let file = directory.join(FILE);
        create_file(&file).map_err(fault)?;
        let connection = schema::open_writer(&file)?;
        // The entries of new files are durable only after their directory is.
        File::open(directory).and_then(|directory| directory.sync_all()).map_err(fault)?;
        let revision = View { connection: &connection }.revision()?;
        Ok(Self {
            file,
            writer: Mutex::new(WriteSide { connection, failed: false }),
            readers: Mutex::new(Vec::new()),
            revision: watch::Sender::new(revision),
            _lock: lock,
        })
    }

    fn take_reader(&self) -> Result<Connection, Error> {
        let idle = guard(&self.readers).pop();
        idle.map_or_else(|| schema::open_reader(&self.file), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = guard(&self.readers);
        if idle.len() < IDLE_READERS_MAX {
            idle.push(connection);
        }
    }
}

impl Store for Sqlite {
    fn read(&self, work: &mut dyn FnMut(&dyn Reader) -> Result<(), Error>) -> Result<(), Error> {
        let mut connection = self.take_reader()?;
        let done = connection.transaction().map_err(fault).and_then(|transaction| {
            let view = View { connection: &transaction };
            // The first statement fixes what the transaction sees.
            view.revision()?;
            work(&view)
        });
        self.give_back(connection);
        done
    }

    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), Error>) -> Result<u64, Error> {
        let mut side = guard(&self.writer);
        if side.failed {
            return Err(fault("an earlier write failed on the disk; restart after the disk is repaired"));
        }
        let revision = side.transact(work)?;
        // Still under the writer's lock, so that receivers see revisions in order.
        self.revision.send_if_modified(|latest| std::mem::replace(latest, revision) != revision);
        Ok(revision)
    }

    fn watch(&self) -> watch::Receiver<u64> {
        self.revision.subscribe()
    }
}

impl WriteSide {
    fn transact(&mut self, work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), Error>) -> Result<u64, Error> {
        let begun =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let mut transaction = Transaction::new(&begun)?;
        work(&mut transaction)?;
        let revision = transaction.finish()?;
        begun.commit().map_err(|error| {
            self.failed = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
            fault(error)
        })?;
        Ok(revision)
    }
}

fn create_directory(directory: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(directory)
}

/// SQLite gives its side files the mode of the database.
fn create_file(file: &Path) -> std::io::Result<()> {
    if fs::exists(file)? {
        return Ok(());
    }
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(file).map(drop)
}

/// A panic inside a transaction has already rolled it back: the state behind a poisoned lock is sound.
fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Driver(error.into())
}
