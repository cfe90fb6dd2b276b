//! What a request says about its own signature (§2, §5.1 to §5.3). Nothing is verified here.

use crate::authorization::{self, Authorization};
use crate::head::{Head, is_named, trim};
use crate::{Algorithm, Error};
use countersign_sign::{Hash, names};
use countersign_types::{Timestamp, limits::SKEW_SECONDS_MAX};

/// What a signature says about itself; parsed, nothing verified yet.
pub struct Presented<'a> {
    pub(crate) authorization: Authorization<'a>,
    /// X-Sdk-Date byte for byte.
    pub(crate) date: [u8; 16],
    pub(crate) signing_time: Timestamp,
    critical: Critical<'a>,
}

/// Reads the Authorization header and its companions.
///
/// `Ok(None)`: the request has no Authorization header of this family (absent, or another scheme such as Basic).
///
/// # Errors
/// [`Error`] when the header is of this family but malformed, doubled, or without its date.
pub fn present<H: Head>(head: &H) -> Result<Option<Presented<'_>>, Error> {
    let critical = Critical::collect(head);
    if critical.doubled == Some(names::AUTHORIZATION) {
        return Err(Error::DuplicateHeader(names::AUTHORIZATION));
    }
    let Some(authorization) = critical.authorization.map(authorization::parse).transpose()?.flatten() else {
        return Ok(None);
    };
    if let Some(name) = critical.doubled {
        return Err(Error::DuplicateHeader(name));
    }
    let date = critical.date.ok_or(Error::MissingDate)?;
    let signing_time = Timestamp::parse_basic(date).map_err(|_| Error::BadDate)?;
    let date = *date.as_array().ok_or(Error::BadDate)?;
    if authorization.algorithm.is_scoped() && authorization.scope.as_bytes().get(..8) != date.get(..8) {
        return Err(Error::MalformedAuthorization("the day of the scope is not that of X-Sdk-Date"));
    }
    Ok(Some(Presented { authorization, date, signing_time, critical }))
}

impl<'a> Presented<'a> {
    /// The access key named, for look-up.
    #[must_use]
    pub fn access_key(&self) -> &'a str {
        self.authorization.access_key
    }

    /// The algorithm named.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        self.authorization.algorithm
    }

    /// `X-Sdk-Date`.
    #[must_use]
    pub fn signing_time(&self) -> Timestamp {
        self.signing_time
    }

    /// The signed names in the order given.
    pub fn signed_headers(&self) -> impl Iterator<Item = &'a str> {
        self.authorization.signed_headers.names()
    }

    /// `X-Security-Token`, if any. Some official clients send it unsigned.
    #[must_use]
    pub fn security_token(&self) -> Option<&'a [u8]> {
        self.critical.security_token
    }

    /// `X-Project-Id`, if any. Some official clients send it unsigned.
    #[must_use]
    pub fn project_id(&self) -> Option<&'a [u8]> {
        self.critical.project_id
    }

    /// `X-Domain-Id`, if any. Some official clients send it unsigned.
    #[must_use]
    pub fn domain_id(&self) -> Option<&'a [u8]> {
        self.critical.domain_id
    }

    /// Refuses a signing time more than 15 minutes away; the 900th second is still in time (§5.3).
    ///
    /// # Errors
    /// [`Error::Expired`] with both times.
    pub fn check_time(&self, now: Timestamp) -> Result<(), Error> {
        if self.signing_time.abs_diff_seconds(now) > SKEW_SECONDS_MAX {
            return Err(Error::Expired { signed: self.signing_time, server: now });
        }
        Ok(())
    }

    /// The content hash header of the algorithm's hash.
    pub(crate) fn content_hash(&self) -> Option<&'a [u8]> {
        match self.authorization.algorithm.hash() {
            Hash::Sha256 => self.critical.content_sha256,
            Hash::Sm3 => self.critical.content_sm3,
        }
    }
}

/// The headers of which there must be at most one (§5.1), found in one pass.
#[derive(Default)]
struct Critical<'a> {
    authorization: Option<&'a [u8]>,
    date: Option<&'a [u8]>,
    host: Option<&'a [u8]>,
    content_sha256: Option<&'a [u8]>,
    content_sm3: Option<&'a [u8]>,
    security_token: Option<&'a [u8]>,
    project_id: Option<&'a [u8]>,
    domain_id: Option<&'a [u8]>,
    /// A header that stands twice; Authorization before any other.
    doubled: Option<&'static str>,
}

impl<'a> Critical<'a> {
    fn collect(head: &'a impl Head) -> Self {
        let mut critical = Self::default();
        for (name, value) in head.headers() {
            let Some((slot, known)) = critical.slot(name) else { continue };
            if slot.replace(trim(value)).is_some() && critical.doubled != Some(names::AUTHORIZATION) {
                critical.doubled = Some(known);
            }
        }
        critical
    }

    /// No two of the names have the same length, so that most headers cost one comparison of lengths.
    fn slot(&mut self, name: &str) -> Option<(&mut Option<&'a [u8]>, &'static str)> {
        let (slot, lower, known) = match name.len() {
            4 => (&mut self.host, "host", names::HOST),
            10 => (&mut self.date, "x-sdk-date", names::DATE),
            11 => (&mut self.domain_id, "x-domain-id", names::DOMAIN_ID),
            12 => (&mut self.project_id, "x-project-id", names::PROJECT_ID),
            13 => (&mut self.authorization, "authorization", names::AUTHORIZATION),
            16 => (&mut self.security_token, "x-security-token", names::SECURITY_TOKEN),
            17 => (&mut self.content_sm3, "x-sdk-content-sm3", names::CONTENT_SM3),
            20 => (&mut self.content_sha256, "x-sdk-content-sha256", names::CONTENT_SHA256),
            _ => return None,
        };
        is_named(name, lower).then_some((slot, known))
    }
}
