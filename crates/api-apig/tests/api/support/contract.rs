//! The published shapes, for comparing answers with them.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

const OPERATIONS: &str = include_str!("../../../../../spec/operations/apig-v2.tsv");
const MODELS: &str = include_str!("../../../../../spec/operations/apig-v2-models.tsv");

/// An operation as published.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) success: u16,
    pub(crate) body: &'static str,
    pub(crate) response: &'static str,
}

type Members = Vec<(&'static str, &'static str)>;

static MEMBERS: LazyLock<HashMap<&'static str, Members>> = LazyLock::new(|| {
    let mut models = HashMap::<_, Members>::new();
    for line in rows(MODELS) {
        models.entry(line[0]).or_default().push((line[1], line[2]));
    }
    models
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// All published operations.
pub(crate) fn operations() -> Vec<Operation> {
    rows(OPERATIONS)
        .map(|row| Operation {
            name: row[0],
            method: row[1],
            path: row[2],
            success: row[3].parse().unwrap(),
            body: row[8],
            response: row[9],
        })
        .collect()
}

/// The members of a model with their types.
pub(crate) fn members(model: &str) -> &'static [(&'static str, &'static str)] {
    MEMBERS.get(model).map_or(&[], Vec::as_slice)
}

/// What is wrong with the value as an instance of the model: members that lack, exceed, or have another type.
pub(crate) fn deviations(model: &str, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(model, model, value, &mut found);
    found
}

fn compare(path: &str, model: &str, value: &Value, found: &mut Vec<String>) {
    let empty = Map::new();
    let object = match value {
        Value::Object(object) => object,
        Value::Null if members(model).is_empty() => &empty,
        other => return found.push(format!("{path} is {other} instead of {model}")),
    };
    for (name, kind) in members(model) {
        match object.get(*name) {
            Some(value) => compare_type(&format!("{path}.{name}"), kind, value, found),
            None => found.push(format!("{path}.{name} is missing")),
        }
    }
    for name in object.keys().filter(|name| !members(model).iter().any(|(known, _)| known == name)) {
        found.push(format!("{path}.{name} is not published"));
    }
}

fn compare_type(path: &str, kind: &str, value: &Value, found: &mut Vec<String>) {
    if let Some(inner) = kind.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')) {
        match value.as_array() {
            Some(items) => {
                items.iter().for_each(|item| compare_type(&format!("{path}[]"), inner, item, found));
            }
            None => found.push(format!("{path} is {value} instead of a list")),
        }
        return;
    }
    let fits = match kind {
        "str" => value.is_string(),
        "datetime" => value.as_str().is_some_and(|text| text.ends_with('Z') && text.len() >= 20),
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        "bool" => value.is_boolean(),
        "object" => value.is_object(),
        kind if kind.starts_with("dict(") => value.is_object(),
        model => return compare(path, model, value, found),
    };
    if !fits {
        found.push(format!("{path} is {value} instead of {kind}"));
    }
}
