//! Throttling policies with their special limits, and the users that apps belong to.

use crate::throttles::{Sharing, SpecialObject, Throttle, ThrottleSpecial};
use crate::{App, Error, Instance, bindings};
use countersign_snapshot::source;
use countersign_store::{Reader, Scope, list};
use countersign_types::{PublishId, ThrottleId};
use std::collections::HashMap;

/// Everything that limits calls, on all gateways.
pub(super) fn compile(reader: &dyn Reader) -> Result<source::Throttling, Error> {
    let mut specials: HashMap<ThrottleId, Vec<ThrottleSpecial>> = HashMap::new();
    for special in list::<ThrottleSpecial>(reader, Scope::All)? {
        specials.entry(special.throttle_id.clone()).or_default().push(special);
    }
    let throttles: Vec<Throttle> = list(reader, Scope::All)?;
    let policies = throttles.into_iter().map(|throttle| {
        let specials = specials.remove(&throttle.id).unwrap_or_default();
        policy(throttle, specials)
    });
    Ok(source::Throttling { policies: policies.collect(), app_users: app_users(reader)? })
}

/// The policy that is bound to a publication.
pub(super) fn of(
    reader: &dyn Reader,
    scope: Scope<'_>,
    publication: &PublishId,
) -> Result<Option<ThrottleId>, Error> {
    let bound = bindings::of_publication::<Throttle>(reader, scope, publication)?;
    Ok(bound.into_iter().next().map(|binding| binding.policy_id))
}

fn policy(throttle: Throttle, specials: Vec<ThrottleSpecial>) -> source::Throttle {
    let (mut special_apps, mut special_users) = (Vec::new(), Vec::new());
    for special in specials {
        match special.object {
            SpecialObject::App(id) => special_apps.push((id, special.limit)),
            SpecialObject::User(id) => special_users.push((id.to_string(), special.limit)),
        }
    }
    source::Throttle {
        id: throttle.id,
        shared: throttle.sharing == Sharing::Shared,
        span: source::Span { count: throttle.interval, unit: throttle.unit.into() },
        api: throttle.limits.api,
        user: throttle.limits.user,
        app: throttle.limits.app,
        ip: throttle.limits.ip,
        special_apps,
        special_users,
    }
}

/// An app counts as the account it is said to belong to, or else the project, or else the project of its gateway.
fn app_users(reader: &dyn Reader) -> Result<Vec<source::AppUser>, Error> {
    let instances: Vec<Instance> = list(reader, Scope::All)?;
    let projects: HashMap<_, _> =
        instances.into_iter().map(|instance| (instance.id, instance.project_id.to_string())).collect();
    let apps: Vec<App> = list(reader, Scope::All)?;
    let users = apps.into_iter().filter_map(|app| {
        let said = [app.related_domain_id, app.related_project_id];
        let said = said.into_iter().find(|id| !id.is_empty());
        let user_id = said.or_else(|| projects.get(&app.instance_id).cloned())?;
        Some(source::AppUser { app_id: app.id, user_id })
    });
    Ok(users.collect())
}
