//! A request as it stands on the wire, with LF or CRLF between its lines.

use super::input::Input;
use super::unreadable;

/// Reads it; of the body, as much as Content-Length tells, because editors add a line feed.
///
/// # Errors
/// When there is no request line, or a line of the head is no header.
pub(super) fn read(contents: &[u8]) -> anyhow::Result<Input> {
    let (head, body) = split_head(contents);
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let mut input = request_line(lines.next().unwrap_or_default())?;
    for line in lines.filter(|line| !line.is_empty()) {
        input.headers.push(header(line)?);
    }
    input.body = body.to_vec();
    if let Some(length) = content_length(&input) {
        input.body.truncate(length);
    }
    let is_chunked = |(name, value): &(String, Vec<u8>)| {
        name.eq_ignore_ascii_case("transfer-encoding") && value.eq_ignore_ascii_case(b"chunked")
    };
    if input.headers.iter().any(is_chunked) && !input.body.is_empty() {
        return Err(unreadable("its body is in chunks; give the body as one piece and Content-Length"));
    }
    Ok(input)
}

/// Head and body, split at the first empty line.
fn split_head(contents: &[u8]) -> (&[u8], &[u8]) {
    let ends = (0..contents.len()).find_map(|at| {
        let rest = contents.get(at..)?;
        let empty: &[u8] = if rest.starts_with(b"\n\r\n") { b"\n\r\n" } else { b"\n\n" };
        rest.starts_with(empty).then_some((at, at + empty.len()))
    });
    let (end, start) = ends.unwrap_or((contents.len(), contents.len()));
    (contents.get(..end).unwrap_or_default(), contents.get(start..).unwrap_or_default())
}

fn request_line(line: &[u8]) -> anyhow::Result<Input> {
    let text = String::from_utf8_lossy(line);
    let (method, rest) = text
        .split_once(' ')
        .ok_or_else(|| unreadable("it begins with no request line, curl command or HAR"))?;
    let target = rest.rsplit_once(" HTTP/").map_or(rest, |(target, _)| target);
    let mut input = Input { method: method.to_owned(), ..Input::default() };
    match target {
        target if target.starts_with('/') => input.target = target.into(),
        url if url.contains("://") => input.set_url(url),
        _ => return Err(unreadable("its first line is not METHOD /path HTTP/1.1")),
    }
    Ok(input)
}

fn header(line: &[u8]) -> anyhow::Result<(String, Vec<u8>)> {
    let colon = line.iter().skip(1).position(|byte| *byte == b':').map(|at| at + 1);
    let halves = colon.and_then(|colon| Some((line.get(..colon)?, line.get(colon + 1..)?)));
    let (name, value) = halves
        .ok_or_else(|| unreadable(format!("the line {:?} is no header", String::from_utf8_lossy(line))))?;
    Ok((String::from_utf8_lossy(name).into_owned(), value.trim_ascii().to_vec()))
}

fn content_length(input: &Input) -> Option<usize> {
    let (_, value) = input.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"))?;
    str::from_utf8(value).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_read_with_either_line_end_and_its_body_byte_for_byte() {
        for newline in ["\n", "\r\n"] {
            let text = ["POST /a?b HTTP/1.1", "Host: h:1", "X: 1:2 ", "Content-Length: 4", "", "a\nb\n\n"];
            let input = read(text.join(newline).as_bytes()).unwrap();
            assert_eq!((input.method.as_str(), input.target.as_slice()), ("POST", b"/a?b".as_slice()));
            assert_eq!(input.headers[1], ("X".to_owned(), b"1:2".to_vec()));
            assert_eq!(input.body, b"a\nb\n");
        }
    }

    #[test]
    fn the_absolute_form_gives_host_and_target() {
        let input = read(b"GET https://example.com:443?a=1 HTTP/1.1").unwrap();
        assert_eq!(input.target, b"/?a=1");
        assert_eq!(input.headers, [("Host".to_owned(), b"example.com".to_vec())]);
    }

    #[test]
    fn what_is_no_request_is_refused() {
        for text in ["", "hello", "GET nowhere HTTP/1.1", "GET / HTTP/1.1\nno header"] {
            assert!(read(text.as_bytes()).is_err(), "{text}");
        }
        assert!(read(b"POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n1\na\n0\n").is_err());
    }
}
