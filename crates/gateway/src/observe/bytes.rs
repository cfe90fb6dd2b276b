//! Sizes of message heads, as HTTP/1.1 spells them, whatever spelled them.

use http::{HeaderMap, Method, Uri, uri::PathAndQuery};

/// Bytes of a request's head.
pub(crate) fn request_head(method: &Method, target: &Uri, headers: &HeaderMap) -> u64 {
    let target = target.path_and_query().map_or(0, |target| PathAndQuery::as_str(target).len());
    (method.as_str().len() + target + "  HTTP/1.1\r\n\r\n".len()) as u64 + lines(headers)
}

/// Bytes of a response's head; reasons are counted as `OK`.
pub(crate) fn response_head(headers: &HeaderMap) -> u64 {
    "HTTP/1.1 200 OK\r\n\r\n".len() as u64 + lines(headers)
}

fn lines(headers: &HeaderMap) -> u64 {
    let lines = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    lines.sum::<usize>() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_head_has_the_size_that_it_has_on_the_wire() {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_static("example.com"));
        let head = "GET /a?b HTTP/1.1\r\nhost: example.com\r\n\r\n";
        assert_eq!(request_head(&Method::GET, &Uri::from_static("/a?b"), &headers), head.len() as u64);
        let head = "HTTP/1.1 200 OK\r\nhost: example.com\r\n\r\n";
        assert_eq!(response_head(&headers), head.len() as u64);
    }
}
