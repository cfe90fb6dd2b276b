//! Documents: a kind, a name, and members of the management API, with other objects by their names.

use super::resource::{ALL, Resource};
use crate::exit::usage;
use anyhow::Context;
use serde_json::{Map, Value};
use std::io::Read;
use std::path::Path;

/// What a file may hold.
const BYTES_MAX: u64 = 8 << 20;

/// What one object shall be.
pub(crate) struct Document {
    pub(crate) resource: &'static Resource,
    pub(crate) name: String,
    /// All but kind and name; objects are still named by their words.
    pub(crate) members: Map<String, Value>,
}

/// Reads the documents of the files, those that others refer to first.
///
/// # Errors
/// When a file cannot be read, or a document has no known kind or no name.
pub(crate) fn read(paths: &[impl AsRef<Path>]) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for path in paths {
        for (index, tree) in trees(path.as_ref())?.into_iter().enumerate() {
            let place = format!("{}, document {}", path.as_ref().display(), index + 1);
            documents.push(document(tree).map_err(|fault| usage(format!("{place}: {fault}")))?);
        }
    }
    documents.sort_by_key(|document| ALL.iter().position(|resource| resource.kind == document.resource.kind));
    Ok(documents)
}

/// The trees of a YAML or JSON file; the elements of a list are trees of their own.
///
/// # Errors
/// When it cannot be read or is too long.
pub(super) fn trees(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = read_text(path).with_context(|| format!("cannot read {}", path.display()))?;
    let options = serde_saphyr::options! { strict_booleans: true, with_snippet: false };
    let trees: Vec<Value> = serde_saphyr::from_multiple_with_options(&text, options)
        .map_err(|error| usage(format!("{} is neither YAML nor JSON: {error}", path.display())))?;
    Ok(trees
        .into_iter()
        .flat_map(|tree| match tree {
            Value::Array(items) => items,
            Value::Null => Vec::new(),
            tree => vec![tree],
        })
        .collect())
}

fn read_text(path: &Path) -> std::io::Result<String> {
    let source: Box<dyn Read> = match path.to_str() {
        Some("-") => Box::new(std::io::stdin()),
        _ => Box::new(std::fs::File::open(path)?),
    };
    let mut text = String::new();
    source.take(BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > BYTES_MAX {
        return Err(std::io::Error::other(format!("it is longer than {BYTES_MAX} bytes")));
    }
    Ok(text)
}

fn document(tree: Value) -> Result<Document, String> {
    let Value::Object(mut members) = tree else {
        return Err("it is no object; write kind, name and members".to_owned());
    };
    let mut take = |member: &str| match members.shift_remove(member) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        _ => Err(format!("it has no {member}")),
    };
    let (kind, name) = (take("kind")?, take("name")?);
    let resource = ALL.into_iter().find(|resource| resource.kind == kind).ok_or_else(|| {
        format!("there is no kind {kind:?}; choose one of {}", ALL.map(|resource| resource.kind).join(", "))
    })?;
    Ok(Document { resource, name, members })
}
