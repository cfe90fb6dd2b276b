//! Pages of lists that can be long: `page` from 1, with `per_page` entries.

use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::link::PageLinks;

/// Most entries of a page.
const ENTRIES_MAX: usize = 300;

/// A page of a list, and how many entries the whole list has.
pub(crate) struct Page<T> {
    pub(crate) entries: Vec<T>,
    pub(crate) total: usize,
    pub(crate) links: PageLinks,
}

impl<T> Page<T> {
    /// The page that the query asks for, or everything.
    pub(crate) fn cut(call: &Call, entries: impl Iterator<Item = T>) -> Result<Self, Refusal> {
        let entries: Vec<_> = entries.collect();
        let total = entries.len();
        let path = call.head.uri.path();
        let base = &call.base.url;
        let Some((page, per_page)) = wanted(call)? else {
            let links = PageLinks { this: format!("{base}{path}"), next: None, previous: None };
            return Ok(Self { entries, total, links });
        };
        let address = |page: usize| format!("{base}{path}?page={page}&per_page={per_page}");
        let before = (page - 1).saturating_mul(per_page);
        let links = PageLinks {
            this: address(page),
            next: (before.saturating_add(per_page) < total).then(|| address(page + 1)),
            previous: (page > 1).then(|| address(page - 1)),
        };
        Ok(Self { entries: entries.into_iter().skip(before).take(per_page).collect(), total, links })
    }
}

/// Number and size; each needs the other.
fn wanted(call: &Call) -> Result<Option<(usize, usize)>, Refusal> {
    let number = |name| call.query(name).map(|text| text.parse::<usize>().ok());
    match (number("page"), number("per_page")) {
        (None, None) => Ok(None),
        (Some(Some(page @ 1..)), Some(Some(size @ 1..=ENTRIES_MAX))) => Ok(Some((page, size))),
        (Some(Some(1..)), _) => Err(invalid("per_page", "1 to 300, beside page")),
        _ => Err(invalid("page", "1 or more, beside per_page")),
    }
}
