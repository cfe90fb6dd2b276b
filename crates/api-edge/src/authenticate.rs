//! Who is calling: exactly one of a token and a signature.

use crate::RequestHead;
use countersign_identity::{Caller, Credential, Error, Live, Unauthenticated};
use countersign_types::AccessKeyId;
use countersign_verify::{Claim, Key, Policy, Presented, present};
use http::request::Parts;

const TOKEN: &str = "x-auth-token";

/// Why nobody was authenticated.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Neither token nor signature.
    #[error("neither X-Auth-Token nor a signature")]
    Missing,
    /// More than one credential.
    #[error("more than one credential: send either one X-Auth-Token or one signature")]
    Ambiguous,
    /// The signature does not hold.
    #[error(transparent)]
    Signature(#[from] countersign_verify::Error),
    /// No such access key, or it cannot be used.
    #[error("Get secretKey failed,ak:{0},err:ak not exist")]
    UnknownKey(String),
    /// A temporary key without its security token, or a permanent one with any, or one that does not fit.
    #[error("the security token does not fit the access key")]
    SecurityToken,
    /// The token does not hold, or the identity service failed.
    #[error(transparent)]
    Identity(#[from] Error),
}

/// A caller as far as the head tells.
pub enum Claimed {
    /// A token: nothing more to check.
    Token(Box<Caller>),
    /// A signature that may cover the body, too, and whom it makes the caller when it holds.
    Signed(Box<Signer>, Box<Claim>),
}

/// The caller, or why whoever has the key may not call. Only who has it is told.
type Signer = Result<Caller, Error>;

/// Reads the credentials off the head. It may read the store, so call it where blocking is allowed.
///
/// # Errors
/// [`Refused`].
pub fn claim(parts: &Parts, live: &Live) -> Result<Claimed, Refused> {
    let head = RequestHead(parts);
    let mut tokens = parts.headers.get_all(TOKEN).iter();
    let (token, another) = (tokens.next(), tokens.next());
    let presented = present(&head)?;
    match (token, another, presented) {
        (None, _, None) => Err(Refused::Missing),
        (Some(token), None, None) => {
            // Bytes outside ASCII are in no token of ours.
            let caller = live.admit_token(token.to_str().unwrap_or_default())?;
            Ok(Claimed::Token(Box::new(caller)))
        }
        (None, _, Some(presented)) => claim_signature(presented, &head, live),
        _ => Err(Refused::Ambiguous),
    }
}

impl Claimed {
    /// The caller, once the whole body is there.
    ///
    /// # Errors
    /// [`Refused::Signature`] when the body is not the signed one.
    pub fn finish(self, body: &[u8], live: &Live) -> Result<Caller, Refused> {
        match self {
            Self::Token(caller) => Ok(*caller),
            Self::Signed(signer, claim) => {
                let mut hasher = claim.body_hasher();
                hasher.update(body);
                claim.finish(hasher)?;
                let caller = (*signer)?;
                if let Credential::AccessKey(key) = &caller.credential {
                    live.note_key_use(key);
                }
                Ok(caller)
            }
        }
    }
}

fn claim_signature(
    presented: Presented<'_>,
    head: &RequestHead<'_>,
    live: &Live,
) -> Result<Claimed, Refused> {
    presented.check_time(live.now())?;
    let (key, signer) = match presented.security_token() {
        None => permanent(presented.access_key(), live)?,
        Some(token) => temporary(presented.access_key(), token, live)?,
    };
    let claim = presented.claim(head, &key, Policy::default())?;
    Ok(Claimed::Signed(Box::new(signer), Box::new(claim)))
}

fn permanent(access_key: &str, live: &Live) -> Result<(Key, Signer), Refused> {
    let unknown = || Refused::UnknownKey(access_key.to_owned());
    let directory = live.directory()?;
    let signer = match directory.admit_access_key(access_key, live.now()) {
        Err(Error::Unauthenticated(_)) => return Err(unknown()),
        known => known,
    };
    let record = directory.access_keys.find(access_key).ok_or_else(unknown)?;
    Ok((Key::new(record.id.clone(), live.secret_key(record)?), signer))
}

fn temporary(access_key: &str, token: &[u8], live: &Live) -> Result<(Key, Signer), Refused> {
    let token = std::str::from_utf8(token).map_err(|_| Refused::SecurityToken)?;
    let key = live.open_temporary(token)?;
    if key.access_key.as_str() != access_key {
        return Err(Refused::SecurityToken);
    }
    let caller = live.directory()?.admit_temporary(&key, live.now()).map_err(Error::from)?;
    Ok((Key::new(AccessKeyId::clone(&key.access_key), key.secret_key), Ok(caller)))
}

impl From<Unauthenticated> for Refused {
    fn from(reason: Unauthenticated) -> Self {
        Self::Identity(reason.into())
    }
}
