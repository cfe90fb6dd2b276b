//! What a field may hold.

use crate::configuration::Field;
use crate::exit::usage;
use anyhow::Context;
use hyper::Uri;

/// The text to keep, nothing to remove it; `-` is the first line of standard input.
///
/// # Errors
/// When the field cannot hold it.
pub(super) fn text(field: Field, text: &str) -> anyhow::Result<Option<String>> {
    let text = if text == "-" { line_of_standard_input()? } else { text.to_owned() };
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    fault(field, text).map_or(Ok(Some(text.to_owned())), |fault| Err(usage(fault)))
}

/// Why the field cannot hold this text.
pub(super) fn fault(field: Field, text: &str) -> Option<String> {
    if text.chars().any(char::is_control) {
        return Some(format!("the {} holds a control character", field.words()));
    }
    let is_url = matches!(field, Field::Endpoint | Field::IdentityEndpoint | Field::Gateway);
    (is_url && !is_base(text))
        .then(|| format!("the {} must be http[s]://host[:port], without a query", field.words()))
}

fn is_base(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|url| {
        matches!(url.scheme_str(), Some("http" | "https"))
            && url.authority().is_some()
            && url.query().is_none()
    })
}

fn line_of_standard_input() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).context("cannot read standard input")?;
    Ok(line)
}
