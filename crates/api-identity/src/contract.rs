//! The contract's table of operations, read once from the file that is compiled in.

pub(crate) use countersign_api_edge::Operation;
use countersign_api_edge::operations;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../spec/operations/iam-v3.tsv");

/// All operations of the contract in the order of the table.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> =
    LazyLock::new(|| operations(TABLE).map(|(operation, _)| operation).collect());

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_addresses_of_the_table_are_unique() {
        let names: HashSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let addresses: HashSet<_> = OPERATIONS.iter().map(|o| (o.method.as_str(), o.path)).collect();
        assert_eq!((OPERATIONS.len(), names.len(), addresses.len()), (260, 260, 260));
    }
}
