//! Where requests go, prepared.

use crate::{encode, error::Fault, hosts, path, router, source, target::Value};
use countersign_types::limits::BACKEND_TIMEOUT_MS_MAX;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use std::{net::IpAddr, sync::Arc, time::Duration};

/// Largest body of a mock in bytes.
const MOCK_BODY_BYTES_MAX: usize = 1024 * 1024;
/// Longest backend path in bytes.
const PATH_BYTES_MAX: usize = 4096;
/// Most further attempts at a backend.
const RETRIES_MAX: u8 = 10;

/// Where an API's requests go.
#[derive(Debug)]
pub enum Backend {
    /// A server that speaks HTTP.
    Http(Upstream),
    /// The gateway answers itself.
    Mock(Mock),
}

/// A server that speaks HTTP.
#[derive(Debug)]
pub struct Upstream {
    /// What the connection pool keys on.
    pub origin: Arc<Origin>,
    /// The `Host` line it gets: the address as configured.
    pub host_header: HeaderValue,
    /// Method at the backend; `None` keeps the client's.
    pub method: Option<Method>,
    /// The path, piece by piece.
    pub path: Box<[PathPiece]>,
    /// Whole exchange with all its attempts.
    pub timeout: Duration,
    /// Further attempts when the backend does not answer.
    pub retries: Retries,
}

/// Further attempts when a backend does not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retries {
    /// One, of methods other than POST and PATCH.
    OnceIfIdempotent,
    /// So many, whatever the method.
    Count(u8),
}

impl Retries {
    /// Further attempts for a request with this method at the backend.
    #[must_use]
    pub fn allowed(self, method: &Method) -> u8 {
        match self {
            Self::OnceIfIdempotent => u8::from(method.is_idempotent()),
            Self::Count(count) => count,
        }
    }
}

/// Scheme, host and port of a backend.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// TLS to the backend.
    pub tls: bool,
    /// Name or address, without brackets.
    pub host: Box<str>,
    /// Port.
    pub port: u16,
    /// The address as configured.
    address: Box<str>,
}

impl Origin {
    /// The address as configured, for logs and the `Host` header.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }
}

/// A piece of a backend path.
#[derive(Debug)]
pub enum PathPiece {
    /// Literal text, already encoded, beginning with `/`.
    Text(Box<str>),
    /// One segment, without its slash.
    Value {
        /// Name in the template.
        name: Box<str>,
        /// What fills it.
        value: Value,
    },
}

/// An answer of the gateway itself.
#[derive(Debug)]
pub struct Mock {
    /// Status.
    pub status: StatusCode,
    /// Body.
    pub body: Box<str>,
    /// Header lines.
    pub headers: Box<[(HeaderName, HeaderValue)]>,
}

impl Backend {
    pub(crate) fn compile(
        source: &source::Backend,
        slot: impl Fn(&str) -> Result<Value, Fault>,
    ) -> Result<Self, Fault> {
        match source {
            source::Backend::Http { tls, address, method, path, timeout_ms, retries } => {
                if !(1..=BACKEND_TIMEOUT_MS_MAX.max(600_000)).contains(timeout_ms) {
                    return Err(Fault::Invalid("backend timeout"));
                }
                if retries.is_some_and(|count| count > RETRIES_MAX) {
                    return Err(Fault::Invalid("number of attempts"));
                }
                Ok(Self::Http(Upstream {
                    origin: Arc::new(origin(*tls, address)?),
                    host_header: HeaderValue::from_str(address)
                        .map_err(|_| Fault::Invalid("backend address"))?,
                    method: backend_method(method)?,
                    path: pieces(path, slot)?,
                    timeout: Duration::from_millis((*timeout_ms).into()),
                    retries: retries.map_or(Retries::OnceIfIdempotent, Retries::Count),
                }))
            }
            source::Backend::Mock { status, body, headers } => mock(*status, body, headers).map(Self::Mock),
        }
    }
}

