//! Special limits: what one app or one user may call instead of what each app or user may.

use super::Throttle;
use super::draft::number;
use crate::bindings::require;
use crate::context::put_unique;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, apps, links, quota};
use countersign_store::{Document, Link, Reader, Scope, Writer, find, list_linked};
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

/// A special limit with the app it is for.
#[derive(Debug, Clone)]
pub struct ListedSpecial {
    /// The special limit.
    pub special: ThrottleSpecial,
    /// Name of the app; empty for a user.
    pub app_name: String,
}

/// Which special limits a list shows.
#[derive(Debug, Clone, Default)]
pub struct SpecialFilter {
    /// On `APP` or `USER`.
    pub kind: Filter,
    /// On the app's name; users do not pass.
    pub app_name: Filter,
    /// On the user's id; apps do not pass.
    pub user: Filter,
}

impl SpecialFilter {
    fn passes(&self, listed: &ListedSpecial) -> bool {
        let (app, user) = match &listed.special.object {
            SpecialObject::App(_) => (Some(listed.app_name.as_str()), None),
            SpecialObject::User(id) => (None, Some(id.as_str())),
        };
        let passes = |filter: &Filter, value: Option<&str>| match value {
            Some(value) => filter.passes(value),
            None => *filter == Filter::Any,
        };
        self.kind.passes(listed.special.object.kind())
            && passes(&self.app_name, app)
            && passes(&self.user, user)
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

fn listed(reader: &dyn Reader, at: &InstanceRef, special: ThrottleSpecial) -> Result<ListedSpecial, Error> {
    let app_name = match &special.object {
        SpecialObject::App(id) => apps::require(reader, at, id)?.name,
        SpecialObject::User(_) => String::new(),
    };
    Ok(ListedSpecial { special, app_name })
}

/// The limit, which must not exceed that of the API.
fn limit(throttle: &Throttle, limit: i64) -> Result<u32, Error> {
    if limit > i64::from(throttle.limits.api) {
        return Err(Error::too_large("call_limits"));
    }
    number("call_limits", limit)
}

impl Control {
    /// Gives an app or user a limit of its own.
    ///
    /// # Errors
    /// Unknown gateway, policy or app; an unacceptable limit; one exists; too many.
    pub fn create_special(
        &self,
        at: &InstanceRef,
        throttle: &ThrottleId,
        object: &SpecialObject,
        calls: i64,
    ) -> Result<ListedSpecial, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let throttle: Throttle = require(writer, at, throttle)?;
            let special = self.insert_special(writer, at, &throttle, (object, calls))?;
            listed(writer, at, special)
        })
    }

    /// Stores a special limit that is new.
    ///
    /// # Errors
    /// As [`Control::create_special`].
    pub(crate) fn insert_special(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        throttle: &Throttle,
        (object, calls): (&SpecialObject, i64),
    ) -> Result<ThrottleSpecial, Error> {
        let limit = limit(throttle, calls)?;
        if let SpecialObject::App(id) = object {
            apps::require(writer, at, id)?;
        }
        let existing = of(writer, at, &throttle.id)?;
        if existing.iter().any(|other| other.object == *object) {
            return Err(Error::special_taken());
        }
        let alike = existing.iter().filter(|special| special.object.kind() == object.kind()).count();
        quota::THROTTLE_SPECIALS.check(alike, Error::resources_exceeded)?;
        let special = ThrottleSpecial {
            id: self.new_id(),
            instance_id: at.id.clone(),
            throttle_id: throttle.id.clone(),
            object: object.clone(),
            limit,
            created: (self.now)(),
        };
        put_unique(writer, &special, Error::special_taken)?;
        Ok(special)
    }

    /// A page of a policy's special limits, oldest first.
    ///
    /// # Errors
    /// Unknown gateway or policy.
    pub fn list_specials(
        &self,
        at: &InstanceRef,
        throttle: &ThrottleId,
        filter: &SpecialFilter,
        paging: Paging,
    ) -> Result<Page<ListedSpecial>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            require::<Throttle>(reader, at, throttle)?;
            let specials = of(reader, at, throttle)?.into_iter();
            let mut specials =
                specials.map(|special| listed(reader, at, special)).collect::<Result<Vec<_>, _>>()?;
            specials.retain(|special| filter.passes(special));
            Ok(paging.cut(specials))
        })
    }

    /// Changes a special limit.
    ///
    /// # Errors
    /// Unknown gateway, policy or special limit; an unacceptable limit.
    pub fn update_special(
        &self,
        at: &InstanceRef,
        throttle: &ThrottleId,
        id: &ThrottleSpecialId,
        calls: i64,
    ) -> Result<ListedSpecial, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let throttle: Throttle = require(writer, at, throttle)?;
            let mut special = require_special(writer, at, &throttle.id, id)?;
            special.limit = limit(&throttle, calls)?;
            countersign_store::put(writer, &special)?;
            listed(writer, at, special)
        })
    }

    /// Removes a special limit.
    ///
    /// # Errors
    /// Unknown gateway, policy or special limit.
    pub fn delete_special(
        &self,
        at: &InstanceRef,
        throttle: &ThrottleId,
        id: &ThrottleSpecialId,
    ) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let throttle: Throttle = require(writer, at, throttle)?;
            let special = require_special(writer, at, &throttle.id, id)?;
            writer.delete(ThrottleSpecial::KIND, at.scope(), special.id.as_str())?;
            Ok(())
        })
    }
}

fn require_special(
    reader: &dyn Reader,
    at: &InstanceRef,
    throttle: &ThrottleId,
    id: &ThrottleSpecialId,
) -> Result<ThrottleSpecial, Error> {
    let found: Option<ThrottleSpecial> = find(reader, at.scope(), id.as_str())?;
    found.filter(|special| special.throttle_id == *throttle).ok_or_else(|| Error::special_not_found(id))
}
