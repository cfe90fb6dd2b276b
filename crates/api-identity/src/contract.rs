//! The contract's table of operations, read once from the file that is compiled in.

use http::{Method, StatusCode};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../spec/operations/iam-v3.tsv");

/// All operations of the contract in the order of the table.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| Operation::parse(line).expect("a test reads the compiled-in table")).collect()
});

/// One operation of the contract.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Name, unique.
    pub(crate) name: &'static str,
    /// HTTP method.
    pub(crate) method: Method,
    /// Path template with `{name}` parameters.
    pub(crate) path: &'static str,
    /// Status of success.
    pub(crate) success: StatusCode,
    /// Heading under which it is listed.
    pub(crate) group: &'static str,
}

impl Operation {
    fn parse(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t');
        let (name, method, path) = (fields.next()?, fields.next()?, fields.next()?);
        let (success, _source) = (fields.next()?, fields.next()?);
        let (_tier, group) = (fields.next()?, fields.next()?);
        Some(Self { name, method: method.parse().ok()?, path, success: success.parse().ok()?, group })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_and_addresses_of_the_table_are_unique() {
        let names: HashSet<_> = OPERATIONS.iter().map(|operation| operation.name).collect();
        let addresses: HashSet<_> = OPERATIONS.iter().map(|o| (o.method.as_str(), o.path)).collect();
        assert_eq!((OPERATIONS.len(), names.len(), addresses.len()), (259, 259, 259));
    }
}
