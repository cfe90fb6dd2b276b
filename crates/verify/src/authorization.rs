//! The grammar of the Authorization header (§2).

use crate::Error;
use crate::head::trim;
use countersign_sign::Algorithm;
use countersign_types::limits::SIGNED_HEADERS_MAX;
use smallvec::SmallVec;

/// Longest signature in hex digits: a DER sequence of two 33-byte integers, with room for long-form lengths.
const SIGNATURE_DIGITS_MAX: usize = 160;

/// The parsed header.
pub(crate) struct Authorization<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) access_key: &'a str,
    /// `yyyymmdd/region/service` of scoped algorithms, else empty.
    pub(crate) scope: &'a str,
    pub(crate) signed_headers: SignedHeaders<'a>,
    pub(crate) signature: Signature,
}

/// The signed names in the order given, which is the order of the canonical text.
pub(crate) type SignedHeaders<'a> = SmallVec<[&'a str; 12]>;

/// A signature as presented.
pub(crate) enum Signature {
    /// A message authentication code.
    Code([u8; 32]),
    /// A DER sequence of r and s.
    Der(SmallVec<[u8; 32]>),
}

/// `None`: the header belongs to another scheme.
pub(crate) fn parse(header: &[u8]) -> Result<Option<Authorization<'_>>, Error> {
    let Some((token, parameters)) = split_scheme(trim(header)) else {
        return Ok(None);
    };
    let algorithm = Algorithm::parse(token).ok_or(Error::UnsupportedAlgorithm)?;
    let mut parts = parameters.split(|byte| *byte == b',').map(trim);
    let mut parameter = |keyword| parts.next().and_then(|part| part.strip_prefix(keyword));

    let (access_key, scope) = if algorithm.is_scoped() {
        split_credential(parameter(b"Credential=".as_slice()).ok_or(Error::MissingAccessKey)?)?
    } else {
        (parameter(b"Access=".as_slice()).ok_or(Error::MissingAccessKey)?, [].as_slice())
    };
    let signed_headers = parameter(b"SignedHeaders=".as_slice())
        .ok_or(malformed("SignedHeaders is missing or out of place"))?;
    let signature =
        parameter(b"Signature=".as_slice()).ok_or(malformed("Signature is missing or out of place"))?;
    if parts.next().is_some() {
        return Err(malformed("something follows the signature"));
    }
    Ok(Some(Authorization {
        algorithm,
        access_key: visible(access_key, Error::MissingAccessKey)?,
        scope: if scope.is_empty() {
            ""
        } else {
            visible(scope, malformed("the scope is not visible text"))?
        },
        signed_headers: parse_names(signed_headers)?,
        signature: parse_signature(algorithm, signature)?,
    }))
}

/// Scheme token and parameters of a header of this family, whatever the case of the token.
fn split_scheme(header: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = header.iter().position(|byte| matches!(byte, b' ' | b'\t')).unwrap_or(header.len());
    let (token, parameters) = header.split_at(end);
    let family = token.get(..4)?;
    (family.eq_ignore_ascii_case(b"SDK-") || family.eq_ignore_ascii_case(b"V11-"))
        .then_some((token, parameters))
}

/// Access key and `yyyymmdd/region/service`.
fn split_credential(credential: &[u8]) -> Result<(&[u8], &[u8]), Error> {
    let slash =
        credential.iter().position(|byte| *byte == b'/').ok_or(malformed("Credential has no scope"))?;
    let (access_key, scope) = (credential.get(..slash), credential.get(slash + 1..));
    let (access_key, scope) = (access_key.unwrap_or_default(), scope.unwrap_or_default());
    let well_formed = |scope: &[u8]| {
        let mut parts = scope.split(|byte| *byte == b'/');
        scope.split(|byte| *byte == b'/').count() == 3 && parts.all(|part| !part.is_empty())
    };
    if well_formed(scope) {
        Ok((access_key, scope))
    } else {
        Err(malformed("the scope is not day/region/service"))
    }
}

fn parse_names(list: &[u8]) -> Result<SignedHeaders<'_>, Error> {
    let list = visible(list, malformed("SignedHeaders is empty or not visible text"))?;
    let mut names = SignedHeaders::new();
    for name in list.split(';') {
        if !is_lower_token(name) {
            return Err(malformed("SignedHeaders has a name that is no lower-case header name"));
        }
        if names.len() == SIGNED_HEADERS_MAX {
            return Err(malformed("SignedHeaders has too many names"));
        }
        if names.contains(&name) {
            return Err(malformed("SignedHeaders names a header twice"));
        }
        names.push(name);
    }
    if names.contains(&"authorization") {
        return Err(malformed("SignedHeaders names authorization, which cannot sign itself"));
    }
    if !names.contains(&"x-sdk-date") {
        return Err(malformed("SignedHeaders does not name x-sdk-date"));
    }
    Ok(names)
}

fn parse_signature(algorithm: Algorithm, digits: &[u8]) -> Result<Signature, Error> {
    if digits.iter().any(|digit| !matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(malformed("Signature is not lower-case hex"));
    }
    match algorithm {
        Algorithm::HmacSha256 | Algorithm::V11HmacSha256 | Algorithm::HmacSm3 => {
            let mut code = [0; 32];
            hex::decode_to_slice(digits, &mut code).map_err(|_| malformed("Signature has not 64 digits"))?;
            Ok(Signature::Code(code))
        }
        Algorithm::EcdsaP256Sha256 | Algorithm::Sm2Sm3 => {
            if digits.len() > SIGNATURE_DIGITS_MAX {
                return Err(malformed("Signature is too long"));
            }
            let mut der = SmallVec::from_elem(0, digits.len() / 2);
            hex::decode_to_slice(digits, &mut der).map_err(|_| malformed("Signature has an odd digit"))?;
            Ok(Signature::Der(der))
        }
    }
}

const fn malformed(reason: &'static str) -> Error {
    Error::MalformedAuthorization(reason)
}

/// The bytes as text if they are visible ASCII and not empty.
fn visible(bytes: &[u8], otherwise: Error) -> Result<&str, Error> {
    let text = std::str::from_utf8(bytes).ok();
    text.filter(|text| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())).ok_or(otherwise)
}

fn is_lower_token(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_!#$%&'*+.^`|~".contains(&byte)
        })
}

#[cfg(test)]
mod tests;
