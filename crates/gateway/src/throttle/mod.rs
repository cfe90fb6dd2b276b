//! How often the caller may.
//!
//! Calls are counted when everything else about the caller is settled, so that nobody uses up what others may call. A
//! call that a limit on the API or on its source address would refuse anyway is refused before its caller is asked
//! for: that costs no signature, and counts nothing.

mod dimension;
mod ledgers;
mod limits;
mod standing;

pub(crate) use dimension::Dimension;
pub(crate) use ledgers::Ledgers;
pub(crate) use standing::{Standing, Standings, Throttled};

use crate::{
    accept::Request,
    access::Entered,
    authenticate::Who,
    authorize::Permit,
    core::Core,
    observe::Record,
    reject::{Reject, Stage},
    snapshots::Served,
};
use countersign_snapshot::Throttling;
use countersign_throttle::Exhausted;
use countersign_types::{AppId, code};
use limits::Limits;
use smallvec::{SmallVec, smallvec};

/// Proof that the call is counted.
pub(crate) struct Counted<'s> {
    pub(crate) permit: Permit<'s>,
}

/// Refuses a call that will not be let through whoever makes it.
///
/// # Errors
/// 429: a limit is used up that does not depend on the caller.
pub(crate) fn foresee(
    core: &Core,
    served: &Served,
    request: &Request,
    entered: &Entered<'_>,
    record: &mut Record,
) -> Result<(), Reject> {
    let limits = Limits::of_place(core, &served.ledgers, &entered.routed);
    let foreseen = countersign_throttle::foresee(limits.demands(), request.arrived.unix());
    foreseen.map_err(|exhausted| refuse(&limits, exhausted, record))
}

/// Counts the call against all of its limits, or against none.
///
/// # Errors
/// 405: the app has used up its quota; 429: a limit is used up.
pub(crate) fn throttle<'s>(
    core: &Core,
    served: &Served,
    permit: Permit<'s>,
    record: &mut Record,
) -> Result<Counted<'s>, Reject> {
    let mut limits = Limits::of_place(core, &served.ledgers, &permit.routed);
    let who = permit.caller.who();
    limits.add_user(&users(who, served.snapshot.throttling()));
    limits.add_app(app(who));
    limits.add_quota(app(who));
    // The body may have taken its time: the clock is read anew.
    let taken = countersign_throttle::take(limits.demands(), (core.clock)().unix());
    match taken {
        Ok(taken) => record.note_standings(limits.standings(&taken)),
        Err(exhausted) => return Err(refuse(&limits, exhausted, record)),
    }
    Ok(Counted { permit })
}

fn app<'s>(who: &Who<'s>) -> Option<&'s AppId> {
    match who {
        Who::App { id, .. } => Some(id),
        Who::Anonymous | Who::Custom | Who::Iam { .. } => None,
    }
}

/// The ids that a user goes by, the narrower first: the only project that the credential reaches, and the account.
fn users<'s>(who: &Who<'s>, throttling: &'s Throttling) -> SmallVec<[&'s str; 2]> {
    match who {
        Who::Anonymous | Who::Custom => SmallVec::new(),
        Who::App { id, .. } => throttling.user_of_app(id).into_iter().collect(),
        Who::Iam { bearer, project_ids: [project] } => {
            smallvec![project.as_str(), bearer.domain_id().as_str()]
        }
        Who::Iam { bearer, .. } => smallvec![bearer.domain_id().as_str()],
    }
}

fn refuse(limits: &Limits<'_>, exhausted: Exhausted, record: &mut Record) -> Reject {
    let Some(throttled) = limits.throttled(exhausted) else {
        return Reject::new(Stage::Throttle, code::THROTTLED, "limit");
    };
    let dimension = throttled.standing.dimension;
    let reject = Reject::new(Stage::Throttle, dimension.code(), dimension.reason());
    let reject = match dimension {
        Dimension::Quota => reject,
        _ => reject.detail(throttled.standing.detail()),
    };
    record.note_throttled(throttled);
    reject
}
