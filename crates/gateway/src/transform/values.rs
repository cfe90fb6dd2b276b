//! Values for the backend, by where they come from.

use super::parameters::Parameters;
use crate::{accept::Request, authenticate::Who, authorize::Permit, authorizer::Context, core::Core};
use countersign_snapshot::{
    Target, Value,
    source::{Side, System},
};
use std::borrow::Cow;

/// Everything that a mapping can draw from.
pub(super) struct Values<'v, 's> {
    pub(super) core: &'v Core,
    pub(super) request: &'v Request,
    pub(super) permit: &'v Permit<'s>,
    pub(super) parameters: &'v Parameters,
    /// Where they go.
    pub(super) target: &'s Target,
    /// What the backend's authorizer said, if there is one.
    pub(super) backend: Option<&'v Context>,
}

impl Values<'_, '_> {
    /// The text; `None` when there is nothing to send.
    pub(super) fn get<'v>(&'v self, value: &'v Value) -> Option<Cow<'v, str>> {
        match value {
            Value::Parameter(position) => {
                self.parameters.get(self.permit.routed.release, *position).map(Cow::Borrowed)
            }
            Value::Constant(text) => Some(Cow::Borrowed(text)),
            Value::System(system) => self.system(*system),
            Value::Authorizer(side, name) => self.context(*side)?.get(name).map(Cow::Borrowed),
        }
    }

    fn context(&self, side: Side) -> Option<&Context> {
        match side {
            Side::Frontend => self.permit.caller.context(),
            Side::Backend => self.backend,
        }
    }

    fn system(&self, system: System) -> Option<Cow<'_, str>> {
        let release = self.permit.routed.release;
        match system {
            System::SourceIp => Some(self.permit.routed.source.to_string().into()),
            System::Stage => Some((&*release.env_name).into()),
            System::ApiId => Some(release.api_id.as_str().into()),
            System::ApiName => Some((&*release.api_name).into()),
            System::AppId => self.app().map(|(id, _)| id.into()),
            System::AppName => self.app().map(|(_, name)| name.into()),
            System::RequestId => Some(self.request.id.as_str().into()),
            System::ServerAddr => Some(self.core.address.ip().to_string().into()),
            System::ServerName => Some("api-gateway".into()),
            System::HandleTime => Some(self.request.arrived.rfc3339().to_string().into()),
            // Only APIs taken over from a market have a providing app.
            System::ProviderAppId => None,
        }
    }

    fn app(&self) -> Option<(&str, &str)> {
        match self.permit.caller.who() {
            Who::App { id, name } => Some((id.as_str(), name)),
            Who::Anonymous | Who::Custom | Who::Iam { .. } => None,
        }
    }
}
