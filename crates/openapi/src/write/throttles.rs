//! Throttling policies: by name, with their special limits.

use super::{Members, item};
use crate::keys::OURS;
use countersign_control::throttles::{Sharing, ThrottleSpecial};
use countersign_control::transfer::BoundThrottle;
use serde_json::{Map, Value, json};

/// The policies by name.
pub(super) fn write<'a>(policies: impl Iterator<Item = &'a BoundThrottle>) -> Map<String, Value> {
    let mut all = Map::new();
    for policy in policies {
        all.set(&policy.throttle.name, one(policy));
    }
    all
}

fn one(BoundThrottle { throttle, specials }: &BoundThrottle) -> Map<String, Value> {
    let mut policy = Map::new();
    policy.set("api-limit", throttle.limits.api);
    policy.set_some("user-limit", throttle.limits.user);
    policy.set_some("app-limit", throttle.limits.app);
    policy.set_some("ip-limit", throttle.limits.ip);
    policy.set("interval", throttle.interval);
    policy.set("unit", throttle.unit.as_str().to_ascii_lowercase());
    policy.set("shared", throttle.sharing == Sharing::Shared);
    if !specials.is_empty() {
        policy.set("special", specials.iter().map(special).collect::<Vec<_>>());
    }
    if !throttle.remark.is_empty() {
        item(&mut policy, OURS).set("remark", throttle.remark.as_str());
    }
    policy
}

fn special(ThrottleSpecial { object, limit, .. }: &ThrottleSpecial) -> Value {
    json!({"type": object.kind(), "limit": limit, "instance": object.id()})
}
