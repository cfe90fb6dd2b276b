//! The credentials of apps: which of them a request shows. Nothing is verified here.

use super::{
    credential::{APP_CODE, APP_ID, Credential, TOKEN, exclude},
    family::Family,
    signed::Signed,
};
use crate::{accept::Request, query, reject::Reject, route::Routed};
use base64::{Engine, engine::general_purpose::STANDARD};
use countersign_snapshot::{Gateway, source::AppCode};
use countersign_verify::Digest;
use http::{HeaderName, HeaderValue, header};
use std::borrow::Cow;

const APP_SECRET: HeaderName = HeaderName::from_static("x-hw-appkey");
const TIMESTAMP: HeaderName = HeaderName::from_static("timestamp");
const KEY: HeaderName = HeaderName::from_static(API_KEY);
/// Name of the header or query parameter that carries an AppKey alone.
pub(crate) const API_KEY: &str = "apikey";

/// A credential of an app other than a signature.
pub(super) enum AppCredential<'r> {
    /// An AppCode.
    Code(&'r [u8]),
    /// AppKey and AppSecret, in one header or in two.
    Pair { key: Cow<'r, str>, secret: Cow<'r, [u8]> },
    /// An AppKey alone.
    Key(Cow<'r, str>),
    /// A digest of AppKey, AppSecret and this time, in seconds.
    Stamp { digest: Digest, time: &'r str },
    /// A token that the gateway gave.
    Token(&'r str),
}

/// Where a credential of an app may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carrier {
    Authorization,
    Stamp,
    Token,
    Code,
    Pair,
    KeyHeader,
    KeyQuery,
}

/// Finds the one credential that the request shows.
///
/// # Errors
/// There is none that the API takes, there are two, or it is malformed.
pub(super) fn find<'r>(head: &'r Signed<'r>, routed: &Routed<'_>) -> Result<Credential<'r>, Reject> {
    let (request, gateway) = (head.request, routed.gateway);
    let shown = match only(request, gateway)? {
        Some(Carrier::Authorization) => return authorization(head, gateway),
        Some(Carrier::Stamp) => gateway.carriers.stamp.as_ref().map(|name| stamp(request, name)),
        Some(Carrier::Code) if routed.release.app_code == AppCode::Header => {
            Some(line(request, &APP_CODE).map(|code| AppCredential::Code(code.as_bytes())))
        }
        Some(Carrier::Pair) if gateway.features.apps.secret => Some(pair(request)),
        Some(Carrier::KeyHeader) => Some(key_header(request)),
        Some(Carrier::KeyQuery) => Some(key_query(request)),
        Some(Carrier::Token | Carrier::Code | Carrier::Pair) | None => None,
    };
    shown.unwrap_or_else(|| Err(Family::App.missing())).map(Credential::App)
}

/// What the request shows, taken or not: two are unclear whatever the API takes.
fn only(request: &Request, gateway: &Gateway) -> Result<Option<Carrier>, Reject> {
    let (carriers, features) = (&gateway.carriers, &gateway.features.apps);
    let stamp = carriers.stamp.as_ref().filter(|name| **name != carriers.authorization);
    let shown = [
        (Carrier::Authorization, request.has(&carriers.authorization)),
        (Carrier::Stamp, stamp.is_some_and(|name| request.has(name))),
        (Carrier::Token, request.has(&TOKEN)),
        (Carrier::Code, request.has(&APP_CODE)),
        (Carrier::Pair, request.has(&APP_ID) || (features.secret && request.has(&APP_SECRET))),
        (Carrier::KeyHeader, features.api_key && request.has(&KEY)),
        (Carrier::KeyQuery, features.api_key && keys(request).next().is_some()),
    ];
    let mut shown = shown.into_iter().filter(|(_, is_shown)| *is_shown).map(|(carrier, _)| carrier);
    match (shown.next(), shown.next()) {
        (Some(one), Some(other)) => Err(exclude(Family::App, one.name(gateway), other.name(gateway))),
        (one, _) => Ok(one),
    }
}

impl Carrier {
    fn name(self, gateway: &Gateway) -> &str {
        match self {
            Self::Authorization if gateway.carriers.authorization == header::AUTHORIZATION => "Authorization",
            Self::Authorization => gateway.carriers.authorization.as_str(),
            Self::Stamp => gateway.carriers.stamp.as_ref().map_or("", HeaderName::as_str),
            Self::Token => "x-auth-token",
            Self::Code => "x-apig-appcode",
            Self::Pair => "x-hw-id",
            Self::KeyHeader => API_KEY,
            Self::KeyQuery => "the query parameter apikey",
        }
    }
}

