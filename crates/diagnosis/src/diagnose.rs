//! From the request to the verdict.

use crate::claimed::Claimed;
use crate::diagnosis::{Detail, Diagnosis, Named, Proof, Verdict};
use crate::draft::{Draft, Seal};
use crate::evidence::Evidence;
use crate::fact::{self, Refusal};
use crate::search::{Found, search};
use crate::situation::{Kind, Situation};
use crate::trial::Trial;
use crate::{Mistake, Part};
use countersign_sign::names;
use countersign_verify::{Error, present};

/// Names the mistake, or several, or says that the request verifies.
#[must_use]
pub fn diagnose(situation: &Situation<'_>) -> Diagnosis {
    let refusal = verify(situation).err();
    let header = authorization(situation);
    let claimed = header.and_then(Claimed::read);
    let Some((claimed, (code, spelling))) =
        claimed.and_then(|claimed| claimed.code().map(|code| (claimed, code)))
    else {
        return unclaimed(refusal.as_ref(), header.is_some());
    };
    let trial = Trial::new(code, situation.limits.hashes_max);
    let evidence = Evidence::new(situation, &claimed, &trial);
    let seal = evidence.seal();
    let documented = evidence.documented(seal.clone().unwrap_or_else(|| Seal::hmac(b"")));
    let is_short = documented.canonical().len() <= situation.limits.head_bytes_max;
    let found = seal.filter(|_| is_short).and_then(|_| replay(&evidence, &documented));
    let facts = fact::of_claim(&evidence, refusal.as_ref(), spelling);
    let verdict = verdict(&evidence, facts, refusal.as_ref(), found.as_ref());
    let signed = found.map(|found| found.draft).filter(|draft| *draft != documented);
    Diagnosis {
        verdict,
        detail: Some(Detail { expected: documented.shown(), signed: signed.as_ref().map(Draft::shown) }),
        hashes: trial.hashes(),
        was_cut_short: trial.was_cut_short() || !is_short,
    }
}

/// A request of which only the form can be judged.
fn unclaimed(refusal: Option<&Refusal>, has_authorization: bool) -> Diagnosis {
    let verdict = match refusal {
        None => Verdict::Verifies,
        Some(_) => Verdict::Refused(fact::without_claim(refusal, has_authorization)),
    };
    Diagnosis { verdict, detail: None, hashes: 0, was_cut_short: false }
}

fn authorization<'s>(situation: &Situation<'s>) -> Option<&'s [u8]> {
    let mut headers = situation.request.headers.iter();
    headers.find(|(name, _)| name.eq_ignore_ascii_case(names::AUTHORIZATION)).map(|(_, value)| *value)
}

/// What the verifier says, in its order (§5.7).
fn verify(situation: &Situation<'_>) -> Result<(), Refusal> {
    let (request, place) = (situation.request, &situation.place);
    let presented = present(request).map_err(Refusal::Error)?.ok_or(Refusal::Unsigned)?;
    presented.check_time(place.now).map_err(Refusal::Error)?;
    let key = situation.key.ok_or(Refusal::UnknownKey)?;
    if presented.access_key() != key.access_key().as_str() {
        return Err(Refusal::UnknownKey);
    }
    let claim = presented.claim(request, key, place.policy).map_err(Refusal::Error)?;
    let mut hasher = claim.body_hasher();
    hasher.update(request.body.unwrap_or_default());
    claim.finish(hasher).map(|_| ()).map_err(Refusal::Error)
}

/// How the signature came about, if that can be found.
fn replay(evidence: &Evidence<'_>, documented: &Draft) -> Option<Found> {
    if evidence.trial.fits(documented) {
        return Some(Found { mistakes: Vec::new(), draft: documented.clone() });
    }
    search(evidence, documented)
}

fn verdict(
    evidence: &Evidence<'_>,
    facts: Vec<Named>,
    refusal: Option<&Refusal>,
    found: Option<&Found>,
) -> Verdict {
    let mut replayed: Vec<Named> = Vec::new();
    for (mistake, particular) in found.iter().flat_map(|found| found.mistakes.iter()) {
        replayed.push(Named { mistake: *mistake, particular: particular.clone(), proof: Proof::Replayed });
    }
    if found.is_some() {
        replayed.extend(declared_body(evidence, refusal));
        replayed.extend(wrong_kind(evidence.situation));
    }
    let facts = facts.into_iter().filter(|fact| !is_explained(fact.mistake, &replayed)).collect::<Vec<_>>();
    replayed.retain(|named| !is_implied(named.mistake, &facts));
    if refusal.is_none() && facts.is_empty() && replayed.is_empty() {
        return Verdict::Verifies;
    }
    let is_tolerated = refusal.is_none() && facts.is_empty() && !replayed.iter().any(is_wrong_kind);
    let named = [facts, replayed].concat();
    if is_tolerated { Verdict::Tolerated(named) } else { Verdict::Refused(named) }
}

/// Which body was declared instead of the one that arrived.
fn declared_body(evidence: &Evidence<'_>, refusal: Option<&Refusal>) -> Option<Named> {
    let is_mismatch = matches!(refusal, Some(Refusal::Error(Error::ContentHashMismatch)));
    let declared = evidence.value(evidence.algorithm.hash().content_header()).filter(|_| is_mismatch)?;
    let (mistake, _) = evidence.bodies().iter().find(|(_, line)| line == declared)?;
    Some(Named { mistake: *mistake, particular: None, proof: Proof::Replayed })
}

/// The key of an app on an IAM API, or the reverse; only for who has the secret, so that nobody else learns what
/// kinds of keys there are.
fn wrong_kind(situation: &Situation<'_>) -> Option<Named> {
    let mistake = match situation.kinds? {
        (Kind::App, Kind::Iam) => Mistake::AppKeyOnIamApi,
        (Kind::Iam, Kind::App) => Mistake::IamKeyOnAppApi,
        _ => return None,
    };
    Some(Named { mistake, particular: None, proof: Proof::Replayed })
}

fn is_wrong_kind(named: &Named) -> bool {
    matches!(named.mistake, Mistake::AppKeyOnIamApi | Mistake::IamKeyOnAppApi)
}

/// Whether a fact is but the other side of what was replayed.
fn is_explained(fact: Mistake, replayed: &[Named]) -> bool {
    let has = |mistakes: &[Mistake]| replayed.iter().any(|named| mistakes.contains(&named.mistake));
    match fact {
        Mistake::AuthorizationMalformed | Mistake::AlgorithmUnknown => has(&[
            Mistake::LegacyDerivation,
            Mistake::DerivedKeyForPlain,
            Mistake::ScopeLine,
            Mistake::AlgorithmSwapped,
        ]),
        Mistake::LegacyDerivation => has(&[Mistake::LegacyDerivation]),
        Mistake::DateMissing | Mistake::DateNotSigned | Mistake::WrongDateHeader => {
            has(&[Mistake::WrongDateHeader])
        }
        Mistake::SecurityTokenMissing => has(&[Mistake::SecurityTokenNotSent]),
        Mistake::SignedNamesUpperCase => has(&[Mistake::HeaderNamesNotLowerCase]),
        Mistake::BodyChanged => replayed.iter().any(|named| named.mistake.part() == Part::Body),
        _ => false,
    }
}

/// Whether what was replayed is but the other side of a fact.
fn is_implied(replayed: Mistake, facts: &[Named]) -> bool {
    let is_swapped = facts.iter().any(|fact| fact.mistake == Mistake::KeysSwapped);
    is_swapped && replayed == Mistake::AccessKeyAsSecret
}
