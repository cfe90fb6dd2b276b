//! Refusals of the management contract.

/// Why a use-case refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal with the code of the contract.
    #[error("{code}: {message}")]
    Refused {
        /// HTTP status of the contract.
        status: u16,
        /// `APIG.nnnn` or `APIC.nnnn`.
        code: &'static str,
        /// What is wrong and what to do.
        message: String,
    },
    /// The store failed or a stored document is damaged.
    #[error("the store failed")]
    Store(#[from] countersign_store::Error),
}
