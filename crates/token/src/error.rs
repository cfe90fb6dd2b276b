//! Why a credential is refused.

/// Why a token or security token is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not an envelope of this kind: wrong alphabet, length or version.
    #[error("not a token of this service")]
    Malformed,
    /// Sealed under a key that is not, or no longer, held here.
    #[error("the token was made with a key that is not in use")]
    UnknownKey,
    /// Altered, made by somebody else, or made for another use.
    #[error("the token was altered or is not of this kind")]
    Forged,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
}
