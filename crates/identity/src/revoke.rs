//! Giving tokens back before their time.

use crate::issue::RECENT_SECONDS;
use crate::{Caller, Credential, Error, Live, Revocation};
use countersign_store::{Scope, delete, list, put, write};
use countersign_types::Timestamp;

impl Live {
    /// Makes the token invalid from now on. When it is the first of its chain, everything obtained by it is
    /// invalid, too.
    ///
    /// # Errors
    /// [`Error::SubjectToken`] for a caller that did not show a token, or a store fault.
    pub fn revoke(&self, bearer: &Caller) -> Result<(), Error> {
        let Credential::Token(claims) = &bearer.credential else { return Err(Error::SubjectToken) };
        let over = Timestamp::from_unix(claims.lifetime.expires.unix() + RECENT_SECONDS + 1);
        let revocation = Revocation { audit_id: claims.audit_id.to_string(), expires: over };
        let now = self.now();
        write(self.identity.store.as_ref(), |writer| {
            for old in list::<Revocation>(writer, Scope::All)?.iter().filter(|old| old.expires <= now) {
                delete::<Revocation>(writer, "", &old.audit_id)?;
            }
            Ok(put(writer, &revocation)?)
        })
    }
}
