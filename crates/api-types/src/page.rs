use serde::{Serialize, Serializer, ser::SerializeMap};

/// One page of a list: `{"size": …, "total": …, "<key>": […]}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageView<T> {
    /// Name of the member that holds the entries; each list has its own.
    pub key: &'static str,
    /// Entries of the whole list.
    pub total: usize,
    /// Entries of this page; `size` is their number.
    pub items: Vec<T>,
}

impl<T: Serialize> Serialize for PageView<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(3))?;
        map.serialize_entry("size", &self.items.len())?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry(self.key, &self.items)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_own_size_and_the_total() {
        let page = PageView { key: "envs", total: 7, items: vec!["a", "b"] };
        assert_eq!(serde_json::to_string(&page).unwrap(), r#"{"size":2,"total":7,"envs":["a","b"]}"#);
    }
}
