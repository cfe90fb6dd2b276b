//! Another algorithm than the one named.

use super::Guess;
use crate::Mistake;
use crate::draft::{Draft, Seal};
use crate::evidence::Evidence;
use countersign_sign::{Algorithm, Hasher, hex_digest, names};
use std::rc::Rc;
use zeroize::Zeroizing;

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let Some(key) = evidence.situation.key else { return Vec::new() };
    let secret = Rc::new(Zeroizing::new(key.secret().expose().as_bytes().to_vec()));
    let mut guesses = Vec::new();
    for algorithm in Algorithm::ALL.into_iter().filter(|other| other.token() != draft.token) {
        let named = draft.with(|draft| draft.token = algorithm.token());
        guesses.push(Guess::about(Mistake::AlgorithmNameSwapped, algorithm.token().as_bytes(), named));
    }
    for algorithm in [Algorithm::HmacSha256, Algorithm::HmacSm3] {
        guesses.extend(by_other(evidence, draft, algorithm, &secret));
    }
    let swapped = draft.with(|draft| draft.seal = Seal::Swapped(secret));
    guesses.push(Guess::new(Mistake::HmacArgumentsSwapped, swapped));
    guesses
}

/// Hashes and HMAC by this algorithm: with its name or the one that was sent, with its body hash or the other.
fn by_other(
    evidence: &Evidence<'_>,
    draft: &Draft,
    algorithm: Algorithm,
    secret: &Rc<Zeroizing<Vec<u8>>>,
) -> Vec<Guess> {
    let seal = Seal::Hmac(Rc::clone(secret));
    let body = evidence.request().body.filter(|_| evidence.trial.spend(1));
    let own_payload = body.map(|body| hex_digest(&Hasher::digest(algorithm.hash(), &[body])).to_vec());
    let payloads = [
        Some(draft.payload.clone()),
        own_payload.filter(|_| draft.payload != names::UNSIGNED_PAYLOAD.as_bytes()),
    ];
    let mut guesses = Vec::new();
    for payload in payloads.into_iter().flatten() {
        let sealed = draft.with(|draft| {
            (draft.payload, draft.hash, draft.seal) = (payload, algorithm.hash(), seal.clone());
        });
        let named = sealed.with(|draft| {
            draft.set_algorithm(algorithm);
            draft.scope = None;
        });
        for draft in [sealed, named] {
            guesses.push(Guess::about(Mistake::AlgorithmSwapped, algorithm.token().as_bytes(), draft));
        }
    }
    guesses
}
