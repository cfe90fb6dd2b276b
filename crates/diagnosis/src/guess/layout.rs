//! The right lines, put together in a wrong way.

use super::Guess;
use crate::Mistake;
use crate::draft::{DigestForm, Draft, Layout};
use crate::evidence::Evidence;

pub(super) fn guesses(_: &Evidence<'_>, draft: &Draft) -> Vec<Guess> {
    let layouts = [
        (Mistake::LineBreaksCrLf, Layout::CrLf),
        (Mistake::BlankLineMissing, Layout::WithoutBlankLine),
        (Mistake::EndsInLineBreak, Layout::FinalLineBreak),
        (Mistake::SignedNamesLineMissing, Layout::WithoutNamesLine),
        (Mistake::BodyHashLeftOut, Layout::WithoutPayloadLine),
        (Mistake::BodyHashLeftOut, Layout::EndingInNames),
    ];
    let absent_query =
        draft.query.is_empty().then_some((Mistake::QueryLineMissing, Layout::WithoutQueryLine));
    let crlf = |draft: &mut Draft| (draft.layout, draft.digest) = (Layout::CrLf, DigestForm::HexCrLf);
    let layouts = layouts.into_iter().chain(absent_query);
    let mut guesses = vec![Guess::new(Mistake::LineBreaksCrLf, draft.with(crlf))];
    let laid_out = |(mistake, layout)| Guess::new(mistake, draft.with(|draft| draft.layout = layout));
    guesses.extend(layouts.map(laid_out));
    guesses
}
