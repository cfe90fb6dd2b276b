//! Pages of lists. A client asks for the `page`-th piece of `per_page` items, or for `limit` items after a `marker`, the
//! id of the last item it has; without any of these it gets the whole list.

use crate::call::Call;
use crate::refusal::{Refusal, invalid};
use countersign_api_types::iam::link::PageLinks;
use form_urlencoded::Serializer;

/// Most items of a piece of a list for which the contract has no bound of its own.
pub(crate) const PER_PAGE_MAX: usize = 5_000;
/// Most items of a piece that is asked for by `limit`.
const LIMIT_MAX: usize = 1_000;

/// A piece of a list.
pub(crate) struct Page<T> {
    /// Its items.
    pub(crate) items: Vec<T>,
    /// How many items the whole list has.
    pub(crate) total: usize,
    /// Where it is, and where its neighbors are.
    pub(crate) links: PageLinks,
}

/// Which piece is asked for.
enum Asked<'a> {
    Whole,
    Numbered { page: usize, per_page: usize },
    After { marker: Option<&'a str>, limit: usize },
}

/// The piece of the list that the query asks for; `per_page_max` is the contract's for this list.
pub(crate) fn page<T>(
    call: &Call,
    items: impl Iterator<Item = T>,
    per_page_max: usize,
    id: impl Fn(&T) -> &str,
) -> Result<Page<T>, Refusal> {
    let mut items: Vec<T> = items.collect();
    let total = items.len();
    let links = match asked(call, per_page_max)? {
        Asked::Whole => crate::v3::links::whole(call),
        Asked::Numbered { page, per_page } => {
            let start = (page - 1).saturating_mul(per_page).min(total);
            let end = start.saturating_add(per_page).min(total);
            items.truncate(end);
            items.drain(..start);
            let at = |page: usize| with(call, "page", &page.to_string());
            links(call, (end < total).then(|| at(page + 1)), (page > 1).then(|| at(page - 1)))
        }
        Asked::After { marker, limit } => {
            let start = match marker {
                None => 0,
                Some(marker) => after(&items, marker, &id)?,
            };
            items.drain(..start);
            let is_last = items.len() <= limit;
            items.truncate(limit);
            let next = items.last().filter(|_| !is_last).map(|last| with(call, "marker", id(last)));
            links(call, next, None)
        }
    };
    Ok(Page { items, total, links })
}

fn asked<'a>(call: &'a Call, per_page_max: usize) -> Result<Asked<'a>, Refusal> {
    let numbered = (number(call, "page", usize::MAX)?, number(call, "per_page", per_page_max)?);
    let limit = number(call, "limit", LIMIT_MAX)?;
    match (numbered, limit, call.query("marker")) {
        ((Some(page), Some(per_page)), None, None) => Ok(Asked::Numbered { page, per_page }),
        ((None, None), Some(limit), marker) => Ok(Asked::After { marker, limit }),
        ((None, None), None, None) => Ok(Asked::Whole),
        ((None, None), None, marker) => Ok(Asked::After { marker, limit: LIMIT_MAX }),
        _ => Err(invalid("page", "page together with per_page, or limit with marker")),
    }
}

/// A whole number from 1 on.
fn number(call: &Call, name: &'static str, max: usize) -> Result<Option<usize>, Refusal> {
    let Some(text) = call.query.iter().find(|(key, _)| key == name).map(|(_, text)| text) else {
        return Ok(None);
    };
    let number = text.parse().ok().filter(|number| (1..=max).contains(number));
    number.map(Some).ok_or_else(|| invalid(name, "a whole number from 1 on, within the bounds of the list"))
}

/// Where the items after the marker start.
fn after<T>(items: &[T], marker: &str, id: impl Fn(&T) -> &str) -> Result<usize, Refusal> {
    let at = items.iter().position(|item| id(item) == marker);
    at.map(|at| at + 1).ok_or_else(|| invalid("marker", "the id of an item of the list"))
}

fn links(call: &Call, next: Option<String>, previous: Option<String>) -> PageLinks {
    let target = call.head.uri.path_and_query().map_or("", |target| target.as_str());
    PageLinks { this: format!("{}{target}", call.base.url), next, previous }
}

/// Address of the list with another value of one parameter, which keeps its place: the query's order is part of what a
/// client signs.
fn with(call: &Call, name: &str, value: &str) -> String {
    let mut query = Serializer::new(String::new());
    for (key, old) in &call.query {
        query.append_pair(key, if key == name { value } else { old });
    }
    if call.query.iter().all(|(key, _)| key != name) {
        query.append_pair(name, value);
    }
    format!("{}{}?{}", call.base.url, call.head.uri.path(), query.finish())
}
