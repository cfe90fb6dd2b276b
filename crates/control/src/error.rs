//! Why a use-case refused, with the code of the management contract.

/// Why a use-case refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A refusal with the code of the contract; [`Error`] has a constructor for each, see `refusal.rs`.
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
    /// A stored secret cannot be opened.
    #[error("a stored secret cannot be opened")]
    Vault(#[from] crate::Unsealable),
}

impl Error {
    /// Code for an unacceptable value. The contract uses two for it, by operation and not by meaning, so that the
    /// edge may have to exchange it.
    pub const INVALID: &str = "APIG.2012";

    /// The code of the contract, if this is a refusal.
    #[must_use]
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Refused { code, .. } => Some(code),
            Self::Store(_) | Self::Vault(_) => None,
        }
    }

    /// The contract's words, if this is a refusal.
    #[must_use]
    pub fn message(&self) -> &str {
        match self {
            Self::Refused { message, .. } => message,
            Self::Store(_) | Self::Vault(_) => "",
        }
    }
}
