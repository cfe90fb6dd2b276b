//! Password hashing: Argon2id with the library's recommended cost.

use crate::{Error, Identity};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use countersign_types::SecretKey;

/// Longest password in bytes; a longer one is refused before it is hashed.
pub const PASSWORD_BYTES_MAX: usize = 4_096;

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

/// Whether the password is the one behind the hash. Takes as long for a wrong one as for the right one.
pub(crate) fn fits(password: &SecretKey, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.expose().as_bytes(), &hash).is_ok())
}
