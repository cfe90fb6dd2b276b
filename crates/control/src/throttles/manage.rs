//! Creating, reading, changing and removing policies.

use super::draft::Rates;
use super::special::{self, ThrottleSpecial};
use super::{Throttle, ThrottleDraft};
use crate::bindings::{self, BoundApi, PolicyFilter, require};
use crate::context::put_unique;
use crate::validate::check;
use crate::{Control, Error, Filter, InstanceRef, Page, Paging, compile, quota};
use countersign_store::{Document, Reader, Scope, list};
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

impl Control {
    /// Creates a policy.
    ///
    /// # Errors
    /// Unknown gateway, unacceptable values, a taken name, too many policies.
    pub fn create_throttle(&self, at: &InstanceRef, draft: &ThrottleDraft) -> Result<ThrottleDetail, Error> {
        let rates = draft.read()?;
        let (limits, interval, unit) = (rates.limits, rates.interval, rates.unit);
        let throttle = Throttle {
            id: self.new_id(),
            instance_id: at.id.clone(),
            name: draft.name.clone(),
            remark: draft.remark.clone().unwrap_or_default(),
            sharing: draft.sharing,
            limits,
            interval,
            unit,
            created: (self.now)(),
        };
        self.write(|writer| {
            rates.check_within(compile::features(&at.resolve(writer)?).api_limit)?;
            let throttles = writer.count(Throttle::KIND, Scope::One(at.scope()), None)?;
            quota::THROTTLES.check(throttles, Error::throttles_exceeded)?;
            put_unique(writer, &throttle, Error::throttle_name_taken)
        })?;
        Ok(ThrottleDetail { throttle, bindings: 0, has_specials: false })
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
            let rates = draft.read()?;
            rates.check_within(compile::features(&at.resolve(writer)?).api_limit)?;
            let mut throttle: Throttle = require(writer, at, id)?;
            let specials = special::of(writer, at, id)?;
            check("api_call_limits", specials.iter().all(|special| special.limit <= rates.limits.api))?;
            throttle.change(draft, rates);
            put_unique(writer, &throttle, Error::throttle_name_taken)?;
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
            for special in special::of(writer, at, id)? {
                writer.delete(ThrottleSpecial::KIND, at.scope(), special.id.as_str())?;
            }
            writer.delete(Throttle::KIND, at.scope(), id.as_str())?;
            Ok(())
        })
    }
}
