//! A kind of object, and how it is written on the wire.

mod table;

pub(crate) use table::{
    ACLS, ALL, APIS, APPS, AUTHORIZERS, ENVIRONMENTS, GROUPS, RESPONSES, SIGNATURE_KEYS, THROTTLES, VARIABLES,
};

use serde_json::Value;

/// One kind of object.
pub(crate) struct Resource {
    /// Its name in documents and sentences.
    pub(crate) kind: &'static str,
    /// Its path below the instance; `{member}` is the id of an object that it is in.
    pub(super) path: &'static str,
    /// The member of a page that holds the objects.
    pub(super) list: &'static str,
    /// The member that holds an object's name.
    pub(super) name: &'static str,
    /// The query parameter that looks for a name.
    pub(super) filter: Option<&'static str>,
    /// Whether one object has a path of its own to read; otherwise the list shows all of it.
    pub(super) has_show: bool,
    /// The objects that it is in: names are unique there.
    pub(super) scope: &'static [Reference],
    /// Objects that it names beside those.
    pub(super) references: &'static [Reference],
    /// The members of a change; what a change leaves out, the server resets.
    pub(super) fields: &'static [&'static str],
    /// A member that holds objects, and their member that is true where the server says what it does by itself:
    /// those objects, and that member of the others, are no part of a change.
    pub(super) inherited: Option<(&'static str, &'static str)>,
    /// What a table shows.
    pub(super) columns: &'static [&'static str],
}

/// A member that holds another object's id, and the word by which people name the object.
pub(crate) struct Reference {
    pub(super) word: &'static str,
    pub(super) member: &'static str,
    pub(super) to: &'static Resource,
}

impl Resource {
    /// Every reference, those of its scope first: the others are looked for in the same scope.
    pub(super) fn all_references(&self) -> impl Iterator<Item = &'static Reference> {
        self.scope.iter().chain(self.references)
    }

    /// What a change sends along of the object: not what only the server says.
    pub(super) fn change(&self, current: &Value) -> Value {
        let members = self.fields.iter().filter_map(|field| {
            let mut value = current.get(field).filter(|value| !value.is_null())?.clone();
            if let Some((_, mark)) = self.inherited.filter(|(holder, _)| holder == field) {
                leave_out(&mut value, mark);
            }
            Some(((*field).to_owned(), value))
        });
        Value::Object(members.collect())
    }

    /// Whether the scope's member stands in the path rather than in the body.
    pub(super) fn is_in_path(&self, member: &str) -> bool {
        self.path.contains(&format!("{{{member}}}"))
    }
}

/// Leaves out the objects whose `mark` is true, and the mark of the others.
fn leave_out(value: &mut Value, mark: &str) {
    let Value::Object(objects) = value else { return };
    objects.retain(|_, object| object.get(mark) != Some(&Value::Bool(true)));
    for object in objects.values_mut().filter_map(Value::as_object_mut) {
        object.shift_remove(mark);
    }
}

#[cfg(test)]
impl Resource {
    /// The words by which a document says where the object is.
    pub(crate) fn words(&self) -> String {
        self.scope.iter().map(|reference| format!("`{}`", reference.word)).collect::<Vec<_>>().join(", ")
    }

    /// The members that a document may have; words stand for members with ids.
    pub(crate) fn members(&self) -> String {
        let own = self.fields.iter().filter(|field| **field != self.name);
        let own = own.filter(|field| self.all_references().all(|reference| reference.member != **field));
        let words = self.references.iter().map(|reference| &reference.word);
        own.chain(words).map(|member| format!("`{member}`")).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_the_server_says_by_itself_is_no_part_of_a_change() {
        let current = json!({
            "id": "1", "name": "n",
            "responses": { "A": { "status": 401, "default": false }, "B": { "status": 500, "default": true } },
        });
        let change = json!({ "name": "n", "responses": { "A": { "status": 401 } } });
        assert_eq!(RESPONSES.change(&current), change);
    }

    #[test]
    fn what_is_referred_to_comes_before() {
        for (index, resource) in ALL.iter().enumerate() {
            for reference in resource.all_references() {
                let place = ALL.iter().position(|other| other.kind == reference.to.kind);
                assert!(place.is_some_and(|place| place < index), "{} {}", resource.kind, reference.word);
            }
        }
    }
}
