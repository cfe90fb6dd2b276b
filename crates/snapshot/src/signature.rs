//! What requests to a backend are signed with, prepared.

use crate::{
    error::Fault,
    source::{self, SignatureScheme},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use countersign_sign::Signer;
use countersign_types::AccessKeyId;
use http::HeaderValue;
use std::fmt;
use zeroize::Zeroizing;

/// A signature key that is bound to a publication.
pub enum Signature {
    /// Signs each request; the states of its HMAC stand ready.
    Hmac(Signer),
    /// The same credentials for every request.
    Basic(HeaderValue),
}

impl Signature {
    pub(crate) fn compile(source: &source::Signature) -> Result<Self, Fault> {
        let source::Signature { scheme, key, secret } = source;
        if secret.expose().trim().is_empty() {
            return Err(Fault::Blank("secret of a signature key"));
        }
        let invalid = Fault::Invalid("signature key");
        match scheme {
            SignatureScheme::Hmac => {
                let key = AccessKeyId::parse(key).map_err(|_| invalid)?;
                Ok(Self::Hmac(Signer::new(key, secret.clone())))
            }
            // The first colon ends the name (RFC 7617 §2).
            SignatureScheme::Basic if key.is_empty() || key.contains(':') => Err(invalid),
            SignatureScheme::Basic => {
                let pair = Zeroizing::new(format!("{key}:{}", secret.expose()));
                let line = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
                let mut value = HeaderValue::from_str(&line).map_err(|_| invalid)?;
                value.set_sensitive(true);
                Ok(Self::Basic(value))
            }
        }
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hmac(_) => "Hmac(***)",
            Self::Basic(_) => "Basic(***)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use countersign_types::SecretKey;

    fn compiled(scheme: SignatureScheme, key: &str, secret: &str) -> Result<Signature, Fault> {
        Signature::compile(&source::Signature { scheme, key: key.to_owned(), secret: SecretKey::new(secret) })
    }

    #[test]
    fn basic_credentials_are_encoded_once_and_never_shown() {
        let signature = compiled(SignatureScheme::Basic, "Aladdin", "open sesame").unwrap();
        assert_eq!(format!("{signature:?}"), "Basic(***)");
        let Signature::Basic(value) = signature else { panic!("it is basic") };
        assert_eq!(value, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }

    #[test]
    fn halves_that_cannot_sign_are_refused() {
        for (scheme, key, secret) in [
            (SignatureScheme::Hmac, "", "secret"),
            (SignatureScheme::Hmac, "a,b", "secret"),
            (SignatureScheme::Hmac, "key", " "),
            (SignatureScheme::Basic, "", "secret"),
            (SignatureScheme::Basic, "a:b", "secret"),
            (SignatureScheme::Basic, "key", ""),
        ] {
            assert!(compiled(scheme, key, secret).is_err(), "{scheme:?} {key:?} {secret:?}");
        }
    }
}
