//! The same JSON value as other serializers write it.

use crate::Mistake;
use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter, Serializer};
use serde_json::{Map, Value};
use std::io::{self, Write};

/// What the body becomes when it is read and written again; nothing if it is no JSON object or array.
pub(super) fn rewritten(body: &[u8]) -> Vec<(Mistake, Vec<u8>)> {
    let Some(value) = serde_json::from_slice::<Value>(body).ok().filter(|value| !value.is_number()) else {
        return Vec::new();
    };
    let sorted = sorted(value.clone());
    let styles = |plain, value: &Value| {
        let compact = write(value, CompactFormatter);
        let lines = [
            (plain, compact.clone()),
            (Mistake::JsonSpaced, write(value, Spaced)),
            (Mistake::JsonIndented, write(value, PrettyFormatter::with_indent(b"  "))),
            (Mistake::JsonIndented, write(value, PrettyFormatter::with_indent(b"    "))),
            (Mistake::JsonIndented, write(value, PrettyFormatter::with_indent(b"\t"))),
            (
                Mistake::JsonEscaped,
                write(value, Escaped { inner: CompactFormatter, only: Escapes::NonAscii }),
            ),
            (Mistake::JsonEscaped, write(value, Escaped { inner: Spaced, only: Escapes::NonAscii })),
            (Mistake::JsonEscaped, write(value, Escaped { inner: CompactFormatter, only: Escapes::Slash })),
            (Mistake::JsonEscaped, write(value, Escaped { inner: CompactFormatter, only: Escapes::Html })),
        ];
        lines.into_iter().chain([(plain, [compact, b"\n".to_vec()].concat())])
    };
    // Escapes first: whoever writes them mostly writes no blanks either, and a body may need both.
    let by_keys = styles(Mistake::JsonKeysSorted, &sorted).map(|(_, body)| (Mistake::JsonKeysSorted, body));
    styles(compact_mistake(&value, body), &value).chain(by_keys).collect()
}

/// Writing without blanks is a mistake of escapes where the body has no blanks to lose.
fn compact_mistake(value: &Value, body: &[u8]) -> Mistake {
    let has_no_blanks = [Escapes::NonAscii, Escapes::Slash, Escapes::Html]
        .into_iter()
        .any(|only| write(value, Escaped { inner: CompactFormatter, only }) == body);
    if has_no_blanks { Mistake::JsonEscaped } else { Mistake::JsonCompacted }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> =
                members.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(Map::from_iter(members))
        }
        other => other,
    }
}

fn write(value: &Value, formatter: impl Formatter) -> Vec<u8> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, formatter);
    value.serialize(&mut serializer).expect("a vector takes every byte, and keys are strings");
    out
}

/// `", "` and `": "`, as Python writes.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if first { Ok(()) } else { out.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

/// Which characters are escaped that need not be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// As Python writes.
    NonAscii,
    /// As PHP writes, which escapes characters beyond ASCII too.
    Slash,
    /// `<`, `>` and `&`, as Go writes.
    Html,
}

/// Another formatter with more escapes.
struct Escaped<F> {
    inner: F,
    only: Escapes,
}

impl<F> Escaped<F> {
    fn has(&self, character: char) -> bool {
        match self.only {
            Escapes::NonAscii => !character.is_ascii(),
            Escapes::Slash => character == '/' || !character.is_ascii(),
            Escapes::Html => matches!(character, '<' | '>' | '&' | '\u{2028}' | '\u{2029}'),
        }
    }
}

impl<F: Formatter> Formatter for Escaped<F> {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_array_value(out, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.inner.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.inner.begin_object_value(out)
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        for character in fragment.chars() {
            if character == '/' && self.has(character) {
                out.write_all(b"\\/")?;
            } else if self.has(character) {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}")?;
                }
            } else {
                write!(out, "{character}")?;
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, out: &mut W, escape: CharEscape) -> io::Result<()> {
        self.inner.write_char_escape(out, escape)
    }
}
