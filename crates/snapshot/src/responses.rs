//! Gateway responses, compiled: which answer a type of refusal gets, and how it is filled in.

use crate::{
    error::Fault,
    source,
    wording::{Escape, Wording},
};
use countersign_types::{ResponseId, ResponseType};
use http::{HeaderName, StatusCode, header};
use std::{collections::BTreeMap, sync::Arc};

/// Most header lines of one answer.
const HEADERS_MAX: usize = 10;
/// Longest name of a header line, in characters.
const NAME_CHARS_MAX: usize = 128;
/// Longest value of a header line, in characters.
const VALUE_CHARS_MAX: usize = 1024;
/// Names that frame the message or that the gateway itself fills in.
const RESERVED: [&str; 14] = [
    "connection",
    "content-length",
    "transfer-encoding",
    "upgrade",
    "te",
    "trailer",
    "keep-alive",
    "proxy-connection",
    "proxy-authenticate",
    "http2-settings",
    "host",
    "date",
    "server",
    "x-request-id",
];

/// The sets of a group.
#[derive(Debug, Default)]
pub(crate) struct Responses {
    sets: BTreeMap<ResponseId, Arc<ResponseSet>>,
    default: Option<Arc<ResponseSet>>,
}

/// The answers of one set, by type.
#[derive(Debug)]
pub struct ResponseSet(BTreeMap<ResponseType, Response>);

/// The answer to one type of refusal.
#[derive(Debug)]
pub struct Response {
    /// Status; `None` keeps the refusal's own.
    pub status: Option<StatusCode>,
    /// Body.
    pub body: Wording,
    /// How values are written into the body; follows from its content type.
    pub escape: Escape,
    /// Header lines.
    pub headers: Box<[(HeaderName, Wording)]>,
}

impl Responses {
    pub(crate) fn compile(sources: &[source::ResponseSet]) -> Result<Self, Fault> {
        let mut responses = Self::default();
        for source in sources {
            let set = Arc::new(ResponseSet::compile(source)?);
            if source.is_default && responses.default.replace(Arc::clone(&set)).is_some() {
                return Err(Fault::Duplicate("default set of responses"));
            }
            if responses.sets.insert(source.id.clone(), set).is_some() {
                return Err(Fault::Duplicate("set of responses"));
            }
        }
        Ok(responses)
    }

    /// The set with this id, else the group's own.
    pub(crate) fn choose(&self, id: Option<&ResponseId>) -> Option<&Arc<ResponseSet>> {
        id.and_then(|id| self.sets.get(id)).or(self.default.as_ref())
    }
}

impl ResponseSet {
    fn compile(source: &source::ResponseSet) -> Result<Self, Fault> {
        let mut set = BTreeMap::new();
        for response in &source.responses {
            if set.insert(response.kind, Response::compile(response)?).is_some() {
                return Err(Fault::Duplicate("response type"));
            }
        }
        Ok(Self(set))
    }

    /// The answer to refusals of this type, if it is not the built-in one.
    #[must_use]
    pub fn get(&self, kind: ResponseType) -> Option<&Response> {
        self.0.get(&kind)
    }
}

impl Response {
    /// Checks and prepares one answer.
    ///
    /// # Errors
    /// [`Fault`] naming the member: a status outside 200 to 599 or 444, an unknown variable, more than 10 header
    /// lines, a name or value that is not acceptable there, or a name that belongs to the gateway.
    pub fn compile(source: &source::Response) -> Result<Self, Fault> {
        if source.headers.len() > HEADERS_MAX {
            return Err(Fault::TooLong("headers"));
        }
        let headers: Box<[_]> = source.headers.iter().map(line).collect::<Result<_, _>>()?;
        Ok(Self {
            status: source.status.map(status).transpose()?,
            body: Wording::parse(&source.body, "body")?,
            escape: escape(&headers)?,
            headers,
        })
    }
}

fn status(number: u16) -> Result<StatusCode, Fault> {
    // 444 means closing the connection without an answer, which is none.
    let acceptable = (200..=599).contains(&number) && number != 444;
    StatusCode::from_u16(number).ok().filter(|_| acceptable).ok_or(Fault::Invalid("status"))
}

fn line((key, value): &(String, String)) -> Result<(HeaderName, Wording), Fault> {
    let invalid = Fault::Invalid("headers");
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !(1..=NAME_CHARS_MAX).contains(&key.chars().count()) || !key.chars().all(is_word) {
        return Err(invalid);
    }
    let name = HeaderName::from_bytes(key.as_bytes()).map_err(|_| invalid)?;
    if RESERVED.contains(&name.as_str()) || name.as_str().starts_with("x-apig-") {
        return Err(invalid);
    }
    let brackets = value.contains("[[") || value.contains("]]");
    if !(1..=VALUE_CHARS_MAX).contains(&value.chars().count()) || brackets {
        return Err(invalid);
    }
    let value = Wording::parse(value, "headers")?;
    if value.literals().any(|text| text.contains(char::is_control)) {
        return Err(invalid);
    }
    Ok((name, value))
}

