//! The grammar of the Authorization header (§2).

use crate::Error;
use countersign_sign::{Algorithm, parse_digest};
use countersign_types::limits::SIGNED_HEADERS_MAX;

/// Longest signature in hex digits: a DER sequence of two 33-byte integers, with room for long-form lengths.
const SIGNATURE_DIGITS_MAX: usize = 160;

const BLANKS: [char; 2] = [' ', '\t'];

/// The parsed header.
pub(crate) struct Authorization<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) access_key: &'a str,
    /// `yyyymmdd/region/service` of scoped algorithms, else empty.
    pub(crate) scope: &'a str,
    pub(crate) signed_headers: SignedHeaders<'a>,
    pub(crate) signature: Signature,
}

/// The list of signed names, joined with `;`: lower-case, each once, with `x-sdk-date`, without `authorization`.
#[derive(Clone, Copy)]
pub(crate) struct SignedHeaders<'a>(&'a str);

/// A signature as presented.
pub(crate) enum Signature {
    /// A message authentication code.
    Code([u8; 32]),
    /// A DER sequence of r and s.
    Der(Vec<u8>),
}

/// `None`: the header belongs to another scheme.
pub(crate) fn parse(header: &[u8]) -> Result<Option<Authorization<'_>>, Error> {
    let Some((token, parameters)) = split_scheme(header) else {
        return Ok(None);
    };
    let algorithm = Algorithm::parse(token).ok_or(Error::UnsupportedAlgorithm)?;
    let parameters = std::str::from_utf8(parameters).map_err(|_| malformed("the parameters are not text"))?;
    let mut parts = split(b',', parameters).map(|part| part.trim_matches(BLANKS));
    let mut parameter = |keyword| parts.next().and_then(|part| part.strip_prefix(keyword));

    let (access_key, scope) = if algorithm.is_scoped() {
        split_credential(parameter("Credential=").ok_or(Error::MissingAccessKey)?)?
    } else {
        (parameter("Access=").ok_or(Error::MissingAccessKey)?, "")
    };
    let signed_headers =
        parameter("SignedHeaders=").ok_or(malformed("SignedHeaders is missing or out of place"))?;
    let signature = parameter("Signature=").ok_or(malformed("Signature is missing or out of place"))?;
    if parts.next().is_some() {
        return Err(malformed("something follows the signature"));
    }
    if access_key.is_empty() {
        return Err(Error::MissingAccessKey);
    }
    if !is_visible(access_key) || !is_visible(scope) {
        return Err(malformed("access key or scope has a character that is not visible"));
    }
    Ok(Some(Authorization {
        algorithm,
        access_key,
        scope,
        signed_headers: SignedHeaders::parse(signed_headers)?,
        signature: Signature::parse(algorithm, signature.as_bytes())?,
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
fn split_credential(credential: &str) -> Result<(&str, &str), Error> {
    let (access_key, scope) = credential.split_once('/').ok_or(malformed("Credential has no scope"))?;
    let parts = scope.split('/').filter(|part| !part.is_empty()).count();
    if parts == 3 && scope.matches('/').count() == 2 {
        Ok((access_key, scope))
    } else {
        Err(malformed("the scope is not day/region/service"))
    }
}

/// The pieces of ASCII-separated text; a vector search, because these texts are most of the header.
fn split(separator: u8, text: &str) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(separator, text.as_bytes()).chain(std::iter::once(text.len()));
    ends.scan(0, move |start, end| {
        let piece = text.get(*start..end);
        *start = end + 1;
        piece
    })
}

impl<'a> SignedHeaders<'a> {
    fn parse(list: &'a str) -> Result<Self, Error> {
        let (mut count, mut is_ascending, mut has_date, mut previous) = (0, true, false, "");
        for name in split(b';', list) {
            if !is_lower_token(name) {
                return Err(malformed("SignedHeaders has a name that is no lower-case header name"));
            }
            if name == "authorization" {
                return Err(malformed("SignedHeaders names authorization, which cannot sign itself"));
            }
            has_date |= name == "x-sdk-date";
            // Byte by byte, because names mostly differ in the first.
            is_ascending &= previous.bytes().lt(name.bytes());
            previous = name;
            count += 1;
        }
        if count > SIGNED_HEADERS_MAX {
            return Err(malformed("SignedHeaders has too many names"));
        }
        // Ascending names are unique; most clients sort them.
        if !is_ascending && has_duplicates(list) {
            return Err(malformed("SignedHeaders names a header twice"));
        }
        if has_date { Ok(Self(list)) } else { Err(malformed("SignedHeaders does not name x-sdk-date")) }
    }

    /// The names in the order given, which is the order of the canonical text.
    pub(crate) fn names(self) -> impl Iterator<Item = &'a str> {
        split(b';', self.0)
    }

    /// The list as given.
    pub(crate) const fn as_str(self) -> &'a str {
        self.0
    }
}

fn has_duplicates(list: &str) -> bool {
    let mut names: Vec<&str> = list.split(';').collect();
    names.sort_unstable();
    names.array_windows().any(|[one, other]| one == other)
}

impl Signature {
    fn parse(algorithm: Algorithm, digits: &[u8]) -> Result<Self, Error> {
        match algorithm {
            Algorithm::HmacSha256 | Algorithm::V11HmacSha256 | Algorithm::HmacSm3 => parse_digest(digits)
                .map(Self::Code)
                .ok_or(malformed("Signature is not 64 lower-case hex digits")),
            Algorithm::EcdsaP256Sha256 | Algorithm::Sm2Sm3 => {
                let is_hex = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
                if !is_hex || digits.len() > SIGNATURE_DIGITS_MAX {
                    return Err(malformed("Signature is too long or not lower-case hex"));
                }
                let der =
                    hex::decode(digits).map_err(|_| malformed("Signature has an odd number of digits"))?;
                Ok(Self::Der(der))
            }
        }
    }
}

const fn malformed(reason: &'static str) -> Error {
    Error::MalformedAuthorization(reason)
}

fn is_visible(text: &str) -> bool {
    text.bytes().fold(true, |all, byte| all & byte.is_ascii_graphic())
}

fn is_lower_token(name: &str) -> bool {
    !name.is_empty() & name.bytes().fold(true, |all, byte| all & LOWER_TOKEN[usize::from(byte)])
}

/// The bytes of a header name in lower case (the token of RFC 9110 without capitals).
static LOWER_TOKEN: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest = b"abcdefghijklmnopqrstuvwxyz0123456789-_!#$%&'*+.^`|~".as_slice();
    while let [byte, others @ ..] = rest {
        table[*byte as usize] = true;
        rest = others;
    }
    table
};

#[cfg(test)]
mod tests;
