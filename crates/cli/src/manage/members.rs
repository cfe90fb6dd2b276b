//! Members of an object put over those that it has.

use serde_json::{Map, Value};

/// The current object with what the document says; lists are replaced whole.
pub(super) fn merged(current: &Value, members: &Map<String, Value>) -> Value {
    let mut merged = current.as_object().cloned().unwrap_or_default();
    for (name, value) in members {
        let value = match (merged.get(name), value) {
            (Some(old @ Value::Object(_)), Value::Object(new)) => self::merged(old, new),
            _ => value.clone(),
        };
        merged.insert(name.clone(), value);
    }
    Value::Object(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_change_keeps_what_the_document_leaves_out() {
        let current = json!({ "a": 1, "b": { "c": 1, "d": 2 }, "l": [1, 2] });
        let members = json!({ "b": { "c": 3 }, "l": [9] });
        assert_eq!(
            merged(&current, members.as_object().unwrap()),
            json!({ "a": 1, "b": { "c": 3, "d": 2 }, "l": [9] })
        );
    }
}
