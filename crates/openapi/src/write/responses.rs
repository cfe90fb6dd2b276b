//! Sets of gateway responses.

use super::{Members, pairs};
use crate::keys::OURS;
use countersign_control::ResponseSet;
use countersign_control::responses::Answer;
use serde_json::{Map, Value, json};

/// The sets by name.
pub(super) fn write(sets: &[ResponseSet]) -> Map<String, Value> {
    let mut all = Map::new();
    for set in sets {
        let mut answers = Map::new();
        set.answers.iter().for_each(|(kind, one)| answers.set(kind.name(), answer(one)));
        all.set(&set.name, answers);
    }
    all
}

fn answer(answer: &Answer) -> Map<String, Value> {
    let (mut object, mut ours) = (Map::new(), Map::new());
    object.set_some("status", answer.status);
    object.set("body", json!({"application/json": answer.body}));
    if !answer.headers.is_empty() {
        ours.set("headers", pairs(&answer.headers));
    }
    object.set_filled(OURS, ours);
    object
}
