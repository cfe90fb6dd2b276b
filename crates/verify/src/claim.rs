//! The verdict in two steps: as far as the head goes, then with the body.

use crate::challenge::Challenge;
use crate::head::Head;
use crate::payload::{self, BodyHasher, Payload};
use crate::proof::{About, Match, Verified, digests_equal};
use crate::{Algorithm, Error, Key, PathForm, Policy, Presented};
use countersign_types::Timestamp;

/// A signature that holds as far as the head goes, under the key it was claimed with.
pub struct Claim {
    algorithm: Algorithm,
    signing_time: Timestamp,
    payload: Payload,
    state: State,
}

#[expect(clippy::large_enum_variant, reason = "every request without a declared payload is open")]
enum State {
    /// Compared and equal; the body must still be what was declared.
    Compared(Match, PathForm),
    /// To be compared when the hash of the body is known.
    Open(Challenge),
}

impl Presented<'_> {
    /// Compares what can be compared before the body: with a declared payload the whole signature.
    ///
    /// `key` is the one found for [`Presented::access_key`]; any other gives a mismatch.
    ///
    /// # Errors
    /// [`Error::UnsupportedAlgorithm`], [`Error::BadContentHash`], [`Error::UnsignedPayload`] by policy and
    /// grammar; [`Error::Mismatch`] when the declared payload already tells.
    pub fn claim<H: Head>(self, head: &H, key: &Key, policy: Policy) -> Result<Claim, Error> {
        if !policy.algorithms.contains(self.algorithm()) {
            return Err(Error::UnsupportedAlgorithm);
        }
        let declared = payload::declared(&self)?;
        let (algorithm, signing_time, content_hash) =
            (self.algorithm(), self.signing_time, self.content_hash());
        let challenge = Challenge::new(self, head, key, policy)?;
        let (payload, state) = match content_hash {
            None => (declared, State::Open(challenge)),
            Some(line) => {
                let (payload, proof, form) = compare_declared(&challenge, declared, line, policy)?;
                (payload, State::Compared(proof, form))
            }
        };
        Ok(Claim { algorithm, signing_time, payload, state })
    }
}

/// Compares under the declared payload line; one declared unsigned may have been signed as empty (§5.4).
fn compare_declared(
    challenge: &Challenge,
    declared: Payload,
    line: &[u8],
    policy: Policy,
) -> Result<(Payload, Match, PathForm), Error> {
    let is_unsigned = declared == Payload::Unsigned;
    let is_refused = is_unsigned && !policy.unsigned_payload;
    if !is_refused && let Some((proof, form)) = challenge.answer(line) {
        return Ok((declared, proof, form));
    }
    if is_unsigned && let Some((proof, form)) = challenge.answer(challenge.empty_line()) {
        return Ok((Payload::Empty, proof, form));
    }
    Err(if is_refused { Error::UnsignedPayload } else { challenge.mismatch(line) })
}

impl Claim {
    /// What the signature says about the body. With [`Payload::Unsigned`] the body need not be awaited.
    #[must_use]
    pub const fn payload(&self) -> Payload {
        self.payload
    }

    /// What [`Claim::finish`] needs: feed it every body byte (after de-chunking) in order.
    #[must_use]
    pub fn body_hasher(&self) -> BodyHasher {
        BodyHasher::new(self.payload, self.algorithm.hash())
    }

    /// The verdict, once the body is complete.
    ///
    /// # Errors
    /// [`Error::ContentHashMismatch`] when the body is not the declared one, [`Error::Mismatch`] when an
    /// undeclared one is not the signed one.
    pub fn finish(self, body: BodyHasher) -> Result<Verified, Error> {
        let (proof, path_form) = match self.state {
            State::Compared(proof, form) => {
                honor(self.payload, body)?;
                (proof, form)
            }
            State::Open(challenge) => {
                let line = body.line().ok_or(Error::ContentHashMismatch)?;
                challenge.answer(&line).ok_or_else(|| challenge.mismatch(&line))?
            }
        };
        let Self { algorithm, signing_time, payload, .. } = self;
        Ok(Verified::new(proof, payload, About { algorithm, signing_time, path_form }))
    }
}

/// Holds the body to what was declared.
fn honor(declared: Payload, body: BodyHasher) -> Result<(), Error> {
    let holds = match declared {
        Payload::Unsigned => true,
        Payload::Empty => body.is_empty(),
        Payload::Digest(declared) => body.digest().is_some_and(|digest| digests_equal(&digest, &declared)),
        Payload::Undeclared => false,
    };
    if holds { Ok(()) } else { Err(Error::ContentHashMismatch) }
}
