//! What has to change so that an object is as its document says.

use super::documents::Document;
use super::gateway::{Gateway, Scope};
use super::resource::Resource;
use anyhow::Context;
use serde_json::{Map, Value, json};

/// One object, as it is and as it shall be.
pub(crate) struct Plan {
    pub(crate) resource: &'static Resource,
    pub(crate) name: String,
    scope: Scope,
    members: Map<String, Value>,
    current: Option<Value>,
    /// What differs; for a new object all its members.
    pub(crate) changes: Vec<Change>,
}

/// One member that differs.
pub(crate) struct Change {
    /// Its name, nested ones behind their outer ones.
    pub(crate) path: String,
    /// As it is; null for a new one.
    pub(crate) from: Value,
    /// As it shall be.
    pub(crate) to: Value,
}

/// What a plan does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Create,
    Update,
    Keep,
}

impl Action {
    /// The word for what was done.
    pub(crate) fn done(self) -> &'static str {
        match self {
            Self::Create => "created",
            Self::Update => "updated",
            Self::Keep => "unchanged",
        }
    }

    /// The word for what would be done.
    pub(crate) fn planned(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Keep => "keep",
        }
    }
}

impl Plan {
    /// Compares the document with the object of its name.
    ///
    /// # Errors
    /// When the server refuses, or something the document refers to does not exist.
    pub(crate) fn of(gateway: &Gateway, document: Document) -> anyhow::Result<Self> {
        let Document { resource, name, mut members } = document;
        let whose = || format!("{} {name}", resource.kind);
        let scope = gateway.resolve(resource, &mut members).with_context(whose)?;
        let current = gateway.find(resource, &scope, &name).with_context(whose)?;
        let changes = changes(current.as_ref().unwrap_or(&Value::Null), &members);
        members.insert(resource.name.to_owned(), name.as_str().into());
        Ok(Self { resource, name, scope, members, current, changes })
    }

    /// The plan of an object that is in another one which does not exist yet.
    pub(crate) fn of_new(document: Document) -> Self {
        let Document { resource, name, members } = document;
        let changes = changes(&Value::Null, &members);
        Self { resource, name, scope: Scope::new(), members, current: None, changes }
    }

    /// What the plan does.
    pub(crate) fn action(&self) -> Action {
        match &self.current {
            None => Action::Create,
            Some(_) if self.changes.is_empty() => Action::Keep,
            Some(_) => Action::Update,
        }
    }

    /// Does it; returns the object as it is then.
    ///
    /// # Errors
    /// When the server refuses.
    pub(crate) fn carry_out(&self, gateway: &Gateway) -> anyhow::Result<Value> {
        let done = match &self.current {
            None => gateway.create(self.resource, &self.scope, self.members.clone()),
            Some(current) if self.changes.is_empty() => Ok(current.clone()),
            Some(current) => gateway.update(self.resource, &self.scope, current, &self.members),
        };
        done.with_context(|| format!("{} {}", self.resource.kind, self.name))
    }

    /// The plan as data; of secrets only that they change.
    pub(crate) fn to_json(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            json!({ "member": change.path, "from": change.shown(&change.from), "to": change.shown(&change.to) })
        });
        json!({
            "kind": self.resource.kind, "name": self.name, "action": self.action().planned(),
            "changes": changes.collect::<Vec<_>>(),
        })
    }
}

impl Change {
    /// The value, unless it is a secret.
    pub(crate) fn shown(&self, value: &Value) -> Value {
        let is_secret = self.path.rsplit('.').next().is_some_and(|name| name.ends_with("secret"));
        if is_secret && !value.is_null() { "****".into() } else { value.clone() }
    }
}

/// The members that differ from the current object; what a document leaves out does not count.
fn changes(current: &Value, members: &Map<String, Value>) -> Vec<Change> {
    let mut found = Vec::new();
    for (name, to) in members {
        let from = current.get(name).cloned().unwrap_or_default();
        match (&from, to) {
            (Value::Object(_), Value::Object(inner)) => {
                found.extend(
                    changes(&from, inner)
                        .into_iter()
                        .map(|change| Change { path: format!("{name}.{}", change.path), ..change }),
                );
            }
            _ if covers(&from, to) => {}
            _ => found.push(Change { path: name.clone(), from, to: to.clone() }),
        }
    }
    found
}

/// Whether the current value is what is wanted; servers complete objects by members of their own.
fn covers(current: &Value, wanted: &Value) -> bool {
    match (current, wanted) {
        (Value::Object(current), Value::Object(wanted)) => {
            wanted.iter().all(|(name, value)| covers(current.get(name).unwrap_or(&Value::Null), value))
        }
        (Value::Array(current), Value::Array(wanted)) => {
            current.len() == wanted.len()
                && current.iter().zip(wanted).all(|(current, wanted)| covers(current, wanted))
        }
        (current, wanted) => current == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(value: &Value) -> &Map<String, Value> {
        value.as_object().unwrap()
    }

    #[test]
    fn only_what_the_document_says_is_compared() {
        let current = json!({ "id": "1", "a": 1, "b": { "c": 1, "d": 2 }, "l": [{ "x": 1, "id": "2" }] });
        let same = json!({ "a": 1, "b": { "c": 1 }, "l": [{ "x": 1 }] });
        assert!(changes(&current, object(&same)).is_empty());
        let other = json!({ "a": 2, "b": { "c": 3 }, "l": [], "n": null });
        let paths: Vec<_> = changes(&current, object(&other)).into_iter().map(|change| change.path).collect();
        assert_eq!(paths, ["a", "b.c", "l"]);
    }

    #[test]
    fn secrets_are_not_shown() {
        let change = Change { path: "x.app_secret".to_owned(), from: Value::Null, to: "s".into() };
        assert_eq!(change.shown(&change.to), "****");
        assert_eq!(change.shown(&change.from), Value::Null);
    }
}
