//! The page that lists what of a contract is built, generated so that it cannot lie.

use crate::Operation;
use std::fmt::{Arguments, Write};

/// Whether an operation is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has an endpoint.
    Built,
    /// It answers 501.
    Missing,
}

/// The page in Markdown. `subject` is the API's name in a sentence, `notes` the page of its decisions.
#[must_use]
pub fn compatibility_page(subject: &str, notes: &str, rows: &[(&Operation, State)]) -> String {
    let built = rows.iter().filter(|(_, state)| *state == State::Built).count();
    let mut text = format!(
        "# Compatibility of the {subject}\n\n\
         Generated from the contract's table of operations and the endpoint table; `cargo xtask compatibility` \
         writes it, a test compares it. Decisions that the published documents leave open stand in \
         [{notes}]({notes}).\n\n\
         {built} of {total} operations are built. The others answer 501 with the code `COUNTERSIGN.0501`.\n",
        total = rows.len(),
    );
    for group in rows.chunk_by(|(one, _), (next, _)| one.group == next.group) {
        let heading = group.first().map_or("", |(operation, _)| operation.group);
        line(
            &mut text,
            format_args!("\n## {heading}\n\n| Operation | Request | Success | State |\n|---|---|---|---|"),
        );
        for (Operation { name, method, path, success, .. }, state) in group {
            let state = if *state == State::Built { "built" } else { "501" };
            line(&mut text, format_args!("| {name} | `{method} {path}` | {} | {state} |", success.as_u16()));
        }
    }
    text
}

fn line(text: &mut String, content: Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{content}");
}
