//! Whose credential an app shows.

use super::{Authenticator, Scheme, Who, app::AppCredential, family::Family};
use crate::{
    accept::{Request, Scheme as PeerScheme},
    reject::{Reject, Stage},
    route::Routed,
};
use countersign_snapshot::{KeyEntry, Principal};
use countersign_token::{AppTokenKey, AppTokenUse, Error, PresentedAppToken};
use countersign_types::{AccessKeyId, Timestamp, code, limits::SKEW_SECONDS_MAX};
use countersign_verify::{Digest, is_secret, is_stamp};

impl<'s> Authenticator<'s> {
    /// The app that shows this.
    ///
    /// # Errors
    /// 401: nobody's, or not acceptable here and now; 400 for a token that was not made here.
    pub(super) fn app(
        &self,
        shown: &AppCredential<'_>,
        request: &Request,
        routed: &Routed<'_>,
    ) -> Result<(Who<'s>, Scheme), Reject> {
        let now = request.arrived;
        let (entry, scheme) = match shown {
            AppCredential::Code(code) => (self.by_code(code, request, routed)?, Scheme::AppCode),
            AppCredential::Pair { key, secret } => (self.by_pair(key, secret, now)?, Scheme::AppPair),
            AppCredential::Key(key) => (self.by_key(key)?, Scheme::AppKey),
            AppCredential::Stamp { digest, time } => {
                (self.by_stamp(digest, time, routed, now)?, Scheme::AppStamp)
            }
            AppCredential::Token(token) => (self.by_token(token, routed, now)?, Scheme::AppToken),
        };
        match &entry.principal {
            Principal::App { id, name } => Ok((Who::App { id, name }, scheme)),
            Principal::User(_) => Err(Family::App.unknown(entry.key.access_key().as_str())),
        }
    }

    /// Nothing is looked up for a code that came in the clear: whoever saw it on the way shall not be told that it was
    /// a good one.
    fn by_code(&self, code: &[u8], request: &Request, routed: &Routed<'_>) -> Result<&'s KeyEntry, Reject> {
        if request.peer.scheme() == PeerScheme::Http && !self.core.app_code_over_http {
            return Err(Family::App.reject("app_code_in_the_clear", "AppCode is accepted over https only"));
        }
        let entry = self.snapshot.app_by_code(&routed.gateway.id, code);
        entry.ok_or_else(|| Family::App.reject("unknown_app_code", "app not found, appcode is not valid"))
    }

    fn by_pair(&self, key: &str, secret: &[u8], now: Timestamp) -> Result<&'s KeyEntry, Reject> {
        let entry = self.by_key(key)?;
        let holds = entry.keys(now).any(|key| is_secret(key, secret));
        holds.then_some(entry).ok_or_else(|| Family::App.reject("wrong_secret", "verify appsecret fail"))
    }

    fn by_key(&self, key: &str) -> Result<&'s KeyEntry, Reject> {
        let entry = self.snapshot.keys().get(key);
        let app = entry.filter(|entry| matches!(entry.principal, Principal::App { .. }));
        app.ok_or_else(|| Family::App.unknown(key))
    }

    /// A stamp names no key: the apps that may call the API are tried, of which a gateway has a handful.
    fn by_stamp(
        &self,
        digest: &Digest,
        time: &str,
        routed: &Routed<'_>,
        now: Timestamp,
    ) -> Result<&'s KeyEntry, Reject> {
        let stamped = time.parse().map(Timestamp::from_unix);
        let stamped =
            stamped.map_err(|_| Family::App.reject("malformed_date", "timestamp is not a Unix time"))?;
        if stamped.abs_diff_seconds(now) > SKEW_SECONDS_MAX {
            let detail =
                format!("timestamp expired, timestamp:{},server time:{}", stamped.basic(), now.basic());
            return Err(Family::App.reject("expired", detail));
        }
        let holds = |entry: &&KeyEntry| entry.keys(now).any(|key| is_stamp(key, time.as_bytes(), digest));
        let mut apps = routed.release.authorized_apps().iter().filter_map(|app| self.snapshot.app(app));
        apps.find(holds).ok_or_else(|| Family::App.reject("wrong_stamp", "verify jwt fail"))
    }

    fn by_token(&self, text: &str, routed: &Routed<'_>, now: Timestamp) -> Result<&'s KeyEntry, Reject> {
        let invalid = |_| refuse(code::ACCESS_TOKEN_INVALID, "invalid_app_token");
        let token = PresentedAppToken::parse(AppTokenUse::Access, text).map_err(invalid)?;
        let app = |key: &AccessKeyId| self.by_key(key.as_str()).ok();
        let entry = app(token.app_key()).ok_or_else(|| refuse(code::APP_NOT_FOUND, "unknown_key"))?;
        let mut last = Error::Forged;
        for key in entry.keys(now) {
            match token.open(&AppTokenKey::derive(&routed.gateway.id, key.secret()), now) {
                Ok(()) => return Ok(entry),
                Err(error) => last = error,
            }
        }
        Err(match last {
            Error::Expired => refuse(code::ACCESS_TOKEN_EXPIRED, "expired_app_token"),
            error => invalid(error),
        })
    }
}

fn refuse(code: countersign_types::Code, reason: &'static str) -> Reject {
    Reject::new(Stage::Authenticate, code, reason)
}
