//! The endpoint at which apps obtain tokens for their key pair: OAuth 2.0 client credentials and refresh tokens
//! (RFC 6749 §4.4 and §6), with the published refusals. Nothing is kept: a token says itself what it is worth.

mod form;

use crate::{
    accept::{Request, Unread},
    answer::{Answer, Payload},
    reject::{Reject, Stage},
};
use countersign_snapshot::{Gateway, KeyEntry, Principal, Snapshot, source::AppTokens};
use countersign_token::{AppTokenKey, AppTokenUse, Error, PresentedAppToken};
use countersign_types::{AccessKeyId, Code, Timestamp, Token, code};
use countersign_verify::is_secret;
use form::{Form, Grant};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

/// Longest form that is read.
const FORM_BYTES_MAX: u64 = 16 * 1024;
/// Lengths of an AppSecret in bytes.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 8..=128;

/// The endpoint of one gateway.
pub(crate) struct TokenEndpoint<'s> {
    gateway: &'s Gateway,
    tokens: &'s AppTokens,
}

/// The answer of the endpoint.
#[derive(serde::Serialize)]
struct Given<'t> {
    access_token: &'t str,
    token_type: &'static str,
    expires_in: u32,
    refresh_token: &'t str,
}

impl<'s> TokenEndpoint<'s> {
    /// The gateway's endpoint, if that is what the path means.
    pub(crate) fn at(path: &str, gateway: &'s Gateway) -> Option<Self> {
        let tokens = gateway.features.apps.tokens.as_ref().filter(|tokens| tokens.path == path)?;
        Some(Self { gateway, tokens })
    }

    /// Gives an app its tokens.
    ///
    /// # Errors
    /// The published ones, and whatever reading the form may answer.
    pub(crate) async fn serve(
        &self,
        request: &Request,
        body: Unread,
        snapshot: &Snapshot,
    ) -> Result<Answer, Reject> {
        if request.method() != Method::POST {
            return Err(refuse(code::TOKEN_METHOD, "wrong_method"));
        }
        form::check_type(request)?;
        if body.declared_bytes().is_some_and(|bytes| bytes > FORM_BYTES_MAX) {
            return Err(refuse(code::BODY_TOO_LARGE, "body_too_large"));
        }
        let mut text = zeroize::Zeroizing::new(Vec::new());
        let length = body.receive(|piece| text.extend_from_slice(piece)).await?.bytes();
        if length > FORM_BYTES_MAX {
            return Err(refuse(code::BODY_TOO_LARGE, "body_too_large"));
        }
        let form = Form::read(&text)?;
        let entry = app(&form, snapshot, request.arrived)?;
        if let Grant::Refresh(token) = &form.grant {
            self.check_refresh(token, entry, request.arrived)?;
        }
        self.give(entry, request.arrived)
    }

    /// The token must be this app's, and its time not over.
    fn check_refresh(&self, text: &str, entry: &KeyEntry, now: Timestamp) -> Result<(), Reject> {
        let invalid = |_| refuse(code::REFRESH_TOKEN_INVALID, "invalid_refresh_token");
        let token = PresentedAppToken::parse(AppTokenUse::Refresh, text).map_err(invalid)?;
        if token.app_key() != entry.key.access_key() {
            return Err(refuse(code::REFRESH_TOKEN_FOREIGN, "foreign_refresh_token"));
        }
        let mut last = Error::Forged;
        for key in entry.keys(now) {
            match token.open(&AppTokenKey::derive(&self.gateway.id, key.secret()), now) {
                Ok(()) => return Ok(()),
                Err(error) => last = error,
            }
        }
        Err(match last {
            Error::Expired => refuse(code::REFRESH_TOKEN_EXPIRED, "expired_refresh_token"),
            error => invalid(error),
        })
    }

    /// Two new tokens, which hold as long as the secret that the app has now.
    fn give(&self, entry: &KeyEntry, now: Timestamp) -> Result<Answer, Reject> {
        let (key, app_key) =
            (AppTokenKey::derive(&self.gateway.id, entry.key.secret()), entry.key.access_key());
        let seal = |usage, seconds: u32| -> Result<Token, Reject> {
            let mut nonce = [0; 24];
            getrandom::fill(&mut nonce).map_err(|_| refuse(code::INTERNAL, "no_randomness"))?;
            let expires = Timestamp::from_unix(now.unix().saturating_add(seconds.into()));
            Ok(key.seal(usage, app_key, expires, nonce))
        };
        let access = seal(AppTokenUse::Access, self.tokens.access_seconds)?;
        let refresh = seal(AppTokenUse::Refresh, self.tokens.refresh_seconds)?;
        Ok(answer(&Given {
            access_token: access.expose(),
            token_type: "bearer",
            expires_in: self.tokens.access_seconds,
            refresh_token: refresh.expose(),
        }))
    }
}

/// The app whose key pair the form shows. Whether key or secret is wrong is not told.
fn app<'s>(form: &Form<'_>, snapshot: &'s Snapshot, now: Timestamp) -> Result<&'s KeyEntry, Reject> {
    let is_key = (8..=200).contains(&form.client_id.len()) && AccessKeyId::parse(&form.client_id).is_ok();
    if !is_key || !SECRET_BYTES.contains(&form.client_secret.len()) {
        return Err(refuse(code::KEY_PAIR_MALFORMED, "malformed_key_pair"));
    }
    let entry = snapshot.keys().get(&form.client_id);
    let app = entry.filter(|entry| matches!(entry.principal, Principal::App { .. }));
    let holds = |entry: &&KeyEntry| entry.keys(now).any(|key| is_secret(key, form.client_secret.as_bytes()));
    app.filter(holds).ok_or_else(|| refuse(code::KEY_PAIR_INVALID, "wrong_key_pair"))
}

fn answer(given: &Given<'_>) -> Answer {
    let mut headers = HeaderMap::with_capacity(2);
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let body = serde_json::to_vec(given).unwrap_or_default();
    Answer { status: StatusCode::OK, headers, payload: Payload::Full(body.into()) }
}

fn refuse(code: Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Authenticate, code, reason)
}
