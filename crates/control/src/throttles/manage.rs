//! Creating, reading, changing and removing policies.

use super::draft::Rates;
use super::special;
use super::{Throttle, ThrottleDraft};
use crate::bindings::{self, BoundApi, PolicyFilter, require};
use crate::context::put_unique;
use crate::validate::check;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, compile, quota};
use countersign_store::{Document, Reader, Scope, Writer, list};
use countersign_types::{ApiId, ThrottleId};

/// A policy with what replies tell about its use.
#[derive(Debug, Clone)]
pub struct ThrottleDetail {
    /// The policy.
    pub throttle: Throttle,
    /// Publications that it is bound to.
    pub bindings: usize,
    /// Whether it has special limits.
    pub has_specials: bool,
}

/// Which policies a list shows.
#[derive(Debug, Clone, Default)]
pub struct ThrottleFilter {
    /// On the id.
    pub id: Filter,
    /// On the name.
    pub name: Filter,
}

fn detail(reader: &dyn Reader, at: &InstanceRef, throttle: Throttle) -> Result<ThrottleDetail, Error> {
    let bindings = bindings::count(reader, at, &throttle)?;
    let has_specials = !special::of(reader, at, &throttle.id)?.is_empty();
    Ok(ThrottleDetail { throttle, bindings, has_specials })
}

impl Throttle {
    fn change(&mut self, draft: &ThrottleDraft, rates: Rates) {
        self.name.clone_from(&draft.name);
        if let Some(remark) = &draft.remark {
            self.remark.clone_from(remark);
        }
        self.sharing = draft.sharing;
        self.limits = rates.limits;
        self.interval = rates.interval;
        self.unit = rates.unit;
    }
}

/// Changes a policy as a whole.
///
/// # Errors
/// As [`Control::update_throttle`].
pub(crate) fn replace(
    writer: &mut dyn Writer,
    at: &InstanceRef,
    mut throttle: Throttle,
    draft: &ThrottleDraft,
) -> Result<Throttle, Error> {
    let rates = draft.read()?;
    rates.check_within(compile::features(&at.resolve(writer)?).api_limit)?;
    let specials = special::of(writer, at, &throttle.id)?;
    check("api_call_limits", specials.iter().all(|special| special.limit <= rates.limits.api))?;
    throttle.change(draft, rates);
    put_unique(writer, &throttle, Error::throttle_name_taken)?;
    Ok(throttle)
}

impl Control {
    /// Creates a policy.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many policies.
    pub fn create_throttle(&self, at: &InstanceRef, draft: &ThrottleDraft) -> Result<ThrottleDetail, Error> {
        let throttle = self.write(|writer| self.insert_throttle(writer, at, draft))?;
        Ok(ThrottleDetail { throttle, bindings: 0, has_specials: false })
    }

    /// Stores a policy that is new.
    ///
    /// # Errors
    /// As [`Control::create_throttle`].
    pub(crate) fn insert_throttle(
        &self,
        writer: &mut dyn Writer,
        at: &InstanceRef,
        draft: &ThrottleDraft,
    ) -> Result<Throttle, Error> {
        let rates = draft.read()?;
        rates.check_within(compile::features(&at.resolve(writer)?).api_limit)?;
        let throttles = writer.count(Throttle::KIND, Scope::One(at.scope()), None)?;
        quota::THROTTLES.check(throttles, Error::throttles_exceeded)?;
        let throttle = Throttle {
            id: self.new_id(),
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            remark: draft.remark.clone().unwrap_or_default(),
            sharing: draft.sharing,
            limits: rates.limits,
            interval: rates.interval,
            unit: rates.unit,
            created: (self.now)(),
        };
        put_unique(writer, &throttle, Error::throttle_name_taken)?;
        Ok(throttle)
    }

    /// One policy.
    ///
    /// # Errors
    /// Unknown gateway or policy.
    pub fn throttle(&self, at: &InstanceRef, id: &ThrottleId) -> Result<ThrottleDetail, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            detail(reader, at, require(reader, at, id)?)
        })
    }

    /// A page of the policies, oldest first.
    ///
    /// # Errors
    /// Unknown gateway.
    pub fn list_throttles(
        &self,
        at: &InstanceRef,
        filter: &ThrottleFilter,
        paging: Paging,
    ) -> Result<Page<ThrottleDetail>, Error> {
        self.read(|reader| {
            at.resolve(reader)?;
            let mut throttles: Vec<Throttle> = list(reader, Scope::One(at.scope()))?;
            throttles.retain(|throttle| {
                filter.id.passes(throttle.id.as_str()) && filter.name.passes(&throttle.name)
            });
            let Page { total, items } = paging.cut(throttles);
            let items = items.into_iter().map(|throttle| detail(reader, at, throttle));
            Ok(Page { total, items: items.collect::<Result<_, _>>()? })
        })
    }

    /// A page of the policies that are bound to an API, in whichever environment.
    ///
    /// # Errors
    /// Unknown gateway or API.
    pub fn list_throttles_of_api(
        &self,
        at: &InstanceRef,
        api: &ApiId,
        filter: &PolicyFilter,
        paging: Paging,
    ) -> Result<Page<(BoundApi<Throttle>, ThrottleDetail)>, Error> {
        let Page { total, items } = self.list_policies_of_api(at, api, filter, paging)?;
        self.read(|reader| {
            let with_detail = |bound: &BoundApi<Throttle>| {
                detail(reader, at, bound.policy.clone()).map(|detail| (bound.clone(), detail))
            };
            Ok(Page { total, items: items.iter().map(with_detail).collect::<Result<_, _>>()? })
        })
    }

    /// Changes a policy as a whole; limits that are absent are gone. It acts at once wherever it is bound.
    ///
    /// # Errors
    /// Unknown gateway or policy, unacceptable values, a taken name, an API limit below one of its special limits.
    pub fn update_throttle(
        &self,
        at: &InstanceRef,
        id: &ThrottleId,
        draft: &ThrottleDraft,
    ) -> Result<ThrottleDetail, Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let before = require(writer, at, id)?;
            let throttle = replace(writer, at, before, draft)?;
            detail(writer, at, throttle)
        })
    }

    /// Removes a policy that is bound to nothing, with its special limits.
    ///
    /// # Errors
    /// Unknown gateway or policy, a policy that is bound.
    pub fn delete_throttle(&self, at: &InstanceRef, id: &ThrottleId) -> Result<(), Error> {
        self.write(|writer| {
            at.resolve(writer)?;
            let throttle: Throttle = require(writer, at, id)?;
            if bindings::count(writer, at, &throttle)? > 0 {
                return Err(Error::throttle_in_use());
            }
            special::delete_of(writer, at, id)?;
            writer.delete(Throttle::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}
