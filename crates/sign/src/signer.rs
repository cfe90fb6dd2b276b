//! The signer: instructions for the caller's request, which it never touches (§7).

mod wire;

use crate::key::{Key, KeyError};
use crate::{Algorithm, Canonical, Digest, Hasher, Order, PathForm, StringToSign, hex_digest, names};
use countersign_types::{AccessKeyId, DomainId, ProjectId, SecretKey, SecurityToken, Timestamp};
use smallvec::SmallVec;
use wire::{check_request_line, is_value, join_names, signed_lines};

/// A request to sign, exactly as it will be sent. Not `Debug`: headers and body may be confidential.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Method, upper case.
    pub method: &'a str,
    /// Request target in origin form: path and query as they will stand on the wire.
    pub target: &'a str,
    /// Header lines. `Host` is required. All are signed but those that intermediaries rewrite.
    pub headers: &'a [(&'a str, &'a str)],
    /// What the signature says about the body.
    pub payload: Payload<'a>,
}

/// Date, project, domain, token, content hash and authorization.
const HEADERS_ADDED_MAX: usize = 6;

/// What the signature says about the body.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    /// The body itself.
    Body(&'a [u8]),
    /// The digest of a body that is not at hand, by the algorithm's hash.
    Digest(Digest),
    /// The signature does not cover the body (`UNSIGNED-PAYLOAD`).
    Unsigned,
}

/// What to add to the request, and how it came about.
#[derive(Clone)]
pub struct Signed {
    /// Headers to add, `Authorization` last.
    pub headers: Vec<(&'static str, String)>,
    /// The canonical request. It repeats the security token, if there is one.
    pub canonical_request: String,
    /// The string to sign.
    pub string_to_sign: String,
}

/// Why a request cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Without a signed host the signature would hold for any other host.
    #[error("the request has no Host header")]
    MissingHost,
    /// The method is empty or has a character that no method has.
    #[error("the method is not a token")]
    BadMethod,
    /// The target does not begin with `/`, or has a blank or control character.
    #[error("the request target is not an origin form")]
    BadTarget,
    /// A name that is no header name, or a value with a control character.
    #[error("the header {0:?} cannot be sent")]
    BadHeader(String),
    /// A header that is single or that the signer adds.
    #[error("the header {0} is the signer's to add, or stands twice")]
    TakenHeader(String),
    /// A scoped algorithm without region and service.
    #[error("the algorithm needs a region and a service")]
    MissingScope,
    /// A region or service with a character that would break the Authorization header.
    #[error("region and service are letters, digits, '-', '_' and '.'")]
    BadScope,
    /// A security token with a character that no header value has.
    #[error("the security token cannot be sent")]
    BadSecurityToken,
    /// See [`KeyError`].
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Error {
    /// Its name in every language's signing library (sdks/README.md).
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::MissingHost => "MissingHost",
            Self::BadMethod => "BadMethod",
            Self::BadTarget => "BadTarget",
            Self::BadHeader(_) => "BadHeader",
            Self::TakenHeader(_) => "TakenHeader",
            Self::MissingScope => "MissingScope",
            Self::BadScope => "BadScope",
            Self::BadSecurityToken | Self::Key(_) => "BadCredentials",
        }
    }
}

/// Signs requests with one key pair. Cheap to clone; holds no state between requests.
#[derive(Clone)]
pub struct Signer {
    key: Key,
    algorithm: Algorithm,
    region_service: Option<(String, String)>,
    security_token: Option<SecurityToken>,
    project_id: Option<ProjectId>,
    domain_id: Option<DomainId>,
}

impl Signer {
    /// A signer with `SDK-HMAC-SHA256` and no further headers.
    #[must_use]
    pub fn new(access_key: AccessKeyId, secret_key: SecretKey) -> Self {
        Self {
            key: Key::new(access_key, secret_key),
            algorithm: Algorithm::HmacSha256,
            region_service: None,
            security_token: None,
            project_id: None,
            domain_id: None,
        }
    }

    /// Signs with another algorithm. A scoped one also needs [`Signer::scope`].
    #[must_use]
    pub fn algorithm(mut self, algorithm: Algorithm) -> Self {
        self.algorithm = algorithm;
        self
    }

    /// Region and service of a scoped algorithm; the day is that of the signing time.
    #[must_use]
    pub fn scope(mut self, region: impl Into<String>, service: impl Into<String>) -> Self {
        self.region_service = Some((region.into(), service.into()));
        self
    }

