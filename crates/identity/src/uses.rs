//! When access keys and passwords were last used: kept in memory, written down now and then.

use crate::{AccessKey, Error, LastUse, Live, User};
use countersign_store::{Document, Writer, delete, find, put, read, write};
use countersign_types::{AccessKeyId, Timestamp, UserId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Uses within the same minute are one.
const GRAIN_SECONDS: u64 = 60;

/// The uses since they were last written down. Only what authenticated is in it, so it is as bounded as the records.
#[derive(Default)]
pub(crate) struct Uses(Mutex<HashMap<String, Timestamp>>);

impl Uses {
    fn note(&self, id: String, now: Timestamp) {
        let minute = Timestamp::from_unix(now.unix() / GRAIN_SECONDS * GRAIN_SECONDS);
        self.lock().insert(id, minute);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Timestamp>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Live {
    /// Notes that somebody proved to have the key.
    pub fn note_key_use(&self, key: &AccessKeyId) {
        self.uses.note(of(AccessKey::KIND, key.as_str()), self.now());
    }

    /// Notes that the user logged in with its password.
    pub(crate) fn note_login(&self, user: &UserId) {
        self.uses.note(of(User::KIND, user.as_str()), self.now());
    }

    /// When the key was last used for the management or the identity API, by the minute.
    ///
    /// # Errors
    /// A store fault.
    pub fn last_key_use(&self, key: &AccessKeyId) -> Result<Option<Timestamp>, Error> {
        self.last(&of(AccessKey::KIND, key.as_str()))
    }

    /// When the user last logged in with its password, by the minute.
    ///
    /// # Errors
    /// A store fault.
    pub fn last_login(&self, user: &UserId) -> Result<Option<Timestamp>, Error> {
        self.last(&of(User::KIND, user.as_str()))
    }

    /// Writes down what was noted since the last time. A crash forgets only that.
    ///
    /// # Errors
    /// A store fault; then everything is kept for the next time.
    pub fn write_uses(&self) -> Result<(), Error> {
        let noted = std::mem::take(&mut *self.uses.lock());
        if noted.is_empty() {
            return Ok(());
        }
        let written = write(self.identity.store.as_ref(), |writer| {
            let mut lasts = noted.iter().map(|(id, at)| LastUse { id: id.clone(), at: *at });
            lasts.try_for_each(|last| put(writer, &last)).map_err(Error::from)
        });
        if written.is_err() {
            let mut uses = self.uses.lock();
            for (id, at) in noted {
                uses.entry(id).or_insert(at);
            }
        }
        written
    }

    fn last(&self, id: &str) -> Result<Option<Timestamp>, Error> {
        if let Some(noted) = self.uses.lock().get(id) {
            return Ok(Some(*noted));
        }
        let kept =
            read(self.identity.store.as_ref(), |reader| Ok::<_, Error>(find::<LastUse>(reader, "", id)?))?;
        Ok(kept.map(|kept| kept.at))
    }
}

/// Forgets the last use of what is deleted.
pub(crate) fn forget<T: Document>(writer: &mut dyn Writer, id: &str) -> Result<(), Error> {
    delete::<LastUse>(writer, "", &of(T::KIND, id))?;
    Ok(())
}

fn of(kind: &str, id: &str) -> String {
    format!("{kind}/{id}")
}
