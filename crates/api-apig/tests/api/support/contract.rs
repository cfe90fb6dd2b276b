//! The published shapes, for comparing answers with them.

use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

const OPERATIONS: &str = include_str!("../../../../../spec/operations/apig-v2.tsv");
const EXTENSIONS: &str = include_str!("../../../../../spec/operations/apig-v2-extensions.tsv");
const MODELS: &str = include_str!("../../../../../spec/operations/apig-v2-models.tsv");

/// An operation as published.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) success: u16,
    /// The actions that guard it, with commas.
    pub(crate) actions: &'static str,
    /// How they are known.
    pub(crate) action_source: &'static str,
    pub(crate) body: &'static str,
    pub(crate) response: &'static str,
}

/// A member of a model.
pub(crate) struct Member {
    pub(crate) name: &'static str,
    kind: &'static str,
    required: bool,
}

type Members = Vec<Member>;

/// Whether an answer may leave optional members out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Optional {
    /// It must hold them all.
    Present,
    /// It may leave out what nobody set.
    MayLack,
}

static MEMBERS: LazyLock<HashMap<&'static str, Members>> = LazyLock::new(|| {
    let mut models = HashMap::<_, Members>::new();
    for line in rows(MODELS) {
        models.entry(line[0]).or_default().push(Member {
            name: line[1],
            kind: line[2],
            required: line[3] == "required",
        });
    }
    models
});

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// All published operations.
pub(crate) fn operations() -> Vec<Operation> {
    read(OPERATIONS)
}

/// The operations that are our own.
pub(crate) fn extensions() -> Vec<Operation> {
    read(EXTENSIONS)
}

fn read(table: &'static str) -> Vec<Operation> {
    rows(table)
        .map(|row| Operation {
            name: row[0],
            method: row[1],
            path: row[2],
            success: row[3].parse().unwrap(),
            actions: row[8],
            action_source: row[9],
            body: row[10],
            response: row[11],
        })
        .collect()
}

/// The members of a model.
pub(crate) fn members(model: &str) -> &'static [Member] {
    MEMBERS.get(model).map_or(&[], Vec::as_slice)
}

/// What is wrong with the value as an instance of the model: members that lack, exceed, or have another type.
pub(crate) fn deviations(model: &str, value: &Value, optional: Optional) -> Vec<String> {
    let mut comparison = Comparison { optional, found: Vec::new() };
    comparison.model(model, model, value);
    comparison.found
}

struct Comparison {
    optional: Optional,
    found: Vec<String>,
}

impl Comparison {
    fn model(&mut self, path: &str, model: &str, value: &Value) {
        // An answer that is one map has no member of its own; the models call the whole of it `body`.
        if let [Member { name: "body", kind, .. }] = members(model) {
            return self.kind(path, kind, value);
        }
        let empty = Map::new();
        let object = match value {
            Value::Object(object) => object,
            Value::Null if members(model).is_empty() => &empty,
            other => return self.found.push(format!("{path} is {other} instead of {model}")),
        };
        for Member { name, kind, required } in members(model) {
            match object.get(*name) {
                Some(value) => self.kind(&format!("{path}.{name}"), kind, value),
                None if !required && self.optional == Optional::MayLack => {}
                None => self.found.push(format!("{path}.{name} is missing")),
            }
        }
        for name in
            object.keys().filter(|name| members(model).iter().all(|known| known.name != name.as_str()))
        {
            self.found.push(format!("{path}.{name} is not published"));
        }
    }

    fn kind(&mut self, path: &str, kind: &str, value: &Value) {
        if let Some(inner) = kind.strip_prefix("list[").and_then(|rest| rest.strip_suffix(']')) {
            match value.as_array() {
                Some(items) => items.iter().for_each(|item| self.kind(&format!("{path}[]"), inner, item)),
                None => self.found.push(format!("{path} is {value} instead of a list")),
            }
            return;
        }
        if let Some(inner) = kind.strip_prefix("dict(str, ").and_then(|rest| rest.strip_suffix(')')) {
            let Some(entries) = value.as_object() else {
                return self.found.push(format!("{path} is {value} instead of a map"));
            };
            return entries.values().for_each(|entry| self.kind(&format!("{path}{{}}"), inner, entry));
        }
        let fits = match kind {
            "str" => value.is_string(),
            "datetime" => value.as_str().is_some_and(|text| text.ends_with('Z') && text.len() >= 20),
            "int" => value.is_i64() || value.is_u64(),
            "float" => value.is_number(),
            "bool" => value.is_boolean(),
            "object" => value.is_object(),
            kind if kind.starts_with("dict(") => value.is_object(),
            model => return self.model(path, model, value),
        };
        if !fits {
            self.found.push(format!("{path} is {value} instead of {kind}"));
        }
    }
}