    /// Adds and signs `X-Security-Token`: the key pair is a temporary one.
    #[must_use]
    pub fn security_token(mut self, token: SecurityToken) -> Self {
        self.security_token = Some(token);
        self
    }

    /// Adds and signs `X-Project-Id`.
    #[must_use]
    pub fn project_id(mut self, project_id: ProjectId) -> Self {
        self.project_id = Some(project_id);
        self
    }

    /// Adds and signs `X-Domain-Id`.
    #[must_use]
    pub fn domain_id(mut self, domain_id: DomainId) -> Self {
        self.domain_id = Some(domain_id);
        self
    }

    /// Signs a request as of `now`.
    ///
    /// # Errors
    /// [`Error`] when the request cannot be sent or signed as it is.
    pub fn sign(&self, request: &Request<'_>, now: Timestamp) -> Result<Signed, Error> {
        check_request_line(request)?;
        let date = now.basic_bytes();
        let date = std::str::from_utf8(&date).expect("a date is digits and two letters");
        let scope = self.scope_of(date)?;
        let mut headers = self.added_headers(date, request.payload)?;
        let lines = signed_lines(request.headers, &headers)?;
        let signed_names = join_names(&lines);

        let (method, target) = (request.method.as_bytes(), request.target.as_bytes());
        let mut canonical = Canonical::start(method, target, PathForm::Decoded, Order::Decoded);
        for (name, value) in &lines {
            canonical.header(name, value.as_bytes());
        }
        canonical.signed_headers(&signed_names);
        let payload = self.payload_line(request.payload);
        let digest = canonical.digest(self.algorithm.hash(), &payload);
        let text = StringToSign::new(self.algorithm, date.as_bytes(), &scope, &digest);
        let signature = self.key.signing_key(self.algorithm, &scope)?.sign(text.as_bytes())?;

        headers.push((names::AUTHORIZATION, self.authorization(&scope, &signed_names, &signature)));
        let (canonical_request, string_to_sign) = (canonical.into_text(&payload), text.into_text());
        Ok(Signed { headers, canonical_request, string_to_sign })
    }

    fn scope_of(&self, date: &str) -> Result<String, Error> {
        if !self.algorithm.is_scoped() {
            return Ok(String::new());
        }
        let (region, service) = self.region_service.as_ref().ok_or(Error::MissingScope)?;
        let plain = |text: &str| {
            !text.is_empty()
                && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        };
        if !plain(region) || !plain(service) {
            return Err(Error::BadScope);
        }
        let day = date.split('T').next().unwrap_or_default();
        Ok(format!("{day}/{region}/{service}"))
    }

    fn added_headers(&self, date: &str, payload: Payload<'_>) -> Result<Vec<(&'static str, String)>, Error> {
        let mut headers = Vec::with_capacity(HEADERS_ADDED_MAX);
        headers.push((names::DATE, date.to_owned()));
        headers.extend(self.project_id.as_ref().map(|id| (names::PROJECT_ID, id.to_string())));
        headers.extend(self.domain_id.as_ref().map(|id| (names::DOMAIN_ID, id.to_string())));
        if let Some(token) = &self.security_token {
            if !is_value(token.expose()) || token.expose().trim().is_empty() {
                return Err(Error::BadSecurityToken);
            }
            headers.push((names::SECURITY_TOKEN, token.expose().to_owned()));
        }
        if matches!(payload, Payload::Unsigned) {
            headers.push((self.algorithm.hash().content_header(), names::UNSIGNED_PAYLOAD.to_owned()));
        }
        Ok(headers)
    }

    fn payload_line(&self, payload: Payload<'_>) -> SmallVec<[u8; 64]> {
        let hash = self.algorithm.hash();
        match payload {
            Payload::Body(b"") => SmallVec::from(*hash.empty()),
            Payload::Body(body) => SmallVec::from(hex_digest(&Hasher::digest(hash, &[body]))),
            Payload::Digest(digest) => SmallVec::from(hex_digest(&digest)),
            Payload::Unsigned => SmallVec::from_slice(names::UNSIGNED_PAYLOAD.as_bytes()),
        }
    }

    fn authorization(&self, scope: &str, signed_names: &str, signature: &str) -> String {
        let access_key = self.key.access_key().as_str();
        let (keyword, slash) =
            if self.algorithm.is_scoped() { (" Credential=", "/") } else { (" Access=", "") };
        let token = self.algorithm.token();
        [
            token,
            keyword,
            access_key,
            slash,
            scope,
            ", SignedHeaders=",
            signed_names,
            ", Signature=",
            signature,
        ]
        .concat()
    }
}

#[cfg(test)]
mod tests;
