//! Password hashing: Argon2id with the library's recommended cost.

use crate::{Error, Identity};
use argon2::{Argon2, password_hash::PasswordHasher};
use countersign_types::SecretKey;

impl Identity {
    /// The PHC text of the password's hash under a fresh salt.
    ///
    /// # Errors
    /// [`Error::Password`] when the hash cannot be computed.
    pub(crate) fn hash_password(&self, password: &SecretKey) -> Result<String, Error> {
        let mut salt = [0; 16];
        (self.random)(&mut salt);
        let hash = Argon2::default().hash_password_with_salt(password.expose().as_bytes(), &salt);
        hash.map(|hash| hash.to_string()).map_err(|_| Error::Password)
    }
}
