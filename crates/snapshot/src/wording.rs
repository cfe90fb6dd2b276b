//! Texts with `$context.…` variables, split once and filled in for every refusal.

use crate::error::Fault;
use std::borrow::Cow;

const MARK: &str = "$context";
/// Longest text in bytes.
const BYTES_MAX: usize = 64 * 1024;
/// Most variables of one text: what a caller sends is not to be multiplied at will.
const VARIABLES_MAX: usize = 32;
/// Most bytes of one value in a body, and in a header line.
const VALUE_BYTES_MAX: (usize, usize) = (16 * 1024, 1024);

/// A text with variables.
#[derive(Debug, PartialEq, Eq)]
pub struct Wording(Box<[Piece]>);

#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Literal(Box<str>),
    Variable(Variable),
}

/// What a text may tell about a refused call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Variable {
    /// `apiId`
    ApiId,
    /// `apiName`
    ApiName,
    /// `appId` of the caller.
    AppId,
    /// `appName` of the caller.
    AppName,
    /// `requestId`
    RequestId,
    /// `stage`: name of the environment.
    Stage,
    /// `sourceIp`
    SourceIp,
    /// `reqPath`: path without query, as received.
    ReqPath,
    /// `reqUri`: path and query, as received.
    ReqUri,
    /// `reqMethod`
    ReqMethod,
    /// `error.message`
    ErrorMessage,
    /// `error.code`
    ErrorCode,
    /// `error.type`: name of the response type.
    ErrorType,
    /// `authorizer.frontend.<name>`: what the API's authorizer says about the caller.
    FrontendAuthorizer(Box<str>),
    /// `authorizer.backend.<name>`: what the backend's authorizer says.
    BackendAuthorizer(Box<str>),
}

/// What keeps a value from meaning more than text where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// Inside a string of a JSON document.
    Json,
    /// Inside HTML or XML.
    Markup,
    /// A header line: nothing that ends it.
    Header,
    /// Any other text.
    None,
}

impl Wording {
    /// Reads a text.
    ///
    /// # Errors
    /// A variable that does not exist or has no name, more than 32 variables or 64 KiB; `what` says which text is at
    /// fault.
    pub fn parse(text: &str, what: &'static str) -> Result<Self, Fault> {
        if text.len() > BYTES_MAX {
            return Err(Fault::TooLong(what));
        }
        let (mut pieces, mut literal, mut left) = (Vec::new(), String::new(), text);
        while let Some((before, after)) = left.split_once(MARK) {
            literal.push_str(before);
            // A longer word that begins alike is no variable.
            if after.starts_with(|next: char| next.is_alphanumeric() || next == '_') {
                literal.push_str(MARK);
                left = after;
                continue;
            }
            let (variable, rest) = variable(after).ok_or(Fault::Invalid(what))?;
            if !literal.is_empty() {
                pieces.push(Piece::Literal(std::mem::take(&mut literal).into()));
            }
            pieces.push(Piece::Variable(variable));
            left = rest;
        }
        literal.push_str(left);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.into()));
        }
        let variables = pieces.iter().filter(|piece| matches!(piece, Piece::Variable(_))).count();
        if variables > VARIABLES_MAX { Err(Fault::TooLong(what)) } else { Ok(Self(pieces.into())) }
    }

    /// The text when it has no variables.
    pub(crate) fn constant(&self) -> Option<&str> {
        match &*self.0 {
            [] => Some(""),
            [Piece::Literal(text)] => Some(text),
            _ => None,
        }
    }

    /// The parts that are written as they stand.
    pub(crate) fn literals(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(&**text),
            Piece::Variable(_) => None,
        })
    }

    /// Fills in the variables; one without value is empty, a long value is cut.
    pub fn render<'v>(&self, escape: Escape, value: impl Fn(&Variable) -> Option<Cow<'v, str>>) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(literal) => text.push_str(literal),
                Piece::Variable(variable) => escape.push(&mut text, &value(variable).unwrap_or_default()),
            }
        }
        text
    }
}

/// The variable whose name follows the mark, and what follows it. The longest known name counts: what comes after it
/// is text.
fn variable(after: &str) -> Option<(Variable, &str)> {
    let name = after.strip_prefix('.')?;
    for (side, make) in [
        ("authorizer.frontend.", Variable::FrontendAuthorizer as fn(Box<str>) -> Variable),
        ("authorizer.backend.", Variable::BackendAuthorizer),
    ] {
        if let Some(property) = name.strip_prefix(side) {
            let end = property.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
            let (property, rest) = property.split_at(end.unwrap_or(property.len()));
            return (!property.is_empty()).then(|| (make(property.into()), rest));
        }
    }
    let end = name.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.')).unwrap_or(name.len());
    // A full stop at the end is the sentence's.
    let word = name.get(..end)?.trim_end_matches('.');
    Some((named(word)?, name.get(word.len()..)?))
}

