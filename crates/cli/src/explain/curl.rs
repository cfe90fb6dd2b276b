//! A curl command line, as browsers copy it and people write it: the request that curl would send.

use super::ansi_c::to_posix;
use super::input::Input;
use super::options::{Meaning, long, short};
use super::unreadable;
use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What the words amount to.
#[derive(Default)]
struct Line {
    method: Option<String>,
    /// Header lines; with a value, without one (`;`), or taken out (`:`).
    headers: Vec<String>,
    data: Option<Vec<u8>>,
    url: Option<String>,
    is_json: bool,
    is_get: bool,
    is_head: bool,
    keeps_dots: bool,
}

/// Reads the line.
///
/// # Errors
/// When a quote is open, an option is not known, or there is no URL.
pub(super) fn read(text: &str) -> anyhow::Result<Input> {
    let text = to_posix(text.trim().trim_start_matches("$ "));
    let words = shell_words::split(&text.replace("\\\r\n", " ")).map_err(unreadable)?;
    let mut line = Line::default();
    let mut words = words.into_iter().skip(1);
    while let Some(word) = words.next() {
        line.take(&word, &mut words)?;
    }
    line.into_input()
}

impl Line {
    fn take(&mut self, word: &str, words: &mut impl Iterator<Item = String>) -> anyhow::Result<()> {
        let unknown = || {
            unreadable(format!(
                "the curl option {word} is not known here; leave it out if it changes nothing that is sent"
            ))
        };
        if let Some(name) = word.strip_prefix("--").filter(|name| !name.is_empty()) {
            return self.option(long(name).ok_or_else(unknown)?, String::new(), words);
        }
        let Some(letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
            self.url = Some(word.to_owned());
            return Ok(());
        };
        for (at, letter) in letters.char_indices() {
            let meaning = short(letter).ok_or_else(unknown)?;
            if meaning.has_value() {
                let rest = letters.get(at + letter.len_utf8()..).unwrap_or_default();
                return self.option(meaning, rest.to_owned(), words);
            }
            self.option(meaning, String::new(), words)?;
        }
        Ok(())
    }

    /// `attached` is what follows a short option in its own word.
    fn option(
        &mut self,
        meaning: Meaning,
        attached: String,
        words: &mut impl Iterator<Item = String>,
    ) -> anyhow::Result<()> {
        let value = match (meaning.has_value(), attached.is_empty()) {
            (true, true) => words.next().ok_or_else(|| unreadable("the last option has no value"))?,
            _ => attached,
        };
        match meaning {
            Meaning::Method => self.method = Some(value),
            Meaning::Header => self.headers.push(value),
            Meaning::Data => self.add_data(without_breaks(of_file(&value)?)),
            Meaning::RawData => self.add_data(value.into()),
            Meaning::BinaryData => self.add_data(of_file(&value)?),
            Meaning::Json => {
                self.is_json = true;
                let data = of_file(&value)?;
                self.data.get_or_insert_default().extend(data);
            }
            Meaning::Cookie => self.headers.push(format!("Cookie: {value}")),
            Meaning::UserAgent => self.headers.push(format!("User-Agent: {value}")),
            Meaning::Referer => self.headers.push(format!("Referer: {value}")),
            Meaning::User => self.headers.push(format!("Authorization: Basic {}", STANDARD.encode(value))),
            Meaning::Url => self.url = Some(value),
            Meaning::Get => self.is_get = true,
            Meaning::Head => self.is_head = true,
            Meaning::Compressed => self.headers.push("Accept-Encoding: deflate, gzip, br, zstd".to_owned()),
            Meaning::PathAsIs => self.keeps_dots = true,
            Meaning::Ignored | Meaning::IgnoredWithValue => {}
        }
        Ok(())
    }

    fn add_data(&mut self, more: Vec<u8>) {
        match &mut self.data {
            Some(data) => {
                data.push(b'&');
                data.extend(more);
            }
            None => self.data = Some(more),
        }
    }

    /// The request, completed with what curl adds.
    fn into_input(mut self) -> anyhow::Result<Input> {
        let mut url = self.url.take().ok_or_else(|| unreadable("the curl line has no URL"))?;
        if self.is_get
            && let Some(data) = self.data.take()
        {
            let separator = if url.contains('?') { '&' } else { '?' };
            url = format!("{url}{separator}{}", String::from_utf8_lossy(&data));
        }
        let default = match () {
            () if self.is_head => "HEAD",
            () if self.data.is_some() => "POST",
            () => "GET",
        };
        let mut input =
            Input { method: self.method.take().unwrap_or_else(|| default.to_owned()), ..Input::default() };
        let removed = self.add_headers(&mut input);
        input.set_url(&url);
        if !self.keeps_dots {
            input.target = without_dots(&input.target);
        }
        if let Some(data) = self.data {
            let kind = if self.is_json { "application/json" } else { "application/x-www-form-urlencoded" };
            input.complete("Content-Type", kind);
            input.complete("Content-Length", &data.len().to_string());
            input.body = data;
        }
        input.complete("Accept", if self.is_json { "application/json" } else { "*/*" });
        input.headers.retain(|(name, _)| !removed.iter().any(|other| name.eq_ignore_ascii_case(other)));
        Ok(input)
    }

    /// Puts the headers in; gives the names of those that curl shall not send.
    fn add_headers(&self, input: &mut Input) -> Vec<String> {
        let mut removed = Vec::new();
        for line in &self.headers {
            match line.split_once(':') {
                Some((name, value)) if value.trim().is_empty() => removed.push(name.trim().to_owned()),
                Some((name, value)) => input.headers.push((name.trim().to_owned(), value.trim().into())),
                None => {
                    input.headers.extend(line.strip_suffix(';').map(|name| (name.to_owned(), Vec::new())));
                }
            }
        }
        removed
    }
}

/// The text itself, or the bytes of the file behind `@`.
fn of_file(value: &str) -> anyhow::Result<Vec<u8>> {
    match value.strip_prefix('@') {
        Some(path) => std::fs::read(path).with_context(|| format!("cannot read the body from {path}")),
        None => Ok(value.into()),
    }
}

fn without_breaks(mut data: Vec<u8>) -> Vec<u8> {
    data.retain(|byte| !matches!(byte, b'\r' | b'\n'));
    data
}

/// Curl resolves dot segments of the path (RFC 3986 §5.2.4).
fn without_dots(target: &[u8]) -> Vec<u8> {
    let (path, query) = target.split_at(target.iter().position(|byte| *byte == b'?').unwrap_or(target.len()));
    let mut segments: Vec<&[u8]> = Vec::new();
    let mut parts = path.split(|byte| *byte == b'/').peekable();
    while let Some(part) = parts.next() {
        match part {
            b"." | b".." => {
                if part == b".." && segments.len() > 1 {
                    segments.pop();
                }
                if parts.peek().is_none() {
                    segments.push(b"");
                }
            }
            part => segments.push(part),
        }
    }
    [segments.join(b"/".as_slice()).as_slice(), query].concat()
}

#[cfg(test)]
mod tests;
