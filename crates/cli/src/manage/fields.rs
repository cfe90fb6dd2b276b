//! Members of an object on the command line: `name=text` and `name:=JSON`, nested ones by `outer.inner=text`.

use super::documents;
use crate::exit::usage;
use serde_json::{Map, Value};
use std::path::PathBuf;
use std::str::FromStr;

/// Members for `create` and `update`.
#[derive(clap::Args)]
pub(crate) struct Fields {
    /// Member to set: NAME=TEXT or NAME:=JSON; OUTER.INNER=TEXT sets a nested one.
    #[arg(value_name = "MEMBER")]
    items: Vec<Item>,
    /// YAML or JSON file with the members; those on the command line count before it. `-` is standard input.
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,
}

/// One member.
#[derive(Clone)]
struct Item {
    path: Vec<String>,
    value: Value,
}

impl Fields {
    /// All members, from the file and from the command line.
    ///
    /// # Errors
    /// When the file cannot be read or holds something else than one object.
    pub(crate) fn members(&self) -> anyhow::Result<Map<String, Value>> {
        let mut members = match &self.file {
            Some(path) => match documents::trees(path)?.as_slice() {
                [Value::Object(members)] => members.clone(),
                _ => return Err(usage(format!("{} must hold one object", path.display()))),
            },
            None => Map::new(),
        };
        for item in &self.items {
            put(&mut members, &item.path, item.value.clone());
        }
        Ok(members)
    }
}

impl FromStr for Item {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("write NAME=TEXT or NAME:=JSON")?;
        let (name, value) = match name.strip_suffix(':') {
            Some(name) => (name, serde_json::from_str(value).map_err(|error| format!("no JSON: {error}"))?),
            None => (name, value.into()),
        };
        let path: Vec<_> = name.split('.').map(str::to_owned).collect();
        if path.iter().any(String::is_empty) {
            return Err("the name before = is empty".to_owned());
        }
        Ok(Self { path, value })
    }
}

fn put(members: &mut Map<String, Value>, path: &[String], value: Value) {
    match path {
        [] => {}
        [name] => {
            members.insert(name.clone(), value);
        }
        [outer, inner @ ..] => {
            let nested = members.entry(outer.clone()).or_insert_with(|| Value::Object(Map::new()));
            if !nested.is_object() {
                *nested = Value::Object(Map::new());
            }
            if let Value::Object(nested) = nested {
                put(nested, inner, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn texts_json_and_nested_members_are_told_apart() {
        let items = ["a=1", "b:=1", "c.d=x=y", "c.e:=[true]", "f=", "g=http://h:=1"];
        let items = items.map(|item| item.parse().unwrap()).to_vec();
        let members = Fields { items, file: None }.members().unwrap();
        let expected = json!({
            "a": "1", "b": 1, "c": { "d": "x=y", "e": [true] }, "f": "", "g": "http://h:=1"
        });
        assert_eq!(Value::Object(members), expected);
        for wrong in ["a", "=1", "a:=x", "a..b=1"] {
            assert!(wrong.parse::<Item>().is_err(), "{wrong}");
        }
    }
}
