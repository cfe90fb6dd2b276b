//! Another string to sign.

use super::Guess;
use crate::Mistake;
use crate::draft::{DigestForm, Draft};
use crate::evidence::Evidence;

pub(super) fn guesses(evidence: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let forms = [
        (Mistake::CanonicalHashUpperCase, DigestForm::UpperHex),
        (Mistake::CanonicalHashUpperCase, DigestForm::Base64),
        (Mistake::CanonicalRequestUnhashed, DigestForm::Unhashed),
        (Mistake::StringToSignLeftOut, DigestForm::HexAlone),
        (Mistake::StringToSignLeftOut, DigestForm::BytesAlone),
        (Mistake::StringToSignLeftOut, DigestForm::UnhashedAlone),
        (Mistake::EndsInLineBreak, DigestForm::FinalLineBreak),
    ];
    let signed = |(mistake, form)| Guess::new(mistake, draft.with(|draft| draft.digest = form));
    let mut guesses: Vec<_> = forms.into_iter().map(signed).collect();
    let scope = evidence.claimed.scope;
    let other = if draft.scope.is_some() { None } else { Some(scope).filter(|scope| !scope.is_empty()) };
    let change = |draft: &mut Draft| draft.scope = other.map(|scope| scope.as_bytes().to_vec());
    guesses.push(Guess::new(Mistake::ScopeLine, draft.with(change)));
    guesses
}
