//! Paging and list filters, alike for every list of the contract.

/// Entries of a page when the client does not say.
pub const LIMIT_DEFAULT: usize = 20;
/// Most entries of a page.
pub const LIMIT_MAX: usize = 500;

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    offset: usize,
    limit: usize,
}

impl Paging {
    /// From the query as the client sent it: a negative offset is 0; a limit of 0 or less is the default,
    /// a larger one than the most is the most.
    #[must_use]
    pub fn new(offset: Option<i64>, limit: Option<i64>) -> Self {
        let offset = offset.and_then(|offset| usize::try_from(offset).ok()).unwrap_or(0);
        let limit = match limit.map(usize::try_from) {
            Some(Ok(limit)) if limit > 0 => limit.min(LIMIT_MAX),
            _ => LIMIT_DEFAULT,
        };
        Self { offset, limit }
    }

    /// Cuts the page out of the whole list; past the end it is empty.
    #[must_use]
    pub fn cut<T>(self, all: Vec<T>) -> Page<T> {
        let total = all.len();
        Page { total, items: all.into_iter().skip(self.offset).take(self.limit).collect() }
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Entries of the whole list.
    pub total: usize,
    /// Entries of this page.
    pub items: Vec<T>,
}

impl<T> Page<T> {
    /// The same page with every entry converted.
    pub fn map<U>(self, convert: impl FnMut(T) -> U) -> Page<U> {
        Page { total: self.total, items: self.items.into_iter().map(convert).collect() }
    }
}

/// A text filter: absent passes everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Filter {
    /// Everything passes.
    #[default]
    Any,
    /// The value contains this text.
    Contains(String),
    /// The value is this text.
    Is(String),
}

impl Filter {
    /// Exact match, when a value is given and not empty.
    #[must_use]
    pub fn exact(value: Option<&str>) -> Self {
        value.filter(|text| !text.is_empty()).map_or(Self::Any, |text| Self::Is(text.to_owned()))
    }

    /// Substring match, when a value is given and not empty.
    #[must_use]
    pub fn fuzzy(value: Option<&str>) -> Self {
        value.filter(|text| !text.is_empty()).map_or(Self::Any, |text| Self::Contains(text.to_owned()))
    }

    /// Whether the value passes.
    #[must_use]
    pub fn passes(&self, value: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Contains(text) => value.contains(text.as_str()),
            Self::Is(text) => value == text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(offset: Option<i64>, limit: Option<i64>) -> Vec<usize> {
        Paging::new(offset, limit).cut((0..600).collect()).items
    }

    #[test]
    fn offset_and_limit_are_clamped_as_the_contract_says() {
        assert_eq!(cut(None, None), (0..20).collect::<Vec<_>>());
        assert_eq!(cut(Some(-5), Some(0)), (0..20).collect::<Vec<_>>());
        assert_eq!(cut(Some(2), Some(-1)), (2..22).collect::<Vec<_>>());
        assert_eq!(cut(Some(0), Some(10_000)).len(), 500);
        assert_eq!(cut(Some(595), Some(10)), (595..600).collect::<Vec<_>>());
    }

    #[test]
    fn a_page_past_the_end_is_empty_and_still_knows_the_total() {
        let page = Paging::new(Some(i64::MAX), None).cut(vec![1, 2, 3]);
        assert_eq!(page, Page { total: 3, items: vec![] });
    }

    #[test]
    fn an_empty_filter_passes_everything() {
        assert!(Filter::exact(Some("")).passes("x") && Filter::fuzzy(None).passes("x"));
        assert!(Filter::fuzzy(Some("mid")).passes("amidst") && !Filter::exact(Some("mid")).passes("amidst"));
    }
}
