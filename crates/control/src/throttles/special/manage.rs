//! Creating, listing, changing and removing special limits.

use super::{SpecialObject, ThrottleSpecial, of};
use crate::bindings::require;
use crate::context::put_unique;
use crate::throttles::{Throttle, draft::number};
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, apps, quota};
use countersign_store::{Document, Reader, Writer, find};
use countersign_types::{ThrottleId, ThrottleSpecialId};

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
