//! Versioned objects behind a trait: what every use-case writes to and every driver implements.
//!
//! An [`Object`] is a JSON document addressed by (kind, scope, id), with unique names and links to other
//! objects beside it. Every write transaction that changes something gets the next global revision; the
//! change feed lists which objects changed since a revision. A write that returned `Ok` is durable.
//!
//! The crate holds no driver and no domain knowledge. It never blocks on anything but the driver: callers
//! on an async runtime go through their own blocking pool.

#[cfg(feature = "contract")]
pub mod contract;
mod document;
mod error;
mod object;
mod vault;

pub use document::{Document, delete, find, find_by_name, list, list_linked, put};
pub use error::Error;
pub use object::{Address, Change, Link, Object, Scope};
pub use vault::{Unsealable, Vault};

use tokio::sync::watch;

/// A store driver. Object-safe, so that the server can choose one at start.
pub trait Store: Send + Sync + 'static {
    /// Runs `work` on one consistent view.
    ///
    /// # Errors
    /// What `work` returns, or a driver fault.
    fn read(&self, work: &mut dyn FnMut(&dyn Reader) -> Result<(), Error>) -> Result<(), Error>;

    /// Runs `work` in one serializable transaction and returns the revision it committed as; an error from
    /// `work` rolls everything back. When this returns `Ok`, the change survives a power cut.
    /// A transaction that changed nothing keeps the revision.
    ///
    /// # Errors
    /// What `work` returns, or a driver fault (then nothing was acknowledged).
    fn write(&self, work: &mut dyn FnMut(&mut dyn Writer) -> Result<(), Error>) -> Result<u64, Error>;

    /// The latest committed revision; receivers wake at every commit.
    fn watch(&self) -> watch::Receiver<u64>;
}

/// Reads inside a transaction. Lists are in creation order.
pub trait Reader {
    /// The object at this address.
    ///
    /// # Errors
    /// A driver fault.
    fn get(&self, kind: &str, scope: &str, id: &str) -> Result<Option<Object>, Error>;

    /// The object of this kind and scope that holds the unique name.
    ///
    /// # Errors
    /// A driver fault.
    fn get_by_name(&self, kind: &str, scope: &str, name: &str) -> Result<Option<Object>, Error>;

    /// All objects of a kind, in one scope or in all.
    ///
    /// # Errors
    /// A driver fault.
    fn list(&self, kind: &str, scope: Scope<'_>) -> Result<Vec<Object>, Error>;

    /// The objects of a kind that carry the link.
    ///
    /// # Errors
    /// A driver fault.
    fn list_linked(&self, kind: &str, scope: Scope<'_>, link: &Link) -> Result<Vec<Object>, Error>;

    /// How many objects of a kind there are, in one scope or in all: those that carry the link, if one is given.
    ///
    /// # Errors
    /// A driver fault.
    fn count(&self, kind: &str, scope: Scope<'_>, link: Option<&Link>) -> Result<usize, Error>;

    /// The objects that changed after `revision`, oldest change first. An object appears once, at its latest
    /// change, so that the feed stays as small as the store. A revision is never split: entries follow until
    /// at least `limit` are listed and the last revision is complete; fewer mean that nothing is left.
    ///
    /// # Errors
    /// A driver fault.
    fn changes(&self, revision: u64, limit: usize) -> Result<Vec<Change>, Error>;

    /// The revision this view shows.
    ///
    /// # Errors
    /// A driver fault.
    fn revision(&self) -> Result<u64, Error>;
}

/// Reads and writes inside a transaction.
pub trait Writer: Reader {
    /// Creates or replaces the object; names and links are replaced with it. A replaced object keeps its place
    /// in the creation order; putting what is already there changes nothing.
    ///
    /// # Errors
    /// [`Error::NameTaken`] when another object of the kind and scope holds one of the names.
    fn put(&mut self, object: &Object) -> Result<(), Error>;

    /// Removes the object; `false` when there was none.
    ///
    /// # Errors
    /// A driver fault.
    fn delete(&mut self, kind: &str, scope: &str, id: &str) -> Result<bool, Error>;
}

/// [`Store::read`] for a closure that returns a value and an error type of its own.
///
/// # Errors
/// What `work` returns, or a driver fault.
pub fn read<T, E: From<Error>>(
    store: &dyn Store,
    mut work: impl FnMut(&dyn Reader) -> Result<T, E>,
) -> Result<T, E> {
    let mut outcome = None;
    let done = store.read(&mut |reader| {
        outcome = Some(work(reader));
        Ok(())
    });
    settle(done, outcome)
}

/// [`Store::write`] for a closure that returns a value and an error type of its own; an error rolls back.
///
/// # Errors
/// What `work` returns, or a driver fault.
pub fn write<T, E: From<Error>>(
    store: &dyn Store,
    mut work: impl FnMut(&mut dyn Writer) -> Result<T, E>,
) -> Result<T, E> {
    let mut outcome = None;
    let done = store.write(&mut |writer| match work(writer) {
        Ok(value) => {
            outcome = Some(Ok(value));
            Ok(())
        }
        Err(error) => {
            outcome = Some(Err(error));
            Err(Error::Aborted)
        }
    });
    settle(done.map(|_| ()), outcome)
}

fn settle<T, E: From<Error>>(done: Result<(), Error>, outcome: Option<Result<T, E>>) -> Result<T, E> {
    match (done, outcome) {
        (Ok(()), Some(outcome)) | (Err(Error::Aborted), Some(outcome)) => outcome,
        (Err(error), _) => Err(error.into()),
        (Ok(()), None) => Err(Error::Aborted.into()),
    }
}
