//! Authorizations: which app may call which API in which environment. Live, not frozen by publishing.

mod grant;
mod list;

pub use grant::{Grant, GrantRequest, Outcome};
pub use list::{AuthDetail, AuthFilter, OpenApiFilter};

use crate::{Error, InstanceRef, links};
use countersign_store::{Document, Link, Scope, Writer};
use countersign_types::{ApiId, AppId, AuthId, EnvId, InstanceId, Timestamp};
use serde::{Deserialize, Serialize};

/// An authorization as it is stored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AppAuth {
    /// Its id.
    pub id: AuthId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The app that may call.
    pub app_id: AppId,
    /// The API it may call.
    pub api_id: ApiId,
    /// The environment it may call it in.
    pub env_id: EnvId,
    /// When it was granted.
    pub created: Timestamp,
}

impl Document for AppAuth {
    const KIND: &'static str = "app_auth";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![identity(&self.api_id, &self.env_id, &self.app_id)]
    }

    fn links(&self) -> Vec<Link> {
        vec![
            Link::new(links::APP, self.app_id.as_str()),
            Link::new(links::API, self.api_id.as_str()),
            Link::new(links::ENV, self.env_id.as_str()),
        ]
    }
}

/// Unique name of an authorization; no id contains a slash.
fn identity(api: &ApiId, env: &EnvId, app: &AppId) -> String {
    format!("{api}/{env}/{app}")
}

/// Removes the authorizations that point to an app, API or environment that goes away.
///
/// # Errors
/// A fault of the store.
pub fn delete_linked(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    label: &str,
    target: &str,
) -> Result<(), Error> {
    for auth in writer.list_linked(AppAuth::KIND, Scope::One(at.scope()), &Link::new(label, target))? {
        writer.delete(AppAuth::KIND, at.scope(), &auth.id)?;
    }
    Ok(())
}
