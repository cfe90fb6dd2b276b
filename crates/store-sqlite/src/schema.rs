//! Connections and the schema they find: settings, migrations, and the check for damage.

use crate::fault;
use countersign_store::Error;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::path::Path;
use std::time::Duration;

/// Step `n` turns schema `n` into `n + 1`. Released steps never change; each runs in one transaction together
/// with the version it leads to, so that an interrupted start simply continues.
const MIGRATIONS: &[&str] = &[include_str!("schema_1.sql")];

/// Only a checkpoint or the recovery after a crash can make a connection wait.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// Prepared statements kept by each connection; more than there are.
const STATEMENTS: usize = 32;

/// Opens the connection that writes, creates or migrates the schema, and checks every page.
pub(crate) fn open_writer(file: &Path) -> Result<Connection, Error> {
    let mut connection = Connection::open(file).map_err(|error| classify(file, error))?;
    prepare(&mut connection).map_err(|error| classify(file, error))?;
    migrate(&mut connection, file)?;
    check(&connection, file)?;
    Ok(connection)
}

/// Opens a connection that only reads.
pub(crate) fn open_reader(file: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags).map_err(fault)?;
    connection.busy_timeout(BUSY_WAIT).map_err(fault)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // FULL makes every commit reach the disk before it is acknowledged, also in WAL mode.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}

fn migrate(connection: &mut Connection, file: &Path) -> Result<(), Error> {
    let found: usize = connection
        .pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
        .map_err(|error| classify(file, error))? as usize;
    let steps = MIGRATIONS
        .get(found..)
        .ok_or(Error::Newer { found: found as u32, known: MIGRATIONS.len() as u32 })?;
    for (step, sql) in steps.iter().enumerate() {
        let version = (found + step + 1) as u32;
        apply(connection, sql, version).map_err(|error| classify(file, error))?;
    }
    Ok(())
}

fn apply(connection: &mut Connection, sql: &str, version: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(sql)?;
    transaction.pragma_update(None, "user_version", version)?;
    transaction.commit()
}

/// A damaged page is better found at the start than in the middle of a transaction.
fn check(connection: &Connection, file: &Path) -> Result<(), Error> {
    let verdict: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| classify(file, error))?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(Error::Damaged { path: file.display().to_string(), detail: verdict })
}

fn classify(file: &Path, error: rusqlite::Error) -> Error {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            Error::Damaged { path: file.display().to_string(), detail: error.to_string() }
        }
        _ => fault(error),
    }
}
