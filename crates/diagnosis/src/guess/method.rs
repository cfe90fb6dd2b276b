//! Another method than the one that arrived.

use super::Guess;
use crate::Mistake;
use crate::draft::Draft;
use crate::evidence::Evidence;

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];
const OVERRIDES: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let signed = |mistake, method: &[u8]| {
        Guess::about(mistake, method, draft.with(|draft| draft.method = method.to_vec()))
    };
    let mut guesses = vec![signed(Mistake::MethodLowerCase, &draft.method.to_ascii_lowercase())];
    let overrides = OVERRIDES.iter().filter_map(|name| evidence.value(name));
    guesses.extend(overrides.map(|method| signed(Mistake::MethodOverridden, method)));
    guesses.extend(METHODS.map(|method| signed(Mistake::MethodChanged, method.as_bytes())));
    guesses
}
