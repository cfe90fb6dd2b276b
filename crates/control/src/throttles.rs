//! Request throttling policies: how many calls pass in a window, for an API, a user, an app and a source address.

mod draft;
mod manage;
mod special;

pub use draft::{ThrottleDraft, ThrottleLimits};
pub(crate) use manage::replace;
pub use manage::{ThrottleDetail, ThrottleFilter};
pub use special::{ListedSpecial, SpecialFilter, SpecialObject, ThrottleSpecial};
pub(crate) use special::{delete_linked, delete_of, of as specials_of};

use crate::bindings::Policy;
use crate::{Error, time_unit::TimeUnit};
use countersign_store::Document;
use countersign_types::{InstanceId, ThrottleId, Timestamp};
use serde::{Deserialize, Serialize};

/// A policy as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Throttle {
    /// Its id.
    pub id: ThrottleId,
    /// Its gateway.
    pub instance_id: InstanceId,
    /// Its name, unique on the gateway.
    pub name: String,
    /// Free text.
    pub remark: String,
    /// Whose calls are counted together.
    pub sharing: Sharing,
    /// Most calls in a window.
    pub limits: Limits,
    /// Length of the window in units.
    pub interval: u32,
    /// Unit of its length.
    pub unit: TimeUnit,
    /// When it was created.
    pub created: Timestamp,
}

/// Whose calls are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// Those of each API that it is bound to, apart from the others'.
    Exclusive,
    /// Those of all APIs that it is bound to.
    Shared,
}

/// Most calls in a window, from 1 to 2 147 483 647; what is absent has no limit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Of all callers together.
    pub api: u32,
    /// Of each user.
    pub user: Option<u32>,
    /// Of each app.
    pub app: Option<u32>,
    /// Of each source address.
    pub ip: Option<u32>,
}

impl Document for Throttle {
    const KIND: &'static str = "throttle";

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

impl Policy for Throttle {
    type Id = ThrottleId;
    const BINDING: &'static str = "throttle_binding";

    fn policy_id(&self) -> &ThrottleId {
        &self.id
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn slot(&self) -> &'static str {
        "throttle"
    }

    fn not_found(id: &ThrottleId) -> Error {
        Error::throttle_not_found(id)
    }

    fn binding_not_found() -> Error {
        Error::throttle_binding_not_found()
    }
}
