//! The tolerant, safe verifier of AK/SK-signed requests.
//!
//! It works on the raw request head and decides in two steps: a [`Claim`] before the body is read, a
//! [`Verified`] after. It does no I/O and has no clock; keys and time are arguments.

use countersign_types::{AccessKeyId, SecretKey, Timestamp};

/// The request head as it arrived, before any normalization.
pub trait Head {
    /// Method token as on the wire.
    fn method(&self) -> &str;
    /// Raw request target in origin form (path and query), as on the wire.
    fn target(&self) -> &[u8];
    /// Header lines in wire order: name in any case, value without the surrounding blanks of the wire.
    fn headers(&self) -> impl Iterator<Item = (&str, &[u8])>;
}

/// The algorithms of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `SDK-HMAC-SHA256`
    HmacSha256,
    /// `V11-HMAC-SHA256`
    V11HmacSha256,
    /// `SDK-HMAC-SM3`
    HmacSm3,
    /// `SDK-ECDSA-P256-SHA256`
    EcdsaP256Sha256,
    /// `SDK-SM2-SM3`
    Sm2Sm3,
}

/// What a signature says about itself; parsed, nothing verified yet.
pub struct Presented<'a> {
    _todo: &'a (),
}

/// A prepared key pair: HMAC midstates ready, everything else derived on demand.
pub struct Key {
    _todo: (),
}

impl Key {
    /// Prepares the key pair.
    pub fn new(_access_key: AccessKeyId, _secret: SecretKey) -> Self {
        Self { _todo: () }
    }
}

/// What the caller's configuration allows.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// Accept `UNSIGNED-PAYLOAD`.
    pub unsigned_payload: bool,
    /// Accept signatures over the raw, still encoded path (P2).
    pub raw_path: bool,
}

/// Reads the Authorization header and its companions.
///
/// `Ok(None)`: the request has no Authorization header of this family (absent, or another scheme such as Basic).
///
/// # Errors
/// [`Error`] when the header is of this family but malformed, doubled, or without its date.
pub fn present<'a, H: Head>(_head: &'a H) -> Result<Option<Presented<'a>>, Error> {
    Ok(None)
}

impl<'a> Presented<'a> {
    /// The access key named, for look-up.
    pub fn access_key(&self) -> &'a str {
        ""
    }
    /// The algorithm named.
    pub fn algorithm(&self) -> Algorithm {
        Algorithm::HmacSha256
    }
    /// `X-Security-Token`, if any.
    pub fn security_token(&self) -> Option<&'a [u8]> {
        None
    }
    /// `X-Project-Id`, if any.
    pub fn project_id(&self) -> Option<&'a [u8]> {
        None
    }
    /// `X-Domain-Id`, if any.
    pub fn domain_id(&self) -> Option<&'a [u8]> {
        None
    }
    /// Refuses a signing time more than 15 minutes away.
    pub fn check_time(&self, _now: Timestamp) -> Result<(), Error> {
        Ok(())
    }
    /// Compares what can be compared before the body: with a declared payload the whole signature.
    pub fn claim<H: Head>(self, _head: &H, _key: &Key, _policy: Policy) -> Result<Claim, Error> {
        Ok(Claim { _todo: () })
    }
}

/// A signature that holds as far as the head goes.
pub struct Claim {
    _todo: (),
}

impl Claim {
    /// What [`Claim::finish`] needs: feed it every body byte (after de-chunking) in order.
    pub fn body_hasher(&self) -> BodyHasher {
        BodyHasher { _todo: () }
    }
    /// The verdict, once the body is complete.
    pub fn finish(self, _body: BodyHasher) -> Result<Verified, Error> {
        Ok(Verified { _todo: () })
    }
}

/// Hashes a body with the claim's algorithm; does no work when the payload is declared unsigned.
pub struct BodyHasher {
    _todo: (),
}

impl BodyHasher {
    /// Adds the next bytes.
    pub fn update(&mut self, _bytes: &[u8]) {}
}

/// Proof that a signature was compared, in constant time, and equal. Only [`Claim::finish`] makes one.
#[derive(Debug)]
pub struct Verified {
    _todo: (),
}

impl Verified {
    /// The body was not covered by the signature.
    pub fn payload_unsigned(&self) -> bool {
        false
    }
}

/// Why a signature was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A header that must be single stands twice or more.
    #[error("the header {0} stands more than once")]
    DuplicateHeader(&'static str),
    /// The Authorization header does not follow the grammar.
    #[error("malformed Authorization header: {0}")]
    MalformedAuthorization(&'static str),
    /// `Access=` or `Credential=` is missing or empty.
    #[error("Access or Credential is empty in Authorization")]
    MissingAccessKey,
    /// The algorithm is unknown or not allowed.
    #[error("unsupported algorithm")]
    UnsupportedAlgorithm,
    /// `X-Sdk-Date` is missing.
    #[error("the X-Sdk-Date header is missing")]
    MissingDate,
    /// `X-Sdk-Date` is not a date of the form yyyyMMddTHHmmssZ.
    #[error("the X-Sdk-Date header is not of the form yyyyMMddTHHmmssZ")]
    BadDate,
    /// Signing time too far from now.
    #[error("signature expired, signature time:{},server time:{}", signed.basic(), server.basic())]
    Expired {
        /// What the client signed.
        signed: Timestamp,
        /// Our clock.
        server: Timestamp,
    },
    /// `X-Sdk-Content-Sha256` is neither a digest nor UNSIGNED-PAYLOAD.
    #[error("the content hash header is not a digest")]
    BadContentHash,
    /// UNSIGNED-PAYLOAD is not accepted here.
    #[error("an unsigned payload is not accepted")]
    UnsignedPayload,
    /// The body does not have the declared hash.
    #[error("the body does not match its declared hash")]
    ContentHashMismatch,
    /// The signature is not that of this request under this key.
    #[error("verify signature fail")]
    Mismatch {
        /// The canonical request as the server built it (first dialect), LF-separated.
        canonical_request: String,
    },
}
