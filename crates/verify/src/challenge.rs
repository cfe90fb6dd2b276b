//! A signature and everything that its comparison needs but the payload line.

use crate::authorization::Signature;
use crate::forms::{self, Forms};
use crate::head::{Head, Lines, Values};
use crate::proof::{Match, compare};
use crate::{Algorithm, Error, Key, PathForm, Policy, Presented};
use countersign_sign::{Canonical, HexDigest, SigningKey, StringToSign};

/// A presented signature that waits for its payload line. It owns what it needs, so that the body can be
/// awaited while the request head goes elsewhere.
pub(crate) struct Challenge {
    key: SigningKey,
    signature: Signature,
    algorithm: Algorithm,
    date: [u8; 16],
    scope: Box<str>,
    canonical: Canonical,
    /// The raw target, if it has other forms than the documented one.
    target: Option<Box<[u8]>>,
    raw_path: bool,
}

impl Challenge {
    /// Canonicalizes the head in the documented form.
    pub(crate) fn new(
        presented: Presented<'_>,
        head: &impl Head,
        key: &Key,
        policy: Policy,
    ) -> Result<Self, Error> {
        let canonical = canonicalize(&presented, head)?;
        let Presented { authorization, date, .. } = presented;
        let mismatch = || Error::Mismatch { canonical_request: canonical.clone().into_text(b"") };
        if key.access_key().as_str() != authorization.access_key {
            return Err(mismatch());
        }
        Ok(Self {
            key: key.signing_key(authorization.algorithm, authorization.scope).map_err(|_| mismatch())?,
            algorithm: authorization.algorithm,
            date,
            scope: authorization.scope.into(),
            signature: authorization.signature,
            target: (!canonical.has_one_form()).then(|| head.target().into()),
            canonical,
            raw_path: policy.raw_path,
        })
    }

    /// Compares under the documented form, then under the others (§5.5).
    pub(crate) fn answer(&self, payload: &[u8]) -> Option<(Match, PathForm)> {
        let (first, _) = forms::FIRST;
        let compare = |digest| {
            let text = StringToSign::new(self.algorithm, &self.date, &self.scope, &digest);
            compare(&self.key, &text, &self.signature)
        };
        let hash = self.algorithm.hash();
        if let Some(proof) = compare(self.canonical.digest(hash, payload)) {
            return Some((proof, first));
        }
        let target = self.target.as_deref()?;
        Forms::of(target, self.raw_path).others().find_map(|form| {
            let digest = self.canonical.digest_as(form.path, form.query, hash, payload);
            compare(digest).map(|proof| (proof, form.path_form))
        })
    }

    /// The payload line of an empty body.
    pub(crate) const fn empty_line(&self) -> &'static HexDigest {
        self.algorithm.hash().empty()
    }

    pub(crate) fn mismatch(&self, payload: &[u8]) -> Error {
        Error::Mismatch { canonical_request: self.canonical.clone().into_text(payload) }
    }
}

/// The canonical request of the head; a signed header that is absent counts as empty (§5.2).
fn canonicalize(presented: &Presented<'_>, head: &impl Head) -> Result<Canonical, Error> {
    let (path, order) = forms::FIRST;
    let mut canonical = Canonical::start(head.method().as_bytes(), head.target(), path, order);
    if has_line_break(head.method().as_bytes()) {
        return Err(Error::MalformedAuthorization("the method has a line break"));
    }
    let signed_headers = presented.authorization.signed_headers;
    let lines = Lines::of(head);
    for name in signed_headers.names() {
        let values = Values::of(&lines, name);
        if values.iter().any(has_line_break) {
            return Err(Error::MalformedAuthorization("a signed header has a line break"));
        }
        for value in values.iter() {
            canonical.header(name, value);
        }
    }
    canonical.signed_headers(signed_headers.as_str());
    Ok(canonical)
}

/// Line breaks would let one header pass for two in the canonical text.
fn has_line_break(text: &[u8]) -> bool {
    memchr::memchr3(b'\n', b'\r', 0, text).is_some()
}
