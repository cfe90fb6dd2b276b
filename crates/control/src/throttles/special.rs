//! Special limits: what one app or one user may call instead of what each app or user may.

mod manage;

pub use manage::{ListedSpecial, SpecialFilter};

use crate::{Error, InstanceRef, links};
use countersign_store::{Document, Link, Reader, Scope, Writer, list_linked};
use countersign_types::{AppId, InstanceId, ProjectId, ThrottleId, ThrottleSpecialId, Timestamp};
use serde::{Deserialize, Serialize};

/// A special limit as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThrottleSpecial {
    /// Its id.
    pub id: ThrottleSpecialId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// The policy.
    pub throttle_id: ThrottleId,
    /// For whom.
    pub object: SpecialObject,
    /// Most calls in a window of the policy; no more than the policy's limit for the API.
    pub limit: u32,
    /// When it was created.
    pub created: Timestamp,
}

/// For whom a special limit is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpecialObject {
    /// An app of the gateway.
    App(AppId),
    /// A user by the id of its project or account, which need not be known here.
    User(ProjectId),
}

impl SpecialObject {
    /// The word for its type and the text that is its id.
    ///
    /// # Errors
    /// `object_type` or `object_id` is not acceptable.
    pub fn parse(kind: &str, id: &str) -> Result<Self, Error> {
        match kind {
            "APP" => AppId::parse(id).map(Self::App).map_err(|_| Error::app_not_found(id)),
            "USER" => ProjectId::parse(id).map(Self::User).map_err(|_| Error::invalid("object_id")),
            _ => Err(Error::invalid("object_type")),
        }
    }

    /// `APP` or `USER`.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::App(_) => "APP",
            Self::User(_) => "USER",
        }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::App(id) => id.as_str(),
            Self::User(id) => id.as_str(),
        }
    }
}

/// Label of the link to the policy.
const THROTTLE: &str = "throttle";

impl Document for ThrottleSpecial {
    const KIND: &'static str = "throttle_special";

    fn scope(&self) -> &str {
        self.instance_id.as_str()
    }

    fn id(&self) -> &str {
        self.id.as_str()
    }

    fn names(&self) -> Vec<String> {
        vec![format!("{}/{}/{}", self.throttle_id, self.object.kind(), self.object.id())]
    }

    fn links(&self) -> Vec<Link> {
        let app = match &self.object {
            SpecialObject::App(id) => Some(Link::new(links::APP, id.as_str())),
            SpecialObject::User(_) => None,
        };
        app.into_iter().chain([Link::new(THROTTLE, self.throttle_id.as_str())]).collect()
    }
}

/// The special limits of a policy, oldest first.
pub(crate) fn of(
    reader: &dyn Reader,
    at: &InstanceRef,
    throttle: &ThrottleId,
) -> Result<Vec<ThrottleSpecial>, Error> {
    Ok(list_linked(reader, Scope::One(at.scope()), &Link::new(THROTTLE, throttle.as_str()))?)
}

/// Removes the special limits of a policy.
///
/// # Errors
/// A fault of the store.
pub(crate) fn delete_of(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    throttle: &ThrottleId,
) -> Result<(), Error> {
    for special in of(writer, at, throttle)? {
        writer.delete(ThrottleSpecial::KIND, at.scope(), special.id.as_str())?;
    }
    Ok(())
}

/// Removes the special limits of an app that goes away.
///
/// # Errors
/// A fault of the store.
pub(crate) fn delete_linked(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    label: &str,
    target: &str,
) -> Result<(), Error> {
    for special in
        writer.list_linked(ThrottleSpecial::KIND, Scope::One(at.scope()), &Link::new(label, target))?
    {
        writer.delete(ThrottleSpecial::KIND, at.scope(), &special.id)?;
    }
    Ok(())
}