pub(crate) fn origin(tls: bool, address: &str) -> Result<Origin, Fault> {
    let invalid = Fault::Invalid("backend address");
    let (host, port) = match address.strip_prefix('[') {
        Some(rest) => {
            let (host, port) = rest.split_once(']').ok_or(invalid)?;
            host.parse::<std::net::Ipv6Addr>().map_err(|_| invalid)?;
            (host, if port.is_empty() { None } else { Some(port.strip_prefix(':').ok_or(invalid)?) })
        }
        None => address.split_once(':').map_or((address, None), |(host, port)| (host, Some(port))),
    };
    if host.parse::<IpAddr>().is_err() {
        hosts::check_name(&host.to_ascii_lowercase()).map_err(|_| invalid)?;
    }
    let default = if tls { 443 } else { 80 };
    let port = port.map_or(Ok(default), |port| port.parse().map_err(|_| invalid))?;
    if port == 0 {
        Err(invalid)
    } else {
        Ok(Origin { tls, host: host.into(), port, address: address.into() })
    }
}

fn backend_method(text: &str) -> Result<Option<Method>, Fault> {
    Ok(match router::Method::of_definition(text)? {
        router::Method::Any => None,
        _ => Some(Method::from_bytes(text.as_bytes()).map_err(|_| Fault::Invalid("backend method"))?),
    })
}

/// Splits `/a/{b}/c` into `/a/`, the value of `b`, and `/c`.
fn pieces(text: &str, slot: impl Fn(&str) -> Result<Value, Fault>) -> Result<Box<[PathPiece]>, Fault> {
    if text.len() > PATH_BYTES_MAX {
        return Err(Fault::TooLong("backend path"));
    }
    let decoded = path::decode(if text.is_empty() { "/" } else { text }).map_err(Fault::Path)?;
    let (mut pieces, mut literal) = (Vec::new(), String::new());
    for segment in decoded.split('/').skip(1) {
        literal.push('/');
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(name) => {
                let name = name.strip_suffix('+').unwrap_or(name);
                pieces.push(PathPiece::Text(std::mem::take(&mut literal).into()));
                pieces.push(PathPiece::Value { name: name.into(), value: slot(name)? });
            }
            None if segment.contains(['{', '}']) => {
                return Err(Fault::Template("a parameter must be a whole segment"));
            }
            None => push_segment(&mut literal, segment),
        }
    }
    if !literal.is_empty() {
        pieces.push(PathPiece::Text(literal.into()));
    }
    Ok(pieces.into())
}

/// Literals keep what a path segment may hold unencoded (RFC 3986 §3.3), so that backends see what was written.
fn push_segment(target: &mut String, segment: &str) {
    let kept = |part: char| part.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@".contains(part);
    for part in segment.chars() {
        if kept(part) {
            target.push(part);
        } else {
            encode::push_component(target, part.encode_utf8(&mut [0; 4]));
        }
    }
}

fn mock(status: u16, body: &str, headers: &[(String, String)]) -> Result<Mock, Fault> {
    if !(200..=599).contains(&status) || body.len() > MOCK_BODY_BYTES_MAX || headers.len() > 100 {
        return Err(Fault::Invalid("mock"));
    }
    let header = |(name, value): &(String, String)| {
        let invalid = |_| Fault::Invalid("mock header");
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Invalid("mock header"))?;
        Ok((name, HeaderValue::from_str(value).map_err(invalid)?))
    };
    Ok(Mock {
        status: StatusCode::from_u16(status).map_err(|_| Fault::Invalid("mock"))?,
        body: body.into(),
        headers: headers.iter().map(header).collect::<Result<_, Fault>>()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_split_and_checked() {
        let parse = |address| origin(true, address).map(|origin| (origin.host.to_string(), origin.port));
        assert_eq!(parse("backend.internal"), Ok(("backend.internal".to_owned(), 443)));
        assert_eq!(parse("10.0.0.1:8080"), Ok(("10.0.0.1".to_owned(), 8080)));
        assert_eq!(parse("[::1]:8443"), Ok(("::1".to_owned(), 8443)));
        for bad in [
            "", ":80", "a:", "a:0", "a:70000", "a:80:90", "user@a", "a/b", "http://a", "[::1", "[::1]x",
            "a b", "[a]",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn literals_of_a_backend_path_are_encoded_once() {
        let pieces = pieces("/a b/%E4%BD%A0/x:y", |_| Ok(Value::Constant("".into()))).unwrap();
        assert!(matches!(&*pieces, [PathPiece::Text(text)] if &**text == "/a%20b/%E4%BD%A0/x:y"));
    }
}
