//! From definitions to a document.

mod acls;
mod backend;
mod operation;
mod parameter;
mod responses;
mod security;
mod throttles;

use crate::keys::{ACCESS_CONTROLS, METHODS, PREFIXES, RATE_LIMITS, RESPONSES};
use crate::text::{Dialect, Format, render};
use countersign_control::Error;
use countersign_control::apis::Definition;
use countersign_control::transfer::Export;
use serde_json::{Map, Value, json};

/// How a document is written.
#[derive(Debug, Clone, Copy)]
pub struct Writing<'a> {
    /// In which dialect.
    pub dialect: Dialect,
    /// As what.
    pub format: Format,
    /// The version that it gives itself.
    pub version: &'a str,
}

/// The APIs as a document.
///
/// # Errors
/// `APIG.3603` when it would have more than [`DOCUMENT_BYTES_MAX`](crate::DOCUMENT_BYTES_MAX) bytes.
pub fn write(export: &Export, writing: Writing<'_>) -> Result<String, Error> {
    let mut info = object([("title", json!(export.group.name))]);
    if !export.group.remark.is_empty() {
        info.insert("description".to_owned(), json!(export.group.remark));
    }
    info.insert("version".to_owned(), json!(writing.version));
    let mut sorted: Vec<&Definition> = export.definitions.iter().collect();
    // By matching as well, so that of two with one method the exact one comes first.
    sorted.sort_by_key(|one| (&one.path, one.method.as_str(), one.matching.as_str()));
    let paths = paths(&sorted, export, writing.dialect);
    let schemes = security::schemes(&export.authorizers);
    let responses = responses::write(&export.responses);
    let acls = acls::write(export.acls.values().flatten());
    let mut document = match writing.dialect {
        Dialect::Swagger => json!({
            "swagger": "2.0",
            "info": info,
            "host": export.host,
            "paths": paths,
            "responses": {"default": response()},
            "securityDefinitions": schemes,
            RESPONSES: responses,
        }),
        Dialect::OpenApi => json!({
            "openapi": "3.0.0",
            "info": info,
            "servers": [{"url": format!("http://{}", export.host)}, {"url": format!("https://{}", export.host)}],
            "paths": paths,
            "components": {
                "responses": {"default": response()},
                "securitySchemes": schemes,
                RESPONSES: responses,
            },
        }),
    };
    let common = match writing.dialect {
        Dialect::Swagger => document.as_object_mut(),
        Dialect::OpenApi => document["components"].as_object_mut(),
    };
    let common = common.expect("it was written as one");
    common.set_filled(ACCESS_CONTROLS, acls);
    common.set_filled(RATE_LIMITS, throttles::write(export.throttles.values()));
    render(&document, writing.format)
}

/// What every operation refers to as its answer: gateways know nothing about answers.
fn response() -> Value {
    json!({"description": "response example"})
}

fn paths(sorted: &[&Definition], export: &Export, dialect: Dialect) -> Map<String, Value> {
    let mut paths = Map::new();
    for definition in sorted {
        let operation = operation::write(definition, export, dialect);
        let item = item(&mut paths, &definition.path);
        let key = key(definition);
        let place = if item.contains_key(key) { self::item(item, PREFIXES) } else { item };
        place.insert(key.to_owned(), Value::Object(operation));
    }
    paths
}

/// A list of `{key, value}`.
fn pairs(pairs: &[(String, String)]) -> Value {
    pairs.iter().map(|(key, value)| json!({"key": key, "value": value})).collect()
}

/// The object under the key, made when it is not there.
fn item<'a>(parent: &'a mut Map<String, Value>, key: &str) -> &'a mut Map<String, Value> {
    let slot = parent.entry(key).or_insert_with(|| Value::Object(Map::new()));
    slot.as_object_mut().expect("only objects are put there")
}

fn key(definition: &Definition) -> &'static str {
    let key = METHODS.iter().find(|(_, method)| *method == definition.method);
    key.expect("the table has every method").0
}

/// An object of these members.
fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

/// Members, of which those that nobody set are left out.
trait Members {
    fn set(&mut self, key: &str, value: impl Into<Value>);
    fn set_some(&mut self, key: &str, value: Option<impl Into<Value>>);
    fn set_filled(&mut self, key: &str, members: Map<String, Value>);
}

impl Members for Map<String, Value> {
    fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.insert(key.to_owned(), value.into());
    }

    fn set_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }

    fn set_filled(&mut self, key: &str, members: Map<String, Value>) {
        if !members.is_empty() {
            self.set(key, members);
        }
    }
}
