//! What is asked of a policy.

use crate::{Context, action, resource};

/// An action on a resource, and what is known about who asks and when.
#[derive(Debug)]
pub struct Request<'a> {
    pub(crate) action: action::Asked,
    pub(crate) service: &'a str,
    pub(crate) resource: resource::Asked<'a>,
    pub(crate) context: &'a Context<'a>,
}

impl<'a> Request<'a> {
    /// May somebody do `service:type:operation` to `service:region:account:type:path`? What is not of this form is
    /// something that nothing allows.
    #[must_use]
    pub fn new(action: &'a str, resource: &'a str, context: &'a Context<'a>) -> Self {
        Self {
            action: action::Asked::new(action),
            service: action.split(':').next().unwrap_or_default(),
            resource: resource::Asked::new(resource),
            context,
        }
    }
}