fn named(word: &str) -> Option<Variable> {
    Some(match word {
        "apiId" => Variable::ApiId,
        "apiName" => Variable::ApiName,
        "appId" => Variable::AppId,
        "appName" => Variable::AppName,
        "requestId" => Variable::RequestId,
        "stage" => Variable::Stage,
        "sourceIp" => Variable::SourceIp,
        "reqPath" => Variable::ReqPath,
        "reqUri" => Variable::ReqUri,
        "reqMethod" => Variable::ReqMethod,
        "error.message" => Variable::ErrorMessage,
        "error.code" => Variable::ErrorCode,
        "error.type" => Variable::ErrorType,
        _ => return None,
    })
}

impl Escape {
    fn push(self, text: &mut String, value: &str) {
        let most = if self == Self::Header { VALUE_BYTES_MAX.1 } else { VALUE_BYTES_MAX.0 };
        let (value, _cut_off) = value.split_at(value.floor_char_boundary(most));
        match self {
            Self::None => text.push_str(value),
            Self::Json => {
                let quoted = serde_json::to_string(value).unwrap_or_default();
                let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
                text.push_str(inner.unwrap_or_default());
            }
            Self::Markup => value.chars().for_each(|c| match c {
                '&' => text.push_str("&amp;"),
                '<' => text.push_str("&lt;"),
                '>' => text.push_str("&gt;"),
                '"' => text.push_str("&quot;"),
                '\'' => text.push_str("&#39;"),
                other => text.push(other),
            }),
            Self::Header => text.extend(value.chars().map(|c| if c.is_control() { ' ' } else { c })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn render(text: &str, escape: Escape, value: &str) -> String {
        Wording::parse(text, "body").unwrap().render(escape, |_| Some(Cow::Borrowed(value)))
    }

    #[test]
    fn every_documented_variable_is_known_and_a_full_stop_ends_it() {
        for name in [
            "apiId",
            "apiName",
            "appId",
            "appName",
            "requestId",
            "stage",
            "sourceIp",
            "reqPath",
            "reqUri",
            "reqMethod",
            "error.message",
            "error.code",
            "error.type",
            "authorizer.frontend.user-id",
            "authorizer.backend.role_2",
        ] {
            assert_eq!(render(&format!("<$context.{name}.>"), Escape::None, "x"), "<x.>", "{name}");
        }
        assert_eq!(render("$context.apiId-$context.stage", Escape::None, "x"), "x-x");
    }

    #[test]
    fn a_variable_without_name_or_with_an_unknown_one_is_refused() {
        for text in [
            "$context",
            "$context.",
            "a $context b",
            "$context..apiId",
            "$context.apiid",
            "$context.error",
            "$context.apiIdentifier",
            "$context.authorizer.frontend.",
            "$context.authorizer.other.x",
            "$context.apiId.x",
            "{\"a\":\"$context\"}",
        ] {
            assert_eq!(Wording::parse(text, "body"), Err(Fault::Invalid("body")), "{text}");
        }
        let long = "x".repeat(BYTES_MAX + 1);
        assert_eq!(Wording::parse(&long, "body"), Err(Fault::TooLong("body")));
    }

    #[test]
    fn what_a_caller_sends_is_not_multiplied_at_will() {
        let text = |variables: usize| "$context.reqUri".repeat(variables);
        assert_eq!(Wording::parse(&text(VARIABLES_MAX + 1), "body"), Err(Fault::TooLong("body")));
        let long = "\u{4f60}".repeat(VALUE_BYTES_MAX.0);
        for (escape, most) in [(Escape::None, VALUE_BYTES_MAX.0), (Escape::Header, VALUE_BYTES_MAX.1)] {
            let rendered = render(&text(VARIABLES_MAX), escape, &long);
            assert!(rendered.len() <= VARIABLES_MAX * most && rendered.len() > (VARIABLES_MAX - 1) * most);
        }
    }

    #[test]
    fn dollars_and_longer_words_are_text() {
        for text in ["", "$", "$contextual", "$context_x", "${context.apiId}", "100 $", "$Context.apiId"] {
            assert_eq!(Wording::parse(text, "body").unwrap().constant(), Some(text));
        }
    }

    #[test]
    fn values_do_not_leave_their_place() {
        assert_eq!(
            render("<b>$context.reqUri</b>", Escape::Markup, "<i a='\"'>&"),
            "<b>&lt;i a=&#39;&quot;&#39;&gt;&amp;</b>"
        );
        assert_eq!(render("$context.appName", Escape::Header, "a\r\nSet-Cookie: b"), "a  Set-Cookie: b");
    }

    #[test]
    fn a_variable_without_value_is_empty() {
        let wording = Wording::parse("[$context.appId]", "body").unwrap();
        assert_eq!(wording.render(Escape::Json, |_| None), "[]");
    }

    proptest! {
        #[test]
        fn whatever_the_value_a_json_template_stays_the_same_document(value in any::<String>()) {
            let text = render(r#"{"a":"$context.reqUri","b":1}"#, Escape::Json, &value);
            let document: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(document, serde_json::json!({"a": value, "b": 1}));
        }

        #[test]
        fn no_text_makes_reading_it_panic(text in "(\\$context|\\.|[a-z]{1,5}|\\PC){0,12}") {
            let _outcome = Wording::parse(&text, "body");
        }
    }
}
