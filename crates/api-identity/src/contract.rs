//! The contract's table of operations, read once from the file that is compiled in.

pub(crate) use countersign_api_edge::Operation;
use countersign_api_edge::operations;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../spec/operations/iam-v3.tsv");

/// All operations of the contract in the order of the table.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> =
    LazyLock::new(|| operations(TABLE).map(|(operation, _)| operation).collect());

/// Actions by the name of the operation that they guard.
static ACTIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let guards = operations(TABLE).map(|(operation, rest)| {
        let [action, _source] = rest[..] else { return None };
        Some((operation.name, action))
    });
    let guards = guards.map(|guard| guard.expect("a test reads the compiled-in table"));
    guards.filter(|(_, action)| *action != "-").collect()
});

/// The action that guards the operation; `None` when the operation asks for nothing, or knows better itself.
pub(crate) fn action(operation: &Operation) -> Option<&'static str> {
    ACTIONS.get(operation.name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_guard_is_an_action_of_three_parts() {
        for (operation, action) in ACTIONS.iter() {
            let parts: Vec<_> = action.split(':').collect();
            assert!(
                matches!(parts[..], ["iam" | "sts", kind, verb] if !kind.is_empty() && !verb.is_empty()),
                "{operation}"
            );
        }
    }

    #[test]
    fn names_and_addresses_of_the_table_are_unique() {
        let names: HashSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let addresses: HashSet<_> = OPERATIONS.iter().map(|o| (o.method.as_str(), o.path)).collect();
        assert_eq!((OPERATIONS.len(), names.len(), addresses.len()), (260, 260, 260));
    }
}
