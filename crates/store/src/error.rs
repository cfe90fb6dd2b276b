//! What can go wrong in a store.

/// A fault of the store or a refusal of a write.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another object of the same kind and scope holds this unique name.
    #[error("the name {name:?} is taken by {holder}")]
    NameTaken {
        /// The name that collided.
        name: String,
        /// Id of the object that holds it.
        holder: String,
    },
    /// The transaction was rolled back by its own closure.
    #[error("the transaction was rolled back")]
    Aborted,
    /// A stored document does not have the shape this version reads.
    #[error("the document {kind}/{id} cannot be read")]
    Corrupt {
        /// Kind of the object.
        kind: String,
        /// Id of the object.
        id: String,
        /// What the reader said.
        #[source]
        source: serde_json::Error,
    },
    /// The data directory is in use by another process.
    #[error("the store {path} is in use by another process")]
    InUse {
        /// File or directory.
        path: String,
    },
    /// The store was written by a newer version.
    #[error("the store has schema {found}, this version reads up to {known}")]
    Newer {
        /// Schema version found.
        found: u32,
        /// Newest schema version known here.
        known: u32,
    },
    /// The files of the store are damaged or no store at all.
    #[error("the store {path} is damaged: {detail}; restore it from a backup")]
    Damaged {
        /// File that was being read.
        path: String,
        /// What the driver said.
        detail: String,
    },
    /// The driver failed; nothing was acknowledged.
    #[error("the store failed")]
    Driver(#[source] Box<dyn std::error::Error + Send + Sync>),
}
