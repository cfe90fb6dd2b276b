//! The contract's table of operations, read once from the file that is compiled in.

use countersign_api_edge::{Operation as Entry, operations};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../spec/operations/apig-v2.tsv");
const EXTENSIONS_TABLE: &str = include_str!("../../../spec/operations/apig-v2-extensions.tsv");

/// All operations of the contract in the order of the table.
pub(crate) static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| read(TABLE));

/// Operations of our own beside the contract's.
pub(crate) static EXTENSIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| read(EXTENSIONS_TABLE));

fn read(table: &'static str) -> Vec<Operation> {
    let operations = operations(table).map(|(entry, rest)| Operation::read(entry, &rest));
    operations.map(|operation| operation.expect("tests read the compiled-in tables")).collect()
}

/// One operation of the contract.
#[derive(Debug)]
pub(crate) struct Operation {
    /// What the tables of all contracts say.
    pub(crate) entry: Entry,
    /// Which family its error codes belong to.
    pub(crate) family: Family,
    /// Code for an unacceptable value, which varies; see [`countersign_control::Error::INVALID`].
    pub(crate) invalid: &'static str,
    /// What a caller must be allowed to do.
    pub(crate) guard: Guard,
}

/// Prefix of an operation's error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// `APIG.`: what lives on a gateway.
    Apig,
    /// `APIC.`: gateways themselves.
    Apic,
}

/// The action that guards an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guard {
    /// Always the same.
    One(&'static str),
    /// One of two, as the request wishes.
    Either {
        /// To bring an API online.
        online: &'static str,
        /// To take it offline.
        offline: &'static str,
    },
}

impl Operation {
    fn read(entry: Entry, rest: &[&'static str]) -> Option<Self> {
        let [invalid, actions, ..] = rest else { return None };
        let family = match entry.class {
            "APIG" => Family::Apig,
            "APIC" => Family::Apic,
            _ => return None,
        };
        let guard = match actions.split_once(',') {
            None => Guard::One(actions),
            Some((online, offline)) => Guard::Either { online, offline },
        };
        Some(Self { entry, family, invalid, guard })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_holds_216_operations_with_unique_names_and_addresses() {
        let names: HashSet<_> = OPERATIONS.iter().map(|operation| operation.entry.name).collect();
        let address = |entry: &'static Entry| (entry.method.as_str(), entry.path);
        let addresses: HashSet<_> = OPERATIONS.iter().map(|operation| address(&operation.entry)).collect();
        assert_eq!((OPERATIONS.len(), names.len(), addresses.len()), (216, 216, 216));
    }

    #[test]
    fn every_action_has_three_parts_and_belongs_to_this_service() {
        for Operation { entry, guard, .. } in OPERATIONS.iter().chain(EXTENSIONS.iter()) {
            let (one, other) = match *guard {
                Guard::One(action) => (action, action),
                Guard::Either { online, offline } => (online, offline),
            };
            for action in [one, other] {
                let parts: Vec<_> = action.split(':').collect();
                assert!(matches!(parts[..], ["apig", kind, verb] if !kind.is_empty() && !verb.is_empty()));
                assert!(
                    parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_alphabetic())),
                    "{}",
                    entry.name
                );
            }
        }
    }
}
