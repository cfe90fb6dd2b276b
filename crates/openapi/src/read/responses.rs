//! Sets of gateway responses.

use crate::object::Object;
use countersign_control::Error;
use countersign_control::responses::{Answer, ResponseDraft};
use countersign_types::ResponseType;

/// The sets by name, each with its answers by type.
pub(super) fn read(sets: &Object<'_>) -> Result<Vec<ResponseDraft>, Error> {
    let read = |(name, value)| {
        let set = sets.follow((value, sets.place(name)))?;
        let answers = set.entries().map(|(kind, value)| {
            let place = set.place(kind);
            let kind = ResponseType::ALL.iter().find(|known| known.name() == kind);
            let kind =
                kind.ok_or_else(|| Error::import_syntax(&place, "there is no such type of refusal"))?;
            Ok((*kind, answer(set.follow((value, place))?)?))
        });
        Ok(ResponseDraft { name: name.to_owned(), answers: answers.collect::<Result<_, Error>>()? })
    };
    sets.entries().map(read).collect()
}

fn answer(mut object: Object<'_>) -> Result<Answer, Error> {
    let mut ours = object.ours()?;
    let status = object.number("status")?.map(u16::try_from).transpose();
    let answer = Answer {
        status: status.map_err(|_| object.wrong("status", "an HTTP status is expected"))?,
        body: match object.object("body")? {
            Some(mut body) => body.text("application/json")?.unwrap_or_default(),
            None => String::new(),
        },
        headers: ours.pairs("headers")?.unwrap_or_default(),
    };
    ours.finish()?;
    object.finish()?;
    Ok(answer)
}
