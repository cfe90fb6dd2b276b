//! Tokens, and security tokens of temporary keys: verified here, with what the snapshot holds.

use super::{Authenticator, Who, family::Family};
use crate::reject::{Reject, Stage};
use countersign_snapshot::Bearer;
use countersign_token::{Claims, Error, Openable, OpeningKeys, Scope, Seen, TemporaryKey, Verified};
use countersign_types::{ProjectId, Timestamp, code};
use countersign_verify::Key;
use std::{cell::RefCell, sync::Arc};

/// What one worker remembers of the credentials that it has opened.
#[derive(Default)]
pub(crate) struct Sessions {
    tokens: RefCell<Seen<Verified>>,
    temporary: RefCell<Seen<TemporaryPair>>,
}

/// A temporary key pair, ready to verify. Its security token is not kept.
pub(super) struct TemporaryPair {
    pub(super) key: Key,
    claims: Claims,
}

impl Openable for TemporaryPair {
    fn open(keys: &OpeningKeys, text: &str, now: Timestamp) -> Result<Self, Error> {
        let pair = keys.open_temporary(text, now)?;
        let TemporaryKey { access_key, secret_key, claims, .. } = pair;
        Ok(Self { key: Key::new(access_key, secret_key), claims })
    }

    fn claims(&self) -> &Claims {
        &self.claims
    }
}

impl<'s> Authenticator<'s> {
    /// Who bears this token.
    ///
    /// # Errors
    /// 401: it was not made here, has expired, no longer holds, or acts on nothing.
    pub(super) fn bearer(&self, token: &str, now: Timestamp) -> Result<Who<'s>, Reject> {
        let principals = self.snapshot.principals();
        let opened = self.core.sessions.tokens.borrow_mut().open(principals.opening_keys(), token, now);
        let opened = opened.map_err(refuse)?;
        let bearer = self.admit(opened.claims())?;
        let project_ids = match &opened.claims().scope {
            Scope::Project(id) => only(bearer, id),
            Scope::Domain(_) if bearer.acts_on_account() => &[],
            Scope::Domain(_) => return Err(outdated()),
            Scope::Unscoped => {
                return Err(Family::Iam.reject("unscoped_token", "the token has no scope"));
            }
        };
        Ok(Who::Iam { bearer, project_ids })
    }

    /// Whom the temporary key stands for, and what verifies its signatures.
    ///
    /// # Errors
    /// 401: the security token was not made here, has expired, no longer holds, or belongs to another key.
    pub(super) fn temporary(
        &self,
        access_key: &str,
        security_token: &[u8],
        now: Timestamp,
    ) -> Result<(Who<'s>, Arc<TemporaryPair>), Reject> {
        let text = str::from_utf8(security_token).map_err(|_| refuse(Error::Malformed))?;
        let keys = self.snapshot.principals().opening_keys();
        let pair = self.core.sessions.temporary.borrow_mut().open(keys, text, now).map_err(refuse)?;
        if pair.key.access_key().as_str() != access_key {
            return Err(Family::Iam.foreign_security_token());
        }
        let bearer = self.admit(&pair.claims)?;
        let project_ids = match &pair.claims.scope {
            Scope::Project(id) => only(bearer, id),
            Scope::Domain(_) | Scope::Unscoped => bearer.project_ids(),
        };
        Ok((Who::Iam { bearer, project_ids }, pair))
    }

    fn admit(&self, claims: &Claims) -> Result<Bearer<'s>, Reject> {
        self.snapshot.principals().admit(claims).ok_or_else(outdated)
    }
}

/// That project, if the bearer may act in it.
fn only<'s>(bearer: Bearer<'s>, id: &ProjectId) -> &'s [ProjectId] {
    let own = bearer.project_ids().iter().find(|own| *own == id);
    own.map_or(&[], std::slice::from_ref)
}

fn outdated() -> Reject {
    Reject::new(Stage::Authenticate, code::TOKEN_OUTDATED, "outdated_token")
}

/// The published words for clients; why a token did not open is for the log.
fn refuse(error: Error) -> Reject {
    let (reason, detail) = match error {
        Error::Malformed => ("malformed_token", "decrypt token fail"),
        Error::UnknownKey => ("unknown_token_key", "decrypt token fail"),
        Error::Forged => ("forged_token", "decrypt token fail"),
        Error::Expired => ("expired_token", "token expires"),
    };
    Family::Iam.reject(reason, detail)
}