/// A signature, or another scheme if its feature is on.
fn authorization<'r>(head: &'r Signed<'r>, gateway: &Gateway) -> Result<Credential<'r>, Reject> {
    let presented = countersign_verify::present(head).map_err(|error| Family::App.refuse(&error))?;
    if let Some(presented) = presented {
        return Ok(Credential::Signature(presented));
    }
    let (carriers, features) = (&gateway.carriers, &gateway.features.apps);
    let text = text(line(head.request, &carriers.authorization)?)?;
    if let Some(encoded) = of_scheme(text, "basic").filter(|_| features.basic) {
        return basic(encoded).map(Credential::App);
    }
    if let Some(token) = of_scheme(text, "bearer").filter(|_| features.tokens.is_some()) {
        return Ok(Credential::App(AppCredential::Token(token)));
    }
    if carriers.stamp.as_ref() == Some(&carriers.authorization) && head.request.has(&TIMESTAMP) {
        return stamp(head.request, &carriers.authorization).map(Credential::App);
    }
    Err(Family::App.missing())
}

/// What follows the name of the scheme (RFC 9110 §11.4).
fn of_scheme<'t>(text: &'t str, scheme: &str) -> Option<&'t str> {
    let (own, rest) = text.split_once(' ')?;
    own.eq_ignore_ascii_case(scheme).then(|| rest.trim_start_matches(' '))
}

/// Base64 of key, colon, secret (RFC 7617).
fn basic(encoded: &str) -> Result<AppCredential<'static>, Reject> {
    let malformed = || malformed("malformed_basic", "the basic credential is malformed");
    let mut key = STANDARD.decode(encoded).map_err(|_| malformed())?;
    let colon = key.iter().position(|byte| *byte == b':').ok_or_else(malformed)?;
    let secret = key.split_off(colon).split_off(1);
    let key = String::from_utf8(key).map_err(|_| malformed())?;
    Ok(AppCredential::Pair { key: key.into(), secret: secret.into() })
}

fn pair(request: &Request) -> Result<AppCredential<'_>, Reject> {
    let key = text(line(request, &APP_ID)?)?;
    let secret = line(request, &APP_SECRET)?.as_bytes();
    Ok(AppCredential::Pair { key: key.into(), secret: secret.into() })
}

fn stamp<'r>(request: &'r Request, name: &HeaderName) -> Result<AppCredential<'r>, Reject> {
    let mut digest = [0; 32];
    hex::decode_to_slice(line(request, name)?.as_bytes(), &mut digest)
        .map_err(|_| malformed("malformed_stamp", format!("{name} is not a SHA-256 digest in hex")))?;
    Ok(AppCredential::Stamp { digest, time: text(line(request, &TIMESTAMP)?)? })
}

fn key_header(request: &Request) -> Result<AppCredential<'_>, Reject> {
    let key = line(request, &KEY)?;
    Ok(AppCredential::Key(text(key)?.into()))
}

fn key_query(request: &Request) -> Result<AppCredential<'_>, Reject> {
    let mut keys = keys(request);
    match (keys.next(), keys.next()) {
        (Some(Ok(key)), None) => Ok(AppCredential::Key(key)),
        (Some(Ok(_)), Some(_)) => Err(twice(API_KEY)),
        _ => Err(malformed("malformed_header", "apikey is not UTF-8")),
    }
}

/// The values of the query parameter.
fn keys(request: &Request) -> impl Iterator<Item = Result<Cow<'_, str>, ()>> {
    let named = query::pairs(request.query()).filter(|(name, _)| query::is_named(name, API_KEY));
    named.map(|(_, value)| query::decode(value))
}

/// The only line with this name.
fn line<'r>(request: &'r Request, name: &HeaderName) -> Result<&'r HeaderValue, Reject> {
    let line = request.single(name).map_err(|_| twice(name))?;
    line.ok_or_else(|| malformed("credential_incomplete", format!("{name} not found")))
}

fn text(line: &HeaderValue) -> Result<&str, Reject> {
    line.to_str().map_err(|_| malformed("malformed_header", "the credential is not ASCII"))
}

fn twice(name: impl std::fmt::Display) -> Reject {
    malformed("repeated_header", format!("{name} stands twice"))
}

fn malformed(reason: &'static str, detail: impl Into<Cow<'static, str>>) -> Reject {
    Family::App.reject(reason, detail)
}
