//! Links beside resources and lists.

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
