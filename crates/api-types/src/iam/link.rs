//! What Keystone's clients find beside every resource: links, options, tags.

use serde::Serialize;

/// Where the thing itself is.
#[derive(Serialize, Clone)]
pub struct SelfLink {
    /// Its address.
    #[serde(rename = "self")]
    pub this: String,
}

/// Where a page of a list is, and its neighbors.
#[derive(Serialize)]
pub struct PageLinks {
    /// Address of the list.
    #[serde(rename = "self")]
    pub this: String,
    /// The next page.
    pub next: Option<String>,
    /// The page before.
    pub previous: Option<String>,
}

/// The options of a resource that has none to set; always empty.
#[derive(Serialize)]
pub struct NoOptions {}

/// The tags of a resource that cannot be tagged; always empty.
pub type NoTags = [&'static str; 0];
