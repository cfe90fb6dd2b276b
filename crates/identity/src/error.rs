//! What can go wrong in the identity service.

/// A refusal or a fault.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store failed.
    #[error("the store failed")]
    Store(#[from] countersign_store::Error),
    /// A stored secret key does not open.
    #[error("the secret of access key {access_key} cannot be opened")]
    Sealed {
        /// The key whose secret is unreadable.
        access_key: String,
        /// Why.
        #[source]
        source: countersign_store::Unsealable,
    },
    /// The password could not be hashed or read back.
    #[error("the password could not be hashed")]
    Password,
    /// The first administrator's credentials could not be written down; nothing was created.
    #[error("the administrator's credentials could not be written down")]
    NotKept(#[source] std::io::Error),
}
