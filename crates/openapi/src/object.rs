//! One object of a document: its members by name, each asked for once, and none left that nobody knows.

use crate::keys::OURS;
use countersign_control::Error;
use serde_json::{Map, Value};
use std::cell::Cell;

/// Longest chain of references.
const REFERENCES_MAX: usize = 16;

/// How much of a key is told, because a document may repeat a long one.
const KEY_CHARS_TOLD: usize = 64;

/// A document that is being read.
pub(crate) struct Document {
    pub(crate) root: Value,
    /// Bytes and members that reading may still touch. References let a document repeat a part of it; this bounds how
    /// often.
    left: Cell<usize>,
}

impl Document {
    pub(crate) fn new(root: Value, effort: usize) -> Self {
        Self { root, left: Cell::new(effort) }
    }

    fn charge(&self, effort: usize) -> Result<(), Error> {
        let left = self.left.get().checked_sub(effort).ok_or_else(Error::document_too_long)?;
        self.left.set(left);
        Ok(())
    }

    /// What the value stands for, when it may be a reference.
    fn resolve<'a>(&'a self, mut value: &'a Value, place: &str) -> Result<&'a Value, Error> {
        for _ in 0..REFERENCES_MAX {
            let Some(reference) = value.get("$ref") else { return Ok(value) };
            let pointer = reference.as_str().and_then(|text| text.strip_prefix('#'));
            let pointer = pointer.ok_or_else(|| {
                Error::import_syntax(place, "only references into the document are followed")
            })?;
            self.charge(pointer.len())?;
            value = self
                .root
                .pointer(pointer)
                .ok_or_else(|| Error::import_syntax(place, "the reference leads nowhere"))?;
        }
        Err(Error::import_syntax(place, "the reference leads through too many others, or back to itself"))
    }
}

