//! The forms in which official clients sign path and query (§5.5).

use countersign_sign::{Canonical, Order, PathForm};

/// The documented forms, and what nearly every request is signed with.
pub(crate) const FIRST: (PathForm, Order) = (PathForm::Decoded, Order::Decoded);

const ORDERS: [Order; 4] = [Order::Decoded, Order::Encoded, Order::EncodedNames, Order::Wire];

/// The starts of the canonical request that the first form is not textually equal to, each once.
///
/// All orders denote the same pairs and all path forms but the raw one the same path, so that trying them
/// gives a signature no second meaning.
pub(crate) fn others(target: &[u8], first: &Canonical, raw_path: bool) -> Vec<(PathForm, Canonical)> {
    let path = target.split(|byte| *byte == b'?').next().unwrap_or_default();
    let trimmed = path.ends_with(b"//").then_some(PathForm::DecodedTrimmed);
    let raw = (raw_path && path.contains(&b'%')).then_some(PathForm::Raw);

    let mut others: Vec<(PathForm, Canonical)> = Vec::new();
    for form in std::iter::once(PathForm::Decoded).chain(trimmed).chain(raw) {
        for order in ORDERS {
            let start = Canonical::start(first.method(), target, form, order);
            let known = |other: &Canonical| other.start_lines() == start.start_lines();
            if !known(first) && !others.iter().any(|(_, other)| known(other)) {
                others.push((form, start));
            }
        }
    }
    others
}
