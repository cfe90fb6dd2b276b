use serde::{Deserialize, Serialize};

/// A tag.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagView {
    /// Key.
    pub key: String,
    /// Value.
    #[serde(default)]
    pub value: String,
}

/// A key with values.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagValuesView {
    /// Key.
    pub key: String,
    /// Values.
    #[serde(default)]
    pub values: Vec<String>,
}

/// A list of tags.
#[derive(Debug, Clone, Serialize)]
pub struct TagsView<T> {
    /// The tags.
    pub tags: Vec<T>,
}

/// Body of adding or removing tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagsAction {
    /// `create` or `delete`.
    pub action: Option<String>,
    /// The tags.
    pub tags: Option<Vec<TagView>>,
}

/// Body of searching gateways by tags.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TagsQuery {
    /// Only those without any tag.
    pub without_any_tag: Option<bool>,
    /// For each key one of its values.
    pub tags: Option<Vec<TagValuesView>>,
    /// The same for tags that the cloud sets; there are none here.
    pub sys_tags: Option<Vec<TagValuesView>>,
    /// On other properties; `resource_name` is the only one.
    pub matches: Option<Vec<TagView>>,
}

/// Answer to searching.
#[derive(Debug, Clone, Serialize)]
pub struct TaggedView {
    /// What was found, the page of it.
    pub resources: Vec<TaggedInstanceView>,
    /// How many were found.
    pub total_count: usize,
}

/// Answer to counting.
#[derive(Debug, Clone, Serialize)]
pub struct TaggedCountView {
    /// How many were found.
    pub total_count: usize,
}

/// A gateway that was found.
#[derive(Debug, Clone, Serialize)]
pub struct TaggedInstanceView {
    /// Its id.
    pub resource_id: String,
    /// Not used; the contract spells it like this.
    pub resouce_detail: String,
    /// Its name.
    pub resource_name: String,
    /// Its tags.
    pub tags: Vec<TagView>,
}