/// An object at its place.
pub(crate) struct Object<'a> {
    document: &'a Document,
    members: &'a Map<String, Value>,
    place: String,
    known: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// The document as a whole.
    pub(crate) fn root(document: &'a Document) -> Result<Self, Error> {
        Self::new(document, &document.root, String::new())
    }

    fn new(document: &'a Document, value: &'a Value, place: String) -> Result<Self, Error> {
        let members = value.as_object().ok_or_else(|| wrong(&place, "an object is expected"))?;
        document.charge(members.len() + 1)?;
        Ok(Self { document, members, place, known: Vec::new() })
    }

    /// An item of this object's that may be a reference.
    pub(crate) fn follow(&self, (value, place): (&'a Value, String)) -> Result<Self, Error> {
        Self::new(self.document, self.document.resolve(value, &place)?, place)
    }

    /// Where a member stands.
    pub(crate) fn place(&self, key: &str) -> String {
        let key: String = key.chars().take(KEY_CHARS_TOLD).collect();
        if self.place.is_empty() { key } else { format!("{}.{key}", self.place) }
    }

    /// Counts places from here on.
    pub(crate) fn rooted(self) -> Self {
        Self { place: String::new(), ..self }
    }

    pub(crate) fn wrong(&self, key: &str, reason: &str) -> Error {
        wrong(&self.place(key), reason)
    }

    /// The member; `null` counts as absent.
    pub(crate) fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.known.push(key);
        self.members.get(key).filter(|value| !value.is_null())
    }

    /// A text.
    pub(crate) fn text(&mut self, key: &'static str) -> Result<Option<String>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| self.wrong(key, "a text is expected"))?;
        self.document.charge(text.len())?;
        Ok(Some(text.to_owned()))
    }

    /// A text that must be there.
    pub(crate) fn required_text(&mut self, key: &'static str) -> Result<String, Error> {
        self.text(key)?.ok_or_else(|| Error::missing(self.place(key)))
    }

    /// A text, number or truth value, as text.
    pub(crate) fn scalar(&mut self, key: &'static str) -> Result<Option<String>, Error> {
        self.value(key).map(|value| self.as_scalar(value, key)).transpose()
    }

    pub(crate) fn as_scalar(&self, value: &Value, key: &str) -> Result<String, Error> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ => return Err(self.wrong(key, "a text or a number is expected")),
        };
        self.document.charge(text.len())?;
        Ok(text)
    }

    /// One of the words that `parse` knows.
    pub(crate) fn word<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Error> {
        let Some(word) = self.text(key)?.filter(|word| !word.is_empty()) else { return Ok(None) };
        parse(&word).map(Some).ok_or_else(|| self.wrong(key, "the word has no meaning here"))
    }

    /// A word that must be there.
    pub(crate) fn required_word<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, Error> {
        self.word(key, parse)?.ok_or_else(|| Error::missing(self.place(key)))
    }

    /// A truth value.
    pub(crate) fn flag(&mut self, key: &'static str) -> Result<Option<bool>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        value.as_bool().map(Some).ok_or_else(|| self.wrong(key, "true or false is expected"))
    }

    /// A whole number.
    pub(crate) fn number(&mut self, key: &'static str) -> Result<Option<i64>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        whole(value).map(Some).ok_or_else(|| self.wrong(key, "a whole number is expected"))
    }

    /// A whole number that must be there.
    pub(crate) fn required_number(&mut self, key: &'static str) -> Result<i64, Error> {
        self.number(key)?.ok_or_else(|| Error::missing(self.place(key)))
    }

    /// The items of a list with their places; none when it is absent.
    pub(crate) fn list(&mut self, key: &'static str) -> Result<Option<Vec<(&'a Value, String)>>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let items = value.as_array().ok_or_else(|| self.wrong(key, "a list is expected"))?;
        self.document.charge(items.len())?;
        let place = |position| format!("{}[{position}]", self.place(key));
        Ok(Some(items.iter().enumerate().map(|(position, item)| (item, place(position))).collect()))
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, key: &'static str) -> Result<Option<Vec<String>>, Error> {
        let Some(items) = self.list(key)? else { return Ok(None) };
        items.into_iter().map(|(item, _)| self.as_scalar(item, key)).collect::<Result<_, _>>().map(Some)
    }

    /// A list of objects.
    pub(crate) fn objects(&mut self, key: &'static str) -> Result<Vec<Self>, Error> {
        let items = self.list(key)?.unwrap_or_default();
        items.into_iter().map(|(item, place)| Self::new(self.document, item, place)).collect()
    }

    /// A list of `{key, value}`.
    pub(crate) fn pairs(&mut self, key: &'static str) -> Result<Option<Vec<(String, String)>>, Error> {
        if self.value(key).is_none() {
            return Ok(None);
        }
        let pair = |mut pair: Self| {
            let texts = (pair.required_text("key")?, pair.required_text("value")?);
            pair.finish()?;
            Ok(texts)
        };
        self.objects(key)?.into_iter().map(pair).collect::<Result<_, _>>().map(Some)
    }

    /// An object, which may be a reference.
    pub(crate) fn object(&mut self, key: &'static str) -> Result<Option<Self>, Error> {
        let Some(value) = self.value(key) else { return Ok(None) };
        self.follow((value, self.place(key))).map(Some)
    }

    /// What the published form has no word for; empty when nothing is said.
    pub(crate) fn ours(&mut self) -> Result<Self, Error> {
        static NOTHING: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
        let place = self.place(OURS);
        Ok(self.object(OURS)?.unwrap_or(Self {
            document: self.document,
            members: &NOTHING,
            place,
            known: Vec::new(),
        }))
    }

    /// The members as name and value.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Value)> + use<'a> {
        self.members.iter().map(|(key, value)| (key.as_str(), value))
    }

    /// The member of a name that only the document knows.
    pub(crate) fn named(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name)
    }

    /// Members that may be there and say nothing to a gateway.
    pub(crate) fn ignore(&mut self, keys: &[&'static str]) {
        self.known.extend(keys);
    }

    /// Refuses members that nobody asked for. Extensions of other products are none of ours.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let is_strange = |key: &&String| !is_foreign(key) && !self.known.contains(&key.as_str());
        match self.members.keys().find(is_strange) {
            Some(key) => Err(self.wrong(key, "the key is unknown")),
            None => Ok(()),
        }
    }
}

fn wrong(place: &str, reason: &str) -> Error {
    Error::import_syntax(if place.is_empty() { "the document" } else { place }, reason)
}

fn is_foreign(key: &str) -> bool {
    key.starts_with("x-") && !key.starts_with("x-apigateway-") && !key.starts_with(OURS)
}

/// `10` and `10.0` are the same number to writers of documents.
fn whole(value: &Value) -> Option<i64> {
    let exact = |float: &f64| float.fract() == 0.0 && float.abs() < 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "`exact` has checked it")]
    value.as_i64().or_else(|| value.as_f64().filter(exact).map(|float| float as i64))
}
