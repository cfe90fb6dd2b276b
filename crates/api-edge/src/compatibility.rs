//! The page that lists what of a contract is built, generated so that it cannot lie.

use std::fmt::{Arguments, Write};

/// One operation of a contract.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Heading under which it is listed.
    pub group: &'a str,
    /// Its name.
    pub name: &'a str,
    /// HTTP method.
    pub method: &'a str,
    /// Path template.
    pub path: &'a str,
    /// Status of success.
    pub success: u16,
    /// Whether it is built or answers 501.
    pub state: State,
}

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
pub fn compatibility_page(subject: &str, notes: &str, rows: &[Row<'_>]) -> String {
    let built = rows.iter().filter(|row| row.state == State::Built).count();
    let mut text = format!(
        "# Compatibility of the {subject}\n\n\
         Generated from the contract's table of operations and the endpoint table; `cargo xtask compatibility` \
         writes it, a test compares it. Decisions that the published documents leave open stand in \
         [{notes}]({notes}).\n\n\
         {built} of {total} operations are built. The others answer 501 with the code `COUNTERSIGN.0501`.\n",
        total = rows.len(),
    );
    for group in rows.chunk_by(|one, next| one.group == next.group) {
        let heading = group.first().map_or("", |row| row.group);
        line(
            &mut text,
            format_args!("\n## {heading}\n\n| Operation | Request | Success | State |\n|---|---|---|---|"),
        );
        for Row { name, method, path, success, state, .. } in group {
            let state = if *state == State::Built { "built" } else { "501" };
            line(&mut text, format_args!("| {name} | `{method} {path}` | {success} | {state} |"));
        }
    }
    text
}

fn line(text: &mut String, content: Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{content}");
}
