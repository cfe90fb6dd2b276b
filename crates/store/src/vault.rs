//! Sealing of secrets, so that whoever reads the store or its backup reads none of them.

/// Encrypts and opens secrets at rest.
pub trait Vault: Send + Sync + 'static {
    /// Encrypts `secret`; `context` (kind, scope and id of the record) is authenticated with it, so that a
    /// sealed secret moved to another record does not open.
    fn seal(&self, context: &str, secret: &str) -> String;

    /// The reverse of [`Vault::seal`].
    ///
    /// # Errors
    /// [`Unsealable`] when text or context were altered, or the key is another one.
    fn open(&self, context: &str, sealed: &str) -> Result<String, Unsealable>;
}

/// A sealed secret could not be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a stored secret cannot be opened: the key file does not fit the store, or the record was altered")]
pub struct Unsealable;
