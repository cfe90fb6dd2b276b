//! Addresses of resources and lists.

use crate::call::Call;
use countersign_api_types::iam::link::{PageLinks, SelfLink};

/// The link of one resource; `path` starts with a slash.
pub(crate) fn to(call: &Call, path: &str) -> SelfLink {
    SelfLink { this: format!("{}{path}", call.base.url) }
}

/// The links of a list that is one page.
pub(crate) fn whole(call: &Call) -> PageLinks {
    PageLinks { this: format!("{}{}", call.base.url, call.head.uri.path()), next: None, previous: None }
}
