//! The forms in which official clients sign path and query (§5.5).

use countersign_sign::{Order, PathForm, Query, split_target};

/// The documented form, which nearly every request is signed with.
pub(crate) const FIRST: (PathForm, Order) = (PathForm::Decoded, Order::Decoded);

const ORDERS: [Order; 4] = [Order::Decoded, Order::Encoded, Order::EncodedNames, Order::Wire];

/// Most pairs for which other orders are tried; no client sends as many, and sorting them is what costs most.
const REORDERED_PAIRS_MAX: usize = 256;

/// Canonical path and query in one form.
pub(crate) struct Form<'a> {
    pub(crate) path_form: PathForm,
    pub(crate) path: &'a [u8],
    pub(crate) query: &'a [u8],
}

/// Every spelling of a target's path and query; each text once, the documented one first.
///
/// All orders of the query denote the same pairs and all path forms but the raw one the same path, so that
/// trying them gives a signature no second meaning. Each text is made once, because whoever knows an access
/// key can make the verifier come here with the longest target that the gateway admits.
pub(crate) struct Forms {
    paths: Vec<(PathForm, Vec<u8>)>,
    queries: Vec<Vec<u8>>,
}

impl Forms {
    pub(crate) fn of(target: &[u8], raw_path: bool) -> Self {
        let (path, query) = split_target(target);
        let trimmed = path.ends_with(b"//").then_some(PathForm::DecodedTrimmed);
        let raw = (raw_path && path.contains(&b'%')).then_some(PathForm::Raw);
        let mut forms = Self { paths: Vec::new(), queries: Vec::new() };
        for form in std::iter::once(PathForm::Decoded).chain(trimmed).chain(raw) {
            let text = written(|out| form.write(path, out));
            if forms.paths.iter().all(|(_, known)| *known != text) {
                forms.paths.push((form, text));
            }
        }
        let query = Query::parse(query);
        let orders = if query.pair_count() > REORDERED_PAIRS_MAX { 1 } else { ORDERS.len() };
        for order in ORDERS.into_iter().take(orders) {
            let text = written(|out| query.write(order, out));
            if !forms.queries.contains(&text) {
                forms.queries.push(text);
            }
        }
        forms
    }

    /// All combinations but the documented one.
    pub(crate) fn others(&self) -> impl Iterator<Item = Form<'_>> {
        let all = self.paths.iter().flat_map(|(path_form, path)| {
            self.queries.iter().map(|query| Form { path_form: *path_form, path, query })
        });
        all.skip(1)
    }
}

fn written(write: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut text = Vec::new();
    write(&mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(target: &str, raw_path: bool) -> Vec<String> {
        let forms = Forms::of(target.as_bytes(), raw_path);
        let text = |form: Form<'_>| [form.path, b"?", form.query].concat();
        forms.others().map(|form| String::from_utf8(text(form)).unwrap()).collect()
    }

    #[test]
    fn an_ordinary_target_has_no_other_form() {
        assert!(others("/orders", true).is_empty());
        assert!(others("/orders?a=1&b=2&c", true).is_empty());
    }

    #[test]
    fn each_distinct_text_is_tried_once() {
        assert_eq!(others("/?b=1&a=2", false), ["/?b=1&a=2"]);
        assert_eq!(others("/?b=1&a=9&a=10", false), ["/?a=9&a=10&b=1", "/?b=1&a=9&a=10"]);
        assert_eq!(others("/a//", false), ["/a/?"]);
    }

    #[test]
    fn the_raw_path_is_tried_by_policy_only() {
        assert!(others("/a%20b", false).is_empty());
        assert_eq!(others("/a%20b", true), ["/a%2520b/?"]);
    }

    #[test]
    fn a_query_of_very_many_pairs_is_tried_in_the_documented_order_only() {
        let target = |pairs: usize| format!("/?{}", "b&a&".repeat(pairs / 2));
        assert_eq!(others(&target(REORDERED_PAIRS_MAX), false).len(), 1);
        assert!(others(&target(REORDERED_PAIRS_MAX + 2), false).is_empty());
    }

    #[test]
    fn the_worst_target_has_twelve_forms_less_the_first() {
        assert_eq!(others("/%20//?b=3&%C3%A9=2&b=1&a=1", true).len(), 11);
    }
}
