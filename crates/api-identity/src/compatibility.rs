//! The table of what is built, generated from the contract and the endpoints, so that it cannot lie.

use crate::contract::{OPERATIONS, Operation};
use crate::endpoints;
use std::fmt::Write;

/// The text of `docs/compatibility-identity.md`.
#[must_use]
pub fn compatibility_markdown() -> String {
    let built = OPERATIONS.iter().filter(|operation| is_built(operation)).count();
    let mut text = format!(
        "# Compatibility of the identity API\n\n\
         Generated from the contract's table of operations and the endpoint table; `cargo xtask compatibility` \
         writes it, a test compares it. Decisions that the published documents leave open stand in \
         [compatibility-identity-notes.md](compatibility-identity-notes.md).\n\n\
         {built} of {total} operations are built. The others answer 501 with the code `COUNTERSIGN.0501`.\n",
        total = OPERATIONS.len(),
    );
    let mut group = "";
    for operation in OPERATIONS.iter() {
        if operation.group != group {
            group = operation.group;
            line(
                &mut text,
                format_args!("\n## {group}\n\n| Operation | Request | Success | State |\n|---|---|---|---|"),
            );
        }
        let state = if is_built(operation) { "built" } else { "501" };
        let Operation { name, method, path, success, .. } = operation;
        line(&mut text, format_args!("| {name} | `{method} {path}` | {} | {state} |", success.as_u16()));
    }
    text
}

fn is_built(operation: &Operation) -> bool {
    endpoints::handler(operation).is_some()
}

fn line(text: &mut String, content: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{content}");
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checked_in_table_is_the_generated_one() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/compatibility-identity.md");
        let checked_in = std::fs::read_to_string(path).unwrap();
        assert!(
            checked_in == super::compatibility_markdown(),
            "it is out of date: `cargo xtask compatibility`"
        );
    }
}
