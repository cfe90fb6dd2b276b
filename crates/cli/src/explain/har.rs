//! A HAR, or one entry of it, or the request of one (HTTP Archive 1.2).

use super::input::Input;
use super::unreadable;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use countersign_types::Timestamp;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(rename = "postData")]
    body: Option<Body>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    text: String,
    encoding: Option<String>,
}

/// Reads the entry with this number, or the one that is most likely meant.
///
/// # Errors
/// When it is no HAR, or has no such entry.
pub(super) fn read(contents: &[u8], entry: Option<usize>) -> anyhow::Result<Input> {
    let value: Value = serde_json::from_slice(contents).map_err(unreadable)?;
    let entry = match value.pointer("/log/entries").and_then(Value::as_array) {
        Some(entries) => pick(entries, entry)?,
        None => &value,
    };
    let request = entry.get("request").unwrap_or(entry);
    let request: Request = serde_json::from_value(request.clone())
        .map_err(|error| unreadable(format!("it is no HAR entry: {error}")))?;
    Ok(Input { arrived: arrived(entry), ..input(request)? })
}

fn pick(entries: &[Value], number: Option<usize>) -> anyhow::Result<&Value> {
    let is_refused =
        |entry: &&Value| matches!(entry.pointer("/response/status").and_then(Value::as_u64), Some(401 | 403));
    let entry = match number {
        Some(number) => number.checked_sub(1).and_then(|index| entries.get(index)),
        None => {
            let signed = || entries.iter().filter(|entry| is_signed(entry));
            signed().find(is_refused).or_else(|| signed().next()).or_else(|| entries.first())
        }
    };
    entry.ok_or_else(|| unreadable(format!("it has {} entries", entries.len())))
}

fn is_signed(entry: &Value) -> bool {
    header(entry, "/request/headers", "authorization").is_some()
}

fn header<'v>(entry: &'v Value, list: &str, name: &str) -> Option<&'v str> {
    let headers = entry.pointer(list)?.as_array()?;
    let is_named = |header: &&Value| {
        header.get("name").and_then(Value::as_str).is_some_and(|other| other.eq_ignore_ascii_case(name))
    };
    headers.iter().find(is_named)?.get("value")?.as_str()
}

fn input(request: Request) -> anyhow::Result<Input> {
    let mut input = Input { method: request.method, ..Input::default() };
    for Header { name, value } in request.headers {
        match name.as_str() {
            ":authority" => input.headers.push(("Host".to_owned(), value.into())),
            name if name.starts_with(':') => {}
            _ => input.headers.push((name, value.into())),
        }
    }
    input.set_url(&request.url);
    input.body = match request.body {
        Some(body) if body.encoding.as_deref() == Some("base64") => {
            STANDARD.decode(body.text).map_err(unreadable)?
        }
        Some(body) => body.text.into(),
        None => Vec::new(),
    };
    Ok(input)
}

/// The server's own clock, else the browser's.
fn arrived(entry: &Value) -> Option<Timestamp> {
    let date =
        header(entry, "/response/headers", "date").and_then(|date| httpdate::parse_http_date(date).ok());
    let date = date.and_then(|date| date.duration_since(std::time::UNIX_EPOCH).ok());
    let started = || Timestamp::parse_iso(entry.get("startedDateTime")?.as_str()?).ok();
    date.map(|date| Timestamp::from_unix(date.as_secs())).or_else(started)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn entry(status: u16, url: &str) -> Value {
        json!({
            "startedDateTime": "2025-01-02T03:04:05.678Z",
            "request": {
                "method": "GET", "url": url,
                "headers": [{"name": ":authority", "value": "h"}, {"name": "authorization", "value": "SDK-"}],
                "postData": {"text": "YQ==", "encoding": "base64"}
            },
            "response": {"status": status, "headers": [{"name": "date", "value": "Thu, 02 Jan 2025 03:04:06 GMT"}]}
        })
    }

    #[test]
    fn the_refused_signed_entry_is_picked_unless_a_number_says_otherwise() {
        let har =
            json!({"log": {"entries": [entry(200, "https://h/one"), entry(401, "https://h/two#part")]}});
        let text = har.to_string();
        let input = read(text.as_bytes(), None).unwrap();
        assert_eq!((input.target.as_slice(), input.body.as_slice()), (b"/two".as_slice(), b"a".as_slice()));
        assert_eq!(input.headers[0], ("Host".to_owned(), b"h".to_vec()));
        assert_eq!(input.arrived, Timestamp::parse_basic(b"20250102T030406Z").ok());
        assert_eq!(read(text.as_bytes(), Some(1)).unwrap().target, b"/one");
        assert!(read(text.as_bytes(), Some(3)).is_err());
        assert!(read(text.as_bytes(), Some(0)).is_err());
    }

    #[test]
    fn a_single_entry_and_a_bare_request_are_read_too() {
        let entry = entry(401, "https://h/");
        assert_eq!(read(entry.to_string().as_bytes(), None).unwrap().target, b"/");
        assert_eq!(read(entry["request"].to_string().as_bytes(), None).unwrap().target, b"/");
        assert!(read(b"{\"a\":1}", None).is_err());
    }
}
