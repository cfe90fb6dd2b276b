//! The search: single mistakes first, then pairs of common ones.

use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;
use crate::guess::{COMMON, FAMILIES, Family, Guess, is_common};

/// Most variants of a mistake that are combined with another one; the likeliest come first.
const VARIANTS_MAX: usize = 3;

/// What reproduces the presented signature.
pub(crate) struct Found {
    pub(crate) mistakes: Vec<(Mistake, Option<String>)>,
    pub(crate) draft: Draft,
}

/// The fewest mistakes by which the draft becomes what was signed; `None` if there are no two.
pub(crate) fn search(evidence: &Evidence<'_>, draft: &Draft) -> Option<Found> {
    let single = FAMILIES.iter().find_map(|family| {
        let guess = take_fitting(evidence, changed(*family, evidence, draft))?;
        Some(Found { mistakes: vec![(guess.mistake, guess.particular)], draft: guess.draft })
    });
    single.or_else(|| {
        COMMON.iter().enumerate().find_map(|(index, family)| {
            let firsts = common(changed(*family, evidence, draft));
            pair(evidence, firsts, index + 1)
        })
    })
}

/// The guesses of a family that make a difference.
fn changed(family: Family, evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let mut guesses = family(evidence, draft);
    guesses.retain(|guess| guess.draft != *draft);
    guesses
}

fn take_fitting(evidence: &Evidence<'_>, guesses: Vec<Guess>) -> Option<Guess> {
    guesses.into_iter().find(|guess| evidence.trial.fits(&guess.draft))
}

/// The first variants of common mistakes; those of one mistake stand together.
fn common(mut guesses: Vec<Guess>) -> Vec<Guess> {
    let (mut mistake, mut count) = (None, 0);
    guesses.retain(|guess| {
        count = if mistake == Some(guess.mistake) { count + 1 } else { 1 };
        mistake = Some(guess.mistake);
        is_common(guess.mistake) && count <= VARIANTS_MAX
    });
    guesses
}

/// One of these guesses together with one of a later family.
fn pair(evidence: &Evidence<'_>, firsts: Vec<Guess>, later: usize) -> Option<Found> {
    for first in firsts {
        for family in COMMON.iter().skip(later) {
            if evidence.trial.was_cut_short() {
                return None;
            }
            let seconds = common(changed(*family, evidence, &first.draft));
            if let Some(second) = take_fitting(evidence, seconds) {
                let mistakes = vec![(first.mistake, first.particular), (second.mistake, second.particular)];
                return Some(Found { mistakes, draft: second.draft });
            }
        }
    }
    None
}
