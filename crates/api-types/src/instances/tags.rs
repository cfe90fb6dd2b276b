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

/// A key with all its values.
#[derive(Debug, Clone, Serialize)]
pub struct TagValuesView {
    /// Key.
    pub key: String,
    /// Values.
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
