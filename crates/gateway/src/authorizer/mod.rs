//! Custom authorizers: a function outside says whether a call may pass, and what else is known about the caller.
//!
//! Only a function that clearly says "allow" lets a call pass. Whatever else happens, a function that says no, cannot
//! be reached, is too slow or answers something else, refuses it, and only clear answers are remembered.

mod cache;
mod call;
mod context;
mod event;
mod identity;
mod reply;

pub(crate) use cache::Cache;
pub(crate) use context::Context;

use crate::{
    accept::{Body, Request},
    core::Core,
    reject::{Reject, Stage},
    route::Routed,
};
use cache::{Key, Moment};
use countersign_snapshot::{Authorizer, source::Side};
use countersign_types::{AuthorizerId, Code, ResponseType, code};
use std::rc::Rc;

/// A call that an authorizer is asked about.
pub(crate) struct Question<'q, 's> {
    pub(crate) core: &'q Core,
    pub(crate) request: &'q Request,
    pub(crate) routed: &'q Routed<'s>,
    /// What was read of the body; without it, only authorizers that do not look at bodies can be asked.
    pub(crate) body: Option<&'q Body>,
    pub(crate) side: Side,
}

/// What a function says about a call.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Verdict {
    allows: bool,
    context: Rc<Context>,
}

/// Why there is no verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fault {
    code: Code,
    reason: &'static str,
}

impl Fault {
    /// The authorizer cannot be asked, or does not answer as agreed.
    const fn new(reason: &'static str) -> Self {
        Self { code: code::AUTHORIZER_CONF_FAILURE, reason }
    }
}

impl Question<'_, '_> {
    /// Asks, or remembers what was said.
    ///
    /// # Errors
    /// 401 when the request does not show what the authorizer identifies callers by, 500 when it says no, cannot be
    /// asked or does not answer as agreed.
    pub(crate) async fn ask(&self, id: &AuthorizerId) -> Result<Rc<Context>, Reject> {
        let found = self.routed.snapshot.authorizer(id);
        let authorizer = found.ok_or_else(|| self.refuse(Fault::new("authorizer_missing")))?;
        let identities = identity::print(self.request, authorizer).map_err(|error| {
            self.reject(code::AUTHORIZER_IDENTITIES_FAILURE, error.reason()).detail(error.to_string())
        })?;
        let outcome = if authorizer.ttl_seconds == 0 {
            self.call(authorizer).await
        } else {
            let key = Key { version: authorizer.version, identities };
            let moment = Moment { now: self.request.arrived, ttl_seconds: authorizer.ttl_seconds };
            self.core.authorizers.recall(key, moment, self.call(authorizer)).await
        };
        let Verdict { allows, context } = outcome.map_err(|fault| self.refuse(fault))?;
        if allows {
            return Ok(context);
        }
        Err(self.reject(code::AUTHORIZER_FAILURE, "authorizer_denied").context(self.side, context))
    }

    async fn call(&self, authorizer: &Authorizer) -> Result<Verdict, Fault> {
        let event = event::write(self, authorizer);
        let answer = call::call(self, authorizer, event).await?;
        reply::read(&answer, authorizer.context)
    }

    fn refuse(&self, Fault { code, reason }: Fault) -> Reject {
        let reject = self.reject(code, reason);
        match code {
            code::AUTHORIZER_CONF_FAILURE => {
                reject.kind(ResponseType::AuthorizerConfFailure).detail("custom authorizer")
            }
            _ => reject,
        }
    }

    fn reject(&self, code: Code, reason: &'static str) -> Reject {
        let stage = match self.side {
            Side::Frontend => Stage::Authenticate,
            Side::Backend => Stage::Transform,
        };
        Reject::new(stage, code, reason)
    }
}
