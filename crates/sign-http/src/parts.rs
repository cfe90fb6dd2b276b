//! Signing the head of an [`http::Request`].

use countersign_sign::{Error, Payload, Request, Signer};
use countersign_types::Timestamp;
use http::uri::{Authority, PathAndQuery};
use http::{HeaderName, HeaderValue, header, request::Parts};

/// Signs a request that is about to be sent: adds `Host` when there is none, and the signer's headers. What is there is
/// not changed. A request that was signed before must be made anew, because its signature is in the way.
///
/// # Errors
/// Those of [`Signer::sign`]; [`Error::MissingHost`] when neither header nor URI names a host, [`Error::BadHeader`] for
/// values that are no UTF-8.
pub fn sign(signer: &Signer, parts: &mut Parts, payload: Payload<'_>, now: Timestamp) -> Result<(), Error> {
    if !parts.headers.contains_key(header::HOST) {
        let host = parts.uri.authority().ok_or(Error::MissingHost)?;
        let host = HeaderValue::from_str(host_of(host)).map_err(|_| Error::MissingHost)?;
        parts.headers.insert(header::HOST, host);
    }
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = std::str::from_utf8(value.as_bytes());
        Ok((name.as_str(), value.map_err(|_| Error::BadHeader(name.to_string()))?))
    });
    let headers = headers.collect::<Result<Vec<_>, Error>>()?;
    let target = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let request = Request { method: parts.method.as_str(), target, headers: &headers, payload };
    let signed = signer.sign(&request, now)?;
    for (name, value) in signed.headers {
        let bad = |_| Error::BadHeader(name.to_owned());
        let value = HeaderValue::from_maybe_shared(bytes::Bytes::from(value)).map_err(bad)?;
        parts.headers.insert(
            HeaderName::from_bytes(name.as_bytes()).map_err(|_| Error::BadHeader(name.to_owned()))?,
            value,
        );
    }
    Ok(())
}

/// Host and port without user information, which is never sent in `Host`.
fn host_of(authority: &Authority) -> &str {
    let text = authority.as_str();
    text.rsplit_once('@').map_or(text, |(_, host)| host)
}
