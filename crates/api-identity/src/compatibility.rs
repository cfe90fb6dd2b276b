//! The table of what is built, generated from the contract and the endpoints.

use crate::contract::{OPERATIONS, Operation};
use crate::endpoints;
use countersign_api_edge::{State, compatibility_page};

/// The text of `docs/compatibility-identity.md`.
#[must_use]
pub fn compatibility_markdown() -> String {
    let rows: Vec<_> = OPERATIONS.iter().map(|operation| (operation, state(operation))).collect();
    compatibility_page("identity API", "compatibility-identity-notes.md", &rows)
}

fn state(operation: &Operation) -> State {
    if endpoints::find(operation).is_some() { State::Built } else { State::Missing }
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
