//! What is known of a request on its way: what the answer to its refusal may tell, and who has worded it.

use crate::{
    accept::Body,
    authenticate::{Caller, Who},
    authorizer::Context,
    observe::Record,
    route::Routed,
};
use countersign_snapshot::{Cors, Group, Release, Response};
use countersign_types::{AppId, ResponseType};
use std::rc::Rc;

/// What the stages have found out so far.
#[derive(Default)]
pub(crate) struct Known<'s> {
    group: Option<&'s Group>,
    pub(crate) release: Option<&'s Release>,
    pub(crate) app: Option<(&'s AppId, &'s str)>,
    /// What the frontend authorizer said when it let the call pass.
    pub(crate) context: Option<Rc<Context>>,
}

impl<'s> Known<'s> {
    /// The answer that the API, or before it is found its group, has for refusals of this type.
    pub(crate) fn response(&self, kind: ResponseType) -> Option<&'s Response> {
        let set = match self.release {
            Some(release) => release.responses.as_deref(),
            None => self.group?.responses(),
        };
        set?.get(kind)
    }

    /// What answers tell pages of other origins.
    pub(crate) fn cors(&self) -> Cors {
        self.release.map_or(Cors::Silent, |release| release.cors)
    }
}

/// Everything that is remembered about a request, for its record and for its refusal.
pub(crate) struct Notes<'r, 's> {
    pub(crate) record: &'r mut Record,
    pub(crate) known: Known<'s>,
}

impl<'r, 's> Notes<'r, 's> {
    pub(crate) fn new(record: &'r mut Record) -> Self {
        Self { record, known: Known::default() }
    }

    pub(crate) fn group(&mut self, group: &'s Group) {
        self.known.group = Some(group);
    }

    pub(crate) fn route(&mut self, routed: &Routed<'s>) {
        self.known.release = Some(routed.release);
        self.record.note_route(routed);
    }

    pub(crate) fn caller(&mut self, caller: &Caller<'s>, body: &Body) {
        if let Who::App { id, name } = *caller.who() {
            self.known.app = Some((id, name));
        }
        self.known.context = caller.shared_context();
        self.record.note_caller(caller, body);
    }
}