/// The content type says what a value must not break out of. It is the template's, never the client's word.
fn escape(headers: &[(HeaderName, Wording)]) -> Result<Escape, Fault> {
    let mut types = headers.iter().filter(|(name, _)| name == header::CONTENT_TYPE);
    let Some((_, value)) = types.next() else { return Ok(Escape::Json) };
    if types.next().is_some() {
        return Err(Fault::Duplicate("content type"));
    }
    let value = value.constant().ok_or(Fault::Invalid("headers"))?.to_ascii_lowercase();
    let kind = value.split(';').next().unwrap_or_default().trim();
    Ok(match kind {
        "text/plain" | "text/csv" => Escape::None,
        markup if markup.ends_with("html") || markup.ends_with("xml") => Escape::Markup,
        // Escapes of JSON also hold in the strings of scripts.
        _ => Escape::Json,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(status: Option<u16>, headers: &[(&str, &str)]) -> source::Response {
        let headers = headers.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        source::Response { kind: ResponseType::Throttled, status, body: "{}".to_owned(), headers }
    }

    fn refusal(source: &source::Response) -> Fault {
        Response::compile(source).unwrap_err()
    }

    #[test]
    fn statuses_are_200_to_599_but_444() {
        for good in [200, 404, 599] {
            Response::compile(&response(Some(good), &[])).unwrap();
        }
        for bad in [0, 100, 199, 444, 600, 65535] {
            assert_eq!(refusal(&response(Some(bad), &[])), Fault::Invalid("status"), "{bad}");
        }
    }

    #[test]
    fn headers_that_frame_the_message_or_belong_to_the_gateway_are_refused() {
        for name in RESERVED.into_iter().chain(["X-Apig-Latency", "Content-Length", "", "a b", "a:b", "ä"]) {
            assert_eq!(refusal(&response(None, &[(name, "x")])), Fault::Invalid("headers"), "{name}");
        }
        for value in ["", "a\r\nb", "a\0", "[[x", "x]]", "$context.nothing"] {
            assert_eq!(refusal(&response(None, &[("X-A", value)])), Fault::Invalid("headers"), "{value:?}");
        }
        assert_eq!(refusal(&response(None, &[("X-A", "x"); 11])), Fault::TooLong("headers"));
        let long = ("x".repeat(129), "x".repeat(1025));
        assert_eq!(refusal(&response(None, &[(&long.0, "x")])), Fault::Invalid("headers"));
        assert_eq!(refusal(&response(None, &[("X-A", &long.1)])), Fault::Invalid("headers"));
        Response::compile(&response(None, &[("X_Under-score1", "$context.reqUri"); 10])).unwrap();
    }

    #[test]
    fn the_content_type_decides_how_values_are_escaped() {
        let escape = |kind| Response::compile(&response(None, &[("Content-Type", kind)])).map(|it| it.escape);
        assert_eq!(Response::compile(&response(None, &[])).unwrap().escape, Escape::Json);
        assert_eq!(escape("application/problem+json"), Ok(Escape::Json));
        assert_eq!(escape("Text/HTML; charset=utf-8"), Ok(Escape::Markup));
        assert_eq!(escape("application/xml"), Ok(Escape::Markup));
        assert_eq!(escape("application/xhtml+xml;a=json"), Ok(Escape::Markup));
        assert_eq!(escape("text/plain; charset=utf-8"), Ok(Escape::None));
        assert_eq!(escape("text/javascript"), Ok(Escape::Json));
        let twice = [("Content-Type", "text/plain"), ("content-type", "text/html")];
        assert_eq!(refusal(&response(None, &twice)), Fault::Duplicate("content type"));
        assert_eq!(escape("text/$context.reqPath"), Err(Fault::Invalid("headers")));
    }

    #[test]
    fn an_unknown_set_falls_back_to_the_groups_own() {
        let set = |id: &str, is_default| source::ResponseSet {
            id: id.to_owned().try_into().unwrap(),
            is_default,
            responses: vec![response(None, &[])],
        };
        let responses = Responses::compile(&[set("own", true), set("other", false)]).unwrap();
        let choose = |id: &str| {
            let id = ResponseId::parse(id).unwrap();
            Arc::as_ptr(responses.choose(Some(&id)).unwrap())
        };
        assert_eq!(choose("gone"), choose("own"));
        assert_ne!(choose("other"), choose("own"));
        assert!(Responses::compile(&[set("a", true), set("b", true)]).is_err());
        assert!(Responses::compile(&[set("a", true), set("a", false)]).is_err());
    }
}
