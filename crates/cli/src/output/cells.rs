//! The shape of a value for people: rows, members, lines or one text.

use serde_json::Value;

/// What a table or tab-separated text can show.
pub(super) enum Shape {
    /// Null, or an empty list.
    Nothing,
    /// One scalar.
    Plain(String),
    /// A list of scalars.
    Lines(Vec<String>),
    /// A list of objects or lists.
    Rows { header: Vec<String>, rows: Vec<Vec<String>> },
    /// One object.
    Members(Vec<(String, String)>),
}

impl Shape {
    /// The shape of a value; of objects in a list only `columns` are shown, or all members of the first.
    pub(super) fn of(value: &Value, columns: &[&str]) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Object(members) => {
                Self::Members(members.iter().map(|(name, value)| (name.clone(), text(value))).collect())
            }
            Value::Array(items) => Self::of_list(items, columns),
            scalar => Self::Plain(text(scalar)),
        }
    }

    fn of_list(items: &[Value], columns: &[&str]) -> Self {
        match items.first() {
            None if columns.is_empty() => Self::Nothing,
            None => {
                Self::Rows { header: columns.iter().map(ToString::to_string).collect(), rows: Vec::new() }
            }
            Some(Value::Object(first)) => {
                let header: Vec<String> = match columns {
                    [] => first.keys().cloned().collect(),
                    columns => columns.iter().map(ToString::to_string).collect(),
                };
                let cell = |item: &Value, name: &str| item.get(name).map(text).unwrap_or_default();
                let row = |item| header.iter().map(|name| cell(item, name)).collect();
                Self::Rows { rows: items.iter().map(row).collect(), header }
            }
            Some(Value::Array(_)) => {
                let row = |item: &Value| item.as_array().map(|cells| cells.iter().map(text).collect());
                Self::Rows { header: Vec::new(), rows: items.iter().filter_map(row).collect() }
            }
            Some(_) => Self::Lines(items.iter().map(text).collect()),
        }
    }
}

/// One value in one line, texts bare.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => one_line(text),
        other => one_line(&other.to_string()),
    }
}

/// The text without control characters, so that nobody else's text drives the terminal.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
