//! Who calls, once that is proven. Only this stage can make a [`Caller`].

use crate::authorizer::Context;
use countersign_snapshot::{Bearer, User};
use countersign_types::{AppId, ProjectId};
use countersign_verify::Verified;
use std::rc::Rc;

/// Proof that the caller is who they say.
pub(crate) struct Caller<'s> {
    pub(super) who: Who<'s>,
    pub(super) scheme: Scheme,
    /// What was found about the signature, if there is one.
    pub(super) verified: Option<Verified>,
    /// What the custom authorizer said, if it was asked.
    pub(super) context: Option<Rc<Context>>,
}

/// Whom a request comes from.
pub(crate) enum Who<'s> {
    /// Nobody was asked.
    Anonymous,
    /// Somebody whom only the custom authorizer knows.
    Custom,
    /// An app of the data plane.
    App { id: &'s AppId, name: &'s str },
    /// A user or agency of the identity service, and the projects that the credential reaches.
    Iam { bearer: Bearer<'s>, project_ids: &'s [ProjectId] },
}

/// How a caller proved itself, as logs and metrics name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    None,
    App,
    AccessKey,
    TemporaryKey,
    Token,
    Authorizer,
    AppCode,
    AppPair,
    AppKey,
    AppStamp,
    AppToken,
}

impl Scheme {
    pub(crate) const ALL: [Self; 11] = [
        Self::None,
        Self::App,
        Self::AccessKey,
        Self::TemporaryKey,
        Self::Token,
        Self::Authorizer,
        Self::AppCode,
        Self::AppPair,
        Self::AppKey,
        Self::AppStamp,
        Self::AppToken,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::App => "app",
            Self::AccessKey => "access_key",
            Self::TemporaryKey => "temporary_key",
            Self::Token => "token",
            Self::Authorizer => "authorizer",
            Self::AppCode => "app_code",
            Self::AppPair => "app_secret",
            Self::AppKey => "app_api_key",
            Self::AppStamp => "app_jwt",
            Self::AppToken => "app_token",
        }
    }
}

impl<'s> Who<'s> {
    /// A user by a key of its own, which reaches wherever the user may act.
    pub(super) fn user(user: &'s User) -> Self {
        Self::Iam { bearer: Bearer::User(user), project_ids: &user.project_ids }
    }
}

impl<'s> Caller<'s> {
    pub(crate) fn who(&self) -> &Who<'s> {
        &self.who
    }

    pub(crate) fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// What the custom authorizer said about the caller.
    pub(crate) fn context(&self) -> Option<&Context> {
        self.context.as_deref()
    }

    /// The same, to keep.
    pub(crate) fn shared_context(&self) -> Option<Rc<Context>> {
        self.context.clone()
    }

    /// Whether the body is not covered by the signature.
    pub(crate) fn payload_unsigned(&self) -> bool {
        self.verified.as_ref().is_some_and(Verified::payload_unsigned)
    }
}
