//! Apps ("credentials"): who calls APIs with an AppKey and an AppSecret.

mod key;
mod list;
mod manage;

pub(crate) use key::delete;
pub use list::{AppFilter, ListedApp};

use crate::acls::AppAcl;
use crate::{Error, InstanceRef};
use countersign_store::{Document, Reader};
use countersign_types::{AccessKeyId, AppId, InstanceId, SecretKey, Timestamp};
use serde::{Deserialize, Serialize};

/// An app as it is stored; its secret is sealed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct App {
    /// Its id.
    pub id: AppId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// AppKey; unique over all gateways and never changed.
    pub key: AccessKeyId,
    /// AppSecret, sealed; see [`Control::open_app_secret`].
    pub sealed_secret: String,
    /// The AppSecret before the last change, if it was to hold for a while.
    pub previous: Option<PreviousSecret>,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
    /// Where it may call from; from everywhere when there is none.
    #[serde(default)]
    pub acl: Option<AppAcl>,
    /// Whether refused signatures with its key are diagnosed.
    #[serde(default)]
    pub diagnosed: bool,
    /// When it was created.
    pub created: Timestamp,
    /// When it was changed last.
    pub updated: Timestamp,
}

/// An AppSecret that was replaced.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviousSecret {
    /// The secret, sealed like the current one.
    pub sealed_secret: String,
    /// First moment at which it no longer holds.
    pub until: Timestamp,
}

impl Document for App {
    const KIND: &'static str = "app";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![self.name.clone()]
    }
}

/// What can be said about an app.
#[derive(Debug, Clone, Default)]
pub struct AppDraft {
    /// Its name.
    pub name: String,
    /// Free text; absent it is empty at creation and kept later.
    pub remark: Option<String>,
    /// AppKey; made up when absent. It must not change later.
    pub key: Option<String>,
    /// AppSecret; made up when absent at creation, kept when absent later.
    pub secret: Option<SecretKey>,
    /// Account that the app is said to belong to.
    pub related_domain_id: String,
    /// Project that the app is said to belong to.
    pub related_project_id: String,
}

/// An app with its secret in the clear, for the owner's eyes.
#[derive(Debug, Clone)]
pub struct OpenApp {
    /// The app.
    pub app: App,
    /// AppSecret.
    pub secret: SecretKey,
}

/// Finds the app in the transaction of a use-case.
///
/// # Errors
/// `APIG.3004` when the gateway has no such app.
pub fn require(reader: &dyn Reader, at: &InstanceRef, id: &AppId) -> Result<App, Error> {
    countersign_store::find(reader, at.scope(), id.as_str())?.ok_or_else(|| Error::app_not_found(id))
}
